"""`twinedge serve` as a real process, as a user starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

import httpx

KEY = "e2e-admin-key-0123456789"
TWINEDGE = str(Path(sys.executable).parent / "twinedge")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def clean_environment() -> dict[str, str]:
    """The environment without settings of the machine the tests run on."""
    return {name: value for name, value in os.environ.items() if not name.startswith("TWINEDGE_")}


class ServerProcess:
    """One server; ready when the block begins, stopped by SIGTERM when it ends.

    Kill it with `kill`, start it again on the same data with `start`.
    """

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir.parent / f"{data_dir.name}.log"
        self._settings = {"TWINEDGE_API_KEY": KEY, "TWINEDGE_DATA_DIR": str(data_dir), **settings}
        self.child: subprocess.Popen[bytes] | None = None
        self.http = httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {KEY}"}, timeout=120
        )

    def start(self, timeout_s: float = 120) -> None:
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                [TWINEDGE, "serve", "--port", str(self.port)],
                env=clean_environment() | self._settings,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + timeout_s
        while True:
            if self.child.poll() is not None:
                raise RuntimeError(f"the server ended at once:\n{self.log.read_text()[-4000:]}")
            try:
                if self.http.get("/health/ready").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            if time.monotonic() > deadline:
                self.kill()
                raise TimeoutError(f"not ready in time:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.02)

    def stop(self) -> float:
        """SIGTERM; answers the seconds until the process was gone. Its exit code must be 0."""
        assert self.child is not None
        started = time.monotonic()
        self.child.send_signal(signal.SIGTERM)
        code = self.child.wait(60)
        assert code == 0, self.log.read_text()[-4000:]
        self.child = None
        return time.monotonic() - started

    def kill(self) -> None:
        """kill -9."""
        assert self.child is not None
        self.child.kill()
        self.child.wait(60)
        self.child = None

    def __enter__(self) -> "ServerProcess":
        self.start()
        return self

    def __exit__(
        self,
        error: type[BaseException] | None,
        _value: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.http.close()
        if self.child is None:
            return
        if error is None:
            self.stop()
        else:
            self.kill()
