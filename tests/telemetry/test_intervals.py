"""Buckets of time, also where clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.kit.clock import MAX_US, MIN_US, US, from_iso, to_iso
from twinedge.telemetry.intervals import Interval, calendar_edges, nice_grid, origin_of

DAY = 86_400 * US


def edges(interval: str, zone: str, start: str, end: str) -> list[str]:
    found = calendar_edges(Interval.parse(interval), ZoneInfo(zone), from_iso(start), from_iso(end))
    return [to_iso(edge) for edge in found.tolist()]


class TestParse:
    @pytest.mark.parametrize(
        ("text", "width_us"),
        [
            ("1m", 60 * US),
            ("5m", 300 * US),
            ("1h", 3600 * US),
            ("1d", DAY),
            ("30s", 30 * US),
            ("2w", 14 * DAY),
            ("90m", 5400 * US),
        ],
    )
    def test_a_number_and_a_unit(self, text: str, width_us: int) -> None:
        interval = Interval.parse(text)
        assert interval.width_us == width_us
        assert str(interval) == text

    @pytest.mark.parametrize(
        "text", ["", "m", "1", "0m", "-1m", "1.5h", "1M", "1y", "1 m", "1m ", "٣m", "9" * 30 + "s"]
    )
    def test_all_else_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match="number and a unit"):
            Interval.parse(text)

    def test_a_century_is_the_longest(self) -> None:
        with pytest.raises(ValueError, match="100 years"):
            Interval.parse("999999999w")


class TestCalendarEdges:
    def test_the_day_clocks_go_forward_has_23_hours(self) -> None:
        assert edges("1d", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z") == [
            "2026-03-27T23:00:00Z",
            "2026-03-28T23:00:00Z",
            "2026-03-29T22:00:00Z",
            "2026-03-30T22:00:00Z",
        ]

    def test_weeks_begin_on_local_mondays(self) -> None:
        assert edges("1w", "America/New_York", "2026-03-05T00:00:00Z", "2026-03-10T00:00:00Z") == [
            "2026-03-02T05:00:00Z",
            "2026-03-09T04:00:00Z",
            "2026-03-16T04:00:00Z",
        ]

    def test_a_day_without_midnight_begins_at_its_first_moment(self) -> None:
        # Cairo springs forward at midnight
        found = edges("1d", "Africa/Cairo", "2026-04-24T12:00:00Z", "2026-04-24T13:00:00Z")
        assert found == ["2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z"]

    def test_a_day_the_zone_skipped_has_no_bucket(self) -> None:
        found = edges("1d", "Pacific/Apia", "2011-12-29T12:00:00Z", "2011-12-31T12:00:00Z")
        assert found == [
            "2011-12-29T10:00:00Z",
            "2011-12-30T10:00:00Z",
            "2011-12-31T10:00:00Z",
            "2012-01-01T10:00:00Z",
        ]

    @given(
        start_s=st.integers(-2_000_000_000, 4_000_000_000),
        hours=st.integers(1, 2000),
        zone=st.sampled_from(
            ["Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia", "Africa/Cairo"]
        ),
        text=st.sampled_from(["1d", "3d", "1w"]),
    )
    def test_they_cover_the_range_at_local_day_starts(
        self, start_s: int, hours: int, zone: str, text: str
    ) -> None:
        start_us = start_s * US
        end_us = start_us + hours * 3600 * US
        tz, interval = ZoneInfo(zone), Interval.parse(text)
        found = calendar_edges(interval, tz, start_us, end_us).tolist()
        assert found[0] <= start_us < found[1]
        assert found[-2] < end_us <= found[-1]
        for edge in found:
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=edge)
            before = (moment - timedelta(microseconds=1)).astimezone(tz)
            assert moment.astimezone(tz).date() > before.date()
            if text == "1w" and zone != "Pacific/Apia":
                assert moment.astimezone(tz).weekday() == 0

    @pytest.mark.parametrize(("start", "end"), [(MIN_US, MIN_US + DAY), (MAX_US - DAY, MAX_US + 1)])
    def test_the_ends_of_time_are_covered(self, start: int, end: int) -> None:
        for zone in ("Asia/Tokyo", "America/New_York"):
            found = calendar_edges(Interval.parse("1d"), ZoneInfo(zone), start, end).tolist()
            assert found[0] <= start
            assert found[-1] >= end


class TestOrigin:
    def test_hours_begin_at_full_local_hours(self) -> None:
        start = from_iso("2026-01-06T10:00:00Z")
        origin = origin_of(Interval.parse("1h"), ZoneInfo("Asia/Kolkata"), start)
        assert (start - origin) % (3600 * US) == 1800 * US

    def test_weeks_begin_on_mondays(self) -> None:
        monday = from_iso("2026-01-05")
        assert (monday - origin_of(Interval.parse("1w"), None, 0)) % (7 * DAY) == 0


class TestNiceGrid:
    @given(
        start=st.integers(-(10**17), 10**17),
        span=st.integers(1, 10**17),
        most=st.integers(1, 100_000),
    )
    def test_never_more_buckets_than_asked(self, start: int, span: int, most: int) -> None:
        width, origin = nice_grid(start, start + span, most)
        first, last = (start - origin) // width, (start + span - 1 - origin) // width
        assert last - first + 1 <= most

    def test_it_is_round_and_not_wasteful(self) -> None:
        start = from_iso("2026-01-01")
        assert nice_grid(start, start + 365 * DAY, 1000) == (12 * 3600 * US, 0)
        assert nice_grid(start, start + DAY, 1440) == (60 * US, 0)
