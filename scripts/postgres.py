#!/usr/bin/env python3
"""Run a command beside a private PostgreSQL: scripts/postgres.py make test-all

Finds Debian's PostgreSQL (as root it installs it when missing), starts a fresh cluster on a free
loopback port as a user that is not root, sets TWINEDGE_TEST_DATABASE_URL, runs the command, and
removes everything again. Tests import `cluster` from here.
"""

# ruff: noqa: S603, S607, T201 - a script that starts programs and says so
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_S = 30


class NoPostgres(Exception):
    """There is no PostgreSQL here, and none could be installed; the message says why."""


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of a fresh, empty cluster's own database; it is gone afterwards."""
    bin_dir = _binaries()
    user = _unprivileged()
    place = Path(tempfile.mkdtemp(prefix="twinedge-pg-"))
    if user is not None:
        shutil.chown(place, user)
    password = secrets.token_urlsafe(16)
    secret = place / "password"
    secret.write_text(password)
    secret.chmod(0o644)
    data = place / "data"
    init = [bin_dir / "initdb", "-D", data, "-U", "twinedge", "-E", "UTF8", "--locale=C"]
    init += ["-A", "scram-sha-256", f"--pwfile={secret}", "--no-sync"]
    server: subprocess.Popen[bytes] | None = None
    try:
        _run(init, user, place)
        port = _free_port()
        options = {
            "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": place,
            "fsync": "off", "max_connections": 60, "shared_buffers": "32MB",
        }  # fmt: skip
        flags = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        with (place / "log").open("wb") as log:
            server = subprocess.Popen(
                [bin_dir / "postgres", "-D", data, *flags],
                user=user, cwd=place, stdout=log, stderr=log,
            )  # fmt: skip
        _wait(server, [bin_dir / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], place)
        yield f"postgresql+psycopg://twinedge:{password}@127.0.0.1:{port}/postgres"
    finally:
        if server is not None:
            server.terminate()
            server.wait(START_S)
        shutil.rmtree(place, ignore_errors=True)


def _binaries() -> Path:
    found = _newest()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("[postgres] installing postgresql from Debian", file=sys.stderr)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"]
        subprocess.run(install, check=False, env=quiet, stdout=subprocess.DEVNULL)
        found = _newest()
    if found is None:
        raise NoPostgres(
            "PostgreSQL is missing and could not be installed: apt-get install postgresql"
        )
    return found


def _newest() -> Path | None:
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda path: int(path.parts[-3]), default=None)
    if newest is not None:
        return newest.parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _unprivileged() -> str | None:
    """The user to run as; None when we are not root. PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(command: list[object], user: str | None, place: Path) -> None:
    done = subprocess.run(
        [str(part) for part in command], user=user, cwd=place, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise NoPostgres(f"{command[0]} failed: {done.stderr.strip() or done.stdout.strip()}")


def _wait(server: "subprocess.Popen[bytes]", ready: list[object], place: Path) -> None:
    deadline = time.monotonic() + START_S
    while subprocess.run([str(part) for part in ready], check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise NoPostgres(f"PostgreSQL did not start: {(place / 'log').read_text()[-500:]}")
        time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with cluster() as url:
        environment = os.environ | {"TWINEDGE_TEST_DATABASE_URL": url}
        sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)
