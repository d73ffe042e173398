"""Which blocks to read so that every tag is covered by as few requests as the limits allow.

Pure. Devices charge per request, not per register: a thousand adjacent registers are eight reads.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from twinedge.connectors.modbus.address import Table


@dataclass(frozen=True, slots=True)
class Span:
    """What one tag needs: `count` registers or bits from `start`. Spans may overlap."""

    table: Table
    start: int
    count: int

    @property
    def end(self) -> int:
        return self.start + self.count


@dataclass(frozen=True, slots=True)
class Limits:
    """What a device takes in one request, and how much useless reading is worth a request."""

    max_registers: int = 125
    max_bits: int = 2000
    max_gap: int = 16

    def of(self, table: Table) -> int:
        return self.max_bits if table.is_bits else self.max_registers


@dataclass(frozen=True, slots=True)
class Block:
    """One request. rows: indices of the spans it covers whole, by start."""

    table: Table
    start: int
    count: int
    rows: tuple[int, ...]

    @property
    def end(self) -> int:
        return self.start + self.count


@dataclass(frozen=True, slots=True)
class Scars:
    """What a device has taught us. holes: ranges nobody may read over just to bridge a gap;
    cuts: offsets where a request that began before must end, by table."""

    holes: frozenset[Span] = frozenset()
    cuts: frozenset[tuple[Table, int]] = frozenset()


NO_SCARS = Scars()


def plan(
    spans: Sequence[Span],
    limits: Limits,
    rows: Collection[int] | None = None,
    scars: Scars = NO_SCARS,
) -> list[Block]:
    """The fewest blocks that cover the spans of `rows` (None = all), by table and start.

    No block exceeds the limits, splits a span, bridges more than `max_gap` unneeded registers or
    any of a hole, or crosses a cut. A span longer than the limit gets a block of its own.

    Taking spans by start and closing a block at the first that does not fit is optimal: the next
    block begins at that span at the latest in any plan, and reaches whatever a plan that skipped
    it could have put into the closed one.
    """
    chosen = range(len(spans)) if rows is None else rows
    blocks: list[Block] = []
    for table in Table:
        order = sorted(
            (row for row in chosen if spans[row].table is table),
            key=lambda row: (spans[row].start, spans[row].end),
        )
        if order:
            blocks += _plan_table(table, spans, order, limits, scars)
    return blocks


def _plan_table(
    table: Table, spans: Sequence[Span], order: Sequence[int], limits: Limits, scars: Scars
) -> list[Block]:
    longest = limits.of(table)
    cuts = sorted(offset for on, offset in scars.cuts if on is table)
    holes = [hole for hole in scars.holes if hole.table is table]
    blocks: list[Block] = []
    members: list[int] = []
    start = end = 0

    def close() -> None:
        blocks.append(Block(table, start, end - start, tuple(members)))

    for row in order:
        span = spans[row]
        fits = (
            bool(members)
            and max(end, span.end) - start <= longest
            and span.start - end <= limits.max_gap
            and bisect_right(cuts, span.start) == bisect_right(cuts, start)
            and not (
                span.start > end
                and any(hole.start < span.start and end < hole.end for hole in holes)
            )
        )
        if fits:
            members.append(row)
            end = max(end, span.end)
            continue
        if members:
            close()
        members = [row]
        start, end = span.start, span.end
    close()
    return blocks


def halves(block: Block, spans: Sequence[Span]) -> tuple[list[int], list[int], int]:
    """Split a block that a device refused: rows of the first half, of the second, and the offset
    where the second begins. Splits at the widest gap near the middle, so that a forbidden gap is
    found at once. The block must have at least two spans with different starts.
    """
    rows = block.rows
    starts = [spans[row].start for row in rows]
    boundaries = [i for i in range(1, len(rows)) if starts[i] > starts[i - 1]]
    reach = [spans[rows[0]].end]
    for row in rows[1:]:
        reach.append(max(reach[-1], spans[row].end))
    middle = len(rows) / 2
    widest = max(starts[i] - reach[i - 1] for i in boundaries)
    candidates = (
        [i for i in boundaries if starts[i] - reach[i - 1] == widest] if widest > 0 else boundaries
    )
    at = min(candidates, key=lambda i: abs(i - middle))
    return list(rows[:at]), list(rows[at:]), starts[at]


def can_halve(block: Block, spans: Sequence[Span]) -> bool:
    """Whether two of the block's spans begin at different offsets."""
    starts = {spans[row].start for row in block.rows}
    return len(starts) > 1
