"""What checks the checks: tables of coverage and mutation of the programs' sources."""
