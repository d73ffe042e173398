"""Models in the browser: compared, deployed anew and taken back, watched for drift, scored over
a past period. What is trained is trained through the REST API; test_ml.py trains as a person does.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.process import ServerProcess
from tests.ui import learning
from tests.ui.operations import Seat, post
from twinedge.web.ui import STATIC

pytestmark = pytest.mark.browser

SLOW_MS = 60_000
PUMP = "Pump_001"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    if not (STATIC / "index.html").is_file():
        pytest.skip("the web UI is not built: cd ui && npm ci && npm run build")
    with ServerProcess(tmp_path_factory.mktemp("models") / "data") as server:
        learning.feed(server, PUMP, seconds=600, ago_s=3600)
        learning.dataset(server, "history")
        yield server


@pytest.fixture(scope="module")
def versions(server: ServerProcess) -> tuple[str, str]:
    """Two versions of one model, the first of them once deployed, the second now."""
    first = learning.model(server, "history", "Health", "isolation_forest")
    second = learning.model(server, "history", "Health", "adaptive_mahalanobis")
    for id in (first, second):
        post(server, f"/v1/ml/models/{id}/deploy", {"asset_id": PUMP})
    return first, second


@pytest.fixture
def seat(browser: Browser, server: ServerProcess) -> Iterator[Seat]:
    seat = Seat(browser, server.url)
    yield seat
    assert seat.noise == []
    seat.context.close()


def test_two_versions_are_compared_side_by_side(seat: Seat, versions: tuple[str, str]) -> None:
    page = seat.open("/models")
    for number in (1, 2):
        page.get_by_role("checkbox", name=f"Select Health version {number}").check()
    page.get_by_role("button", name="Compare 2 models").click()
    expect(page.get_by_role("heading", name="Compare models")).to_be_visible()
    expect(page.get_by_text("All were made from the same dataset.")).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("cell", name="F1", exact=True))
    expect(row.get_by_role("cell")).to_have_count(3)
    expect(row).to_contain_text(re.compile(r"0\.\d+"))
    page.get_by_role("link", name="Health, version 1").click()
    expect(page).to_have_url(re.compile(versions[0]))


def test_drift_names_the_feature_that_moved(
    seat: Seat, server: ServerProcess, versions: tuple[str, str]
) -> None:
    """Live rows are like those learned from, but for the abnormal ones: those drag vibration."""
    learning.feed(server, PUMP, seconds=200)
    page = seat.open(f"/models/{versions[1]}?tab=deployment")
    for name in learning.FEATURES:
        row = page.get_by_role("row").filter(has=page.get_by_role("cell", name=name, exact=True))
        expect(row).to_contain_text(
            re.compile(r"\d\.\d+.*(stable|moving|drifted)"), timeout=SLOW_MS
        )


def test_a_past_period_is_scored(
    seat: Seat, server: ServerProcess, versions: tuple[str, str]
) -> None:
    page = seat.open(f"/models/{versions[1]}?tab=deployment")
    page.get_by_role("button", name="Score it").click()
    form = page.locator("form").filter(has_text="Score history")
    expect(form.get_by_text("Done", exact=True)).to_be_visible(timeout=SLOW_MS)
    query = {"asset_id": PUMP, "tag_name": "Health.score", "limit": 1, "order": "asc"}
    (oldest,) = server.http.get("/v1/telemetry", params=query).json()["data"]
    (newest,) = server.http.get(
        "/v1/telemetry", params={"asset_id": PUMP, "tag_name": "flow", "limit": 1, "order": "asc"}
    ).json()["data"]
    assert oldest["timestamp"][:16] == newest["timestamp"][:16]


def test_a_model_is_trained_anew_by_its_own_recipe(
    seat: Seat, server: ServerProcess, versions: tuple[str, str]
) -> None:
    page = seat.open(f"/models/{versions[0]}")
    page.get_by_role("button", name="Train it anew").click()
    page.get_by_role("dialog").get_by_role("button", name="Start training").click()
    expect(page.get_by_text("version 3 · Isolation forest")).to_be_visible(timeout=SLOW_MS)
    (newest, *_) = server.http.get("/v1/ml/models", params={"name": "Health"}).json()["data"]
    assert newest["version"] == 3
    assert "f1" in newest["metrics"]  # judged by the same labels


def test_the_version_before_comes_back(
    seat: Seat, server: ServerProcess, versions: tuple[str, str]
) -> None:
    first, second = versions
    page = seat.open(f"/models/{second}?tab=deployment")
    page.get_by_role("button", name="Back to the version before").click()
    expect(page).to_have_url(re.compile(first), timeout=SLOW_MS)
    expect(page.get_by_text("version 1 ·")).to_contain_text("Deployed")
    status = {
        id: server.http.get(f"/v1/ml/models/{id}").json()["data"]["status"] for id in versions
    }
    assert status == {first: "deployed", second: "ready"}
