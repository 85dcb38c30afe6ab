"""Tests of what is due, from decoded accounts and without a network."""
