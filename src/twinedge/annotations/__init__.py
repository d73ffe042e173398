"""Annotations: periods of an asset or tag that a person has given a meaning."""
