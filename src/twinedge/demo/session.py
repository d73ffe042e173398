"""What a demo remembers in its data directory: its ports, and how to reach it while it runs."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from twinedge.demo.children import free_port
from twinedge.demo.tags import SERVERS, ServerName
from twinedge.kit.errors import NotFound

FILE = "demo.json"
PREFERRED_PORTS: Mapping[ServerName, int] = {"opcua": 14840, "modbus": 15020, "mqtt": 18830}


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the demo. `token` opens the control channel; the file is readable by us only."""

    pid: int
    url: str
    seed: int
    control_port: int
    token: str
    ports: dict[str, int]


def choose_ports(data_dir: Path) -> dict[ServerName, int]:
    """The ports of the last run in this directory while they are free, else good free ones."""
    try:
        last: Mapping[str, int] = _read(data_dir).ports
    except NotFound:
        last = {}
    return {name: free_port(last.get(name, PREFERRED_PORTS[name])) for name in SERVERS}


def write(data_dir: Path, session: Session) -> None:
    """Remember this run."""
    path = data_dir / FILE
    written = path.with_suffix(".new")
    written.unlink(missing_ok=True)
    with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(session), file, indent=2)
    written.replace(path)


def running(data_dir: Path) -> Session:
    """The demo that runs in this directory. Raises NotFound when none does."""
    session = _read(data_dir)
    if not Path(f"/proc/{session.pid}").exists():
        raise _none(data_dir)
    return session


def _read(data_dir: Path) -> Session:
    try:
        return Session(**json.loads((data_dir / FILE).read_text()))
    except (OSError, ValueError, TypeError):
        raise _none(data_dir) from None


def _none(data_dir: Path) -> NotFound:
    return NotFound(
        f"no demo runs with the data directory {str(data_dir)!r}; start one with `twinedge demo`"
    )
