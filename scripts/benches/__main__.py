"""`python -m scripts.benches`."""

from scripts.benches.command import main

main()
