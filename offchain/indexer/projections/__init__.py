"""What the accounts hold, projected from events alone, and the comparison with the accounts themselves."""
