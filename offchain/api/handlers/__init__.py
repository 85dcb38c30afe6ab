"""The routes, one file for each resource: parameters in, a body out."""
