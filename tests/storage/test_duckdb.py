"""DuckDB behind the contract of every telemetry store."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.telemetry_store import TelemetryStoreContract
from twinedge.storage.duckdb import DuckdbStore


class TestContract(TelemetryStoreContract):
    """As set up for a plant: nothing is moved within a test."""

    @pytest.fixture
    async def store(self, tmp_path: Path) -> AsyncIterator[DuckdbStore]:
        store = DuckdbStore(tmp_path / "telemetry.duckdb", memory_limit_mb=256)
        await store.open()
        yield store
        await store.close()


class TestContractWhileMoving(TelemetryStoreContract):
    """Every commit seals its hot table, so that history and moves are part of every test."""

    @pytest.fixture
    async def store(self, tmp_path: Path) -> AsyncIterator[DuckdbStore]:
        store = DuckdbStore(tmp_path / "telemetry.duckdb", memory_limit_mb=256, move_rows=1)
        await store.open()
        yield store
        await store.close()
