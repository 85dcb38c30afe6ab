# Sourced by ./scripts/demo and ./scripts/test: finds Python 3.11 or newer, makes .venv and leaves its Python in $python.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
found=
for candidate in python3.11 python3 python3.12 python3.13 python; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    found=$candidate
    break
  fi
done
if [ -z "$found" ]; then
  echo "Python 3.11 or newer is needed and none was found on PATH (python3 is $(python3 --version 2>&1 || echo missing)): install python3.11 and try again" >&2
  exit 1
fi
"$found" "$root/scripts/environment.py" || exit 1
python=$root/.venv/bin/python
