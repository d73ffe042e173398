"""The Modbus driver and its link: scans on a fixed grid, one bus per gateway."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
from pydantic import BaseModel

from twinedge.assets.model import Kind
from twinedge.connectors.modbus import browse as browsing
from twinedge.connectors.modbus import tag as tagging
from twinedge.connectors.modbus.address import Table
from twinedge.connectors.modbus.bus import Bus, Buses, UnitSilent
from twinedge.connectors.modbus.decode import alternatives, decode_one
from twinedge.connectors.modbus.probe import probe
from twinedge.connectors.modbus.scan import Reads, Scan
from twinedge.connectors.modbus.settings import ModbusSettings
from twinedge.connectors.modbus.wire import Refused
from twinedge.kit.clock import Clock, SystemClock
from twinedge.kit.errors import Invalid, Unavailable
from twinedge.kit.net import location
from twinedge.sources.model import LinkLost, Node, Reading, TagSpec
from twinedge.sources.ports import BoundTag, Link, Probe, Sink
from twinedge.telemetry.model import Batch, Quality, Series

_HEARTBEAT_S = 5.0
"""A link that reads more rarely than this asks for one register, so that a loss is noticed."""

_ASSISTED = 50
"""Readings that also show other word orders and types; each costs one more request."""


class ModbusDriver:
    """Modbus TCP, reading only. All links of one driver share the connections to gateways."""

    name = "modbus"
    title = "Modbus TCP"
    settings: type[BaseModel] = ModbusSettings
    acknowledges = False

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._buses = Buses()

    def endpoint(self, config: BaseModel) -> str:
        settings = _settings(config)
        return f"modbus://{location(settings.host, settings.port)}/{settings.unit_id}"

    def check_tag(self, config: BaseModel, tag: TagSpec) -> TagSpec:
        return tagging.check(_settings(config), tag)

    def kind(self, tag: TagSpec) -> Kind | None:
        return tagging.kind(tag)

    def silence_s(self, config: BaseModel, tags: Sequence[TagSpec]) -> float:
        """Two heart-beats and three time-outs, however rarely the tags are read."""
        return min(120.0, 2 * _HEARTBEAT_S + 3 * _settings(config).timeout_s)

    async def probe(self, config: BaseModel, report: Probe) -> None:
        await probe(_settings(config), report)

    def link(self, config: BaseModel, sink: Sink) -> Link:
        return ModbusLink(_settings(config), sink, self._buses, self._clock)


class ModbusLink:
    """One source's use of a gateway.

    Tags of one unit and interval are read together, on a grid that does not drift; a scan that is
    still under way when the next is due makes that one be skipped and counted, never queued.
    """

    def __init__(self, settings: ModbusSettings, sink: Sink, buses: Buses, clock: Clock) -> None:
        self.skipped_scans = 0
        self.refused_batches = 0
        self._settings = settings
        self._sink = sink
        self._buses = buses
        self._clock = clock
        self._bus: Bus | None = None
        self._tags: tuple[BoundTag, ...] = ()
        self._faults: dict[int, str] = {}
        self._units: set[int] = set()
        self._answered_s = clock.monotonic_s()
        self._wakeup = asyncio.Event()

    async def open(self) -> None:
        self._bus = bus = self._buses.hold(self._settings.host, self._settings.port)
        await bus.connect(min(self._settings.timeout_s * 3, 10.0))
        unit = self._settings.unit_id
        if bus.wait_s(unit) > 0:
            raise LinkLost(self._silent_words([unit]))

    async def run(self, tags: Sequence[BoundTag]) -> None:
        self._tags = tuple(tags)
        while True:
            self._wakeup.clear()
            scans = self._scans()
            tasks = [
                asyncio.create_task(self._poll(scan, bound, interval_s), name="modbus-poll")
                for scan, bound, interval_s in scans
            ]
            tasks.append(asyncio.create_task(self._beat(), name="modbus-heartbeat"))
            tasks.append(asyncio.create_task(self._changed(), name="modbus-changed"))
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in tasks:
                    if task.done():
                        task.result()
            finally:
                await _cancelled(tasks)

    async def retag(self, tags: Sequence[BoundTag]) -> None:
        self._tags = tuple(tags)
        self._wakeup.set()

    async def browse(self, node: str | None, search: str | None, limit: int) -> list[Node]:
        """The tables, a table's ranges, or a range's registers; `search` takes 40001-40050."""
        where = node or search
        if not where:
            return browsing.tables()[:limit]
        place = browsing.parse_place(where)
        if place.first is None:
            found = browsing.folders(place, limit)
        else:
            scan = browsing.RegisterScan(self._held(), self._settings, place)
            try:
                found = await scan.nodes(limit)
            except UnitSilent:
                unit = self._settings.unit_id if place.unit is None else place.unit
                raise LinkLost(self._silent_words([unit])) from None
        wanted = search.casefold() if node and search else ""
        return [it for it in found if wanted in it.name.casefold()]

    async def read(self, tags: Sequence[TagSpec]) -> list[Reading]:
        answers: dict[int, Reading] = {}
        by_unit: dict[int, list[tuple[int, TagSpec]]] = {}
        for position, tag in enumerate(tags):
            try:
                checked = tagging.check(self._settings, tag)
            except Invalid as error:
                words = "; ".join(fault.message for fault in error.faults) or error.message
                answers[position] = Reading(str(tag.address), error=words)
            else:
                by_unit.setdefault(self._unit_of(checked), []).append((position, checked))
        assisted = 0
        for unit, asked in by_unit.items():
            checked_tags = [tag for _, tag in asked]
            scan = Scan(self._held(), unit, checked_tags, self._settings, self._clock)
            try:
                reads = await scan.read(self._alive)
            except UnitSilent:
                words = self._silent_words([unit])
                for position, tag in asked:
                    answers[position] = Reading(str(tag.address), error=words)
                continue
            for row, (position, tag) in enumerate(asked):
                more = assisted < _ASSISTED
                assisted += more
                answers[position] = await self._reading(scan, unit, reads, row, tag, more)
        return [answers[position] for position in range(len(tags))]

    async def close(self) -> None:
        bus, self._bus = self._bus, None
        if bus is not None:
            self._buses.release(bus)
        self._wakeup.set()

    # -- polling

    def _scans(self) -> list[tuple[Scan, list[BoundTag], float]]:
        """One scan for each unit and interval; a tag that cannot be is a fault at once."""
        groups: dict[tuple[int, int], list[tuple[BoundTag, TagSpec]]] = {}
        self._units = set()
        for bound in self._tags:
            if not bound.spec.enabled:
                continue
            try:
                checked = tagging.check(self._settings, bound.spec)
            except Invalid as error:
                words = "; ".join(fault.message for fault in error.faults) or error.message
                self._set_fault(bound.series, words)
                continue
            unit = self._unit_of(checked)
            self._units.add(unit)
            interval_ms = checked.interval_ms or self._settings.polling_interval_ms
            groups.setdefault((unit, interval_ms), []).append((bound, checked))
        self._units = self._units or {self._settings.unit_id}
        bus = self._held()
        return [
            (
                Scan(bus, unit, [spec for _, spec in group], self._settings, self._clock),
                [bound for bound, _ in group],
                interval_ms / 1000,
            )
            for (unit, interval_ms), group in groups.items()
        ]

    async def _poll(self, scan: Scan, bound: Sequence[BoundTag], interval_s: float) -> None:
        series = np.array([tag.series for tag in bound], np.uint32)
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            try:
                reads = await scan.read(self._alive)
            except UnitSilent:
                self._unit_is_silent(scan.unit, bound)
            else:
                await self._deliver(series, bound, reads)
            due += interval_s
            late_s = loop.time() - due
            if late_s > 0:
                skipped = int(late_s // interval_s) + 1
                self.skipped_scans += skipped
                due += skipped * interval_s
            await asyncio.sleep(due - loop.time())

    async def _deliver(self, series: Series, bound: Sequence[BoundTag], reads: Reads) -> None:
        decoded = reads.decoded
        for row, tag in enumerate(bound):
            words = reads.errors.get(row)
            if words is None and decoded.invalid[row]:
                words = f"the registers hold no valid {tag.spec.data_type or 'value'}"
            if words is not None or tag.series in self._faults:
                self._set_fault(tag.series, words)
        rows = np.flatnonzero(reads.is_read)
        if len(rows) == 0:
            return
        text = tuple(decoded.text[row] for row in rows)
        quality = np.where(decoded.invalid[rows], Quality.BAD, Quality.GOOD).astype(np.uint8)
        batch = Batch(
            series[rows],
            reads.ts[rows],
            decoded.value[rows],
            quality,
            self._clock.now_us(),
            text if any(it is not None for it in text) else None,
        )
        try:
            await self._sink.deliver(batch)
        except Unavailable:
            self.refused_batches += 1

    async def _beat(self) -> None:
        """Ask for a register when nothing has been heard for a while."""
        while True:
            await asyncio.sleep(_HEARTBEAT_S / 2)
            if self._clock.monotonic_s() - self._answered_s < _HEARTBEAT_S * 0.9:
                continue
            bus = self._held()
            unit = min(self._units, key=lambda it: (bus.is_silent(it), it))
            try:
                await bus.read(unit, Table.HOLDING_REGISTER, 0, 1, self._settings.timeout_s)
            except Refused:
                self._alive()
            except UnitSilent:
                self._unit_is_silent(unit, ())
            else:
                self._alive()

    async def _changed(self) -> None:
        await self._wakeup.wait()

    def _unit_is_silent(self, unit: int, bound: Iterable[BoundTag]) -> None:
        """Its tags fault; the link is lost when no unit of it is left."""
        words = self._silent_words([unit])
        for tag in bound:
            self._set_fault(tag.series, words)
        bus = self._held()
        if all(bus.is_silent(other) for other in self._units):
            raise LinkLost(self._silent_words(sorted(self._units)))

    def _silent_words(self, units: Sequence[int]) -> str:
        names = ", ".join(str(unit) for unit in units)
        where = location(self._settings.host, self._settings.port)
        return f"unit {names} behind {where} does not answer within {self._settings.timeout_s:g} s"

    def _set_fault(self, series: int, words: str | None) -> None:
        """Tell the sink, but only news."""
        if self._faults.get(series) == words:
            return
        if words is None:
            self._faults.pop(series, None)
        else:
            self._faults[series] = words
        self._sink.tag_fault(series, words)

    def _alive(self) -> None:
        self._answered_s = self._clock.monotonic_s()
        self._sink.alive()

    # -- questions

    async def _reading(
        self, scan: Scan, unit: int, reads: Reads, row: int, tag: TagSpec, assist: bool
    ) -> Reading:
        address = str(tag.address)
        if not reads.is_read[row]:
            return Reading(address, error=reads.errors.get(row, "was not read"))
        raw = scan.registers(row)
        value = decode_one(tag, raw)
        ts = int(reads.ts[row])
        at = tagging.address_of(tag)
        others = {}
        if assist and not at.table.is_bits:
            others = alternatives(tag, await self._neighbours(unit, at.table, at.offset, raw))
        if value is None:
            words = f"the registers hold no valid {tag.data_type}"
            return Reading(address, None, "bad", ts, words, tag.data_type, raw, others)
        return Reading(address, value, "good", ts, None, tag.data_type, raw, others)

    async def _neighbours(self, unit: int, table: Table, offset: int, raw: list[int]) -> list[int]:
        """The four registers a value could reach, if the device has them; else its own."""
        if len(raw) >= 4 or offset > 0xFFFF - 3:
            return raw
        try:
            registers = await self._held().read(unit, table, offset, 4, self._settings.timeout_s)
        except (Refused, UnitSilent):
            return raw
        return [int(register) for register in registers]

    def _held(self) -> Bus:
        if self._bus is None:
            raise LinkLost("the link was closed")
        return self._bus

    def _unit_of(self, tag: TagSpec) -> int:
        unit = tagging.address_of(tag).unit
        return self._settings.unit_id if unit is None else unit


async def _cancelled(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _settings(config: BaseModel) -> ModbusSettings:
    return cast(ModbusSettings, config)
