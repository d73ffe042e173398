"""Pages of dashboards, alarms and rules in a real browser on a real server."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.process import KEY, ServerProcess
from twinedge.web.ui import STATIC

if TYPE_CHECKING:
    from playwright.sync_api import Browser

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parents[2] / "ui/node_modules/axe-core/axe.min.js"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.skipif(not (STATIC / "index.html").is_file(), reason="the web UI is not built"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("ui") / "data") as server:
        now = datetime.now(UTC)
        points = [
            {
                "asset_id": "Pump_001",
                "tag_name": tag,
                "value": 60.0 + number % 30,
                "timestamp": (now - timedelta(seconds=10 * number)).isoformat(),
            }
            for number in range(300)
            for tag in ("temperature", "vibration")
        ]
        assert server.http.post("/v1/telemetry", json={"data": points}).status_code < 300
        body = {"asset_id": "Pump_001", "name": "Pump", "id": "pump"}
        assert server.http.post("/v1/dashboards/generate", json=body).status_code == 201
        rule = {
            "name": "Hot",
            "severity": "critical",
            "condition": {"tag_name": "temperature", "operator": "gt", "value": 80},
        }
        assert server.http.post("/v1/alert-rules", json=rule).status_code == 201
        alert = {"name": "Leak", "severity": "warning", "message": "Oil below pump 1"}
        assert server.http.post("/v1/alerts", json=alert).status_code == 201
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with playwright.sync_playwright() as started:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = started.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


class Visit:
    """A page, signed in; `noise` is what the console or the network complained about."""

    def __init__(self, browser: "Browser", server: ServerProcess, theme: str, width: int) -> None:
        self.context = browser.new_context(
            base_url=server.url,
            color_scheme=theme,
            viewport={"width": width, "height": 900},
        )
        signed_in = self.context.request.post("/v1/session", data={"api_key": KEY})
        assert signed_in.status == 201
        self.context.add_init_script(
            f"localStorage.setItem('twinedge.signed-in','1');"
            f"localStorage.setItem('mantine-color-scheme-value','{theme}')"
        )
        self.page = self.context.new_page()
        self.noise: list[str] = []
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("console", lambda line: line.type == "error" and self.noise.append(line.text))
        self.page.on(
            "request",
            lambda request: (
                request.url.startswith((server.url, "data:", "blob:"))
                or self.noise.append(request.url)
            ),
        )

    def violations(self) -> list[str]:
        # through the debugger, which the page's content security policy does not bind
        self.page.evaluate(AXE.read_text() + ";0")
        found = self.page.evaluate("axe.run()")
        return [
            f"{one['id']}: {node['html'][:200]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def picture(self, name: str) -> None:
        if folder := os.environ.get("TWINEDGE_TEST_PICTURES"):
            self.page.screenshot(path=f"{folder}/{name}.png")


PAGES = {
    "dashboards": ("/dashboards", "Pump"),
    "dashboard": ("/dashboards?id=pump", "All tags"),
    "alarms": ("/alarms", "Oil below pump 1"),
    "rules": ("/rules", "Hot"),
}


class TestPages:
    @pytest.mark.parametrize("width", [1400, 390])
    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("name", PAGES)
    def test_it_is_accessible_and_quiet(
        self,
        browser: "Browser",
        server: ServerProcess,
        name: str,
        theme: str,
        width: int,
    ) -> None:
        path, text = PAGES[name]
        visit = Visit(browser, server, theme, width)
        visit.page.goto(path)
        visit.page.get_by_text(text).first.wait_for()
        visit.page.wait_for_load_state("load")
        visit.picture(f"{name}-{theme}-{width}")
        assert visit.violations() == []
        assert visit.noise == []
        visit.context.close()


class TestBoard:
    def test_a_widget_is_moved_by_keys_and_saved(
        self, browser: "Browser", server: ServerProcess
    ) -> None:
        made = server.http.post("/v1/dashboards/pump/duplicate").json()["data"]
        visit = Visit(browser, server, "light", 1400)
        visit.page.goto(f"/dashboards?id={made['id']}")
        visit.page.get_by_role("button", name="Edit").click()
        handle = visit.page.get_by_role("button", name="Alarms: arrow keys move")
        handle.focus()
        handle.press("ArrowDown")
        visit.page.get_by_role("button", name="Save").click()
        visit.page.get_by_role("button", name="Edit").wait_for()
        after = server.http.get(f"/v1/dashboards/{made['id']}").json()["data"]
        assert after["version"] == 2
        before_y, after_y = made["layout"]["widgets"][-1]["y"], after["layout"]["widgets"][-1]["y"]
        assert after_y == before_y + 1
        assert visit.noise == []
        visit.context.close()


class TestAlarms:
    def test_one_is_acknowledged_by_keys(self, browser: "Browser", server: ServerProcess) -> None:
        body = {"name": "Noise", "severity": "info", "message": "Bearing hums", "id": "hum"}
        assert server.http.post("/v1/alerts", json=body).status_code == 201
        visit = Visit(browser, server, "light", 1400)
        visit.page.goto("/alarms?severity=info")
        row = visit.page.get_by_role("row").filter(has_text="Bearing hums")
        row.wait_for()
        visit.page.get_by_role("grid", name="Alarms").focus()
        visit.page.keyboard.press("a")
        row.filter(has_text="Acknowledged").wait_for()
        assert server.http.get("/v1/alerts/hum").json()["data"]["status"] == "acknowledged"
        visit.context.close()
