"""Alembic revisions, one chain over all rooms."""
