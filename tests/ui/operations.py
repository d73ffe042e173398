"""A server of one's own with a little history, and a signed-in browser in front of it."""

import contextlib
import json
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.e2e.process import KEY, ServerProcess

AXE = Path(__file__).parents[2] / "ui/node_modules/axe-core/axe.min.js"
HOSTILE = "<img src=x onerror='window.hacked=1'>\u202eevil😀" + "x" * 140
"""A name as an attacker, a joker or an accident writes it; within the 200 characters allowed."""
TAG = HOSTILE.replace("\u202e", "")
"""Assets and tags may hold printable characters only."""


def fill(server: ServerProcess) -> None:
    """Two tags with 50 minutes of history, a dashboard, a rule, an alert by hand, hostile names."""
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
    hostile = {"asset_id": TAG, "tag_name": TAG, "value": 1.0}
    post(server, "/v1/telemetry", {"data": [*points, hostile]})
    post(server, "/v1/dashboards/generate", {"asset_id": "Pump_001", "name": "Pump", "id": "pump"})
    condition = {"tag_name": "temperature", "operator": "gt", "value": 80}
    rule = {"id": "hot", "name": "Hot", "severity": "critical", "condition": condition}
    post(server, "/v1/alert-rules", rule)
    alert = {"name": "Leak", "severity": "warning", "message": "Oil below pump 1"}
    post(server, "/v1/alerts", alert)
    text = {"text": f"# {HOSTILE}\n[click](javascript:alert(1)) <b>bold</b>"}
    widget = {"type": "text", "x": 0, "y": 0, "w": 8, "h": 4, "title": HOSTILE, "options": text}
    board = {"id": "hostile", "name": HOSTILE, "description": HOSTILE}
    post(server, "/v1/dashboards", {**board, "layout": {"columns": 24, "widgets": [widget]}})
    silent = {"tag_name": TAG, "stale_seconds": 3600}
    post(server, "/v1/alert-rules", {"name": HOSTILE, "severity": "info", "condition": silent})
    post(server, "/v1/alerts", {"name": HOSTILE, "severity": "info", "message": HOSTILE})
    post(server, "/v1/api-keys", {"name": HOSTILE, "scopes": ["read:assets"]})


def post(server: ServerProcess, path: str, body: object) -> dict[str, Any]:
    answer = server.http.post(path, json=body)
    assert answer.status_code < 300, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


class Seat:
    """A page, signed in; `noise` is what the console or the network complained about."""

    def __init__(self, browser: Browser, url: str, theme: str = "light", width: int = 1400) -> None:
        self.url = url
        viewport = {"width": width, "height": 900}
        self.context = browser.new_context(
            base_url=url, color_scheme="dark" if theme == "dark" else "light", viewport=viewport
        )
        signed_in = self.context.request.post("/v1/session", data={"api_key": KEY})
        assert signed_in.status == 201
        self.context.add_init_script(
            "localStorage.setItem('twinedge.signed-in','1');"
            f"localStorage.setItem('mantine-color-scheme-value','{theme}')"
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.noise: list[str] = []
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on(
            "console", lambda line: self.noise.append(line.text) if line.type == "error" else None
        )
        self.page.on("request", lambda request: self._check(request.url))

    def _check(self, url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:")):
            self.noise.append(url)

    def open(self, path: str) -> Page:
        self.page.goto(path)
        self.page.get_by_role("heading", level=1).first.wait_for()
        return self.page

    def violations(self) -> list[str]:
        """What axe finds; through the debugger, which the content security policy does not bind."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text() + ";0")
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{self.page.url} {one['id']}: {node['html'][:200]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def picture(self, name: str) -> None:
        if folder := os.environ.get("TWINEDGE_TEST_PICTURES"):
            self.page.screenshot(path=f"{folder}/{name}.png")


class Inbox:
    """Where a webhook arrives."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        inbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                inbox.bodies.append(json.loads(self.rfile.read(length)))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing: the test looks at the bodies."""

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.http.server_port}"


@contextlib.contextmanager
def listening() -> Iterator[Inbox]:
    inbox = Inbox()
    thread = threading.Thread(target=inbox.http.serve_forever)
    thread.start()
    try:
        yield inbox
    finally:
        inbox.http.shutdown()
        thread.join()
        inbox.http.server_close()
