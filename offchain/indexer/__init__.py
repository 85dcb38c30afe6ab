"""Reads every transaction of our programs into the database, once, in order, failed ones too."""
