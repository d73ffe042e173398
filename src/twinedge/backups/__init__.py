"""Backups: copies of everything, taken while the server runs."""
