"""Start TwinEdge as a user does, and read what it costs from /proc."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

KEY = "bench-key-0123456789"
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Process:
    """A server process of any make: CPU seconds and resident memory while it runs."""

    def __init__(self, command: list[str], env: dict[str, str] | None = None) -> None:
        self.child = subprocess.Popen(
            command,
            env={**os.environ, **(env or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def cpu_s(self) -> float:
        """User and system seconds so far, children it waited for included."""
        fields = Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(int(f) for f in fields[11:15]) / _TICKS

    def rss_mb(self) -> float:
        pages = int(Path(f"/proc/{self.child.pid}/statm").read_text().split()[1])
        return pages * _PAGE / 1e6

    def stop(self) -> float:
        """SIGTERM and wait; answers the seconds it took. A second call does nothing."""
        started = time.perf_counter()
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
        self.child.wait(30)
        return time.perf_counter() - started


class Server(Process):
    """`twinedge serve` on a fresh data directory, ready when the block begins."""

    def __init__(self, **settings: str) -> None:
        """settings: environment variables without their TWINEDGE_."""
        self.directory = tempfile.TemporaryDirectory()
        self.data = Path(self.directory.name)
        self.start(**settings)

    def start(self, **settings: str) -> None:
        """Start the process, again after a stop."""
        self.port = free_port()
        started = time.perf_counter()
        super().__init__(
            [str(Path(sys.executable).parent / "twinedge"), "serve", "--port", str(self.port)],
            {
                "TWINEDGE_DATA_DIR": str(self.data),
                "TWINEDGE_API_KEY": KEY,
                "TWINEDGE_RATE_LIMIT": "off",
                **{f"TWINEDGE_{name}": value for name, value in settings.items()},
            },
        )
        wait_for(f"http://127.0.0.1:{self.port}/health/ready", self.child)
        self.start_s = time.perf_counter() - started

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _value: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.stop()
        self.directory.cleanup()

    def disk_bytes(self) -> int:
        return sum(f.stat().st_blocks * 512 for f in self.data.rglob("*") if f.is_file())

    def quiet_disk_bytes(self, quiet_s: float = 15, timeout_s: float = 120) -> int:
        """`disk_bytes` once it has not changed for so long: moves, sorts, compaction are done."""
        deadline = time.monotonic() + timeout_s
        since, before = time.monotonic(), -1
        while time.monotonic() < deadline and time.monotonic() - since < quiet_s:
            if (now := self.disk_bytes()) != before:
                since, before = time.monotonic(), now
            time.sleep(0.2)
        return before


def wait_for(url: str, child: subprocess.Popen[bytes], timeout_s: float = 30) -> None:
    """Poll until the URL answers below 400."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise RuntimeError(f"the server ended with {child.returncode} before it was ready")
        try:
            urllib.request.urlopen(url, timeout=1)
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"{url} did not answer within {timeout_s} s")
