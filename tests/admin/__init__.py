"""Powers: the table against the programs, plans as files, and plans against the chain."""
