from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from twinedge.connectors.modbus.address import Table
from twinedge.connectors.modbus.plan import Block, Limits, Scars, Span, halves, plan

HOLDING, COIL = Table.HOLDING_REGISTER, Table.COIL

spans = st.lists(
    st.builds(Span, st.sampled_from([HOLDING, COIL]), st.integers(0, 300), st.integers(1, 6)),
    max_size=40,
)
limits = st.builds(Limits, st.integers(6, 125), st.integers(6, 200), st.integers(0, 20))


def gap_within(block: Block, spans: list[Span]) -> int:
    """The widest run of unneeded registers inside a block."""
    needed = {n for row in block.rows for n in range(spans[row].start, spans[row].end)}
    widest = run = 0
    for offset in range(block.start, block.end):
        run = 0 if offset in needed else run + 1
        widest = max(widest, run)
    return widest


def fewest(spans: list[Span], limits: Limits) -> int:
    """The least number of blocks by trying every cut of the spans in order of start."""
    total = 0
    for table in Table:
        order = sorted((s for s in spans if s.table is table), key=lambda s: (s.start, s.end))

        def fits(chosen: list[Span], longest: int) -> bool:
            end = chosen[0].end
            for span in chosen[1:]:
                if span.start - end > limits.max_gap:
                    return False
                end = max(end, span.end)
            return end - chosen[0].start <= longest

        @cache
        def best(at: int) -> int:
            if at == len(order):  # noqa: B023 - used within the iteration only
                return 0
            return min(
                1 + best(until)
                for until in range(at + 1, len(order) + 1)  # noqa: B023
                if fits(order[at:until], limits.of(table))  # noqa: B023
            )

        total += best(0)
    return total


class TestPlan:
    @given(spans, limits)
    def test_every_tag_is_whole_in_one_block_and_no_limit_is_broken(
        self, spans: list[Span], limits: Limits
    ) -> None:
        blocks = plan(spans, limits)
        assert sorted(row for block in blocks for row in block.rows) == list(range(len(spans)))
        for block in blocks:
            assert 1 <= block.count <= limits.of(block.table)
            assert gap_within(block, spans) <= limits.max_gap
            for row in block.rows:
                assert spans[row].table is block.table
                assert block.start <= spans[row].start
                assert spans[row].end <= block.end

    @given(spans, limits)
    def test_no_plan_has_fewer_requests(self, spans: list[Span], limits: Limits) -> None:
        assert len(plan(spans, limits)) == fewest(spans, limits)

    @given(spans, limits, st.sets(st.integers(0, 300), max_size=5))
    def test_holes_are_never_bridged(
        self, spans: list[Span], limits: Limits, holes: set[int]
    ) -> None:
        scars = Scars(holes=frozenset(Span(HOLDING, offset, 1) for offset in holes))
        for block in plan(spans, limits, scars=scars):
            needed = {n for row in block.rows for n in range(spans[row].start, spans[row].end)}
            if block.table is HOLDING:
                assert not (holes - needed) & set(range(block.start, block.end))

    @given(spans, limits, st.integers(1, 300))
    def test_cuts_are_never_crossed(self, spans: list[Span], limits: Limits, cut: int) -> None:
        scars = Scars(cuts=frozenset({(HOLDING, cut)}))
        for block in plan(spans, limits, scars=scars):
            if block.table is HOLDING:
                sides = {spans[row].start < cut for row in block.rows}
                assert len(sides) == 1

    def test_a_thousand_adjacent_registers_are_eight_reads(self) -> None:
        assert len(plan([Span(HOLDING, n, 1) for n in range(1000)], Limits())) == 8

    def test_a_value_is_never_split(self) -> None:
        blocks = plan([Span(HOLDING, n, 2) for n in range(0, 250, 2)], Limits())
        assert [(block.start, block.count) for block in blocks] == [(0, 124), (124, 124), (248, 2)]

    def test_overlapping_tags_share_a_block(self) -> None:
        spans = [Span(HOLDING, 7, 2), Span(HOLDING, 8, 1), Span(HOLDING, 7, 4)]
        assert plan(spans, Limits()) == [Block(HOLDING, 7, 4, (0, 2, 1))]


class TestHalves:
    def test_splits_at_the_gap(self) -> None:
        spans = [Span(HOLDING, n, 1) for n in (0, 1, 2, 10, 11)]
        block = plan(spans, Limits())[0]
        assert halves(block, spans) == ([0, 1, 2], [3, 4], 10)

    def test_splits_adjacent_tags_in_the_middle(self) -> None:
        spans = [Span(HOLDING, n, 1) for n in range(8)]
        assert halves(plan(spans, Limits())[0], spans) == ([0, 1, 2, 3], [4, 5, 6, 7], 4)
