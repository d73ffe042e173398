"""The server process: start, first key, one per directory, clean stop, kill -9."""

import os
import pty
import random
import subprocess
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.e2e.process import KEY, TWINEDGE, ServerProcess, clean_environment


def point(n: int, tag: str = "t") -> dict[str, object]:
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_767_690_000 + n))
    return {"asset_id": "Pump_001", "tag_name": tag, "value": float(n), "timestamp": moment}


class TestStart:
    def test_the_first_start_makes_a_key_keeps_it_private_and_tells_a_log_only_the_place(
        self, tmp_path: Path
    ) -> None:
        data = tmp_path / "data"
        with ServerProcess(data, TWINEDGE_API_KEY="") as server:
            file = data / "admin.key"
            key = file.read_text().strip()
            assert file.stat().st_mode & 0o777 == 0o600
            assert str(file) in server.log.read_text()
            answer = httpx.get(
                f"{server.url}/v1/data-sources", headers={"Authorization": f"Bearer {key}"}
            )
            assert answer.status_code == 200
            server.stop()
            server.start()
            assert key not in server.log.read_text()
        listing = {path.name: path.stat().st_mode & 0o077 for path in data.iterdir()}
        assert data.stat().st_mode & 0o077 == 0, listing

    def test_a_terminal_is_shown_the_new_key(self, tmp_path: Path) -> None:
        ours, theirs = pty.openpty()
        child = subprocess.Popen(
            [TWINEDGE, "serve", "--port", "0", "--data-dir", str(tmp_path / "data")],
            env=clean_environment(),
            stdout=theirs,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        shown = b""
        try:
            while b"readable by this user" not in shown:
                shown += os.read(ours, 4096)
        finally:
            child.terminate()
            child.wait(20)
            os.close(ours)
        key = (tmp_path / "data" / "admin.key").read_bytes().strip()
        assert b"shown this once: " + key in shown

    def test_a_second_process_on_the_same_directory_is_refused_with_words(
        self, tmp_path: Path
    ) -> None:
        with ServerProcess(tmp_path / "data"):
            second = subprocess.run(
                [TWINEDGE, "serve", "--port", "0", "--data-dir", str(tmp_path / "data")],
                env=clean_environment(),
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
        assert second.returncode == 1
        assert "is in use by another TwinEdge" in second.stderr
        assert "Traceback" not in second.stderr

    def test_a_taken_port_is_said_in_words(self, tmp_path: Path) -> None:
        with ServerProcess(tmp_path / "data") as server:
            second = subprocess.run(
                [TWINEDGE, "serve", "--port", str(server.port), "--data-dir", str(tmp_path / "b")],
                env=clean_environment(),
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
        assert second.returncode == 1
        assert "cannot listen" in second.stderr
        assert "Traceback" not in second.stderr


class TestOpenPages:
    def test_health_metrics_openapi_and_reference_need_no_key(self, tmp_path: Path) -> None:
        with ServerProcess(tmp_path / "data") as server:
            for path in ("/health/live", "/health/ready", "/metrics", "/v1/openapi.json", "/docs"):
                answer = httpx.get(server.url + path, timeout=120)
                assert answer.status_code == 200, path
            assert (
                "twinedge_points_stored_total"
                in httpx.get(server.url + "/metrics", timeout=120).text
            )
            assert "https://" not in httpx.get(server.url + "/docs", timeout=120).text


class TestStop:
    def test_sigterm_ends_it_and_loses_nothing(self, tmp_path: Path) -> None:
        with ServerProcess(tmp_path / "data") as server:
            acknowledged: list[int] = []

            def ingest() -> None:
                with httpx.Client(
                    base_url=server.url, headers={"Authorization": f"Bearer {KEY}"}, timeout=60
                ) as http:
                    for n in range(100_000):
                        try:
                            answer = http.post("/v1/telemetry", json={"data": [point(n)]})
                        except httpx.TransportError:
                            return
                        if answer.status_code == 200:
                            acknowledged.append(n)

            writer = threading.Thread(target=ingest)
            writer.start()
            deadline = time.monotonic() + 60
            while len(acknowledged) < 50 and time.monotonic() < deadline:
                time.sleep(0.01)
            server.stop()
            writer.join()
            server.start()
            assert set(acknowledged) <= stored(server)


def stored(server: ServerProcess, tag: str = "t") -> set[int]:
    """Every stored value of the tag; asserts that none is there twice."""
    found: list[int] = []
    cursor: str | None = None
    while True:
        params = {"asset_id": "Pump_001", "tag_name": tag, "limit": "100000"}
        if cursor:
            params["cursor"] = cursor
        answer = server.http.get("/v1/telemetry", params=params)
        answer.raise_for_status()
        found += [int(row["value"]) for row in answer.json()["data"]]
        cursor = answer.json()["meta"]["next_cursor"]
        if cursor is None:
            assert len(found) == len(set(found))
            return set(found)


class TestKill:
    @pytest.mark.timeout(1200)
    @pytest.mark.parametrize("kills", [6, pytest.param(40, marks=pytest.mark.slow)])
    def test_every_acknowledged_point_is_there_once_after_kills(
        self, tmp_path: Path, kills: int
    ) -> None:
        """Two clients ingest, each re-sending late points; the server is killed so many times."""
        rng = random.Random(1)
        acknowledged: set[int] = set()
        next_n = [0]
        lock = threading.Lock()
        server = ServerProcess(tmp_path / "data")

        def ingest() -> None:
            with httpx.Client(
                base_url=server.url, headers={"Authorization": f"Bearer {KEY}"}, timeout=60
            ) as http:
                while True:
                    with lock:
                        first = next_n[0]
                        next_n[0] += 20
                    late = list(acknowledged)[:5]
                    numbers = [*range(first, first + 20), *late]
                    try:
                        answer = http.post(
                            "/v1/telemetry", json={"data": [point(n) for n in numbers]}
                        )
                    except httpx.TransportError:
                        return
                    if answer.status_code == 200:
                        acknowledged.update(numbers)

        for _ in range(kills):
            server.start()
            before = len(acknowledged)
            writers = [threading.Thread(target=ingest) for _ in range(2)]
            for writer in writers:
                writer.start()
            deadline = time.monotonic() + 60
            while len(acknowledged) == before and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(rng.uniform(0, 0.2))
            server.kill()
            for writer in writers:
                writer.join()
        with server:
            assert acknowledged <= stored(server)
        assert len(acknowledged) >= 20 * kills
