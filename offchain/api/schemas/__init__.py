"""The documents of the API, one file for each resource; each field says its unit."""
