"""schemathesis against the served OpenAPI document: no 500, no answer outside the contract."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.process import KEY, ServerProcess


@pytest.mark.timeout(400)
def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    with ServerProcess(tmp_path / "data", TWINEDGE_RATE_LIMIT="off") as server:
        run = subprocess.run(
            [
                str(Path(sys.executable).parent / "schemathesis"), "run",
                f"{server.url}/v1/openapi.json",
                "--header", f"Authorization: Bearer {KEY}",
                "--max-examples", "15", "--seed", "1", "--workers", "1", "--no-color",
                "--exclude-checks", "unsupported_method",
            ],
            capture_output=True, text=True, check=False, timeout=380, cwd=tmp_path,
        )  # fmt: skip
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
