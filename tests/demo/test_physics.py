"""The equations against hand calculations and what physics demands."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.demo.physics import (
    Pi,
    PumpCurve,
    clip,
    header_head_m,
    hydraulic_kw,
    lag,
    motor_current_a,
    valve_kv,
    valve_resistance,
    vapour_pressure_bar,
)


class TestHeaderHead:
    def test_one_pump_meets_its_pipe_where_both_give_the_same_flow(self) -> None:
        curve = PumpCurve()
        head = header_head_m([(curve, 1.0)], static_m=20.0, resistance=0.005)
        assert curve.flow_m3h(head, 1.0) == pytest.approx(math.sqrt((head - 20) / 0.005), rel=1e-3)

    def test_two_alike_in_parallel_share_the_flow_and_bring_more_than_one(self) -> None:
        curve = PumpCurve()
        one = header_head_m([(curve, 1.0)], 20.0, 0.002)
        two = header_head_m([(curve, 1.0), (curve, 1.0)], 20.0, 0.002)
        assert curve.flow_m3h(two, 1.0) < curve.flow_m3h(one, 1.0) < 2 * curve.flow_m3h(two, 1.0)

    def test_a_pump_too_weak_for_the_lift_pumps_nothing(self) -> None:
        curve = PumpCurve()
        head = header_head_m([(curve, 0.2)], static_m=20.0, resistance=0.005)
        assert head == 20.0
        assert curve.flow_m3h(head, 0.2) == 0.0

    def test_without_a_pump_nothing_flows(self) -> None:
        assert header_head_m([], 12.0, 0.005) == 12.0

    @given(st.floats(5, 40), st.floats(1e-4, 1e-1), st.floats(0.5, 1.1))
    def test_more_resistance_never_brings_more_water(
        self, static_m: float, resistance: float, factor: float
    ) -> None:
        curve = PumpCurve()
        easy = header_head_m([(curve, factor)], static_m, resistance)
        hard = header_head_m([(curve, factor)], static_m, resistance * 2)
        assert curve.flow_m3h(hard, factor) <= curve.flow_m3h(easy, factor) + 1e-3


class TestPumpCurve:
    def test_is_best_at_its_best_point(self) -> None:
        curve = PumpCurve()
        assert curve.efficiency(60.0) == curve.best_efficiency
        assert curve.efficiency(60.0) > curve.efficiency(40.0) > curve.efficiency(20.0) > 0

    def test_needs_more_npsh_at_more_flow(self) -> None:
        curve = PumpCurve()
        assert curve.npsh_required_m(60.0) == pytest.approx(7.0)
        assert curve.npsh_required_m(70.0) > curve.npsh_required_m(60.0)


class TestUnits:
    def test_water_boils_at_23_mbar_at_room_temperature(self) -> None:
        assert vapour_pressure_bar(20.0) == pytest.approx(0.0234, abs=0.0002)

    def test_hydraulic_power_of_100_m3h_over_36_m(self) -> None:
        assert hydraulic_kw(100.0, 36.0) == pytest.approx(9.787, abs=0.01)

    def test_motor_current_of_15_kw_at_400_v(self) -> None:
        assert motor_current_a(15.0, 400.0, 0.85) == pytest.approx(25.47, abs=0.01)

    def test_a_valve_passes_its_kv_at_one_bar(self) -> None:
        one_bar_m = valve_resistance(50.0) * 50.0**2
        assert one_bar_m == pytest.approx(10.22, abs=0.01)

    def test_an_equal_percentage_valve_opens_to_kvs_and_shuts_nearly_tight(self) -> None:
        assert valve_kv(100.0, 80.0) == pytest.approx(80.0)
        assert valve_kv(0.0, 80.0) == pytest.approx(0.08)
        assert valve_kv(60.0, 80.0) / valve_kv(50.0, 80.0) == pytest.approx(
            valve_kv(40.0, 80.0) / valve_kv(30.0, 80.0)
        )

    def test_clip_holds_between_its_limits(self) -> None:
        assert [clip(x, 0, 1) for x in (-1, 0.5, 2)] == [0, 0.5, 1]

    def test_a_lag_has_done_63_percent_after_tau_whatever_the_step(self) -> None:
        coarse = lag(0.0, 1.0, 10.0, 10.0)
        fine = 0.0
        for _ in range(100):
            fine = lag(fine, 1.0, 10.0, 0.1)
        assert coarse == pytest.approx(1 - math.exp(-1))
        assert fine == pytest.approx(coarse)


class TestPi:
    def test_brings_a_tank_to_its_set_point(self) -> None:
        pi, level = Pi(gain=4.0, reset_s=100.0, output_pct=0.0), 20.0
        for _ in range(5000):
            level += (pi.step(60.0 - level, 1.0) - 40.0) * 0.005
        assert level == pytest.approx(60.0, abs=0.1)

    @given(st.lists(st.floats(-1000, 1000), max_size=50))
    def test_stays_between_0_and_100(self, errors: list[float]) -> None:
        pi = Pi(2.0, 10.0, 50.0)
        assert all(0.0 <= pi.step(error, 1.0) <= 100.0 for error in errors)

    def test_leaves_the_limit_at_once_when_the_error_turns(self) -> None:
        pi = Pi(1.0, 10.0, 50.0)
        for _ in range(1000):
            pi.step(100.0, 1.0)
        assert pi.step(-10.0, 1.0) < 100.0
