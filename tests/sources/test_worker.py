"""The supervisor in virtual time: states, losses, returns, isolation, and the store behind it."""

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.scripted import Device, ScriptedDriver
from tests.sources.virtual import LoopClock, virtually
from twinedge.assets.model import Kind, NewTag, Tag
from twinedge.kit.errors import Conflict, Invalid, Unavailable
from twinedge.sources.model import ConfigFault, Deadband, LinkLost, State, Status, TagSpec
from twinedge.sources.ports import BoundTag, Plan
from twinedge.sources.worker import Supervisor
from twinedge.telemetry.model import Batch, Quality


class Store:
    """Takes batches, or does not."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self.fault: Exception | None = None

    async def ingest(self, batch: Batch) -> None:
        await asyncio.sleep(0.001)
        if self.fault is not None:
            raise self.fault
        self.batches.append(batch)

    def points(self, series: int) -> list[tuple[float, int]]:
        return [
            (float(value), int(quality))
            for batch in self.batches
            for number, value, quality in zip(batch.series, batch.value, batch.quality, strict=True)
            if number == series
        ]

    def good(self, series: int) -> list[float]:
        return [value for value, quality in self.points(series) if quality == Quality.GOOD]

    def markers(self, series: int) -> int:
        return sum(1 for value, q in self.points(series) if q == Quality.BAD and np.isnan(value))


class Claims:
    """A register in memory."""

    def __init__(self) -> None:
        self.tags: dict[tuple[str, str], Tag] = {}

    def find(self, asset_id: str, tag_name: str) -> Tag | None:
        return self.tags.get((asset_id, tag_name))

    async def ensure(self, wanted: Sequence[NewTag]) -> list[Tag]:
        found = []
        for want in wanted:
            key = (want.asset_id, want.tag_name)
            tag = self.tags.setdefault(
                key, Tag(500 + len(self.tags), *key, want.kind, want.data_source_id)
            )
            if tag.data_source_id != want.data_source_id:
                raise Conflict("taken")
            found.append(tag)
        return found


class Rig:
    """A supervisor over a scripted driver and a store."""

    def __init__(self, **driver: object) -> None:
        self.driver = ScriptedDriver(**driver)  # type: ignore[arg-type]
        self.store = Store()
        self.claims = Claims()
        self.env = {"HOST": "plc"}
        self.supervisor = Supervisor(
            self.claims,
            self.store.ingest,
            {"scripted": self.driver},
            LoopClock(),
            self.env,
            self.driver.knock,
        )

    async def __aenter__(self) -> "Rig":
        await self.supervisor.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.supervisor.stop()
        leftovers = asyncio.all_tasks() - {asyncio.current_task()}
        assert leftovers == set()

    def device(self, host: str = "plc") -> Device:
        return self.driver.device(host)

    def status(self, id: str = "s") -> Status:
        return self.supervisor.status(id)

    async def reaches(self, state: State, within_s: float, id: str = "s") -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + within_s
        while self.status(id).state is not state:
            assert loop.time() < end, f"{self.status(id)} instead of {state}"
            await asyncio.sleep(0.01)


def tag(series: int, *, enabled: bool = True, deadband: Deadband | None = None) -> BoundTag:
    spec = TagSpec(
        str(series), "a", f"t{series}", f"tag-{series}", enabled=enabled, deadband=deadband
    )
    return BoundTag(series, Kind.NUMBER, spec)


def plan(
    id: str = "s", host: str = "plc", tags: Sequence[BoundTag] = (tag(1), tag(2)), **more: object
) -> Plan:
    config = {"host": host}
    return Plan(id, id, "scripted", more.pop("enabled", True), config, tuple(tags), **more)  # type: ignore[arg-type]


class TestConnect:
    @virtually
    async def test_is_connected_once_a_sign_of_life_came(self) -> None:
        async with Rig() as rig:
            rig.device().talks = False
            await rig.supervisor.apply(plan())
            await asyncio.sleep(1)
            assert rig.status().state is State.CONNECTING
            assert rig.supervisor.link("s") is None
            await rig.device().link.push(1.0)
            assert rig.status().state is State.CONNECTED
            assert rig.supervisor.connected() == {"s"}
            assert rig.supervisor.link("s") is rig.device().link
            assert rig.status().last_data_us is not None

    @virtually
    async def test_an_open_but_silent_device_is_no_connection(self) -> None:
        async with Rig() as rig:
            rig.device().talks = False
            await rig.supervisor.apply(plan())
            await rig.reaches(State.BACKOFF, 11)
            assert "silent" in (rig.status().last_error or "")
            assert "scripted://plc:502/1" in (rig.status().last_error or "")
            assert rig.device().open_links == 0

    @virtually
    async def test_an_open_that_hangs_has_a_deadline(self) -> None:
        async with Rig() as rig:
            rig.device().open_hangs = True
            await rig.supervisor.apply(plan())
            await rig.reaches(State.BACKOFF, 21)
            assert "20 s" in (rig.status().last_error or "")

    @virtually
    async def test_environment_is_resolved_at_use(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan(host="${HOST}"))
            await rig.reaches(State.CONNECTED, 1)

    @virtually
    async def test_a_missing_variable_is_a_config_error_in_words(self) -> None:
        async with Rig() as rig:
            del rig.env["HOST"]
            await rig.supervisor.apply(plan(host="${HOST}"))
            await rig.reaches(State.CONFIG_ERROR, 1)
            assert "HOST" in (rig.status().last_error or "")
            assert "config.host" in (rig.status().last_error or "")

    @virtually
    async def test_what_was_applied_before_the_start_runs_after_it(self) -> None:
        rig = Rig()
        await rig.supervisor.apply(plan())
        async with rig:
            await rig.reaches(State.CONNECTED, 1)


class TestLoss:
    @virtually
    async def test_every_tag_gets_one_marker_and_a_reason(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            await rig.device().link.push(1.0)
            rig.device().die("plc:502 refused the connection")
            await asyncio.sleep(120)
            assert rig.status().state is State.BACKOFF
            assert rig.status().last_error == "plc:502 refused the connection"
            assert rig.store.markers(1) == rig.store.markers(2) == 1
            assert {state.word for state in rig.status().tags.values()} == {"waiting"}

    @virtually
    async def test_a_restarted_device_is_back_within_five_seconds(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            for down_s in (0.0, 1.0, 5.0, 20.0, 50.0):
                await asyncio.sleep(31)
                rig.device().die()
                await asyncio.sleep(down_s)
                rig.device().revive()
                await rig.reaches(State.CONNECTED, 5)

    @virtually
    async def test_each_loss_has_a_marker_of_its_own(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            for count in (1, 2, 3):
                await rig.reaches(State.CONNECTED, 5)
                await asyncio.sleep(31)
                rig.device().cut(LinkLost("cut"))
                await asyncio.sleep(5)
                assert rig.store.markers(1) == count

    @virtually
    async def test_a_long_outage_is_asked_ever_more_rarely(self) -> None:
        async with Rig() as rig:
            rig.device().die()
            await rig.supervisor.apply(plan())
            await asyncio.sleep(1800)
            times = np.array(rig.device().opened_at_s)
            young = np.diff(times[times < 60])
            assert young.max() <= 2.1
            old = np.diff(times[times > 300])
            assert old.max() <= 30.1
            assert old.mean() > 5

    @virtually
    async def test_after_minutes_away_it_is_back_within_three_seconds(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            for away_s in (120, 333, 1800):
                await rig.reaches(State.CONNECTED, 3)
                await asyncio.sleep(31)
                rig.device().die()
                await asyncio.sleep(away_s)
                rig.device().revive()

    @virtually
    async def test_a_port_that_stays_open_is_no_reason_to_try_more_often(self) -> None:
        async with Rig() as rig:
            rig.device().open_fault = LinkLost("the login fails")
            await rig.supervisor.apply(plan())
            await asyncio.sleep(1800)
            times = np.array(rig.device().opened_at_s)
            assert np.diff(times[times > 300]).mean() > 5
            assert rig.device().knocks <= len(times)

    @virtually
    async def test_a_link_that_drops_soon_continues_the_outage(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())

            async def flap() -> None:
                while True:
                    await asyncio.sleep(0.5)
                    rig.device().cut(LinkLost("flapping"))

            flapping = asyncio.create_task(flap())
            await asyncio.sleep(1200)
            flapping.cancel()
            await asyncio.wait({flapping})
            assert rig.device().opened < 1200 / 5

    @virtually
    async def test_silence_is_judged_by_data_not_by_the_socket(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            rig.device().talks = False
            for value in range(20):
                await asyncio.sleep(9)
                await rig.device().link.push(float(value))
                assert rig.status().state is State.CONNECTED
            await rig.reaches(State.BACKOFF, 10.5)
            assert rig.store.markers(1) <= 1

    @virtually
    async def test_tags_left_good_by_a_killed_process_go_bad_when_the_device_is_gone(self) -> None:
        async with Rig() as rig:
            rig.device().die()
            await rig.supervisor.apply(plan(resumed=True, discovered=(9,)))
            await asyncio.sleep(60)
            assert rig.store.markers(1) == rig.store.markers(9) == 1

    @virtually
    async def test_a_source_that_never_connected_writes_no_marker(self) -> None:
        async with Rig() as rig:
            rig.device().die()
            await rig.supervisor.apply(plan())
            await asyncio.sleep(60)
            assert rig.store.batches == []

    @virtually
    async def test_what_a_given_up_link_still_says_is_not_heard(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            old = rig.device().link
            rig.device().die()
            await rig.reaches(State.BACKOFF, 1)
            old.sink.alive()
            old.sink.tag_fault(1, "late")
            with pytest.raises(Unavailable):
                await old.push(5.0)
            assert rig.status().state is State.BACKOFF
            assert rig.store.good(1) == []


class TestConfigFault:
    @virtually
    async def test_is_told_apart_and_retried_every_minute(self) -> None:
        async with Rig() as rig:
            rig.device().open_fault = ConfigFault("wrong password", "set another one")
            await rig.supervisor.apply(plan())
            await asyncio.sleep(181)
            assert rig.status().state is State.CONFIG_ERROR
            assert rig.status().last_error == "wrong password; set another one"
            assert len(rig.device().opened_at_s) == 4

    @virtually
    async def test_a_change_is_tried_at_once(self) -> None:
        async with Rig() as rig:
            rig.device().open_fault = ConfigFault("wrong password")
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONFIG_ERROR, 1)
            await rig.supervisor.apply(plan(host="other"))
            await rig.reaches(State.CONNECTED, 0.5)

    @virtually
    async def test_a_plan_that_cannot_run_says_why(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan(fault="the secret cannot be opened"))
            await rig.reaches(State.CONFIG_ERROR, 1)
            assert rig.status().last_error == "the secret cannot be opened"
            assert rig.device().links == []


class TestCrash:
    @virtually
    async def test_of_a_driver_restarts_only_that_link(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan("s", "plc"))
            await rig.supervisor.apply(plan("other", "healthy", [tag(3)]))
            await rig.reaches(State.CONNECTED, 1)
            await rig.reaches(State.CONNECTED, 1, "other")
            rig.device().cut(ZeroDivisionError("in decode"))
            await rig.reaches(State.BACKOFF, 1)
            assert "ZeroDivisionError" in (rig.status().last_error or "")
            await rig.reaches(State.CONNECTED, 5)
            assert rig.device("healthy").opened == 1
            assert rig.store.markers(3) == 0

    @virtually
    async def test_in_retag_reconnects(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            rig.device().link.retag_fault = KeyError("x")
            await rig.supervisor.apply(plan(tags=[tag(1)]))
            await rig.reaches(State.BACKOFF, 1)
            await rig.reaches(State.CONNECTED, 5)
            assert [it.series for it in rig.device().link.tags] == [1]

    @virtually
    async def test_a_close_that_hangs_does_not_hold_the_next_attempt(self) -> None:
        async with Rig() as rig:
            rig.device().close_hangs = True
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            rig.device().cut(LinkLost("cut"))
            await asyncio.sleep(5)
            assert rig.device().opened == 2

    @virtually
    async def test_twenty_dead_sources_cost_a_good_one_nothing(self) -> None:
        async with Rig() as rig:
            for number in range(20):
                rig.device(f"dead{number}").open_hangs = number % 2 == 0
                rig.device(f"dead{number}").open_fault = LinkLost("dead")
                await rig.supervisor.apply(plan(f"dead{number}", f"dead{number}", [tag(50)]))
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            for value in range(100):
                await rig.device().link.push(float(value))
                await asyncio.sleep(1)
            assert rig.store.good(1) == [float(value) for value in range(100)]


class TestApply:
    @virtually
    async def test_tags_change_on_the_running_link(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            await rig.supervisor.apply(plan(tags=[tag(1), tag(2), tag(3)]))
            await asyncio.sleep(0.1)
            link = rig.device().link
            assert rig.device().opened == 1
            assert [it.series for it in link.tags] == [1, 2, 3]
            assert rig.store.batches == []

    @virtually
    async def test_tags_switched_off_go_bad_and_are_not_read(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            await rig.supervisor.apply(plan(tags=[tag(1), tag(2, enabled=False)]))
            await asyncio.sleep(0.1)
            assert [it.series for it in rig.device().link.tags] == [1]
            assert rig.store.markers(2) == 1
            assert rig.store.markers(1) == 0
            assert set(rig.status().tags) == {1}

    @virtually
    async def test_a_new_name_touches_nothing(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            new = plan()
            await rig.supervisor.apply(
                Plan(new.id, "renamed", new.type, True, new.config, new.tags)
            )
            await asyncio.sleep(1)
            assert rig.device().opened == 1
            assert rig.device().link.retagged == 0

    @virtually
    async def test_another_config_gets_a_fresh_link_without_a_marker(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            await rig.supervisor.apply(plan(host="other"))
            await asyncio.sleep(0.5)
            assert rig.status().state is State.CONNECTED
            assert rig.device().open_links == 0
            assert rig.device("other").open_links == 1
            assert rig.store.batches == []

    @virtually
    async def test_another_config_that_fails_gets_the_marker(self) -> None:
        async with Rig() as rig:
            rig.device("other").die()
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            await rig.supervisor.apply(plan(host="other"))
            await asyncio.sleep(60)
            assert rig.store.markers(1) == 1

    @virtually
    async def test_disabled_has_let_go_when_apply_returns(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            await rig.supervisor.apply(plan(enabled=False))
            assert rig.status().state is State.DISABLED
            assert rig.device().open_links == 0
            await asyncio.sleep(0.1)
            assert rig.store.markers(1) == 1
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)

    @virtually
    async def test_a_change_interrupts_a_hanging_open(self) -> None:
        async with Rig() as rig:
            rig.device().open_hangs = True
            await rig.supervisor.apply(plan())
            await asyncio.sleep(1)
            await rig.supervisor.apply(plan(host="other"))
            await rig.reaches(State.CONNECTED, 1)

    @virtually
    async def test_retry_ends_the_wait(self) -> None:
        async with Rig() as rig:
            rig.device().open_fault = ConfigFault("wrong password")
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONFIG_ERROR, 1)
            rig.device().revive()
            rig.supervisor.retry("s")
            await rig.reaches(State.CONNECTED, 0.5)

    @virtually
    async def test_retry_of_a_running_link_makes_a_fresh_one(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            rig.supervisor.retry("s")
            await asyncio.sleep(0.5)
            assert rig.device().opened == 2
            assert rig.device().open_links == 1
            assert rig.status().state is State.CONNECTED


class TestStop:
    @virtually
    async def test_forget_marks_the_tags_and_drops_the_status(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            await rig.supervisor.forget("s")
            assert rig.status() == Status(State.DISABLED)
            assert rig.store.markers(1) == 1
            assert rig.device().open_links == 0

    @virtually
    async def test_takes_two_seconds_at_most_whatever_the_driver_does(self) -> None:
        rig = Rig()
        rig.device().close_hangs = rig.device().stubborn = True
        await rig.supervisor.start()
        await rig.supervisor.apply(plan())
        await rig.reaches(State.CONNECTED, 1)
        started = asyncio.get_running_loop().time()
        await rig.supervisor.stop()
        assert asyncio.get_running_loop().time() - started <= 2.5

    @virtually
    async def test_of_the_process_leaves_the_tags_as_they_are(self) -> None:
        rig = Rig()
        async with rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            await rig.device().link.push(1.0)
        assert rig.store.markers(1) == 0
        assert rig.device().open_links == 0


class TestTagFault:
    @virtually
    async def test_degrades_and_marks_once(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            link = rig.device().link
            link.sink.tag_fault(2, "no such node")
            link.sink.tag_fault(2, "no such node at all")
            await link.push(1.0)
            await asyncio.sleep(0.1)
            assert rig.status().state is State.DEGRADED
            assert rig.status().last_error == "t2 of a: no such node at all"
            assert rig.status().tags[2].word == "fault"
            assert rig.status().tags[1].word == "ok"
            assert rig.store.markers(2) == 1
            assert rig.supervisor.connected() == {"s"}

    @virtually
    async def test_ends(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            link = rig.device().link
            link.sink.tag_fault(2, "no such node")
            link.sink.tag_fault(2, None)
            assert rig.status().state is State.CONNECTED
            assert rig.status().last_error is None

    @virtually
    async def test_is_gone_when_the_tag_is_changed(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            rig.device().link.sink.tag_fault(2, "no such node")
            await rig.supervisor.apply(plan(tags=[tag(1)]))
            await rig.reaches(State.CONNECTED, 1)

    @virtually
    async def test_many_are_counted(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            for series in (1, 2):
                rig.device().link.sink.tag_fault(series, "no such node")
            assert (rig.status().last_error or "").startswith("2 of 2 tags fail")


class TestStore:
    @virtually
    async def test_unavailable_for_less_than_a_minute_loses_nothing(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            rig.store.fault = Unavailable("disk full")
            for value in range(50):
                await rig.device().link.push(float(value))
                await asyncio.sleep(1)
            assert rig.status().held_points == 50
            rig.store.fault = None
            await asyncio.sleep(2)
            assert rig.store.good(1) == [float(value) for value in range(50)]
            assert rig.status().held_points == rig.status().dropped_points == 0

    @virtually
    async def test_unavailable_for_longer_drops_the_oldest_and_counts(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            rig.store.fault = Unavailable("disk full")
            for value in range(100):
                await rig.device().link.push(float(value))
                await asyncio.sleep(1)
            rig.store.fault = None
            await asyncio.sleep(2)
            kept = rig.store.good(1)
            assert kept == [float(value) for value in range(100 - len(kept), 100)]
            assert 58 <= len(kept) <= 61
            assert rig.status().dropped_points == 100 - len(kept)

    @virtually
    async def test_a_driver_that_acknowledges_is_held_back_instead(self) -> None:
        async with Rig(acknowledges=True) as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            rig.store.fault = Unavailable("disk full")
            with pytest.raises(Unavailable):
                await rig.device().link.push(1.0)
            rig.store.fault = None
            await rig.device().link.push(1.0)
            assert rig.store.good(1) == [1.0]

    @virtually
    async def test_a_refused_batch_through_a_deadband_is_not_taken_for_stored(self) -> None:
        async with Rig(acknowledges=True) as rig:
            await rig.supervisor.apply(plan(tags=[tag(1, deadband=Deadband("absolute", 5))]))
            await rig.reaches(State.CONNECTED, 1)
            rig.store.fault = Unavailable("disk full")
            with pytest.raises(Unavailable):
                await rig.device().link.push(1.0)
            rig.store.fault = None
            await rig.device().link.push(1.0)
            await rig.device().link.push(2.0)
            assert rig.store.good(1) == [1.0]

    @virtually
    async def test_a_poisoned_batch_is_counted_and_blocks_nothing(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            rig.store.fault = Invalid("a text for a number")
            await rig.device().link.push(1.0)
            rig.store.fault = None
            await rig.device().link.push(2.0)
            assert rig.store.good(1) == [2.0]
            assert rig.status().dropped_points == 1
            assert "a text for a number" in (rig.status().last_error or "")
            assert rig.status().state is State.CONNECTED

    @virtually
    async def test_markers_of_a_loss_outlive_a_long_outage_of_the_store(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            rig.store.fault = Unavailable("disk full")
            rig.device().die()
            await asyncio.sleep(300)
            rig.store.fault = None
            await asyncio.sleep(2)
            assert rig.store.markers(1) == rig.store.markers(2) == 1

    @virtually
    async def test_points_per_second_and_deadband(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan(tags=[tag(1, deadband=Deadband("absolute", 1))]))
            await rig.reaches(State.CONNECTED, 1)
            for step in range(300):
                await rig.device().link.push(0.001 * step)
                await asyncio.sleep(0.1)
            assert rig.status().points_per_second == pytest.approx(10, rel=0.2)
            assert len(rig.store.good(1)) == 1

    @virtually
    async def test_a_clock_far_ahead_is_replaced_and_reported(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            clock = LoopClock()
            await rig.device().link.push(1.0, ts=clock.now_us() + 2 * 86_400_000_000)
            assert int(rig.store.batches[0].ts[0]) == clock.now_us() - 1000
            assert "clock" in (rig.status().last_error or "")
            assert rig.status().state is State.CONNECTED

    @virtually
    async def test_a_marker_comes_behind_points_of_a_clock_that_is_ahead(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            ahead = LoopClock().now_us() + 3_600_000_000
            await rig.device().link.push(1.0, ts=ahead)
            rig.device().die()
            await asyncio.sleep(1)
            stamps = {
                int(series): int(ts)
                for batch in rig.store.batches
                for series, ts in zip(batch.series, batch.ts, strict=True)
            }
            assert stamps[1] == ahead + 1
            assert stamps[2] < ahead


class TestStateCounts:
    @virtually
    async def test_names_every_state(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.supervisor.apply(plan("off", enabled=False))
            await rig.reaches(State.CONNECTED, 1)
            counts = rig.supervisor.state_counts()
            assert set(counts) == {state.value for state in State}
            assert {name: count for name, count in counts.items() if count} == {
                "connected": 1,
                "disabled": 1,
            }


class TestDiscover:
    @virtually
    async def test_claims_for_this_source(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            rig.claims.tags["a", "foreign"] = Tag(7, "a", "foreign", Kind.NUMBER, "another")
            rig.claims.tags["a", "text"] = Tag(8, "a", "text", Kind.TEXT, "s")
            wanted = [
                NewTag("a", name, Kind.NUMBER) for name in ("new", "foreign", "text", "", "x\n")
            ]
            found = await rig.device().link.sink.discover(wanted)
            assert found == [502, None, None, None, None]
            assert rig.claims.tags["a", "new"].data_source_id == "s"
            assert rig.status().discovered == 1

    @virtually
    async def test_discovered_tags_go_bad_with_the_others(self) -> None:
        async with Rig() as rig:
            await rig.supervisor.apply(plan())
            await rig.reaches(State.CONNECTED, 1)
            (series,) = await rig.device().link.sink.discover([NewTag("b", "t", Kind.NUMBER)])
            rig.device().die()
            await asyncio.sleep(1)
            assert series is not None
            assert rig.store.markers(series) == 1


class TestStatusChanges:
    @virtually
    async def test_tell_every_state(self) -> None:
        async with Rig() as rig:
            with rig.supervisor.status_changes() as news:
                await rig.supervisor.apply(plan())
                assert (await news.get()).state is State.CONNECTED
                rig.device().die("gone")
                change = await news.get()
                assert (change.state, change.last_error) == (State.BACKOFF, "gone")
                assert change.id == change.name == "s"

    @virtually
    async def test_a_slow_reader_gets_the_newest_of_each_source(self) -> None:
        async with Rig() as rig:
            with rig.supervisor.status_changes() as news:
                await rig.supervisor.apply(plan())
                await rig.supervisor.apply(plan("other", "healthy", [tag(3)]))
                for _ in range(20):
                    await rig.reaches(State.CONNECTED, 5)
                    rig.device().cut(LinkLost("cut"))
                    await rig.reaches(State.BACKOFF, 5)
                seen = [await news.get(), await news.get()]
                assert {change.id: change.state for change in seen} == {
                    "s": State.BACKOFF,
                    "other": State.CONNECTED,
                }

    @virtually
    async def test_an_attempt_that_fails_for_the_same_reason_is_no_news(self) -> None:
        async with Rig() as rig:
            rig.device().die("gone")
            with rig.supervisor.status_changes() as news:
                await rig.supervisor.apply(plan())
                await news.get()
                waiting = asyncio.create_task(news.get())
                done, _ = await asyncio.wait({waiting}, timeout=300)
                waiting.cancel()
                assert not done


OPS = st.sampled_from(
    ["die", "revive", "cut", "crash", "refuse", "hang", "silence", "disable", "enable",
     "other host", "same host", "retag", "retry", "wait", "wait long", "store down", "store up",
     "forget"]
)  # fmt: skip


class TestAnyStory:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(OPS, max_size=25))
    def test_ends_well(self, story: list[str]) -> None:
        """Whatever happens: one link at a time, and a well device with a plan is connected."""

        @virtually
        async def live() -> None:
            async with Rig() as rig:
                current = plan()
                await rig.supervisor.apply(current)
                for step in story:
                    current = await self._do(rig, step, current)
                    await asyncio.sleep(0.05)
                for device in rig.driver.devices.values():
                    device.revive()
                    device.open_hangs = False
                    device.talks = True
                rig.store.fault = None
                await rig.supervisor.apply(current)
                rig.supervisor.retry("s")
                wanted = State.CONNECTED if current.enabled else State.DISABLED
                await rig.reaches(wanted, 25)
                await asyncio.sleep(1)
                open_links = sum(device.open_links for device in rig.driver.devices.values())
                assert open_links == (1 if current.enabled else 0)
                assert all(d.most_open_links <= 1 for d in rig.driver.devices.values())
                assert rig.status().held_points == 0
                if current.enabled:
                    link = rig.device(current.config["host"]).link
                    assert [it.series for it in link.tags] == [it.series for it in current.tags]

        live()

    async def _do(self, rig: Rig, step: str, current: Plan) -> Plan:
        device = rig.device(current.config["host"])
        match step:
            case "die":
                device.die()
            case "revive":
                device.revive()
            case "cut":
                device.cut(LinkLost("cut"))
            case "crash":
                device.cut(RuntimeError("crash"))
            case "refuse":
                device.open_fault = ConfigFault("no")
            case "hang":
                device.open_hangs = True
            case "silence":
                device.talks = False
            case "retry":
                rig.supervisor.retry("s")
            case "wait":
                await asyncio.sleep(3)
            case "wait long":
                await asyncio.sleep(70)
            case "store down":
                rig.store.fault = Unavailable("full")
            case "store up":
                rig.store.fault = None
            case "forget":
                await rig.supervisor.forget("s")
                await rig.supervisor.apply(current)
            case _:
                changes = {
                    "disable": plan(host=current.config["host"], enabled=False),
                    "enable": plan(host=current.config["host"]),
                    "other host": plan(host="other"),
                    "same host": plan(),
                    "retag": plan(host=current.config["host"], tags=[tag(4)]),
                }
                current = changes[step]
                await rig.supervisor.apply(current)
        return current
