"""The plant as a whole: same seed same plant, and faults that show where they should."""

from collections.abc import Callable, Mapping
from functools import cache

import pytest

from twinedge.demo.faults import Effects, FaultKind
from twinedge.demo.plant import Plant, Value
from twinedge.demo.tags import MACHINES, SERVERS, plant_tags, tags_of_server

Frame = Mapping[str, Value]


def play(
    seconds: int, effects: Callable[[int], Effects] = lambda _: {}, seed: int = 1
) -> list[Frame]:
    plant = Plant(seed, past_s=0)
    return [plant.advance(effects(second)) for second in range(seconds)]


@cache
def healthy() -> tuple[Frame, ...]:
    return tuple(play(600))


def number(frame: Frame, key: str) -> float:
    value = frame[key]
    assert isinstance(value, int | float)
    return value


def mean(frames: list[Frame] | tuple[Frame, ...], key: str) -> float:
    return sum(number(frame, key) for frame in frames) / len(frames)


class TestTags:
    def test_there_are_at_least_120_in_three_sources(self) -> None:
        assert len(plant_tags()) >= 120
        assert all(len(tags_of_server(server)) >= 20 for server in SERVERS)

    def test_no_key_and_no_address_comes_twice(self) -> None:
        assert len({tag.key for tag in plant_tags()}) == len(plant_tags())
        assert len({(t.server, str(t.address)) for t in plant_tags()}) == len(plant_tags())

    def test_registers_do_not_overlap(self) -> None:
        taken = set()
        for tag in tags_of_server("modbus"):
            assert tag.offset is not None
            width = 2 if tag.wire in {"float32", "uint32"} else 1
            places = {(tag.table, tag.offset + i) for i in range(width)}
            assert not places & taken
            taken |= places

    def test_every_machine_has_tags(self) -> None:
        assert {t.asset_id for t in plant_tags()} == {m.asset_id for m in MACHINES}

    def test_every_frame_has_every_tag_in_its_type(self) -> None:
        frame = healthy()[0]
        assert list(frame) == [tag.key for tag in plant_tags()]
        kinds = {"bool": bool, "string": str, "uint32": int}
        for tag in plant_tags():
            assert isinstance(frame[tag.key], kinds.get(tag.wire, float)), tag.key


class TestSeed:
    def test_the_same_seed_is_the_same_plant(self) -> None:
        assert play(60, seed=7) == play(60, seed=7)

    def test_another_seed_is_another(self) -> None:
        assert play(5, seed=7) != play(5, seed=8)


class TestPast:
    def test_is_an_hour_by_ten_seconds_that_leads_up_to_now(self) -> None:
        plant = Plant(1, settle_s=60, past_s=600)
        assert plant.elapsed_s == 0
        assert [second for second, _ in plant.past] == list(range(-590, 0, 10))
        assert list(plant.past[0][1]) == [tag.key for tag in plant_tags()]

    def test_does_not_depend_on_being_recorded(self) -> None:
        assert Plant(1, 100, 200).advance({}) == Plant(1, 300, 0).advance({})


class TestHealthy:
    @pytest.mark.parametrize("tank", ["Tank_001", "Tank_002", "Tank_003"])
    def test_levels_are_held(self, tank: str) -> None:
        setpoint = number(healthy()[0], f"{tank}.level_setpoint")
        assert all(abs(number(f, f"{tank}.level") - setpoint) < 6 for f in healthy())

    def test_nothing_comes_near_an_alarm(self) -> None:
        for frame in healthy():
            for pump in ("Pump_001", "Pump_002", "Pump_003"):
                assert number(frame, f"{pump}.vibration_rms") < 4.5
                assert number(frame, f"{pump}.bearing_temperature") < 70
                assert number(frame, f"{pump}.npsh_margin") > 4
            assert 45 < number(frame, "Boiler_001.drum_level") < 55

    def test_water_is_neither_made_nor_lost(self) -> None:
        first, last = healthy()[0], healthy()[-1]
        flowed = sum(
            number(f, "Tank_002.inflow") - number(f, "Tank_002.outflow") for f in healthy()
        )
        gained = number(last, "Tank_002.volume") - number(first, "Tank_002.volume")
        assert gained == pytest.approx(flowed / 3600, abs=0.25)

    def test_the_motor_carries_what_the_pump_lifts(self) -> None:
        for frame in healthy()[::60]:
            lifted_kw = (
                998 * 9.81 * number(frame, "Pump_001.flow") * number(frame, "Pump_001.head") / 3.6e6
            )
            assert 0.5 < lifted_kw / number(frame, "Motor_001.power") < 0.85

    def test_more_flow_draws_more_current(self) -> None:
        by_flow = sorted(healthy(), key=lambda f: number(f, "Pump_003.flow"))
        low, high = by_flow[:100], by_flow[-100:]
        assert mean(high, "Motor_003.current") > mean(low, "Motor_003.current") + 1

    def test_both_raw_water_pumps_push_against_the_same_header(self) -> None:
        for frame in healthy()[::60]:
            a = number(frame, "Pump_001.discharge_pressure")
            assert number(frame, "Pump_002.discharge_pressure") == pytest.approx(a, abs=0.1)


class TestFaults:
    def worn(self, kind: FaultKind, asset_id: str, seconds: int = 400) -> list[Frame]:
        return play(seconds, lambda s: {(kind, asset_id): min(1.0, s / 75)})

    def test_bearing_wear_shakes_heats_and_draws(self) -> None:
        worn = self.worn(FaultKind.BEARING_WEAR, "Pump_001")
        last = worn[-60:]
        assert mean(last, "Pump_001.vibration_rms") > 7.1
        assert mean(last, "Pump_001.bearing_temperature") > 85
        assert mean(last, "Motor_001.power") > mean(healthy()[340:400], "Motor_001.power") + 0.5

    def test_the_bearing_warms_up_later_than_it_shakes(self) -> None:
        worn = self.worn(FaultKind.BEARING_WEAR, "Pump_001")

        def rise(key: str, second: int) -> float:
            start, end = number(worn[0], key), mean(worn[-30:], key)
            return (mean(worn[second : second + 10], key) - start) / (end - start)

        assert rise("Pump_001.bearing_temperature", 60) < rise("Pump_001.vibration_rms", 60)

    def test_a_fault_touches_nothing_it_is_not_connected_to(self) -> None:
        worn = self.worn(FaultKind.BEARING_WEAR, "Pump_001", 200)
        strangers = ("Analyzer_001.ph", "Weather_001.temperature", "Line_001.units_total",
                     "Boiler_001.steam_pressure", "Compressor_001.pressure")  # fmt: skip
        for well, ill in zip(healthy(), worn, strict=False):
            assert all(well[key] == ill[key] for key in strangers)

    @pytest.mark.parametrize("pump", ["Pump_001", "Pump_003"])
    def test_cavitation_eats_the_npsh_margin_the_head_and_the_calm(self, pump: str) -> None:
        ill = self.worn(FaultKind.CAVITATION, pump)[-100:]
        well = healthy()[300:400]
        assert mean(ill, f"{pump}.npsh_margin") < 1.5
        assert mean(ill, f"{pump}.discharge_pressure") < mean(well, f"{pump}.discharge_pressure")
        assert mean(ill, f"{pump}.vibration_rms") > mean(well, f"{pump}.vibration_rms") + 1

    def test_a_stuck_valve_slips_and_stays_while_its_command_moves_on(self) -> None:
        stuck = self.worn(FaultKind.STUCK_VALVE, "Valve_003", 600)
        positions = [number(f, "Valve_003.position") for f in stuck[10:]]
        commands = [number(f, "Valve_003.command") for f in stuck[10:]]
        assert max(positions) - min(positions) < 0.5
        assert max(commands) - min(commands) > 3
        assert number(stuck[10], "Valve_003.deviation") > 10

    def test_a_drifting_level_sensor_moves_the_true_level_the_other_way(self) -> None:
        drift = self.worn(FaultKind.SENSOR_DRIFT, "Tank_002", 900)
        true_change_m3 = (
            sum(number(f, "Tank_002.inflow") - number(f, "Tank_002.outflow") for f in drift) / 3600
        )
        assert number(drift[75], "Tank_002.level") < 55
        assert true_change_m3 > 3

    def test_a_dropout_silences_one_machine_and_only_it(self) -> None:
        frame = play(1, lambda _: {(FaultKind.DROPOUT, "Tank_001"): 1.0})[0]
        silent = {key.split(".")[0] for key, value in frame.items() if value is None}
        assert silent == {"Tank_001"}

    def test_a_silent_level_sensor_does_not_stop_the_plant(self) -> None:
        frames = play(30, lambda s: {(FaultKind.DROPOUT, "Tank_002"): 1.0} if s < 20 else {})
        assert number(frames[-1], "Tank_002.level") == pytest.approx(65, abs=4)
