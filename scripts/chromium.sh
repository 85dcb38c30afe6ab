#!/usr/bin/env bash
# The browser that the tests of the web UI drive: Debian's, installed when this is root on such a machine and none is there.
set -euo pipefail
for name in "${PERCOSEC_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
  [ -n "$name" ] && command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing Chromium (once; needs a network) ..." >&2
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
  echo "no Chromium is here, and the tests of the web UI will fail without: install it (apt-get install chromium), or name one by PERCOSEC_CHROMIUM" >&2
fi
