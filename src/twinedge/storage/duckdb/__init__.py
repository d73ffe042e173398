"""Telemetry on DuckDB: group commit into hot tables, moved into sorted day and month tables."""

from twinedge.storage.duckdb.store import DuckdbStore

__all__ = ["DuckdbStore"]
