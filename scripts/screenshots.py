"""Pictures of the web UI for the docs: `python scripts/screenshots.py URL KEY_FILE`.

Takes them from a running demo plant with the system's Chromium, into docs/images. Let something go
wrong first, so that the alarm pages have something to show:
`twinedge demo fault bearing_wear Pump_001`.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
EXPLORER = (
    '/explorer?pens=["Pump_001/flow","Pump_001/discharge_pressure","Motor_001/current"]&span=900'
)
PAGES = {
    "overview": "/",
    "asset": "/assets/Pump_001",
    "sources": "/sources",
    "source": "/sources/demo-modbus",
    "add-source": "/sources/new",
    "explorer": EXPLORER,
    "dashboards": "/dashboards",
    "dashboard": "/dashboards?id=demo-pump-station",
    "alarms": "/alarms",
    "alarm-statistics": "/alarms?tab=statistics",
    "rules": "/rules",
    "rule": "/rules?id=demo-vibration-high",
    "models": "/models",
    "train": "/models/train",
    "settings": "/settings",
    "channels": "/settings?tab=channels",
    "health": "/settings?tab=health",
    "backups": "/settings?tab=backups",
    "audit": "/settings?tab=audit",
}
DARK = ("overview", "explorer", "asset", "alarms", "dashboard", "rule", "model")
PHONE = ("overview", "asset", "alarms", "explorer", "dashboard", "source", "model")
SETTLE_MS = 2500


def main(url: str, key_file: Path) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        context = browser.new_context(color_scheme="light")
        page = context.new_page()
        page.goto(url)
        page.get_by_label("API key", exact=False).first.fill(key_file.read_text().strip())
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Overview").wait_for()
        # the newest model and its dataset have ids of their own
        model = page.request.get(f"{url}/v1/ml/models?per_page=1").json()["data"]
        if model:
            PAGES["model"] = f"/models/{model[0]['id']}"
            PAGES["dataset"] = f"/models/datasets/{model[0]['dataset_id']}"
        page.set_viewport_size({"width": 1280, "height": 800})
        _take(page, url, tuple(PAGES), "")
        _take_open(page, url)
        page.emulate_media(color_scheme="dark")
        _take(page, url, DARK, "-dark")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 390, "height": 844})
        _take(page, url, PHONE, "-phone")
        browser.close()


def _take(page: Page, url: str, names: tuple[str, ...], suffix: str) -> None:
    for name in names:
        if name not in PAGES:
            continue
        page.goto(url + PAGES[name])
        page.get_by_role("heading", level=1).first.wait_for()
        page.wait_for_timeout(SETTLE_MS)
        page.screenshot(path=IMAGES / f"{name}{suffix}.png")


def _take_open(page: Page, url: str) -> None:
    """What a click opens: the details of the first alarm, the builder with its palette."""
    page.goto(url + "/alarms?q=vibration")
    page.get_by_role("button", name="Details of").first.click()
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=IMAGES / "alarm-details.png")
    page.goto(url + PAGES["dashboard"])
    page.get_by_role("button", name="Edit").click()
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=IMAGES / "builder.png")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
