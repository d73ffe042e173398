"""The web page in Chromium: first load, first chart, 20 live charts, zooming 30 days of 1 Hz."""

import functools
import gzip
import http.server
import io
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from playwright.sync_api import Browser, Page, sync_playwright

from bench.server import KEY, Server
from bench.table import Figure, show

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "src" / "twinedge" / "web" / "static"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DAYS = 30
FRAMES_S = 6.0
ZOOMS = 12


def main() -> None:
    """Print the figures of the web page."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("ui: no Chromium, run scripts/browser.sh; skipped")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        figures = [_first_load(), *_live_charts(browser), *_explorer(browser)]
        browser.close()
    show("ui: the web page in headless Chromium, software drawing", figures)


def _first_load() -> Figure:
    """Kilobytes of what index.html asks for, gzip."""
    page = (STATIC / "index.html").read_text()
    files = {part.split('"')[0] for part in page.split('="/')[1:]}
    size = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in files if name)
    return Figure("twinedge", "first load", size / 1000, "kB gzip", 300, higher_is_better=False)


def _live_charts(browser: Browser) -> list[Figure]:
    """Milliseconds a frame of 20 live charts with 10 000 points each, new ones in every frame."""
    with tempfile.TemporaryDirectory() as folder, _served(_built(Path(folder))) as url:
        page = browser.new_page(viewport={"width": 1900, "height": 900})
        page.goto(url)
        page.locator("canvas").nth(19).wait_for()
        devtools = page.context.new_cdp_session(page)
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = _task_s(devtools)
        intervals = page.evaluate(_COUNT_FRAMES, FRAMES_S * 1000)
        cpu_ms = (_task_s(devtools) - before) * 1000 / len(intervals)
        page.close()
    typical, slow = statistics.median(intervals), float(np.percentile(intervals, 95))
    what = "20 live charts x 10 000 points"
    return [
        Figure(
            *("twinedge", what, typical, "ms/frame", 33),
            higher_is_better=False,
            note=f"p95 {slow:.0f} ms",
        ),
        Figure(
            "twinedge",
            f"{what}, CPU of the main thread",
            cpu_ms,
            "ms/frame",
            33,
            higher_is_better=False,
        ),
    ]


_COUNT_FRAMES = """length => new Promise(done => {
  const found = []; let last = performance.now(); const end = last + length;
  const frame = now => {
    found.push(now - last); last = now;
    if (now < end) requestAnimationFrame(frame); else done(found.slice(1));
  };
  requestAnimationFrame(frame);
})"""


def _explorer(browser: Browser) -> list[Figure]:
    with Server() as server:
        url = f"http://127.0.0.1:{server.port}"
        _fill(url)
        context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 800})
        context.request.post("/v1/session", data={"api_key": KEY})
        context.add_init_script("localStorage.setItem('twinedge.signed-in', '1')")
        page = context.new_page()
        path = f'/explorer?pens=["Furnace/temperature"]&span={DAYS * 86_400}'
        page.goto(path)
        _drawn(page)
        page.reload()
        first_ms = float(page.evaluate(_WHEN_DRAWN))
        answers, refined = _zoom(page)
        context.close()
    return [
        Figure("twinedge", "first chart, 30 d of 1 Hz", first_ms, "ms", 1500, False),
        Figure(
            *("twinedge", "zoom answer, 30 d to 1 s", statistics.median(answers), "ms", 150, False),
            note=f"p95 {np.percentile(answers, 95):.0f} ms, {len(answers)} requests",
        ),
        Figure(
            *("twinedge", "wheel to refined curve", statistics.median(refined), "ms", None, False),
            note="80 ms of it waits for the wheel to rest",
        ),
    ]


_WHEN_DRAWN = """() => new Promise(done => {
  const look = () => document.querySelector('[role=application][aria-label*=temperature] canvas')
    ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look);
  look();
})"""


def _drawn(page: Page) -> None:
    page.locator('[role=application][aria-label*="temperature"] canvas').wait_for()
    page.wait_for_load_state("networkidle")


def _zoom(page: Page) -> tuple[list[float], list[float]]:
    """Milliseconds of each request, and from the turn of the wheel to its last answer."""
    box = page.locator(".u-over").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100)
    page.evaluate("performance.clearResourceTimings()")
    refined = []
    for _ in range(ZOOMS):
        started = time.perf_counter()
        with page.expect_response(lambda r: "max_points" in r.url) as found:
            page.mouse.wheel(0, -400)
        found.value.finished()
        refined.append((time.perf_counter() - started) * 1000)
        page.wait_for_load_state("networkidle")
    timings: list[Any] = page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter(e => e.name.includes('max_points')).map(e => e.duration)"
    )
    return [float(ms) for ms in timings], refined


def _fill(url: str) -> None:
    """Thirty days of one tag at 1 Hz, up to now."""
    n = DAYS * 86_400
    t = np.arange(int(time.time()) - n, int(time.time()), dtype=np.int64)
    value = 60 + 10 * np.sin(t / 86_400 * 2 * np.pi) + np.random.default_rng(1).normal(0, 1, n)
    for start in range(0, n, 500_000):
        rows = slice(start, start + 500_000)
        size = len(t[rows])
        table = pa.table(
            {
                "asset_id": pa.array(["Furnace"] * size).dictionary_encode(),
                "tag_name": pa.array(["temperature"] * size).dictionary_encode(),
                "timestamp": pa.array(t[rows] * 1_000_000, pa.timestamp("us", "UTC")),
                "value": pa.array(value[rows]),
            }
        )
        body = io.BytesIO()
        with pa.ipc.new_stream(body, table.schema) as writer:
            writer.write_table(table)
        request = urllib.request.Request(
            f"{url}/v1/telemetry",
            data=body.getvalue(),
            headers={
                "Authorization": f"Bearer {KEY}",
                "Content-Type": "application/vnd.apache.arrow.stream",
            },
        )
        urllib.request.urlopen(request, timeout=60).close()


def _built(folder: Path) -> Path:
    """The page of the live charts, built from the same components."""
    subprocess.run(
        ["npx", "vite", "build", "bench", "--logLevel", "error", "--outDir", str(folder)],
        cwd=ROOT / "ui",
        check=True,
    )
    return folder


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: the table is the output."""

    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def _task_s(devtools: Any) -> float:
    """CPU seconds of the page's main thread."""
    found = devtools.send("Performance.getMetrics")["metrics"]
    return float(next(it["value"] for it in found if it["name"] == "TaskDuration"))
