"""schemathesis against the served OpenAPI document: no 500, no answer outside the contract."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.process import KEY, ServerProcess

# unsupported_method asks for 405 where another route takes the same path, such as /{id}.
# positive_data_acceptance knows no rules between fields or things: a start before the end, an
# expiry in the future, an address of the right protocol, a channel that exists, If-Match's 412.
NOT_APPLICABLE = "unsupported_method,positive_data_acceptance"
# They dial the devices they are given, up to ten seconds each; the suites of sources cover them.
SLOW = r"^/v1/data-sources.*/(test|browse|preview)$"


@pytest.mark.timeout(1300)
@pytest.mark.parametrize(
    "phases", ["examples,coverage", pytest.param("fuzzing", marks=pytest.mark.slow)]
)
def test_schemathesis_finds_nothing(tmp_path: Path, phases: str) -> None:
    with ServerProcess(tmp_path / "data", TWINEDGE_RATE_LIMIT="off") as server:
        server.http.get("/v1/openapi.json")  # made at the first request; schemathesis waits 10 s
        run = subprocess.run(
            [
                str(Path(sys.executable).parent / "schemathesis"),
                "--config-file", str(Path(__file__).parent / "schemathesis.toml"),
                "run", f"{server.url}/v1/openapi.json",
                "--header", f"Authorization: Bearer {KEY}",
                "--phases", phases, "--max-examples", "30", "--seed", "1", "--workers", "1",
                "--no-color",
                "--continue-on-failure", "--suppress-health-check", "all",
                "--exclude-checks", NOT_APPLICABLE, "--exclude-path-regex", SLOW,
            ],
            capture_output=True, text=True, check=False, timeout=1200, cwd=tmp_path,
        )  # fmt: skip
        log = server.log.read_text()
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
    assert '"level": "error"' not in log, log[-4000:]
