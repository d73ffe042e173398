"""What every driver must do, whatever its protocol.

A driver's tests subclass `ConnectorContract` (pytest collects it by the subclass's name) and give
it a fixture `plant`, a real device of another make that can be stopped and started again:

    class TestModbusContract(ConnectorContract):
        @pytest.fixture
        async def plant(self) -> AsyncIterator[Plant]: ...
"""

import asyncio
import contextlib
import math
import socket
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Protocol

import numpy as np
import pytest
from pydantic import BaseModel, SecretStr, ValidationError

from twinedge.assets.model import Kind, NewTag
from twinedge.kit.errors import Invalid, Unavailable
from twinedge.sources.model import ConfigFault, LinkLost, Step, TagSpec
from twinedge.sources.ports import BoundTag, Driver, Link
from twinedge.telemetry.model import Batch

STEPS = (
    "resolve", "connect", "tls", "hello", "security", "certificate", "authenticate", "read",
)  # fmt: skip
"""The names of a test's steps, in the only order they may come in."""

CLOSE_S = 15.0
QUESTION_S = 30.0
"""Several times what a link needs: a busy machine is slow, and a link that hangs still fails."""


class Plant(Protocol):
    """A device under the test's control, already started when the fixture yields it."""

    driver: Driver
    config: BaseModel
    """Validated settings that reach the device; with timings as short as the driver allows."""
    tags: Sequence[TagSpec]
    """At least two number tags that exist, `interval_ms` small."""
    bad_tag: TagSpec | None
    """A well-formed address the device does not have; None where the protocol knows no such."""
    garbage_address: str
    """What no reader of manuals would take for an address."""
    refused: BaseModel
    """Settings of the same host with a port where nobody listens (`free_port`)."""
    unknown_host: BaseModel
    """Settings with the host `no-such-host.invalid`."""

    async def start(self) -> None:
        """Start the device again on the same port after `stop`; ready when this returns."""
        ...

    async def stop(self) -> None:
        """The device dies at once (kill -9, or every socket closed)."""
        ...

    async def freeze(self) -> None:
        """The device goes silent with its sockets open (SIGSTOP, or a proxy's black hole)."""
        ...

    async def thaw(self) -> None:
        """The end of `freeze`."""
        ...

    async def set(self, tag: TagSpec, value: float) -> None:
        """Change the device's value (MQTT: publish it)."""
        ...


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class RecordingSink:
    """Keeps all that a link delivers."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self.faults: dict[int, str] = {}
        self.signs_of_life = 0
        self.last_sign_s = time.monotonic()
        self.refuses = False
        self.refused = 0
        self.discovered: dict[tuple[str, str], int] = {}

    async def deliver(self, batch: Batch) -> None:
        self._sign()
        if self.refuses:
            self.refused += 1
            raise Unavailable("the store is full")
        self.batches.append(batch)

    def alive(self) -> None:
        self._sign()

    def tag_fault(self, series: int, message: str | None) -> None:
        if message is None:
            self.faults.pop(series, None)
        else:
            self.faults[series] = message

    async def discover(self, wanted: Sequence[NewTag]) -> list[int | None]:
        return [
            self.discovered.setdefault((tag.asset_id, tag.tag_name), 1000 + len(self.discovered))
            for tag in wanted
        ]

    def values(self, series: int) -> list[float]:
        """Good values of a series in the order they came."""
        return [
            float(value)
            for batch in self.batches
            for value in batch.value[(batch.series == series) & (batch.quality == 0)]
        ]

    def _sign(self) -> None:
        self.signs_of_life += 1
        self.last_sign_s = time.monotonic()


class Steps:
    """Collects a probe's steps."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def step(self, name: str, ok: bool, ms: float, detail: str, hint: str | None = None) -> Step:
        step = Step(name, ok, ms, detail, hint)
        self.steps.append(step)
        return step


async def until(condition: Callable[[], object], timeout_s: float, what: str) -> None:
    """Wait for a condition; fails with `what` was expected."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {timeout_s:g} s: {what}"
        await asyncio.sleep(0.01)


def bind(driver: Driver, tags: Sequence[TagSpec]) -> list[BoundTag]:
    """Number the tags from 1."""
    return [
        BoundTag(number, driver.kind(tag) or Kind.NUMBER, replace(tag, id=f"tag-{number}"))
        for number, tag in enumerate(tags, 1)
    ]


async def ended(task: asyncio.Task[None], timeout_s: float) -> BaseException | None:
    """What a link's run ended with."""
    done, _ = await asyncio.wait({task}, timeout=timeout_s)
    assert done, f"run() still goes on after {timeout_s:g} s"
    return task.exception()


@asynccontextmanager
async def running(link: Link, tags: Sequence[BoundTag]) -> AsyncIterator[asyncio.Task[None]]:
    """An open link that reads; cancelled and closed at the end."""
    try:
        await link.open()
        task = asyncio.create_task(link.run(tags))
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.wait({task}, timeout=CLOSE_S)
            assert task.done(), "run() does not end when cancelled"
            if not task.cancelled():
                task.exception()
    finally:
        await link.close()


class ConnectorContract:
    """The suite. Override nothing; a protocol that lacks a notion says so through `Plant`."""

    @pytest.fixture
    def sink(self) -> RecordingSink:
        return RecordingSink()

    @pytest.fixture
    def tags(self, plant: Plant) -> list[BoundTag]:
        return bind(plant.driver, [plant.driver.check_tag(plant.config, t) for t in plant.tags])

    @pytest.fixture
    def link(self, plant: Plant, sink: RecordingSink) -> Link:
        return plant.driver.link(plant.config, sink)

    @pytest.fixture
    def silence_s(self, plant: Plant) -> float:
        return plant.driver.silence_s(plant.config, plant.tags)

    async def _all_delivered(
        self, plant: Plant, sink: RecordingSink, tags: Sequence[BoundTag]
    ) -> None:
        """Every tag has a value; each is set until it has, for those who miss what was before."""

        async def poke() -> None:
            while True:
                for number, tag in enumerate(tags):
                    await plant.set(tag.spec, 100.0 + number)
                await asyncio.sleep(0.2)

        poker = asyncio.create_task(poke())
        try:
            await until(
                lambda: all(sink.values(tag.series) for tag in tags), 60, "a value of every tag"
            )
        finally:
            poker.cancel()
            await asyncio.wait({poker})

    # -- what the driver says of itself

    def test_describes_itself(self, plant: Plant) -> None:
        driver = plant.driver
        assert driver.name.isidentifier()
        assert driver.title
        assert isinstance(driver.acknowledges, bool)
        assert driver.endpoint(plant.config).startswith(("opc.tcp://", "modbus://", "mqtt"))
        assert 0 < driver.silence_s(plant.config, plant.tags) <= 120
        assert 0 < driver.silence_s(plant.config, []) <= 120

    def test_every_setting_has_a_title_and_a_description(self, plant: Plant) -> None:
        properties = plant.driver.settings.model_json_schema(by_alias=False)["properties"]
        bare = [name for name, it in properties.items() if not it.get("description")]
        assert properties
        assert bare == []

    def test_an_unknown_setting_is_refused(self, plant: Plant) -> None:
        written = {"no_such_setting_at_all": 1}
        with pytest.raises(ValidationError) as caught:
            plant.driver.settings.model_validate(written)
        assert ("no_such_setting_at_all",) in [fault["loc"] for fault in caught.value.errors()]

    def test_secrets_do_not_show(self, plant: Plant) -> None:
        for name, field in plant.driver.settings.model_fields.items():
            if "password" in name:
                assert "SecretStr" in str(field.annotation), name
        assert SecretStr("hunter2").get_secret_value() not in repr(plant.config)

    def test_check_tag_is_canonical(self, plant: Plant) -> None:
        for tag in plant.tags:
            once = plant.driver.check_tag(plant.config, tag)
            assert plant.driver.check_tag(plant.config, once) == once

    def test_check_tag_refuses_garbage_at_the_address(self, plant: Plant) -> None:
        garbage = replace(plant.tags[0], address=plant.garbage_address)
        with pytest.raises(Invalid) as caught:
            plant.driver.check_tag(plant.config, garbage)
        assert [fault.field.split(".")[0] for fault in caught.value.faults] == ["address"]

    # -- data

    async def test_delivers_every_tag(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag]
    ) -> None:
        async with running(link, tags) as task:
            await self._all_delivered(plant, sink, tags)
            assert not task.done()
        assert sink.faults == {}

    async def test_batches_are_sound(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag]
    ) -> None:
        async with running(link, tags):
            await self._all_delivered(plant, sink, tags)
        known = {tag.series for tag in tags} | set(sink.discovered.values())
        now_us = time.time_ns() // 1000
        for batch in sink.batches:
            assert batch.series.dtype == np.uint32
            assert batch.ts.dtype == np.int64
            assert batch.value.dtype == np.float64
            assert batch.quality.dtype == np.uint8
            lengths = {len(batch.series), len(batch.ts), len(batch.value), len(batch.quality)}
            assert lengths == {len(batch)}
            assert len(batch) > 0
            assert set(batch.series.tolist()) <= known
            assert np.all(np.abs(batch.ts - now_us) < 60_000_000)
            assert abs(batch.arrived_us - now_us) < 60_000_000
            assert batch.quality.max() <= 2

    async def test_a_changed_value_arrives(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag]
    ) -> None:
        async with running(link, tags):
            await self._all_delivered(plant, sink, tags)
            await plant.set(tags[0].spec, 42.0)
            await until(lambda: sink.values(tags[0].series)[-1] == 42.0, 60, "the value 42")

    async def test_stays_alive_without_tags(
        self, plant: Plant, link: Link, sink: RecordingSink
    ) -> None:
        silence_s = plant.driver.silence_s(plant.config, [])
        async with running(link, []) as task:
            await until(lambda: sink.signs_of_life, silence_s, "a first sign of life")
            seen = sink.signs_of_life
            await until(lambda: sink.signs_of_life > seen, silence_s, "a second sign of life")
            assert not task.done()

    async def test_retag_takes_effect_on_the_open_link(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag]
    ) -> None:
        async with running(link, tags[:1]) as task:
            await self._all_delivered(plant, sink, tags[:1])
            assert sink.values(tags[1].series) == []
            await link.retag(tags[1:2])
            await self._all_delivered(plant, sink, tags[1:2])
            await asyncio.sleep(0.5)  # what was under way for the old tag may still come
            seen = len(sink.values(tags[0].series))
            await plant.set(tags[0].spec, 77.0)
            await asyncio.sleep(0.5)
            assert len(sink.values(tags[0].series)) == seen
            assert not task.done()

    # -- faults

    async def test_a_bad_address_touches_only_its_tag(
        self, plant: Plant, link: Link, sink: RecordingSink
    ) -> None:
        if plant.bad_tag is None:
            pytest.skip(f"{plant.driver.title} knows no wrong address")
        tags = bind(plant.driver, [plant.bad_tag, *plant.tags])
        async with running(link, tags) as task:
            await self._all_delivered(plant, sink, tags[1:])
            await until(lambda: 1 in sink.faults, 60, "a fault of the bad tag")
            assert not task.done()
        assert set(sink.faults) == {1}
        assert len(sink.faults[1]) > 5
        assert sink.values(1) == []

    async def test_a_dead_device_is_link_lost(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag], silence_s: float
    ) -> None:
        async with running(link, tags) as task:
            await self._all_delivered(plant, sink, tags)
            await plant.stop()
            await self._silent_or_lost(task, sink, silence_s)

    async def test_a_frozen_device_is_silence_or_link_lost(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag], silence_s: float
    ) -> None:
        async with running(link, tags) as task:
            await self._all_delivered(plant, sink, tags)
            await plant.freeze()
            try:
                await self._silent_or_lost(task, sink, silence_s)
                started = time.monotonic()
                await link.close()
                assert time.monotonic() - started < CLOSE_S + 0.5
            finally:
                await plant.thaw()

    async def _silent_or_lost(
        self, task: asyncio.Task[None], sink: RecordingSink, silence_s: float
    ) -> None:
        """The link says it is lost, or gives the watchdog nothing to live on."""
        await until(
            lambda: task.done() or time.monotonic() - sink.last_sign_s > silence_s,
            silence_s * 2 + 5,
            "loss or silence",
        )
        if task.done():
            error = task.exception()
            assert isinstance(error, LinkLost), repr(error)
            assert len(error.message) > 5

    async def test_a_fresh_link_works_when_the_device_is_back(
        self, plant: Plant, sink: RecordingSink, tags: list[BoundTag]
    ) -> None:
        first = plant.driver.link(plant.config, sink)
        async with running(first, tags):
            await self._all_delivered(plant, sink, tags)
            await plant.stop()
        with pytest.raises(LinkLost):
            await self._live_and_die(plant.driver.link(plant.config, sink), tags)
        await plant.start()
        sink.batches.clear()
        async with running(plant.driver.link(plant.config, sink), tags):
            await self._all_delivered(plant, sink, tags)

    async def _live_and_die(self, link: Link, tags: Sequence[BoundTag]) -> None:
        async with running(link, tags) as task:
            error = await ended(task, 15)
            if error is not None:
                raise error

    async def test_an_unreachable_port_is_link_lost(
        self, plant: Plant, sink: RecordingSink
    ) -> None:
        link = plant.driver.link(plant.refused, sink)
        try:
            with pytest.raises(LinkLost) as caught:
                await asyncio.wait_for(link.open(), 15)
        finally:
            await link.close()
        assert len(caught.value.message) > 5
        assert "Errno" not in caught.value.message

    async def test_an_unknown_host_is_said_in_words(
        self, plant: Plant, sink: RecordingSink
    ) -> None:
        link = plant.driver.link(plant.unknown_host, sink)
        try:
            with pytest.raises((LinkLost, ConfigFault)) as caught:
                await asyncio.wait_for(link.open(), 15)
        finally:
            await link.close()
        assert "no-such-host.invalid" in caught.value.message

    async def test_a_store_that_refuses_does_not_end_an_acknowledging_link(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag]
    ) -> None:
        if not plant.driver.acknowledges:
            pytest.skip(f"{plant.driver.title}: the sink holds what the store refuses")
        async with running(link, tags) as task:
            await self._all_delivered(plant, sink, tags)
            sink.refuses = True
            await plant.set(tags[0].spec, 7.0)
            await until(lambda: sink.refused, 60, "a refused batch")
            sink.refuses = False
            await until(lambda: 7.0 in sink.values(tags[0].series), 60, "the refused value")
            assert not task.done()

    # -- the end of a link

    async def test_close_is_quick_and_idempotent(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag]
    ) -> None:
        async with running(link, tags):
            await self._all_delivered(plant, sink, tags)
        started = time.monotonic()
        await link.close()
        await link.close()
        assert time.monotonic() - started < 0.5

    async def test_close_before_open_does_nothing(self, link: Link) -> None:
        await asyncio.wait_for(link.close(), CLOSE_S)

    async def test_close_under_a_running_link_ends_it(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag]
    ) -> None:
        async with running(link, tags) as task:
            await self._all_delivered(plant, sink, tags)
            await asyncio.wait_for(link.close(), CLOSE_S + 0.5)
            await asyncio.wait({task}, timeout=30)
            task.cancel()

    async def test_open_can_be_cancelled(self, plant: Plant, link: Link) -> None:
        await plant.freeze()
        try:
            opening = asyncio.create_task(link.open())
            await asyncio.sleep(0.1)
            opening.cancel()
            await asyncio.wait({opening}, timeout=CLOSE_S)
            assert opening.done()
            if not opening.cancelled():
                opening.exception()
        finally:
            await plant.thaw()
            await asyncio.wait_for(link.close(), CLOSE_S + 0.5)

    async def test_nothing_is_left_running(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag]
    ) -> None:
        before = asyncio.all_tasks()
        async with running(link, tags):
            await self._all_delivered(plant, sink, tags)
        with contextlib.suppress(AssertionError):
            await until(lambda: not asyncio.all_tasks() - before, CLOSE_S, "no task left")
        assert asyncio.all_tasks() - before == set()

    # -- questions

    async def test_probe_of_a_well_device(self, plant: Plant) -> None:
        steps = await self._probe(plant, plant.config)
        assert all(step.ok for step in steps), steps
        assert steps[-1].name == "read"

    async def test_probe_of_a_refused_port(self, plant: Plant) -> None:
        steps = await self._probe(plant, plant.refused)
        assert steps[-1].name == "connect"
        assert not steps[-1].ok
        assert steps[-1].hint

    async def test_probe_of_an_unknown_host(self, plant: Plant) -> None:
        steps = await self._probe(plant, plant.unknown_host)
        assert [(step.name, step.ok) for step in steps] == [("resolve", False)]
        assert "no-such-host.invalid" in steps[0].detail

    async def test_probe_of_a_frozen_device(self, plant: Plant) -> None:
        await plant.freeze()
        try:
            steps = await self._probe(plant, plant.config)
        finally:
            await plant.thaw()
        assert not steps[-1].ok
        assert steps[-1].detail

    async def test_probe_does_not_disturb_the_running_link(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag]
    ) -> None:
        async with running(link, tags) as task:
            await self._all_delivered(plant, sink, tags)
            await self._probe(plant, plant.config)
            await plant.set(tags[0].spec, 55.0)
            await until(lambda: sink.values(tags[0].series)[-1] == 55.0, 60, "the value 55")
            assert not task.done()

    async def _probe(self, plant: Plant, config: BaseModel) -> list[Step]:
        probe = Steps()
        started = time.monotonic()
        await plant.driver.probe(config, probe)
        assert time.monotonic() - started < QUESTION_S
        names = [step.name for step in probe.steps]
        assert names == [name for name in STEPS if name in names], "order of the steps"
        assert all(step.ok for step in probe.steps[:-1]), "stops at the first failure"
        assert all(step.ms >= 0 and math.isfinite(step.ms) for step in probe.steps)
        return probe.steps

    async def test_read_answers_each_address_in_order(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag]
    ) -> None:
        asked = [tag.spec for tag in tags]
        if plant.bad_tag is not None:
            asked.insert(1, plant.bad_tag)
        await link.open()
        try:
            for number, tag in enumerate(tags):
                await plant.set(tag.spec, 10.0 + number)
            readings = await asyncio.wait_for(link.read(asked), QUESTION_S)
        finally:
            await link.close()
        assert len(readings) == len(asked)
        if plant.bad_tag is not None:
            bad = readings.pop(1)
            assert bad.error
            assert bad.value is None
        if not plant.driver.acknowledges:  # a broker tells only what is said meanwhile or retained
            assert [reading.value for reading in readings] == [
                10.0 + number for number in range(len(tags))
            ]
            assert all(reading.error is None for reading in readings)

    async def test_browse_lists_and_keeps_the_limit(
        self, plant: Plant, link: Link, sink: RecordingSink, tags: list[BoundTag]
    ) -> None:
        async with running(link, tags) as task:
            await self._all_delivered(plant, sink, tags)
            nodes = await asyncio.wait_for(link.browse(None, None, 100), QUESTION_S)
            assert all(node.name and node.node for node in nodes)
            assert all(node.has_children or node.address for node in nodes)
            few = await asyncio.wait_for(link.browse(None, None, 1), QUESTION_S)
            assert len(few) <= 1
            assert not task.done()
