"""Alembic's folder: one file a revision, numbered in their order."""
