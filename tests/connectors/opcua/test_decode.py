"""Decoding: every kind of value, every misfit, every clock; checked against a slow reference."""

import math
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from asyncua import ua
from hypothesis import given
from hypothesis import strategies as st

from twinedge.assets.model import Kind
from twinedge.connectors.opcua.decode import (
    EXACT,
    Changes,
    Decoded,
    Item,
    Misfit,
    Table,
    columns,
    convert,
    pick,
    plain,
    quality_of,
)
from twinedge.telemetry.model import Quality

NOW = 1_800_000_000_000_000
OLD = NOW - 86_400_000_000
NUMBER, TEXT, BOOLEAN = Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN


def item(kind: Kind = NUMBER, **more: Any) -> Item:
    return Item(5, kind, **more)


def decoded(it: Item, *values: Any, codes: list[int] | None = None, **more: Any) -> Decoded:
    n = len(values)
    changes = Changes([0] * n, values, codes or [0] * n, [NOW] * n, [NOW] * n)
    return columns(Table.of([it]), changes, NOW, **more)


class TestConvert:
    @pytest.mark.parametrize(
        ("it", "value", "expected"),
        [
            (item(), 1.5, (1.5, None)),
            (item(), True, (1.0, None)),
            (item(), -7, (-7.0, None)),
            (item(), EXACT, (float(EXACT), None)),
            (item(), EXACT + 1, (float(EXACT + 1), str(EXACT + 1))),
            (item(), 2**64 - 1, (float(2**64 - 1), "18446744073709551615")),
            (item(), " 12.5 ", (12.5, None)),
            (item(), ua.ServerState.Failed, (1.0, None)),
            (item(scale=0.1, offset=-40.0), 100, (-30.0, None)),
            (item(scale=2.0), EXACT + 2, (float(2 * (EXACT + 2)), None)),
            (item(offset=1.0), 2, (3.0, None)),
            (item(BOOLEAN), True, (1.0, None)),
            (item(BOOLEAN), 0, (0.0, None)),
            (item(BOOLEAN, bit=3), 0b1000, (1.0, None)),
            (item(BOOLEAN, bit=0), 0b1000, (0.0, None)),
            (item(BOOLEAN, bit=15), -1, (1.0, None)),
            (item(element=(1,)), [1.0, 2.0], (2.0, None)),
            (item(element=(7,)), [2.0], (2.0, None)),
            (item(element=(1, 0)), [[1, 2], [3, 4]], (3.0, None)),
        ],
    )
    def test_numbers(self, it: Item, value: Any, expected: tuple[float, str | None]) -> None:
        number, text = convert(it, value)
        assert (number, text) == (pytest.approx(expected[0]), expected[1])

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ("abc", "abc"),
            ("", ""),
            (True, "true"),
            (5, "5"),
            (2**63, "9223372036854775808"),
            (1.5, "1.5"),
            (b"\x01\x02", "AQI="),
            (datetime(2026, 1, 6, 10, tzinfo=UTC), "2026-01-06T10:00:00Z"),
            (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
            (ua.LocalizedText("läuft", "de"), "läuft"),
            (ua.LocalizedText(None), ""),
            (ua.QualifiedName("Pump", 2), "Pump"),
            (ua.NodeId("x", 2), "ns=2;s=x"),
            (ua.StatusCode(0x80340000), "BadNodeIdUnknown"),
            (ua.XmlElement("<a/>"), "<a/>"),
            (ua.Variant(3, ua.VariantType.Int32), "3"),
        ],
    )
    def test_texts(self, value: Any, text: str) -> None:
        number, shown = convert(item(TEXT), value)
        assert math.isnan(number)
        assert shown == text

    @pytest.mark.parametrize(
        ("it", "value", "hint"),
        [
            (item(), "open", "data_type to string"),
            (item(), ua.LocalizedText("open"), "data_type to string"),
            (item(), [1, 2], "index=0"),
            (item(TEXT), ["a"], "index=0"),
            (item(), ua.BuildInfo(), "structure"),
            (item(TEXT), ua.BuildInfo(), "structure"),
            (item(BOOLEAN), 2, "boolean"),
            (item(BOOLEAN, bit=1), 1.5, "no integer"),
            (item(element=(2,)), 5.0, "no array"),
            (item(element=(2,)), [1, 2], "beyond its end"),
            (item(element=(0,)), [], "beyond its end"),
            (item(), datetime(2026, 1, 6, tzinfo=UTC), "data_type to string"),
        ],
    )
    def test_misfits_say_what_to_do(self, it: Item, value: Any, hint: str) -> None:
        with pytest.raises(Misfit) as caught:
            convert(it, value)
        assert hint in str(caught.value)

    def test_null_is_no_number(self) -> None:
        assert math.isnan(convert(item(), None)[0])


class TestPlain:
    def test_integers_stay_exact(self) -> None:
        assert plain(EXACT) == EXACT
        assert plain(EXACT + 1) == str(EXACT + 1)
        assert plain(-EXACT - 1) == str(-EXACT - 1)

    def test_pick_without_an_element_is_the_value(self) -> None:
        assert pick([1, 2], ()) == [1, 2]


class TestQuality:
    @pytest.mark.parametrize(
        ("code", "quality"),
        [
            (0, Quality.GOOD),
            (0x00960000, Quality.GOOD),
            (0x40900000, Quality.UNCERTAIN),
            (0x80340000, Quality.BAD),
            (0xC0000000, Quality.BAD),
        ],
    )
    def test_is_the_severity(self, code: int, quality: Quality) -> None:
        assert quality_of(code) is quality
        assert decoded(item(), 1.0, codes=[code]).batch.quality.tolist() == [quality]


class TestColumns:
    def test_bad_without_a_value_is_a_point_and_a_fault(self) -> None:
        out = decoded(item(), None, codes=[0x808B0000])
        assert out.batch.quality.tolist() == [2]
        assert np.isnan(out.batch.value[0])
        assert "BadDeviceFailure" in out.faults[0]

    def test_bad_with_a_misfit_is_still_a_point(self) -> None:
        out = decoded(item(), "text", codes=[0x808B0000])
        assert (len(out.batch), set(out.faults)) == (1, {0})

    def test_null_and_not_finite_are_bad(self) -> None:
        out = decoded(item(), None, math.nan, math.inf, -math.inf, 1.0)
        assert out.batch.quality.tolist() == [2, 2, 2, 2, 0]
        assert np.isnan(out.batch.value[:4]).all()
        assert out.faults == {}

    def test_null_last_is_a_fault(self) -> None:
        assert "no value" in decoded(item(), 1.0, None).faults[0]

    def test_a_misfit_makes_no_point(self) -> None:
        out = decoded(item(), 1.0, "open")
        assert out.batch.value.tolist() == [1.0]
        assert "open" in out.faults[0]

    def test_a_fault_that_is_over_is_none(self) -> None:
        assert decoded(item(), "open", 1.0).faults == {}

    def test_digits_go_along(self) -> None:
        out = decoded(item(), 1, EXACT + 1)
        assert out.batch.text == (None, str(EXACT + 1))

    def test_texts_have_good_quality(self) -> None:
        out = decoded(item(TEXT), "a", "")
        assert (out.batch.text, out.batch.quality.tolist()) == (("a", ""), [0, 0])

    def test_unknown_and_unused_handles_are_dropped(self) -> None:
        changes = Changes([0, 1, 2, 99], [1.0, 2.0, 3.0, 4.0], [0] * 4, [NOW] * 4, [NOW] * 4)
        out = columns(Table.of([item(), None, Item(9, NUMBER)]), changes, NOW)
        assert out.batch.series.tolist() == [5, 9]

    def test_nothing_known_is_an_empty_batch(self) -> None:
        changes = Changes([7], [1.0], [0], [NOW], [NOW])
        assert len(columns(Table.of([]), changes, NOW).batch) == 0

    @pytest.mark.parametrize(
        ("clock", "source", "server", "expected"),
        [
            ("source", OLD, NOW - 1, OLD),
            ("source", 0, NOW - 1, NOW - 1),
            ("source", 0, 0, NOW),
            ("server", OLD, NOW - 1, NOW - 1),
            ("server", OLD, 0, NOW),
            ("arrival", OLD, NOW - 1, NOW),
            ("source", -5, NOW - 1, NOW - 1),
            ("source", 2**62, NOW - 1, NOW - 1),
        ],
    )
    def test_the_clock_is_the_chosen_one(
        self, clock: Any, source: int, server: int, expected: int
    ) -> None:
        changes = Changes([0], [1.0], [0], [source], [server])
        out = columns(Table.of([item()]), changes, NOW, clock)
        assert out.batch.ts.tolist() == [expected]

    def test_an_old_first_value_is_written_at_both_times(self) -> None:
        changes = Changes([0, 0, 1], [1.0, 2.0, 3.0], [0] * 3, [OLD, OLD + 1, NOW], [NOW] * 3)
        table = Table.of([item(), Item(6, NUMBER)])
        out = columns(table, changes, NOW, anew=np.array([True, True]))
        rows = zip(out.batch.series, out.batch.ts, out.batch.value, strict=True)
        assert [(int(s), int(t), float(v)) for s, t, v in rows] == [
            (5, OLD, 1.0), (5, OLD + 1, 2.0), (6, NOW, 3.0), (5, NOW, 2.0),
        ]  # fmt: skip

    def test_an_old_later_value_is_written_once(self) -> None:
        changes = Changes([0], [1.0], [0], [OLD], [NOW])
        out = columns(Table.of([item()]), changes, NOW, anew=np.array([False]))
        assert out.batch.ts.tolist() == [OLD]


values = st.one_of(
    st.floats(), st.integers(-(2**63), 2**64 - 1), st.booleans(), st.text(max_size=4), st.none(),
    st.lists(st.floats(allow_nan=False), max_size=3),
)  # fmt: skip
items_ = st.builds(
    Item,
    st.integers(0, 3),
    st.sampled_from(Kind),
    st.sampled_from([(), (0,), (2,)]),
    st.none() | st.integers(0, 63),
    st.none() | st.floats(-1e3, 1e3),
    st.none() | st.floats(-1e3, 1e3),
)


class TestAgainstReference:
    @given(
        st.lists(items_, min_size=1, max_size=4),
        st.lists(
            st.tuples(st.integers(0, 5), values, st.sampled_from([0, 0x40000000, 0x80000000])),
            max_size=12,
        ),
    )
    def test_equals_one_value_at_a_time(
        self, table: list[Item], rows: list[tuple[int, Any, int]]
    ) -> None:
        """Whole messages take a fast path; each value alone by `convert` must say the same."""
        changes = Changes(
            [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows],
            [NOW] * len(rows), [NOW] * len(rows),
        )  # fmt: skip
        out = columns(Table.of(table), changes, NOW).batch
        expected: list[tuple[int, float, int, str | None]] = []
        for handle, value, code in rows:
            if handle >= len(table):
                continue
            quality = int(quality_of(code))
            try:
                number, text = convert(table[handle], value)
            except Misfit:
                if quality != 2:
                    continue
                number, text = math.nan, None
            if text is None and not math.isfinite(number):
                number, quality = math.nan, 2
            expected.append((table[handle].series, number, quality, text))
        texts = out.text or (None,) * len(out)
        got = list(
            zip(out.series.tolist(), out.value.tolist(), out.quality.tolist(), texts, strict=True)
        )
        assert [row[::3] for row in got] == [row[::3] for row in expected]
        assert [row[2] for row in got] == [row[2] for row in expected]
        np.testing.assert_allclose(
            [row[1] for row in got], [row[1] for row in expected], rtol=1e-15, equal_nan=True
        )
