import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twinedge.connectors.modbus.address import Table
from twinedge.connectors.modbus.bus import Bus
from twinedge.connectors.modbus.decode import Registers
from twinedge.connectors.modbus.scan import RETRY_S, Scan
from twinedge.connectors.modbus.settings import ModbusSettings
from twinedge.connectors.modbus.tag import check
from twinedge.connectors.modbus.wire import Refused
from twinedge.kit.clock import ManualClock
from twinedge.sources.model import DataType, TagSpec


class FakeBus(Bus):
    """A device whose register n holds n, with holes and a limit of its own."""

    def __init__(self, holes: set[int], longest: int = 125) -> None:
        super().__init__("fake", 502)
        self.holes = holes
        self.longest = longest
        self.asked: list[tuple[int, int]] = []

    async def read(
        self,
        unit: int,
        table: Table,
        start: int,
        count: int,
        timeout_s: float,
        retries: int = 0,
        delay_s: float = 0.0,
    ) -> Registers:
        self.asked.append((start, count))
        if count > self.longest:
            raise Refused(3)
        if self.holes & set(range(start, start + count)):
            raise Refused(2)
        return np.arange(start, start + count, dtype=np.uint16)


def scan_of(bus: Bus, wanted: list[tuple[int, DataType]], clock: ManualClock | None = None) -> Scan:
    config = ModbusSettings(host="fake")
    tags = [
        check(config, TagSpec(f"holding_register:{offset}", "a", str(row), data_type=data_type))
        for row, (offset, data_type) in enumerate(wanted)
    ]
    return Scan(bus, 1, tags, config, clock or ManualClock())


WIDTH = {"uint16": 1, "uint32": 2, "uint64": 4}
tags = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from(["uint16", "uint32", "uint64"])),
    min_size=1,
    max_size=25,
)


class TestRead:
    @given(tags, st.sets(st.integers(0, 64), max_size=8), st.integers(4, 125))
    async def test_only_the_truly_bad_tags_fail_at_once_and_ever_after(
        self, wanted: list[tuple[int, DataType]], holes: set[int], longest: int
    ) -> None:
        bus = FakeBus(holes, longest)
        scan = scan_of(bus, wanted)
        bad = {
            row
            for row, (offset, data_type) in enumerate(wanted)
            if holes & set(range(offset, offset + WIDTH[data_type]))
        }
        for _ in range(3):
            reads = await scan.read(lambda: None)
            assert set(reads.errors) == bad
            assert set(np.flatnonzero(reads.is_read)) == set(range(len(wanted))) - bad
            for row, (offset, data_type) in enumerate(wanted):
                if row not in bad:
                    width = WIDTH[data_type]
                    assert scan.registers(row) == list(range(offset, offset + width))

    @given(tags, st.sets(st.integers(0, 64), max_size=8))
    async def test_what_was_learned_is_not_asked_again(
        self, wanted: list[tuple[int, DataType]], holes: set[int]
    ) -> None:
        bus = FakeBus(holes)
        scan = scan_of(bus, wanted)
        for _ in range(12):
            await scan.read(lambda: None)
        bus.asked.clear()
        await scan.read(lambda: None)
        assert len(bus.asked) == len(scan.blocks)

    async def test_one_bad_tag_among_a_hundred_costs_a_dozen_requests_once(self) -> None:
        bus = FakeBus({50})
        scan = scan_of(bus, [(offset, "uint16") for offset in range(100)])
        reads = await scan.read(lambda: None)
        assert set(reads.errors) == {50}
        assert "40051" in reads.errors[50]
        assert len(bus.asked) <= 16
        bus.asked.clear()
        await scan.read(lambda: None)
        assert bus.asked == [(0, 50), (51, 49)]

    async def test_a_forbidden_gap_is_found_and_kept_out(self) -> None:
        bus = FakeBus({5})
        scan = scan_of(bus, [(0, "uint16"), (1, "uint16"), (10, "uint16")])
        assert (await scan.read(lambda: None)).errors == {}
        bus.asked.clear()
        assert (await scan.read(lambda: None)).errors == {}
        assert bus.asked == [(0, 2), (10, 1)]

    async def test_a_bad_tag_is_tried_again_after_a_minute_and_comes_back(self) -> None:
        bus, clock = FakeBus({3}), ManualClock()
        scan = scan_of(bus, [(offset, "uint16") for offset in range(6)], clock)
        assert set((await scan.read(lambda: None)).errors) == {3}
        bus.holes.clear()
        assert set((await scan.read(lambda: None)).errors) == {3}
        clock.advance(RETRY_S)
        assert (await scan.read(lambda: None)).errors == {}
        bus.asked.clear()
        await scan.read(lambda: None)
        assert bus.asked == [(0, 6)]
