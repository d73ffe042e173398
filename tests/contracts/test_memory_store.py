"""The reference store passes the suite it is the reference for."""

import pytest

from tests.contracts.memory_store import MemoryStore
from tests.contracts.telemetry_store import T0, TelemetryStoreContract, batch
from twinedge.kit.errors import Unavailable
from twinedge.telemetry.ports import TelemetryStore


class TestMemoryStore(TelemetryStoreContract):
    @pytest.fixture
    def store(self) -> TelemetryStore:
        return MemoryStore()


class TestFailWith:
    async def test_a_failing_store_says_so_and_stores_nothing(self) -> None:
        store = MemoryStore()
        store.fail_with = "the disk is full"
        with pytest.raises(Unavailable, match="the disk is full"):
            await store.append(batch((1, T0, 1.0)))
        assert store.stats().points == 0
        assert store.stats().degraded == "the disk is full"
