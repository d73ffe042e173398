"""`twinedge demo` as a newcomer runs it: one command, real protocols, real process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from twinedge.client import Client
from twinedge.demo import control, session
from twinedge.demo.learning import FEATURES, MODEL_NAME, PUMP, RULE_ID
from twinedge.demo.run import admin_key
from twinedge.demo.session import Session
from twinedge.demo.setup import SOURCE_IDS
from twinedge.demo.tags import MACHINES, plant_tags
from twinedge.kit.errors import NotFound

START_S = 150.0
"""Far above the ten seconds promised: the machine may be busy with other tests."""


class Demo:
    """A running demo, its session and a client of its server."""

    def __init__(self, data_dir: Path, *options: str) -> None:
        self.began_s = time.monotonic()
        environment = {k: v for k, v in os.environ.items() if not k.startswith("TWINEDGE_")}
        command = [sys.executable, "-m", "twinedge", "demo", "--port", "0"]
        self.data_dir = data_dir
        self.process = subprocess.Popen(
            [*command, "--data-dir", str(data_dir), *options],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
        )  # fmt: skip
        self.session = self._wait_for_session()
        self.client = Client(self.session.url, admin_key(data_dir))

    def _wait_for_session(self) -> Session:
        while time.monotonic() < self.began_s + START_S:
            if self.process.poll() is not None:
                assert self.process.stdout is not None
                pytest.fail(f"the demo ended:\n{self.process.stdout.read()}")
            try:
                found = session.running(self.data_dir)
            except NotFound:
                time.sleep(0.05)
                continue
            if found.pid == self.process.pid:
                return found
        pytest.fail("the demo did not start")

    def ask(self, command: str, **arguments: Any) -> Any:
        return control.ask(self.session, command, **arguments)

    def source(self, id: str) -> Any:
        return self.client.sources.get(id)

    def live_tags(self) -> int:
        """Tags with a good value read since the start; the stored past does not count."""
        running_s = time.monotonic() - self.began_s
        return sum(
            point["quality"] == "good" and point["age_seconds"] < running_s
            for machine in MACHINES
            for point in self.client.telemetry.latest(machine.asset_id)
        )

    def described(self) -> int:
        """Assets that the set-up has come to."""
        return sum(asset["type"] is not None for asset in self.client.assets.list())

    def value(self, asset_id: str, tag_name: str) -> Any:
        return self.client.telemetry.latest(asset_id, [tag_name])[0]

    def pids(self) -> list[int]:
        """The demo's whole family."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [self.process.pid, *map(int, children.split())]

    def stop(self) -> tuple[int, str]:
        """End it as Ctrl-C does; its exit code and what it said."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=120)
        self.client.close()
        return self.process.returncode, said

    def abandon(self) -> None:
        """For a test that failed half way."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate(timeout=120)
        self.client.close()


def until(truth: Callable[[], bool], timeout_s: float, what: str) -> float:
    """Poll until true; the seconds it took."""
    began_s = time.monotonic()
    while not truth():
        if time.monotonic() > began_s + timeout_s:
            pytest.fail(f"not within {timeout_s:.0f} s: {what}")
        time.sleep(0.1)
    return time.monotonic() - began_s


def alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    running = Demo(tmp_path_factory.mktemp("demo"), "--no-faults", "--seed", "5")
    yield running
    running.abandon()


class TestStart:
    def test_from_nothing_to_all_tags_live(self, demo: Demo) -> None:
        until(lambda: demo.live_tags() >= 120, START_S, "120 live tags")
        print(f"120 live tags after {time.monotonic() - demo.began_s:.1f} s")
        until(lambda: demo.live_tags() == len(plant_tags()), 60, "every tag live")

    def test_the_three_sources_are_connected_with_their_tags(self, demo: Demo) -> None:
        for server, id in SOURCE_IDS.items():
            until(lambda id=id: demo.source(id)["status"] == "connected", 60, id)  # type: ignore[misc]
            expected = sum(tag.server == server for tag in plant_tags())
            assert demo.source(id)["tag_count"] == expected

    def test_the_values_move(self, demo: Demo) -> None:
        first = demo.value("Pump_001", "flow")
        until(lambda: demo.value("Pump_001", "flow") != first, 60, "another flow")

    def test_kinds_and_units_are_those_of_the_plant(self, demo: Demo) -> None:
        assert demo.value("Pump_001", "running")["value"] is True
        assert demo.value("Line_001", "state")["value"] in {"running", "starting", "stopped"}
        assert isinstance(demo.value("Line_001", "units_total")["value"], int | float)
        tags = {tag["tag_name"]: tag for tag in demo.client.assets.get("Tank_001")["tags"]}
        assert tags["level"]["unit"] == "%"

    def test_the_machines_have_names_and_parents(self, demo: Demo) -> None:
        def motor() -> Any:
            return demo.client.assets.get("Motor_001")

        until(lambda: motor()["parent"] == "Pump_001", 60, "the motor is part of its pump")
        assert motor()["name"] == "Motor of raw water pump A"


class TestOutage:
    @pytest.mark.parametrize(
        ("server", "asset_id", "tag_name"),
        [
            ("modbus", "Tank_001", "level"),
            ("mqtt", "Meter_001", "active_power"),
            ("opcua", "Pump_001", "flow"),
        ],
    )
    def test_a_killed_server_is_a_disconnected_source_and_comes_back(
        self, demo: Demo, server: str, asset_id: str, tag_name: str
    ) -> None:
        id = f"demo-{server}"
        until(lambda: demo.source(id)["status"] == "connected", 60, "connected")
        demo.ask("stop", name=server)
        until(lambda: demo.source(id)["status"] == "disconnected", 60, "disconnected")
        until(lambda: demo.value(asset_id, tag_name)["quality"] == "bad", 60, "bad quality")
        assert "127.0.0.1" in demo.source(id)["last_error"]
        others = [other for other in SOURCE_IDS.values() if other != id]
        assert all(demo.source(other)["status"] == "connected" for other in others)
        demo.ask("start", name=server)
        took_s = until(lambda: demo.source(id)["status"] == "connected", 60, "back")
        print(f"{id} connected again after {took_s:.1f} s")
        until(lambda: demo.value(asset_id, tag_name)["quality"] == "good", 60, "values again")
        assert demo.source(id)["last_error"] is None


class TestFaults:
    def test_a_dropout_turns_one_machine_bad_and_mending_brings_it_back(self, demo: Demo) -> None:
        demo.ask("fault", kind="dropout", asset_id="Pump_002")
        until(lambda: demo.value("Pump_002", "flow")["quality"] == "bad", 60, "bad quality")
        assert demo.value("Pump_001", "flow")["quality"] == "good"
        demo.ask("clear", kind=None, asset_id="Pump_002")
        until(lambda: demo.value("Pump_002", "flow")["quality"] == "good", 60, "good again")

    @pytest.mark.slow
    def test_bearing_wear_shows_in_the_vibration(self, demo: Demo) -> None:
        until(lambda: demo.live_tags() == len(plant_tags()), 60, "every tag live")
        assert demo.value("Pump_001", "vibration_rms")["value"] < 3
        demo.ask("fault", kind="bearing_wear", asset_id="Pump_001")
        until(lambda: demo.value("Pump_001", "vibration_rms")["value"] > 3.5, 60, "it shakes")
        demo.ask("clear", kind=None, asset_id=None)


class TestStop:
    def test_ctrl_c_ends_everything(self, demo: Demo) -> None:
        family = demo.pids()
        assert len(family) == 5  # itself, the server, and the three of the plant
        code, said = demo.stop()
        assert code == 0
        assert "The demo plant is running." in said
        assert not any(alive(pid) for pid in family)


@pytest.mark.slow
@pytest.mark.timeout(300)
class TestModel:
    def test_bearing_wear_is_told_by_the_model_before_its_own_limit_is_reached(
        self, tmp_path: Path
    ) -> None:
        running = Demo(tmp_path, "--no-faults")
        try:
            until(lambda: score(running) is not None, 90, "the model watches")
            quiet_s = 20
            until(lambda: scored(running) > quiet_s, 60, "it has scored a while")
            assert alerts(running) == {}
            running.ask("fault", kind="bearing_wear", asset_id=PUMP)
            until(lambda: (score(running) or 0) > 0.5, 90, "the score crosses the threshold")
            until(lambda: "demo-vibration-high" in alerts(running), 150, "the limit is reached")
            found = alerts(running)
            assert found[RULE_ID] < found["demo-vibration-high"]
            assert running.value(PUMP, f"{MODEL_NAME}.top")["value"] in FEATURES
        finally:
            running.abandon()


def score(running: Demo) -> float | None:
    """The newest score of the demo's model."""
    found = running.client.telemetry.latest(PUMP, [f"{MODEL_NAME}.score"])
    return found[0]["value"] if found else None


def scored(running: Demo) -> int:
    model = next(iter(running.client.pages("/ml/models", name=MODEL_NAME)))
    return int(model["deployment"]["rows_scored"])


def alerts(running: Demo) -> dict[str, str]:
    """When each rule's first alert was triggered."""
    return {a["rule_id"]: a["triggered_at"] for a in running.client.pages("/alerts")}


@pytest.mark.slow
class TestLives:
    def test_a_second_start_keeps_ports_key_and_changes(self, tmp_path: Path) -> None:
        first = Demo(tmp_path, "--no-faults")
        try:
            until(lambda: first.live_tags() >= 120, START_S, "live")
            until(lambda: first.described() == len(MACHINES), 60, "every machine described")
            first.client.put("/assets/Pump_001", {"name": "My pump"})
            first.stop()
        finally:
            first.abandon()
        second = Demo(tmp_path, "--no-faults")
        try:
            assert second.session.ports == first.session.ports
            until(lambda: second.live_tags() == len(plant_tags()), START_S, "live again")
            assert second.client.assets.get("Pump_001")["name"] == "My pump"
            assert len(list(second.client.sources.list())) == 3
            assert second.stop()[0] == 0
        finally:
            second.abandon()

    def test_killed_it_leaves_nobody_behind(self, tmp_path: Path) -> None:
        doomed = Demo(tmp_path, "--no-faults")
        family = doomed.pids()
        doomed.abandon()
        until(lambda: not any(alive(pid) for pid in family), 60, "all gone")

    def test_a_server_that_cannot_start_is_told_in_words(self, tmp_path: Path) -> None:
        first = Demo(tmp_path, "--no-faults")
        try:
            again = subprocess.run(
                [sys.executable, "-m", "twinedge", "demo", "--port", "0",
                 "--data-dir", str(tmp_path)],
                capture_output=True, text=True, timeout=60, check=False,
            )  # fmt: skip
            assert again.returncode == 1
            assert "the server ended with status" in again.stderr
            assert "Traceback" not in again.stderr
            assert first.stop()[0] == 0
        finally:
            first.abandon()
