"""Times to and from ISO 8601."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.kit.clock import MAX_US, MIN_US, ManualClock, from_iso, to_iso

micros = st.integers(MIN_US, MAX_US)


class TestToIso:
    @pytest.mark.parametrize(
        ("us", "text"),
        [
            (0, "1970-01-01T00:00:00Z"),
            (1_767_693_600_000_000, "2026-01-06T10:00:00Z"),
            (1_767_693_600_120_000, "2026-01-06T10:00:00.12Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
        ],
    )
    def test_utc_with_z_and_a_fraction_only_when_needed(self, us: int, text: str) -> None:
        assert to_iso(us) == text

    @given(micros)
    def test_reads_back_exactly(self, us: int) -> None:
        assert from_iso(to_iso(us)) == us


class TestFromIso:
    @given(micros.filter(lambda us: abs(us) < 2**55), st.integers(-14 * 60, 14 * 60))
    def test_any_offset_is_the_same_moment(self, us: int, minutes: int) -> None:
        zone = timezone(timedelta(minutes=minutes))
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
        assert from_iso(moment.astimezone(zone).isoformat()) == us

    def test_no_offset_is_utc_and_a_date_is_midnight(self) -> None:
        assert from_iso("2026-01-06T10:00:00") == from_iso("2026-01-06T10:00:00Z")
        assert to_iso(from_iso("2026-01-06")) == "2026-01-06T00:00:00Z"

    def test_digits_beyond_the_microsecond_are_cut(self) -> None:
        assert from_iso("2026-01-06T10:00:00.123456999Z") == from_iso("2026-01-06T10:00:00.123456Z")

    @pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "2026-01-01T25:00:00Z", "1e9"])
    def test_anything_else_is_refused_in_plain_words(self, text: str) -> None:
        with pytest.raises(ValueError, match="not an ISO 8601 time"):
            from_iso(text)


class TestManualClock:
    def test_moves_only_by_hand(self) -> None:
        clock = ManualClock(10)
        assert clock.now_us() == clock.now_us() == 10
        clock.advance(1.5)
        assert clock.now_us() == 1_500_010
