"""Audit: who changed what, and who was refused, in a log that shows every tampering."""
