"""Protocols towards machines: one folder each, strangers to one another."""
