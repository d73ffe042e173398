"""Telemetry engines, one folder each; all pass `tests/contracts/telemetry_store.py`."""
