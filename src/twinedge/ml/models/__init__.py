"""Models: versions, tests and live scoring."""
