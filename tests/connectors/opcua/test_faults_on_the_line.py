"""Data again after every fault of the network or the server, through the real supervisor."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import numpy as np
import pytest

from tests.connectors.opcua.plants import PeerProcess, number_tag, open62541, settings
from tests.connectors.opcua.proxy import Proxy, proxy_to
from tests.contracts.connector import RecordingSink, bind, free_port, running, until
from twinedge.assets.model import NewTag, Tag
from twinedge.connectors.opcua import OpcuaDriver
from twinedge.kit.clock import SystemClock
from twinedge.sources.model import State
from twinedge.sources.ports import Plan
from twinedge.sources.worker import Supervisor
from twinedge.telemetry.model import Batch

AGAIN_S = 60.0
FAST = {"publishing_interval_ms": 100}


class NoClaims:
    def find(self, asset_id: str, tag_name: str) -> Tag | None:
        return None

    async def ensure(self, wanted: Sequence[NewTag]) -> list[Tag]:
        return []


class Store:
    def __init__(self) -> None:
        self.batches: list[Batch] = []

    async def ingest(self, batch: Batch) -> None:
        self.batches.append(batch)

    def good(self) -> int:
        return sum(int(np.count_nonzero(b.quality == 0)) for b in self.batches)

    def bad(self) -> int:
        return sum(int(np.count_nonzero(b.quality == 2)) for b in self.batches)

    def latest_quality(self, series: int) -> int:
        rows = [
            (int(ts), int(quality))
            for b in self.batches
            for ts, quality in zip(b.ts[b.series == series], b.quality[b.series == series],
                                   strict=True)
        ]  # fmt: skip
        return max(rows)[1]


class Line:
    """A server that changes ten times a second, a static tag, a proxy before it, a supervisor."""

    def __init__(
        self, peer: PeerProcess, proxy: Proxy, supervisor: Supervisor, store: Store
    ) -> None:
        self.peer = peer
        self.proxy = proxy
        self.supervisor = supervisor
        self.store = store

    @property
    def state(self) -> State:
        return self.supervisor.status("plc").state

    async def data_again(self, fault: Callable[[], object], within_s: float = AGAIN_S) -> float:
        """Seconds from the fault to the first good value after it."""
        began = time.monotonic()
        fault()
        await until(lambda: not self.state.is_connected, 60, "the loss is noticed")
        good = self.store.good()
        await until(lambda: self.store.good() > good + 5, within_s, "data again")
        assert self.state is State.CONNECTED
        return time.monotonic() - began


@asynccontextmanager
async def line(driver: OpcuaDriver) -> AsyncIterator[Line]:
    peer = open62541({"port": free_port(), "tags": {"Temperature": 20.0, "Setpoint": 7.0}})
    await peer.start()
    store = Store()
    supervisor = Supervisor(NoClaims(), store.ingest, {"opcua": driver}, SystemClock(), {})
    try:
        async with proxy_to(peer.options["port"]) as proxy:
            config = {"endpoint": f"opc.tcp://127.0.0.1:{proxy.port}", "subscription": FAST}
            tags = tuple(bind(driver, [number_tag("Temperature"), number_tag("Setpoint")]))
            await supervisor.start()
            await supervisor.apply(Plan("plc", "PLC", "opcua", True, config, tags))
            await peer.order(tick={"names": 1, "period_s": 0.1})
            await until(lambda: store.good() > 5, 60, "data")
            try:
                yield Line(peer, proxy, supervisor, store)
            finally:
                await supervisor.stop()
    finally:
        await peer.stop()


class TestDataAgain:
    @pytest.mark.parametrize("fault", ["cut", "reset"])
    async def test_after_a_lost_connection(self, driver: OpcuaDriver, fault: str) -> None:
        async with line(driver) as it:
            await it.data_again(getattr(it.proxy, fault))

    async def test_after_a_restart_of_the_server(self, driver: OpcuaDriver) -> None:
        async with line(driver) as it:
            await it.peer.stop()
            await until(lambda: it.state is State.BACKOFF, 60, "the loss is noticed")
            await asyncio.sleep(2)
            await it.peer.start()
            await it.peer.order(tick={"names": 1, "period_s": 0.1})
            good = it.store.good()
            await until(lambda: it.store.good() > good + 5, AGAIN_S, "data again")

    async def test_the_marker_of_the_loss_is_not_the_last_word(self, driver: OpcuaDriver) -> None:
        """The setpoint has not changed since before the loss; its value is good again all the
        same."""
        async with line(driver) as it:
            await until(lambda: it.store.latest_quality(2) == 0, 60, "the setpoint")
            await asyncio.sleep(2.5)
            it.proxy.cut()
            await until(lambda: it.store.latest_quality(2) == 2, 60, "the marker")
            await until(lambda: it.store.latest_quality(2) == 0, 60, "good again")
            assert it.store.bad() == 2

    @pytest.mark.slow
    async def test_after_a_half_open_link(self, driver: OpcuaDriver) -> None:
        async with line(driver) as it:
            began = time.monotonic()
            it.proxy.hold()
            await until(lambda: not it.state.is_connected, 60, "the silence is noticed")
            assert time.monotonic() - began < 10
            it.proxy.release()
            good = it.store.good()
            await until(lambda: it.store.good() > good + 5, 60, "data again")

    @pytest.mark.slow
    async def test_flapping_leaves_nothing_behind(self, driver: OpcuaDriver) -> None:
        async with line(driver) as it:
            tasks = len(asyncio.all_tasks())
            for _ in range(8):
                await it.data_again(it.proxy.cut)
            await asyncio.sleep(1)
            assert len(asyncio.all_tasks()) <= tasks + 2


class TestSlowLine:
    @pytest.mark.slow
    async def test_a_round_trip_of_1400_ms_is_no_loss(self, driver: OpcuaDriver) -> None:
        async with line(driver) as it:
            attempts = it.supervisor.status("plc").attempts
            it.proxy.delay_s = 0.7
            good = it.store.good()
            await asyncio.sleep(12)
            assert it.supervisor.status("plc").attempts == attempts
            assert it.store.good() - good > 80, "ten changes a second for twelve seconds"


class TestRetry:
    async def test_a_node_that_comes_into_being_is_found(
        self, driver: OpcuaDriver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("twinedge.connectors.opcua.link.RETRY_S", 0.3)
        peer = open62541({"port": free_port(), "tags": {"Temperature": 1.0}})
        await peer.start()
        sink = RecordingSink()
        link = driver.link(settings(peer.options["port"], subscription=FAST), sink)
        try:
            async with running(link, bind(driver, [number_tag("Later")])):
                await until(lambda: sink.faults, 60, "the fault")
                await peer.order(add="Later", value=5.0)
                await until(lambda: set(sink.values(1)) == {5.0}, 60, "the value")
                assert sink.faults == {}
        finally:
            await peer.stop()
