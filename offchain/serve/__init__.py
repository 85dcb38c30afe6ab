"""`percosec serve`: one process that indexes, keeps, prices and answers, or a part of it."""
