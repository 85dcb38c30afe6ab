"""The powers of admin, guardian and treasury: planned, shown, and only then used.

`powers` is the one table; commands, documents and tests follow from it.
"""
