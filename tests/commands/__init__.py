"""The command line against a real chain on ports."""
