"""The five real programs on a LiteSVM, with the peers of pool and handler played by the tests."""
