"""The demo plant as a user starts it, and a signed-in browser in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from twinedge.web.ui import STATIC

TWINEDGE = str(Path(sys.executable).parent / "twinedge")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
START_S = 120.0
expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong


@dataclass
class Plant:
    """A running demo."""

    url: str
    key: str


@dataclass
class Visit:
    """A page and what went wrong in it."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a path of the UI and wait for its heading."""
        self.page.goto(self.url + path)
        self.page.get_by_role("heading", level=1).first.wait_for()
        return self.page


@pytest.fixture(scope="package")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plant]:
    """`twinedge demo` without faults, on a free port, once data flows."""
    if not (STATIC / "index.html").is_file():
        pytest.skip("the web UI is not built: cd ui && npm ci && npm run build")
    folder = tmp_path_factory.mktemp("demo")
    port = _free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TWINEDGE_")}
    with (folder / "log").open("wb") as log:
        child = subprocess.Popen(
            [
                *(TWINEDGE, "demo", "--no-faults"),
                *("--port", str(port), "--data-dir", str(folder / "data")),
            ],
            stdout=log,
            stderr=log,
            env=environment,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        yield Plant(url, _key_once_live(child, url, folder))
    finally:
        child.terminate()
        child.wait(30)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium of the system.

    Ends with this folder: while sync Playwright is open its event loop counts as running in this
    thread, and no asyncio test can start one.
    """
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium: run scripts/browser.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def stranger(browser: Browser, plant: Plant) -> Iterator[Visit]:
    """A visitor who has not signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield _visit(context, plant)
    context.close()


@pytest.fixture
def visit(stranger: Visit, plant: Plant) -> Iterator[Visit]:
    """A signed-in visitor on the overview; neither complaints nor requests elsewhere are left."""
    sign_in(stranger, plant)
    yield stranger
    assert stranger.complaints == []
    assert stranger.strangers == []


def sign_in(visit: Visit, plant: Plant) -> None:
    page = visit.open("/")
    page.get_by_label("API key", exact=False).first.fill(plant.key)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Overview").wait_for()


def _visit(context: BrowserContext, plant: Plant) -> Visit:
    page = context.new_page()
    visit = Visit(page, plant.url)
    page.on(
        "console",
        lambda said: visit.complaints.append(said.text) if said.type == "error" else None,
    )
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))

    def check(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            visit.strangers.append(route.request.url)
            route.abort()

    page.route("**/*", check)
    return visit


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _key_once_live(child: "subprocess.Popen[bytes]", url: str, folder: Path) -> str:
    """The admin key, once the plant's pump has a value."""
    deadline = time.monotonic() + START_S
    key_file = folder / "data" / "admin.key"
    while time.monotonic() < deadline:
        if child.poll() is not None:
            break
        if key_file.is_file():
            key = key_file.read_text().strip()
            try:
                answer = httpx.get(
                    f"{url}/v1/telemetry/latest",
                    params={"asset_id": "Pump_001"},
                    headers={"Authorization": f"Bearer {key}"},
                )
                if answer.status_code == 200 and answer.json()["data"]:
                    return key
            except httpx.TransportError:
                pass  # not listening yet
        time.sleep(0.2)
    raise RuntimeError(f"the demo did not start:\n{(folder / 'log').read_text()[-3000:]}")
