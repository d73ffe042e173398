"""The short way for few points says what the long way says, or nothing."""

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telemetry.test_json_body import KNOWN, NOW, any_points, good_points
from twinedge.kit.clock import to_iso
from twinedge.telemetry.decode.few import few_rows
from twinedge.telemetry.decode.json_body import decode_json
from twinedge.telemetry.model import Row
from twinedge.telemetry.service import MAX_FUTURE_US

KINDS = np.array([255] * 7 + [0, 1], np.uint8)
REGISTER: Any = SimpleNamespace(numbers=KNOWN, kinds=KINDS)
PLAIN = {"asset_id": "P", "tag_name": "t", "value": 1.5}


def read(*points: Any) -> list[Row] | None:
    return few_rows(json.dumps({"data": points}).encode(), REGISTER, NOW)


class TestAgainstTheLongWay:
    @given(st.lists(st.one_of(good_points, any_points), max_size=4))
    def test_the_same_columns_or_a_doubt(self, points: list[Any]) -> None:
        body = json.dumps({"data": points}).encode()
        rows = few_rows(body, REGISTER, NOW)
        if rows is None:
            return
        draft = asyncio.run(decode_json(body, KNOWN, NOW, 100))
        assert not draft.faults
        assert draft.text is None
        assert draft.sources is None
        assert rows == list(
            zip(
                draft.series.tolist(), draft.ts.tolist(), draft.value.tolist(),
                draft.quality.tolist(), strict=True,
            )
        )  # fmt: skip
        assert KINDS[draft.series].tolist() == draft.kind.tolist()


class TestPlain:
    def test_a_point_without_time_is_now(self) -> None:
        assert read(PLAIN) == [(7, NOW, 1.5, 0)]

    def test_every_field(self) -> None:
        point = PLAIN | {"tag_name": "u", "value": True, "quality": "bad"}
        assert read(point | {"timestamp": "2026-01-06T13:00:00+01:00"}) == [(8, NOW, 1.0, 2)]

    def test_exactly_one_day_ahead(self) -> None:
        ahead = NOW + MAX_FUTURE_US
        assert read(PLAIN | {"timestamp": to_iso(ahead)}) == [(7, ahead, 1.5, 0)]


class TestDoubt:
    @pytest.mark.parametrize(
        "fields",
        [
            {"tag_name": "new"},
            {"value": "text"},
            {"value": True},
            {"value": 2**53},
            {"value": None},
            {"timestamp": "yesterday"},
            {"timestamp": to_iso(NOW + MAX_FUTURE_US + 1)},
            {"quality": "fine"},
            {"data_source_id": "ds-1"},
            {"colour": "red"},
        ],
    )
    def test_one_doubtful_point_among_good_ones(self, fields: dict[str, Any]) -> None:
        assert read(PLAIN, PLAIN | fields) is None

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"data": 1}', b"\xff", b"[" * 10_000])
    def test_garbage(self, body: bytes) -> None:
        assert few_rows(body, REGISTER, NOW) is None
