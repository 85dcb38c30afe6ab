"""The programs' ledgers, computed again from the instructions that ran."""
