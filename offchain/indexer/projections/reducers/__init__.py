"""What each event changes: pure functions of state, event and moment, one file for each area of a program."""
