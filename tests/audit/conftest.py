"""The log on each kind of database."""

from tests.db.databases import database

__all__ = ["database"]
