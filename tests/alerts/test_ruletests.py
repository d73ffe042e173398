"""Rule unit tests as a file, through the command."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from twinedge.alerts.ruletests import run_file
from twinedge.cli.rules import app
from twinedge.kit.errors import Invalid

FILE = """
rules:
  - name: Hot
    severity: warning
    condition: {tag_name: temperature, operator: gt, value: 80, duration_seconds: 60}
tests:
  - name: a minute over the limit is told
    rule: Hot
    points:
      Pump_001/temperature: [[0, 70], [10, 85], [80, 86], [90, 60]]
    until: 120
    expect:
      - {asset_id: Pump_001, triggered: 70, resolved: 90}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.write_text(FILE)
    return path


class TestRunFile:
    def test_passes(self, file: Path) -> None:
        assert [o.problems for o in run_file(file)] == [()]

    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ("triggered: 70", "triggered: 10", "expected Pump_001: triggered at 10"),
            ("[90, 60]", "[90, 99]", "got Pump_001: triggered at 70, open"),
            ("[10, 85]", "[10, null]", "missing"),
            ("rule: Hot", "rule: Cold", "there is no rule 'Cold'"),
        ],
    )
    def test_says_what_is_different(self, file: Path, old: str, new: str, problem: str) -> None:
        file.write_text(FILE.replace(old, new))
        (outcome,) = run_file(file)
        assert problem in " ".join(outcome.problems)

    @pytest.mark.parametrize(
        ("group_by", "groups", "expected"),
        [
            ("asset", "{}", [("p1", 10, 40), ("p2", 20, 50), ("p3", 30, 60)]),
            ("parent", "{p1: L1, p2: L1}", [("p1, p2", 10, 50), ("p3", 30, 60)]),
            ("data_source", "{p2: plc, p3: plc}", [("p1", 10, 40), ("p3, p2", 20, 60)]),
            ("rule", "{}", [("p3, p2, p1", 10, 60)]),
        ],
    )
    def test_assets_that_share_an_alert(
        self, tmp_path: Path, group_by: str, groups: str, expected: list[tuple[str, int, int]]
    ) -> None:
        path = tmp_path / "grouped.yaml"
        wanted = [
            f"{{assets: [{assets}], triggered: {triggered}, resolved: {resolved}}}"
            for assets, triggered, resolved in expected
        ]
        text = f"""
rules:
  - name: Hot
    severity: warning
    group_by: {group_by}
    condition: {{tag_name: t, operator: gt, value: 80}}
tests:
  - name: together
    rule: Hot
    groups: {groups}
    points:
      p1/t: [[0, 70], [10, 90], [40, 70]]
      p2/t: [[0, 70], [20, 90], [50, 70]]
      p3/t: [[0, 70], [30, 90], [60, 70]]
    expect: [{", ".join(wanted)}]
"""
        path.write_text(text)
        assert [o.problems for o in run_file(path)] == [()]
        path.write_text(text.replace("resolved: 60", "resolved: 61"))
        ((problem,),) = [o.problems for o in run_file(path)]
        assert "resolved at 61" in problem
        assert "resolved at 60" in problem

    @pytest.mark.parametrize(
        ("old", "new"),
        [("tests:", "texts:"), ("operator: gt", "operator: x"), ("/temperature", "temperature"),
         ("[0, 70]", "[0]"), ("[0, 70]", "[a, 70]"), ("expect:", "want:")],
    )  # fmt: skip
    def test_broken_file_is_named(self, file: Path, old: str, new: str) -> None:
        file.write_text(FILE.replace(old, new))
        with pytest.raises(Invalid):
            run_file(file)


class TestCommand:
    def test_exit_codes(self, file: Path) -> None:
        good = CliRunner().invoke(app, ["test", str(file)])
        assert (good.exit_code, "1 passed, 0 failed" in good.output) == (0, True)
        file.write_text(FILE.replace("resolved: 90", "resolved: 91"))
        assert CliRunner().invoke(app, ["test", str(file)]).exit_code == 1
        file.write_text("rules: 5")
        assert CliRunner().invoke(app, ["test", str(file)]).exit_code == 2
