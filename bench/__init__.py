"""Benchmarks: `make bench` runs all of them against the server as a user starts it."""
