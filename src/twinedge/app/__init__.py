"""The composition root: settings -> engines -> rooms -> server and workers."""

from twinedge.app.server import serve

__all__ = ["serve"]
