"""Data sources: connections to devices, their tags, and the runtime that keeps them alive."""
