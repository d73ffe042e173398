"""Server processes: up, down, back, and never left behind."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.demo.conftest import TS, Bench, until
from twinedge.demo.children import ServerChild, free_port
from twinedge.demo.servers.feed import write_frame
from twinedge.demo.tags import tags_of_server


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class TestFreePort:
    def test_gives_the_preferred_one_when_it_is_free(self) -> None:
        port = free_port(0)
        assert free_port(port) == port

    def test_gives_another_when_it_is_taken(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            assert free_port(taken.getsockname()[1]) != taken.getsockname()[1]


@pytest.mark.asyncio(loop_scope="module")
class TestServerChild:
    async def test_stopped_by_hand_it_stays_down_until_started(self, modbus: Bench) -> None:
        child = modbus.child
        port = child.port
        assert (child.state, listens(port)) == ("running", True)
        await child.stop()
        assert (child.state, listens(port)) == ("stopped", False)
        await child.stop()
        await child.start()
        assert (child.state, child.port, listens(port)) == ("running", port, True)

    async def test_killed_by_somebody_it_comes_back_by_itself_on_its_port(
        self, modbus: Bench
    ) -> None:
        child = modbus.child
        port, pid = child.port, child.pid
        assert pid is not None
        before = child.restarts
        os.kill(pid, signal.SIGKILL)
        await until(lambda: child.restarts == before + 1 and child.state == "running")
        assert child.port == port
        assert child.pid != pid
        assert listens(port)

    async def test_a_frame_for_a_server_that_is_down_is_dropped(self, modbus: Bench) -> None:
        await modbus.child.stop()
        modbus.send()
        await modbus.child.start()
        modbus.send()
        assert modbus.child.state == "running"

    async def test_a_frozen_server_costs_bounded_memory(self, modbus: Bench) -> None:
        pid = modbus.child.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        try:
            process = modbus.child._process
            assert process is not None
            assert process.stdin is not None
            for _ in range(2000):
                modbus.child.send(TS, list(modbus.sent.values()))
            assert process.stdin.transport.get_write_buffer_size() < 512 * 1024
        finally:
            os.kill(pid, signal.SIGCONT)

    async def test_a_taken_port_is_left_for_a_free_one(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            child = ServerChild("modbus", taken.getsockname()[1], tmp_path / "modbus.log")
            Bench(child).send()
            task = asyncio.create_task(child.run())
            try:
                await child.wait_ready()
                assert child.port != taken.getsockname()[1]
                assert listens(child.port)
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def test_cancelled_it_leaves_nothing_running(self, tmp_path: Path) -> None:
        child = ServerChild("modbus", free_port(0), tmp_path / "modbus.log")
        Bench(child).send()
        task = asyncio.create_task(child.run())
        await child.wait_ready()
        pid = child.pid
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert not Path(f"/proc/{pid}").exists()


class TestOrphans:
    def test_a_server_ends_when_its_stdin_closes(self) -> None:
        port = free_port(0)
        with subprocess.Popen(
            [sys.executable, "-m", "twinedge.demo.servers", "modbus", str(port)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        ) as server:  # fmt: skip
            assert server.stdout is not None
            assert server.stdin is not None
            server.stdin.write(write_frame(TS, [None] * len(tags_of_server("modbus"))))
            server.stdin.flush()
            assert b"ready" in server.stdout.readline()
            server.stdin.close()
            assert server.wait(timeout=60) == 0

    def test_a_tethered_command_ends_with_its_parent(self) -> None:
        script = (
            "import os, subprocess, sys\n"
            "child = subprocess.Popen([sys.executable, '-m', 'twinedge.demo.tether',"
            " str(os.getpid()), sys.executable, '-c',"
            " 'print(1, flush=True); import time; time.sleep(60)'], stdout=subprocess.PIPE)\n"
            "child.stdout.readline()\n"
            "print(child.pid, flush=True)\n"
            "os.kill(os.getpid(), 9)\n"
        )
        parent = subprocess.run(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, timeout=60, check=False
        )
        child = Path(f"/proc/{int(parent.stdout)}/stat")
        deadline = time.monotonic() + 60
        while child.exists() and child.read_text().split()[2] != "Z":
            assert time.monotonic() < deadline, "the tethered child lives on"
            time.sleep(0.02)
