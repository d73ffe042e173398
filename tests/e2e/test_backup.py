"""Back up a server under load, lose it, restore the copy, and go on."""

import subprocess
import threading
import time
from pathlib import Path

from tests.e2e.process import TWINEDGE, ServerProcess, clean_environment
from tests.e2e.test_serve import point


class TestBackup:
    def test_under_ingest_then_restored_holds_what_was_acknowledged_before(
        self, tmp_path: Path
    ) -> None:
        stop = threading.Event()
        with ServerProcess(tmp_path / "data") as server:

            def feed() -> None:
                n = 0
                while not stop.is_set():
                    batch = [point(n + k, "busy") for k in range(50)]
                    server.http.post("/v1/telemetry", json={"data": batch}).raise_for_status()
                    n += 50

            before = [point(n) for n in range(500)]
            server.http.post("/v1/telemetry", json={"data": before}).raise_for_status()
            dashboard = {"name": "Pumps", "layout": {"columns": 24, "widgets": []}}
            server.http.post("/v1/dashboards", json=dashboard).raise_for_status()
            feeder = threading.Thread(target=feed)
            feeder.start()
            try:
                begun = server.http.post("/v1/backups", json={"note": "under load"})
                assert begun.status_code == 202
                taken = _await_backup(server, begun.headers["Location"])
            finally:
                stop.set()
                feeder.join()
            assert taken["status"] == "ready", taken
            assert taken["parts"] == ["telemetry", "metadata", "models", "certificates"]
            server.kill()

        backup = tmp_path / "data" / "backups" / taken["id"]
        restored = tmp_path / "restored"
        done = subprocess.run(
            [TWINEDGE, "backup", "restore", str(backup), str(restored),
             "--secret-key", str(tmp_path / "data" / "secret.key")],
            env=clean_environment(), capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        with ServerProcess(restored) as again:
            query = {"asset_id": "Pump_001", "tag_name": "t", "limit": 1000}
            rows = again.http.get("/v1/telemetry", params=query).json()["data"]
            assert [row["value"] for row in rows] == [float(n) for n in range(500)]
            busy = again.http.get(
                "/v1/telemetry",
                params={"asset_id": "Pump_001", "tag_name": "busy", "aggregation": "count"},
            ).json()["data"]
            assert all(row["count"] % 50 == 0 for row in busy)  # each batch whole or not at all
            named = again.http.get("/v1/dashboards").json()["data"]
            assert [dashboard["name"] for dashboard in named] == ["Pumps"]
            again.http.post("/v1/telemetry", json={"data": [point(1000)]}).raise_for_status()

    def test_needs_the_admin_key(self, tmp_path: Path) -> None:
        with ServerProcess(tmp_path / "data") as server:
            made = server.http.post(
                "/v1/api-keys", json={"name": "reader", "scopes": ["read:telemetry"]}
            ).json()["data"]["key"]
            headers = {"Authorization": f"Bearer {made}"}
            assert server.http.post("/v1/backups", json={}, headers=headers).status_code == 403
            assert server.http.get("/v1/backups/none").status_code == 404
            assert server.http.get("/v1/backups").json()["data"] == []


def _await_backup(server: ServerProcess, path: str) -> dict[str, object]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        taken: dict[str, object] = server.http.get(path).json()["data"]
        if taken["status"] != "running":
            return taken
        time.sleep(0.05)
    raise TimeoutError("the backup did not end")
