"""TwinEdge: self-hosted industrial monitoring."""

__version__ = "0.1.0"
