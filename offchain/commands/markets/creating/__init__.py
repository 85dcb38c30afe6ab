"""The parts of `percosec markets create`."""
