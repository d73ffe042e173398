"""Channels that are an HTTP POST, and the guard all of them go through."""
