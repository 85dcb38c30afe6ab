"""Decoding of instructions and accounts, by the programs' interface descriptions alone."""
