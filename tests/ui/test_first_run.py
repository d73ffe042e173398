"""A new server: claimed with its key, empty, and one click away from a plant to look at."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.process import KEY, ServerProcess
from twinedge.web.ui import STATIC

pytestmark = pytest.mark.browser

SLOW_MS = 90_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    if not (STATIC / "index.html").is_file():
        pytest.skip("the web UI is not built: cd ui && npm ci && npm run build")
    with ServerProcess(tmp_path_factory.mktemp("first") / "data") as server:
        yield server


def test_the_demo_plant_is_started_and_stopped(browser: Browser, server: ServerProcess) -> None:
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("API key", exact=False).first.fill(KEY)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Nothing is measured yet")).to_be_visible()
    page.get_by_role("button", name="Start the demo plant").click()
    pump = page.locator('a.te-tile[href="/assets/Pump_001"]')
    expect(pump).to_contain_text("m³/h", timeout=SLOW_MS)
    expect(page.get_by_text("3 of 3")).to_be_visible(timeout=SLOW_MS)

    page.goto("/settings?tab=health")
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_text("It is off")).to_be_visible(timeout=SLOW_MS)
    page.get_by_role("link", name="Overview", exact=True).click()
    expect(page.get_by_text("its values stand still")).to_be_visible()
    expect(pump).to_contain_text("?", timeout=SLOW_MS)
    expect(page.get_by_role("button", name="Start the demo plant")).to_be_visible()
    context.close()
