"""Columns of times against the plain functions of the clock."""

from datetime import datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.kit.clock import MAX_US, MIN_US, from_iso, to_iso
from twinedge.telemetry.times import load_arrow, read_time, read_times, write_times

moments = st.integers(MIN_US, MAX_US)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
forms = st.one_of(
    moments.map(to_iso),
    st.datetimes(timezones=offsets).map(datetime.isoformat),
    st.datetimes().map(datetime.isoformat),
    st.dates().map(str),
    st.datetimes().map(lambda d: d.isoformat(" ", "minutes") + "Z"),
    st.sampled_from(
        [
            "2026-01-06T10:00:00.1234567Z",
            "2026-01-06T10:00:00,5Z",
            "20260106T100000Z",
            "2026-01-06T10:00:00+0100",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-01:00",
            "0000-01-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-01-06T24:00:00Z",
            "2026-01-06T10:00:60Z",
            "yesterday",
            "",
            "1767693600",
            "٢٠٢٦-01-06T10:00:00Z",
        ]
    ),
)


def one_by_one(texts: list[str]) -> list[int] | None:
    try:
        return [from_iso(text) for text in texts]
    except ValueError:
        return None


@pytest.fixture(autouse=True, scope="module")
def arrow() -> None:
    """Long columns are read by Arrow, as in a server that has run for a second."""
    load_arrow()


class TestReadTimes:
    @given(texts=st.lists(forms, max_size=3), copies=st.sampled_from([1, 60]))
    def test_whole_columns_read_like_single_times(self, texts: list[str], copies: int) -> None:
        expected = one_by_one(texts * copies)
        if expected is None:
            with pytest.raises(ValueError, match="ISO 8601"):
                read_times(texts * copies)
        else:
            assert read_times(texts * copies).tolist() == expected

    @given(form=st.sampled_from(["Z", "", "+02:00"]), start=st.datetimes())
    def test_columns_of_one_form_too(self, form: str, start: datetime) -> None:
        texts = [start.isoformat() + form] * 100
        expected = one_by_one(texts)
        if expected is not None:
            assert read_times(texts).tolist() == expected

    def test_digits_beyond_the_microsecond_are_cut(self) -> None:
        assert read_time("2026-01-06T10:00:00.123456999Z") == from_iso(
            "2026-01-06T10:00:00.123456Z"
        )

    def test_a_very_long_text_is_refused_without_being_repeated(self) -> None:
        with pytest.raises(ValueError, match="longer than 64") as caught:
            read_time("2" * 10_000_000)
        assert len(str(caught.value)) < 200


class TestWriteTimes:
    @given(us=st.lists(moments, max_size=20))
    def test_columns_are_written_like_single_times(self, us: list[int]) -> None:
        assert write_times(np.array(us, np.int64)) == [to_iso(u) for u in us]

    @given(us=st.lists(moments, max_size=20), unit=st.sampled_from([1000, 1_000_000]))
    def test_round_times_lose_their_zeros(self, us: list[int], unit: int) -> None:
        round_us = [max(MIN_US, u // unit * unit) for u in us]
        assert write_times(np.array(round_us, np.int64)) == [to_iso(u) for u in round_us]

    @given(us=st.lists(moments, max_size=20))
    def test_what_is_written_is_read_back(self, us: list[int]) -> None:
        assert read_times(write_times(np.array(us, np.int64))).tolist() == us
