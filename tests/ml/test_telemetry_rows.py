"""Rows from telemetry come in bounded pieces, and are the same however they are cut."""

import asyncio

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ml.rig import Plant
from twinedge.assets.model import Kind, NewTag
from twinedge.kit.clock import US, from_iso
from twinedge.ml.datasets import telemetry_rows
from twinedge.ml.datasets.gaps import Gaps
from twinedge.ml.datasets.model import TelemetryQuery
from twinedge.ml.datasets.ports import NoLabels
from twinedge.telemetry.model import Values, batch_of

START = from_iso("2026-01-06T10:00:00Z")
GAP = float("nan")


def whole(column: Values, fill: str) -> Values:
    """The plain way, all at once."""
    known = np.flatnonzero(~np.isnan(column))
    filled = column.copy()
    if len(known) == 0:
        return filled
    if fill == "linear":
        inside = np.arange(known[0], known[-1] + 1)
        filled[inside] = np.interp(inside, known, column[known])
        return filled
    for row in range(1, len(filled)):
        if np.isnan(filled[row]):
            filled[row] = filled[row - 1]
    return filled


@given(
    st.lists(st.tuples(*[st.sampled_from([GAP, GAP, 1.0, 2.0, 5.0])] * 2), min_size=1, max_size=30),
    st.lists(st.integers(1, 7), min_size=1, max_size=5),
    st.sampled_from(["forward", "linear"]),
)
def test_gaps_are_closed_alike_however_the_rows_are_cut(
    cells: list[tuple[float, float]], sizes: list[int], fill: str
) -> None:
    table = np.array(cells)
    asked: list[tuple[int, int]] = []

    async def next_known(column: int, row: int) -> tuple[int, float] | None:
        asked.append((column, row))
        later = np.flatnonzero(~np.isnan(table[row:, column]))
        return None if len(later) == 0 else (row + int(later[0]), table[row + later[0], column])

    async def closed() -> Values:
        gaps = Gaps(fill, 2, next_known)
        chunks, start = [], 0
        while start < len(table):
            size = sizes[len(chunks) % len(sizes)]
            chunks.append(table[start : start + size].copy())
            await gaps.close(chunks[-1])
            start += size
        return np.concatenate(chunks)

    found = asyncio.run(closed())
    for column in range(2):
        assert found[:, column] == pytest.approx(whole(table[:, column], fill), nan_ok=True)
    assert len(set(asked)) == len(asked)


class TestPieces:
    @pytest.fixture(autouse=True)
    async def telemetry(self, plant: Plant) -> None:
        """Two assets; tags that report now and then, and one that ends early."""
        random = np.random.default_rng(0)
        for asset in ("pump", "fan"):
            tags = await plant.register.ensure(
                [NewTag(asset, name, Kind.NUMBER) for name in ("flow", "heat", "speed")]
            )
            for tag, share in zip(tags, (0.9, 0.2, 0.5), strict=True):
                seconds = np.flatnonzero(random.random(400) < share)
                if tag.tag_name == "speed":
                    seconds = seconds[seconds < 150]
                ts = (START + seconds * US).tolist()
                values = random.normal(size=len(ts)).round(3).tolist()
                await plant.telemetry.ingest(
                    batch_of([tag.series] * len(ts), ts, values, [0] * len(ts), START)
                )

    async def pieces(self, plant: Plant, fill: str) -> list[pa.Table]:
        query = TelemetryQuery(
            ("pump", "fan"), ("heat", "flow", "speed"), START, START + 400 * US, "1s", fill
        )
        found = telemetry_rows.pieces(plant.telemetry, plant.register, NoLabels(), query)
        return [piece async for piece in found]

    @pytest.mark.parametrize("fill", ["none", "forward", "linear"])
    async def test_small_pages_and_pieces_give_the_same_rows(
        self, plant: Plant, fill: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (pump, fan) = await self.pieces(plant, fill)
        monkeypatch.setattr(telemetry_rows, "_PAGE", 50)
        monkeypatch.setattr(telemetry_rows, "_LOOKED_AHEAD", 1)
        monkeypatch.setattr(telemetry_rows, "_PIECE_CELLS", 100)
        small = await self.pieces(plant, fill)
        assert len(small) > 30
        assert max(piece.num_rows for piece in small) <= 100 // (3 + 2)
        assert pa.concat_tables(small).equals(pa.concat_tables([pump, fan]))
        assert pump.column_names == ["timestamp", "asset_id", "heat", "flow", "speed"]
        if fill == "forward":
            assert pump.column("flow").null_count <= 1
        if fill == "linear":
            assert pump.column("speed").null_count > 200
