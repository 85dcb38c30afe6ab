"""The twin itself, checked on examples worked by hand, against numpy and by random walks."""
