"""Reads the tags of one unit in planned blocks, and learns from what the device refuses.

A block refused with exception 2 or 3 is halved until what cannot be read is found: a tag (it alone
fails, and is asked again every minute), or a gap or length the device does not allow (never asked
again while the connection lives). So one wrong address costs a dozen requests once, and nobody
else a value.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twinedge.connectors.modbus.address import Address, Table
from twinedge.connectors.modbus.bus import Bus
from twinedge.connectors.modbus.decode import Decoded, Decoder, Registers
from twinedge.connectors.modbus.plan import (
    Block,
    Limits,
    Scars,
    Span,
    can_halve,
    halves,
    plan,
)
from twinedge.connectors.modbus.settings import ModbusSettings
from twinedge.connectors.modbus.tag import address_of, span_of
from twinedge.connectors.modbus.wire import Refused
from twinedge.kit.clock import Clock
from twinedge.sources.model import TagSpec
from twinedge.telemetry.model import Micros

RETRY_S = 60.0
"""How often a tag is asked again that the device does not have."""

_RETRIES_A_SCAN = 8
"""So that a whole list of wrong addresses does not delay the good ones."""

_ILLEGAL_FUNCTION, _ILLEGAL_ADDRESS, _ILLEGAL_VALUE = 1, 2, 3


def refusal_words(code: int, table: Table, address: Address | None = None) -> str:
    """An exception code in words. Source: Modbus Application Protocol V1.1b3, section 7."""
    match code:
        case 1:
            words = f"the device has no {table.words} (illegal function)"
        case 2:
            words = f"the device has no {address or 'such address'} (illegal data address)"
        case 3:
            words = "the device does not allow this read (illegal data value)"
        case 4:
            words = "the device failed while reading"
        case 5 | 6:
            words = "the device is busy"
        case 8:
            words = "the device found its memory damaged (parity error)"
        case 10:
            words = "the gateway has no path to the unit"
        case 11:
            words = "the gateway gets no answer from the unit"
        case _:
            words = "the device refuses the read"
    return f"{words}; Modbus exception {code}"


@dataclass(frozen=True, slots=True, eq=False)
class Reads:
    """What one scan brought, by row: values where is_read, ts (arrival of the block), and why a
    row has no value."""

    decoded: Decoded
    is_read: NDArray[np.bool_]
    ts: Micros
    errors: dict[int, str]


class Scan:
    """Checked tags of one unit, read together. Rows are indices into `tags`."""

    def __init__(
        self,
        bus: Bus,
        unit: int,
        tags: Sequence[TagSpec],
        settings: ModbusSettings,
        clock: Clock,
    ) -> None:
        self.unit = unit
        self.tags = tags
        self._bus = bus
        self._settings = settings
        self._clock = clock
        self._addresses = [address_of(tag) for tag in tags]
        self._spans = [
            span_of(tag, address) for tag, address in zip(tags, self._addresses, strict=True)
        ]
        self._limits = Limits(settings.max_registers, settings.max_bits, settings.max_gap)
        self._base, size = _layout(self._spans)
        self._image = np.zeros(size, np.uint16)
        self._decoder = Decoder(tags, [self._base[span.table] + span.start for span in self._spans])
        self._cuts: set[tuple[Table, int]] = set()
        self._bad: dict[int, tuple[str, float]] = {}
        self._blocks = self._plan(range(len(tags)))
        self._is_stale = False

    @property
    def blocks(self) -> Sequence[Block]:
        """The requests of the next scan, apart from tags tried again."""
        return self._blocks

    async def read(self, alive: Callable[[], None]) -> Reads:
        """One pass over all tags; `alive` is called for every answer.

        Raises UnitSilent or LinkLost; what was read before is then lost for this pass.
        """
        now_s = self._clock.monotonic_s()
        blocks = list(self._blocks)
        due = [row for row, (_, retry_at_s) in self._bad.items() if now_s >= retry_at_s]
        blocks += [self._block_of([row]) for row in due[:_RETRIES_A_SCAN]]
        is_read = np.zeros(len(self.tags), np.bool_)
        ts = np.zeros(len(self.tags), np.int64)
        errors: dict[int, str] = {}
        for block in blocks:
            await self._read_block(block, is_read, ts, errors, alive)
        errors.update({row: words for row, (words, _) in self._bad.items()})
        if self._is_stale:
            self._blocks = self._plan([r for r in range(len(self.tags)) if r not in self._bad])
            self._is_stale = False
        decoded = self._decoder.decode(self._image)
        return Reads(decoded, is_read, ts, errors)

    def registers(self, row: int) -> list[int]:
        """The registers of a row as last read."""
        span = self._spans[row]
        at = self._base[span.table] + span.start
        return [int(register) for register in self._image[at : at + span.count]]

    async def _read_block(
        self,
        block: Block,
        is_read: NDArray[np.bool_],
        ts: Micros,
        errors: dict[int, str],
        alive: Callable[[], None],
    ) -> bool:
        """Read it whole or in parts; False if anything in it was refused."""
        try:
            registers = await self._ask(block)
        except Refused as refusal:
            alive()
            parts = self._parts(block, refusal.code)
            if parts is None:
                self._keep_refusal(block, refusal.code, errors)
                return False
            was_read = [await self._read_block(part, is_read, ts, errors, alive) for part in parts]
            if all(was_read):
                self._cuts.add((block.table, parts[-1].start))
                self._is_stale = True
            return False
        alive()
        at = self._base[block.table] + block.start
        self._image[at : at + block.count] = registers
        rows = list(block.rows)
        is_read[rows] = True
        ts[rows] = self._clock.now_us()
        for row in rows:
            if self._bad.pop(row, None) is not None:
                self._is_stale = True
        return True

    async def _ask(self, block: Block) -> Registers:
        settings = self._settings
        return await self._bus.read(
            self.unit, block.table, block.start, block.count,
            settings.timeout_s, settings.retries, settings.request_delay_ms / 1000,
        )  # fmt: skip

    def _parts(self, block: Block, code: int) -> list[Block] | None:
        """What to try in place of a refused block; None when it cannot be made smaller."""
        if code not in {_ILLEGAL_ADDRESS, _ILLEGAL_VALUE}:
            return None
        if can_halve(block, self._spans):
            first, second, _ = halves(block, self._spans)
            return [self._block_of(first), self._block_of(second)]
        by_count: dict[int, list[int]] = {}
        for row in block.rows:
            by_count.setdefault(self._spans[row].count, []).append(row)
        if len(by_count) == 1:
            return None
        return [self._block_of(rows) for rows in by_count.values()]

    def _keep_refusal(self, block: Block, code: int, errors: dict[int, str]) -> None:
        is_lasting = code in {_ILLEGAL_FUNCTION, _ILLEGAL_ADDRESS, _ILLEGAL_VALUE}
        for row in block.rows:
            words = refusal_words(code, block.table, self._addresses[row])
            if is_lasting:
                self._bad[row] = (words, self._clock.monotonic_s() + RETRY_S)
                self._is_stale = True
            else:
                errors[row] = words

    def _block_of(self, rows: Sequence[int]) -> Block:
        spans = [self._spans[row] for row in rows]
        start = min(span.start for span in spans)
        end = max(span.end for span in spans)
        return Block(spans[0].table, start, end - start, tuple(rows))

    def _plan(self, rows: Sequence[int]) -> list[Block]:
        holes = frozenset(self._spans[row] for row in self._bad)
        return plan(self._spans, self._limits, rows, Scars(holes, frozenset(self._cuts)))


def _layout(spans: Sequence[Span]) -> tuple[dict[Table, int], int]:
    """Where each table's offset 0 would lie in the image, and the image's size."""
    base: dict[Table, int] = {}
    size = 0
    for table in dict.fromkeys(span.table for span in spans):
        first = min(span.start for span in spans if span.table is table)
        end = max(span.end for span in spans if span.table is table)
        base[table] = size - first
        size += end - first
    return base, size
