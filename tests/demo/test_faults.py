"""When faults come, grow and go."""

from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.demo.faults import (
    CLASSES,
    FIRST_FAULT_S,
    Fault,
    FaultBook,
    FaultKind,
    check,
    machines_for,
    schedule,
)
from twinedge.kit.errors import Conflict, Invalid

WEAR = (FaultKind.BEARING_WEAR, "Pump_001")


class TestSchedule:
    def test_the_first_shows_within_five_minutes_and_not_at_once(self) -> None:
        first = next(schedule(1))
        assert (first.kind, first.asset_id) == WEAR
        full_s = first.start_s + CLASSES[first.kind].onset_s
        assert first.start_s >= 60
        assert full_s < 240

    def test_the_same_seed_gives_the_same_faults(self) -> None:
        assert list(islice(schedule(3), 20)) == list(islice(schedule(3), 20))

    def test_another_seed_gives_others(self) -> None:
        assert list(islice(schedule(3), 20)) != list(islice(schedule(4), 20))

    @given(st.integers())
    def test_one_at_a_time_each_possible_and_every_kind_comes(self, seed: int) -> None:
        faults = list(islice(schedule(seed), 10))
        assert {fault.kind for fault in faults} == set(FaultKind)
        for fault, following in pairwise(faults):
            assert fault.end_s is not None
            assert fault.end_s + 60 < following.start_s
            assert fault.asset_id in machines_for(fault.kind)


class TestSeverity:
    @given(st.sampled_from(list(FaultKind)), st.floats(0, 2000))
    def test_is_between_0_and_1_and_0_outside(self, kind: FaultKind, now_s: float) -> None:
        fault = Fault(kind, "x", 100.0, 500.0)
        severity = fault.severity(now_s)
        assert 0.0 <= severity <= 1.0
        assert severity == 0.0 or 100.0 <= now_s < 500.0 + CLASSES[kind].recovery_s

    def test_grows_and_recovers_steadily(self) -> None:
        fault = Fault(FaultKind.BEARING_WEAR, "Pump_001", 0.0, 200.0)
        assert fault.severity(37.5) == 0.5
        assert fault.severity(100.0) == 1.0
        assert fault.severity(215.0) == 0.5

    def test_mended_half_way_it_recovers_from_there(self) -> None:
        fault = Fault(FaultKind.BEARING_WEAR, "Pump_001", 0.0, 37.5)
        assert fault.severity(37.5) == 0.5
        assert fault.severity(37.5 + 15) == 0.0


class TestCheck:
    def test_a_name_there_is_not_lists_those_there_are(self) -> None:
        with pytest.raises(Invalid, match="bearing_wear, cavitation"):
            check("rust", "Pump_001")

    def test_a_machine_it_cannot_happen_to_lists_those_it_can(self) -> None:
        with pytest.raises(Invalid, match="Pump_001, Pump_002, Pump_003"):
            check("bearing_wear", "Tank_001")


class TestFaultBook:
    def test_takes_up_the_schedule_when_due(self) -> None:
        book = FaultBook(1)
        assert book.effects(FIRST_FAULT_S - 1) == {}
        assert book.effects(FIRST_FAULT_S + 30)[WEAR] == pytest.approx(0.4)

    def test_without_a_schedule_nothing_comes(self) -> None:
        book = FaultBook(1, scheduled=False)
        assert all(book.effects(float(s)) == {} for s in range(0, 4000, 10))
        assert book.coming(0.0) is None

    def test_nothing_begins_in_a_quiet_time_but_afterwards_it_does(self) -> None:
        book = FaultBook(1)
        book.quiet(0.0, 3600.0)
        assert all(book.effects(float(s)) == {} for s in range(3600))
        assert any(book.effects(float(s)) for s in range(3600, 7200))

    def test_what_is_over_is_forgotten(self) -> None:
        book = FaultBook(1)
        book.effects(FIRST_FAULT_S)
        end_s = book.under_way()[0].end_s
        assert end_s is not None
        book.effects(end_s + CLASSES[FaultKind.BEARING_WEAR].recovery_s)
        assert book.under_way() == []

    def test_by_hand_lasts_until_cleared(self) -> None:
        book = FaultBook(1, scheduled=False)
        book.start("cavitation", "Pump_002", 10.0)
        assert book.effects(5000.0) == {(FaultKind.CAVITATION, "Pump_002"): 1.0}
        assert book.clear(5000.0) == 1
        assert book.effects(5000.0 + 31) == {}

    def test_the_same_twice_is_a_conflict(self) -> None:
        book = FaultBook(1, scheduled=False)
        book.start("cavitation", "Pump_002", 10.0)
        with pytest.raises(Conflict, match="already under way"):
            book.start("cavitation", "Pump_002", 20.0)

    def test_clears_only_what_is_meant(self) -> None:
        book = FaultBook(1, scheduled=False)
        book.start("cavitation", "Pump_002", 0.0)
        book.start("stuck_valve", "Valve_001", 0.0)
        assert book.clear(100.0, asset_id="Pump_002") == 1
        assert list(book.effects(200.0)) == [(FaultKind.STUCK_VALVE, "Valve_001")]
        assert book.clear(200.0, kind="cavitation") == 0

    def test_hand_and_schedule_together_count_as_the_worse(self) -> None:
        book = FaultBook(1)
        book.start("bearing_wear", "Pump_001", 0.0)
        assert book.effects(FIRST_FAULT_S + 1)[WEAR] == 1.0
        assert len(book.under_way()) == 2

    def test_the_next_is_told_unless_it_falls_into_quiet(self) -> None:
        book = FaultBook(1)
        coming = book.coming(0.0)
        assert coming is not None
        assert coming.start_s == FIRST_FAULT_S
        book.quiet(0.0, 600.0)
        assert book.coming(0.0) is None
