"""Pure functions, one file for each kind of figure: integers in, integers out, each rounding named."""
