"""Handlers: each takes a body, lets a builder work, and gives its answer."""
