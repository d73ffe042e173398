"""Datasets: immutable tables to learn from."""
