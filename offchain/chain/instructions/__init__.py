"""Instruction builders, one module or package for each program: all addresses filled in from few arguments.

Amounts are USDC atoms, prices and sizes 1e-6, leverage 1x = 10 000; a number that does not fit raises UnitError.
Every builder takes the addresses of another cluster as `at`. Instructions that only another program may call (CPI)
have no builder here.
"""
