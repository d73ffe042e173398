"""The command line as a whole: quick, plain words, exit codes."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Api, Cli
from twinedge.kit.errors import Fault, Invalid

COMMANDS = ("serve", "demo", "sources", "telemetry", "assets", "keys", "health", "config")


class TestHelp:
    def test_lists_every_command_without_importing_anything_heavy(self) -> None:
        code = (
            "import sys\n"
            "from twinedge.__main__ import main\n"
            "sys.argv = ['twinedge', '--help']\n"
            "try:\n    main()\nexcept SystemExit:\n    pass\n"
            "heavy = {'httpx', 'pydantic', 'numpy', 'asyncua', 'duckdb', 'fastapi', 'rich.table'}\n"
            "print('HEAVY', sorted(heavy & set(sys.modules)))\n"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True
        )
        assert "HEAVY []" in ran.stdout
        assert all(f"  {command} " in ran.stdout for command in COMMANDS)

    @pytest.mark.parametrize(
        "arguments", [["sources"], ["telemetry", "query", "--help"], ["config", "--help"]]
    )
    def test_every_part_explains_itself(self, arguments: list[str]) -> None:
        ran = subprocess.run(
            [sys.executable, "-m", "twinedge", *arguments],
            capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip
        assert "Usage: twinedge" in ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr


class TestFailures:
    @pytest.mark.parametrize(("triggered", "code"), [(10, 0), (11, 1)])
    def test_a_failing_rule_test_fails_the_build(
        self, tmp_path: Path, triggered: int, code: int
    ) -> None:
        file = tmp_path / "tests.yaml"
        file.write_text(
            "rules:\n"
            "- {name: Hot, severity: info, condition: {tag_name: t, operator: gt, value: 80}}\n"
            "tests:\n"
            f"- {{name: over, rule: Hot, points: {{p/t: [[0, 70], [10, 85]]}},"
            f" expect: [{{asset_id: p, triggered: {triggered}}}]}}\n"
        )
        ran = subprocess.run(
            [sys.executable, "-m", "twinedge", "rules", "test", str(file)],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert ran.returncode == code, ran.stdout + ran.stderr

    def test_nobody_there_is_3(self, cli: Cli) -> None:
        ran = cli("sources", "list", url="http://127.0.0.1:1")
        assert ran.code == 3
        assert "http://127.0.0.1:1 cannot be reached" in ran.err

    def test_a_wrong_key_is_4_and_says_where_one_goes(self, cli: Cli) -> None:
        ran = cli("sources", "list", key="wrong")
        assert ran.code == 4
        assert "this key is not known" in ran.err
        assert "TWINEDGE_API_KEY" in ran.err

    def test_no_such_thing_is_5(self, cli: Cli) -> None:
        assert cli("sources", "show", "ds-x").code == 5

    def test_a_refusal_is_1_with_every_fault(self, cli: Cli, api: Api) -> None:
        details = [{"field": "config.port", "message": "must be at most 65535"},
                   {"field": "name", "message": "is missing"}]  # fmt: skip
        error = {"code": "validation_error", "message": "2 faults", "details": details}
        api.on("POST", "/v1/data-sources", {"error": error}, 400)
        ran = cli("sources", "create", "--name", "x", "--type", "modbus", "--set", "port=99999")
        assert ran.code == 1
        assert ran.err.splitlines() == [
            "twinedge: 2 faults",
            "  config.port: must be at most 65535",
            "  name: is missing",
        ]

    def test_a_wrong_use_is_2(self, cli: Cli) -> None:
        assert cli("sources", "dance").code == 2

    def test_what_nobody_foresaw_shows_no_traceback(
        self, cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise RuntimeError("oops")

        monkeypatch.setattr("twinedge.cli.sources.connect", fail)
        ran = cli("sources", "list")
        assert ran.code == 1
        assert ran.err.startswith("twinedge: unexpected fault, RuntimeError: oops.")
        assert len(ran.err.splitlines()) == 1

    def test_a_fault_that_repeats_the_message_is_said_once(
        self, cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise Invalid("wrong", [Fault("a", "wrong"), Fault("b", "too long")])

        monkeypatch.setattr("twinedge.cli.sources.connect", fail)
        assert cli("sources", "list").err == "twinedge: wrong\n  b: too long\n"


class TestKey:
    def test_comes_from_the_data_directory(self, cli: Cli, api: Api, tmp_path: Path) -> None:
        (tmp_path / "plant").mkdir()
        (tmp_path / "plant" / "admin.key").write_text("secret\n")
        api.listing("/v1/data-sources", [])
        assert cli("--data-dir", "plant", "sources", "list", key=None).code == 0

    def test_of_two_in_the_usual_places_the_one_the_server_knows_is_taken(
        self, cli: Cli, api: Api, tmp_path: Path
    ) -> None:
        (tmp_path / "data" / "demo").mkdir(parents=True)
        (tmp_path / "data" / "admin.key").write_text("stale\n")
        (tmp_path / "data" / "demo" / "admin.key").write_text("secret\n")
        api.listing("/v1/data-sources", [])
        api.listing("/v1/api-keys", [])
        assert cli("sources", "list", key=None).code == 0
        (tmp_path / "data" / "admin.key").write_text("secret\n")
        (tmp_path / "data" / "demo" / "admin.key").write_text("stale\n")
        assert cli("sources", "list", key=None).code == 0

    def test_of_here_is_never_sent_to_another_machine(self, cli: Cli, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "admin.key").write_text("secret\n")
        ran = cli("sources", "list", key=None, url="http://plant.example:8080")
        assert ran.code == 4
        assert "no API key for http://plant.example:8080" in ran.err

    def test_missing_it_says_where_it_looked(self, cli: Cli) -> None:
        ran = cli("sources", "list", key=None)
        assert ran.code == 4
        assert "no admin.key in data or data/demo" in ran.err
