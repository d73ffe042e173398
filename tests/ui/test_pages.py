"""Every page there is, in both themes and on a phone: accessible, quiet, and no wider than it.

The pages are those of the router itself, so that a new one cannot be forgotten here.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from tests.e2e.process import ServerProcess
from tests.ui import learning
from tests.ui.operations import Seat, fill, post
from twinedge.web.ui import STATIC

pytestmark = pytest.mark.browser

PAGES: dict[str, list[str]] = {
    "/": ["/"],
    "/assets/$assetId": ["/assets/Pump_001", "/assets/none"],
    "/sources": ["/sources"],
    "/sources/new": ["/sources/new"],
    "/sources/$sourceId": ["/sources/plc", "/sources/none"],
    "/explorer": [
        '/explorer?pens=["Pump_001/temperature","Pump_001/vibration"]&span=3600',
        "/explorer",
    ],
    "/dashboards": [
        "/dashboards",
        "/dashboards?id=pump",
        "/dashboards?id=hostile",
        "/dashboards?id=pump&kiosk=1",
        "/dashboards?id=none",
    ],
    "/alarms": ["/alarms"],
    "/rules": ["/rules", "/rules?id=hot", "/rules?id=new"],
    "/models": ["/models"],
    "/models/new-dataset": ["/models/new-dataset"],
    "/models/train": ["/models/train"],
    "/models/compare": [
        '/models/compare?ids=["{model}","{other}"]',
        "/models/compare",
        '/models/compare?ids=["none","neither"]',
    ],
    "/models/datasets/$datasetId": ["/models/datasets/history", "/models/datasets/none"],
    "/models/training/$trainingId": ["/models/training/{training}", "/models/training/none"],
    "/models/$modelId": ["/models/{model}", "/models/none"],
    "/settings": ["/settings"],
}
"""By pattern of the router: addresses to look at; each page's tabs are found on the page."""
NO_PAGE = "/no/such/page"
ADDRESSES = [address for addresses in PAGES.values() for address in addresses] + [NO_PAGE]
BEYOND = """() => [...document.querySelectorAll('body *')]
    .filter((it) => it.getBoundingClientRect().right > innerWidth)
    .map((it) => it.outerHTML.slice(0, 90)).slice(0, 9)"""
"""Elements that reach over the right edge, for the message."""
EXPECTED_NOISE = "the server responded with a status of 404"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Something of everything: alarms, hostile names, a source out of reach, judged models."""
    if not (STATIC / "index.html").is_file():
        pytest.skip("the web UI is not built: cd ui && npm ci && npm run build")
    with ServerProcess(tmp_path_factory.mktemp("pages") / "data") as server:
        fill(server)
        tag = {"address": "40001", "asset_id": "Tank_001", "tag_name": "level", "unit": "%"}
        source = {"type": "modbus", "config": {"host": "127.0.0.1", "port": 9}, "tags": [tag]}
        post(server, "/v1/data-sources", {"id": "plc", "name": "Out of reach", **source})
        yield server


@pytest.fixture(scope="module")
def ids(server: ServerProcess) -> dict[str, str]:
    """Of what gets its id from the server."""
    learning.dataset(server, "history")
    model = learning.model(server, "history", "Pump", "isolation_forest")
    learning.feed(server, "Pump_001", 120)
    post(server, f"/v1/ml/models/{model}/deploy", {"asset_id": "Pump_001"})
    other = learning.model(server, "history", "Pump", "random_forest")
    training = server.http.get(f"/v1/ml/models/{other}").json()["data"]["training_id"]
    return {"model": model, "other": other, "training": training}


@pytest.fixture(scope="module")
def seat(browser: Browser, server: ServerProcess) -> Iterator[Seat]:
    seat = Seat(browser, server.url, "auto")
    yield seat
    seat.context.close()


def test_no_page_is_forgotten_here(seat: Seat) -> None:
    page = seat.open("/")
    known = page.evaluate("Object.keys(window.__TSR_ROUTER__.routesByPath)")
    assert sorted(known) == sorted(PAGES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_is_accessible_quiet_and_fits_a_phone(
    seat: Seat, ids: dict[str, str], address: str
) -> None:
    for name, id in ids.items():
        address = address.replace("{" + name + "}", id)
    page = seat.open(address)
    found: list[str] = []
    tabs = page.get_by_role("tab")
    for number in range(max(tabs.count(), 1)):
        if number < tabs.count():
            tabs.nth(number).click()
        _settle(page)
        assert page.get_by_role("heading", level=1).count() == 1
        found += _seen_in_both_themes(seat) + _wider_than_a_phone(page)
    assert found == []
    noise = [line for line in seat.noise if EXPECTED_NOISE not in line]
    seat.noise.clear()
    assert noise == []


def _settle(page: Page) -> None:
    """Until nothing says that it is loading."""
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)


def _seen_in_both_themes(seat: Seat) -> list[str]:
    found = []
    for theme in ("light", "dark"):
        seat.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        expect(seat.page.locator("html")).to_have_attribute("data-mantine-color-scheme", theme)
        found += [f"{theme}: {fault}" for fault in seat.violations()]
    return found


def _wider_than_a_phone(page: Page) -> list[str]:
    wide = page.viewport_size
    assert wide is not None
    page.set_viewport_size({"width": 390, "height": 844})
    try:
        page.wait_for_function(
            "() => document.documentElement.scrollWidth <= innerWidth", timeout=5000
        )
    except TimeoutError:
        return [f"{page.url} is wider than a phone: {page.evaluate(BEYOND)}"]
    finally:
        page.set_viewport_size(wide)
    return []
