"""The web UI in a real browser before the running demo plant."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import Plant, Visit, sign_in

pytestmark = pytest.mark.browser

TILE = 'a.te-tile[href="/assets/Pump_001"]'


class TestSignIn:
    def test_a_wrong_key_is_refused_in_plain_words(self, stranger: Visit) -> None:
        page = stranger.open("/")
        page.get_by_label("API key", exact=False).first.fill("not-a-key")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("not known, expired or revoked")).to_be_visible()

    def test_the_session_survives_a_reload_and_ends_by_signing_out(
        self, stranger: Visit, plant: Plant
    ) -> None:
        sign_in(stranger, plant)
        page = stranger.open("/")
        expect(page.get_by_role("heading", name="Overview")).to_be_visible()
        page.get_by_role("button", name="Signed in as").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


class TestOverview:
    def test_values_change_by_themselves(self, visit: Visit) -> None:
        page = visit.open("/")
        tile = page.locator(TILE)
        expect(tile).to_contain_text(re.compile(r"flow\s*[\d.,]+"))
        before = tile.inner_text()
        page.wait_for_function(
            "([tile, before]) => document.querySelector(tile).innerText !== before",
            arg=[TILE, before],
            timeout=60_000,
        )

    def test_search_and_type_narrow_the_tiles(self, visit: Visit) -> None:
        page = visit.open("/")
        page.get_by_role("searchbox", name="Search assets").fill("raw tank")
        expect(page.locator("a.te-tile")).to_have_count(1)
        expect(page.locator("a.te-tile")).to_contain_text("Raw water tank")

    def test_a_tile_leads_to_its_asset(self, visit: Visit) -> None:
        page = visit.open("/")
        page.locator(TILE).click()
        expect(page.get_by_role("cell", name="discharge_pressure", exact=True)).to_be_visible()
        expect(page.locator("canvas").first).to_be_visible()


class TestSources:
    def test_the_wizard_asks_for_what_the_protocol_needs(self, visit: Visit) -> None:
        page = visit.open("/sources/new")
        page.get_by_label("Modbus TCP").check()
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_label("Host", exact=False).first).to_be_visible()

    def test_a_device_that_is_not_there_fails_at_the_step_that_says_so(self, visit: Visit) -> None:
        page = visit.open("/sources/new")
        page.get_by_label("Modbus TCP").check()
        page.get_by_role("button", name="Next").click()
        page.get_by_label("Name", exact=False).first.fill("Nothing there")
        page.get_by_label("Host", exact=False).first.fill("127.0.0.1")
        page.get_by_label("Port", exact=False).first.fill("9")
        page.get_by_role("button", name="Test the connection").click()
        expect(page.get_by_text("Does not work yet")).to_be_visible(timeout=60_000)
        expect(page.get_by_role("button", name="Next")).to_be_disabled()

    def test_a_running_source_shows_its_tags_with_values(self, visit: Visit) -> None:
        page = visit.open("/sources/demo-modbus")
        expect(page.locator("tbody tr").first.locator("td").nth(3)).to_contain_text(
            re.compile(r"\d|On|Off"), timeout=60_000
        )

    def test_the_wizard_leads_to_a_live_value(self, visit: Visit, plant: Plant) -> None:
        known = httpx.get(
            f"{plant.url}/v1/data-sources/demo-modbus",
            headers={"Authorization": f"Bearer {plant.key}"},
        ).json()["data"]["config"]
        page = visit.open("/sources/new")
        page.get_by_label("Modbus TCP").check()
        page.get_by_role("button", name="Next").click()
        page.get_by_label("Name", exact=False).first.fill("Second eye")
        page.get_by_label("Host", exact=False).first.fill(known["host"])
        page.get_by_label("Port", exact=False).first.fill(str(known["port"]))
        page.get_by_role("button", name="Test the connection").click()
        expect(page.get_by_text("Works,")).to_be_visible(timeout=60_000)
        page.get_by_role("button", name="Next").click()
        page.get_by_label("Address", exact=True).fill("30715")
        page.get_by_role("button", name="Add", exact=True).click()
        row = page.locator("tbody tr").filter(has_text="30715").last
        expect(row.locator("td").first).to_contain_text(re.compile(r"^\s*\d"), timeout=60_000)
        page.get_by_label("Asset, 30715").fill("Eye_001")
        page.get_by_label("Tag name, 30715").fill("starts")
        page.get_by_role("button", name="Next").click()
        page.get_by_role("button", name="Create").click()
        expect(page.get_by_role("heading", name="Second eye")).to_be_visible()
        value = page.locator("tbody tr").filter(has_text="starts").locator("td").nth(3)
        expect(value).to_contain_text(re.compile(r"\d"), timeout=60_000)
        page.get_by_role("button", name="Delete", exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        expect(page.get_by_role("heading", name="Data sources")).to_be_visible()


class TestExplorer:
    def test_a_chosen_tag_is_drawn_and_stands_in_the_address(self, visit: Visit) -> None:
        page = visit.open("/explorer?span=300")
        page.get_by_label("Pump_001/flow", exact=True).check()
        expect(page.locator("canvas").first).to_be_visible()
        expect(page).to_have_url(re.compile("Pump_001"))

    def test_dragging_zooms_in_and_going_back_zooms_out(self, visit: Visit) -> None:
        page = visit.open('/explorer?pens=["Pump_001/flow"]&span=300')
        _drag(page, 0.4, 0.6)
        assert 40_000 < _width_shown(page) < 80_000
        page.get_by_role("button", name="Previous view").click()
        expect(page).not_to_have_url(re.compile("from="))
        page.get_by_role("button", name="Next view").click()
        assert 40_000 < _width_shown(page) < 80_000

    def test_the_wheel_zooms_where_the_cursor_is(self, visit: Visit) -> None:
        page = visit.open('/explorer?pens=["Pump_001/flow"]&from=1000000&to=1300000')
        box = _chart(page)
        page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 50)
        page.mouse.wheel(0, -300)
        expect(page).not_to_have_url(re.compile("from=1000000"))
        assert 80_000 < _width_shown(page) < 200_000

    def test_shift_dragging_moves_in_time(self, visit: Visit) -> None:
        page = visit.open('/explorer?pens=["Pump_001/flow"]&from=1000000&to=1300000')
        page.keyboard.down("Shift")
        _drag(page, 0.3, 0.6)
        page.keyboard.up("Shift")
        expect(page).not_to_have_url(re.compile("from=1000000"))
        assert abs(_width_shown(page) - 300_000) < 1000

    def test_the_keyboard_does_what_the_mouse_does(self, visit: Visit) -> None:
        page = visit.open('/explorer?pens=["Pump_001/flow"]&from=1000000&to=1300000')
        chart = page.get_by_role("application")
        chart.focus()
        chart.press("+")
        expect(page).to_have_url(re.compile("from=1075000"))
        chart.press("Shift+ArrowLeft")
        expect(page).to_have_url(re.compile("from=1037500"))

    def test_an_earlier_period_is_laid_behind(self, visit: Visit) -> None:
        page = visit.open('/explorer?pens=["Pump_001/flow"]&span=900')
        page.get_by_role("combobox", name="Compare with").click()
        page.get_by_role("option", name="the period before").click()
        row = page.get_by_role("row").filter(has_text="Pump_001 flow (earlier)")
        expect(row).to_contain_text(re.compile(r"\d+\.\d+"))
        expect(page).to_have_url(re.compile("compare=900"))

    def test_the_view_is_kept_exported_and_copied_as_a_call(self, visit: Visit) -> None:
        page = visit.open('/explorer?pens=["Pump_001/flow"]&span=300')
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        share = page.get_by_role("button", name="Export and share")
        share.click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name="CSV").click()
        head, first, *_ = download.value.path().read_text().splitlines()
        assert head.startswith("timestamp,asset_id,tag_name,value")
        assert "Pump_001,flow" in first
        for kind, begins in (("curl", "curl -H"), ("Python", "import io")):
            share.click()
            page.get_by_role("menuitem", name=f"Copy as {kind}").click()
            copied = page.evaluate("() => navigator.clipboard.readText()")
            assert copied.startswith(begins)
            assert "Pump_001" in copied
        share.click()
        page.get_by_role("menuitem", name="Save this view").click()
        page.get_by_label("Name of the view").fill("Shift view")
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        visit.open("/explorer")
        page.get_by_role("button", name="Saved views").click()
        page.get_by_role("menuitem", name="Shift view").click()
        expect(page).to_have_url(re.compile("Pump_001"))


def _chart(page: Page) -> Any:
    """Where the chart is, once its pen is drawn: with the units of its axes it is built anew."""
    page.get_by_role("application", name=re.compile("Pump_001 flow")).wait_for()
    box = page.locator(".u-over").bounding_box()
    assert box is not None
    return box


def _drag(page: Page, start: float, end: float) -> None:
    """Drag over the chart between two shares of its width."""
    box = _chart(page)
    page.mouse.move(box["x"] + box["width"] * start, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, box["y"] + 60, steps=5)
    page.mouse.up()


def _width_shown(page: Page) -> int:
    """The width of the period in the address, milliseconds, once it is there."""
    expect(page).to_have_url(re.compile(r"from=\d+.*to=\d+"))
    found = re.search(r"from=(\d+)\D+to=(\d+)", page.url)
    assert found is not None
    return int(found[2]) - int(found[1])


class TestSettings:
    def test_the_keys_are_listed(self, visit: Visit) -> None:
        page = visit.open("/settings")
        expect(page.get_by_role("heading", name="API keys")).to_be_visible()
        expect(page.get_by_text("admin").first).to_be_visible()
