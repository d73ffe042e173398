"""What a demo remembers between runs."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from twinedge.demo.session import FILE, Session, choose_ports, running, write
from twinedge.kit.errors import NotFound


def session(pid: int, **ports: int) -> Session:
    return Session(pid, "http://127.0.0.1:8080", 1, 4711, "token", ports)


class TestChoosePorts:
    def test_the_ports_of_the_last_run_are_taken_again(self, tmp_path: Path) -> None:
        first = choose_ports(tmp_path)
        write(tmp_path, session(1, **first))
        assert choose_ports(tmp_path) == first

    def test_a_port_taken_meanwhile_is_replaced_alone(self, tmp_path: Path) -> None:
        first = choose_ports(tmp_path)
        write(tmp_path, session(1, **first))
        with socket.create_server(("127.0.0.1", first["modbus"])):
            second = choose_ports(tmp_path)
        assert second["modbus"] != first["modbus"]
        assert (second["opcua"], second["mqtt"]) == (first["opcua"], first["mqtt"])


class TestRunning:
    def test_finds_the_run_that_is_written_down(self, tmp_path: Path) -> None:
        write(tmp_path, session(os.getpid()))
        assert running(tmp_path) == session(os.getpid())

    def test_only_its_own_user_may_read_it(self, tmp_path: Path) -> None:
        write(tmp_path, session(1))
        write(tmp_path, session(2))
        assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600

    def test_one_that_has_ended_is_none(self, tmp_path: Path) -> None:
        with subprocess.Popen([sys.executable, "-c", ""]) as ended:
            ended.wait()
        write(tmp_path, session(ended.pid))
        with pytest.raises(NotFound, match="no demo runs"):
            running(tmp_path)

    @pytest.mark.parametrize("content", [None, "", "{", "[]", '{"pid": 1}'])
    def test_a_missing_or_broken_file_is_none(self, tmp_path: Path, content: str | None) -> None:
        if content is not None:
            (tmp_path / FILE).write_text(content)
        with pytest.raises(NotFound, match="twinedge demo"):
            running(tmp_path)
