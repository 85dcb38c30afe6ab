"""Figures that no account holds: pure functions of rows, by the programs' own arithmetic."""
