"""Alarms, rules, dashboards, settings as people work them, in a real browser on a real server."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.e2e.process import ServerProcess
from tests.ui.operations import HOSTILE, Inbox, Seat, fill, listening, post
from twinedge.web.ui import STATIC

pytestmark = pytest.mark.browser

SLOW_MS = 60_000


@pytest.fixture(scope="module")
def inbox() -> Iterator[Inbox]:
    with listening() as inbox:
        yield inbox


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, inbox: Inbox) -> Iterator[ServerProcess]:
    if not (STATIC / "index.html").is_file():
        pytest.skip("the web UI is not built: cd ui && npm ci && npm run build")
    allowed = {"TWINEDGE_WEBHOOK_ALLOWED_HOSTS": f'["{inbox.host}"]'}
    with ServerProcess(tmp_path_factory.mktemp("ui") / "data", **allowed) as server:
        fill(server)
        yield server


@pytest.fixture
def seat(browser: Browser, server: ServerProcess) -> Iterator[Seat]:
    seat = Seat(browser, server.url)
    yield seat
    assert seat.noise == []
    seat.context.close()


@pytest.fixture(scope="module")
def source(server: ServerProcess) -> str:
    """A source that reads nothing, to be changed."""
    tag = {"address": "40001", "asset_id": "Press", "tag_name": "force", "id": "tag-force"}
    config = {"host": "127.0.0.1", "port": 9}
    body = {"id": "shared", "name": "Shared", "type": "modbus", "config": config}
    post(server, "/v1/data-sources", {**body, "tags": [tag], "enabled": False})
    return "/v1/data-sources/shared"


class TestPages:
    def test_hostile_names_are_shown_as_text(self, seat: Seat) -> None:
        for path in ("/dashboards", "/dashboards?id=hostile", "/alarms", "/rules", "/settings"):
            page = seat.open(path)
            expect(page.get_by_text("<img src=x").first).to_be_visible()
        page.goto("/dashboards?id=hostile")
        expect(page.get_by_text("[click](javascript:alert(1))")).to_be_visible()
        assert page.evaluate("window.hacked") is None
        assert page.locator("a[href^=javascript]").count() == 0


class TestShell:
    def test_the_palette_leads_to_what_is_typed(self, seat: Seat) -> None:
        page = seat.open("/")
        page.keyboard.press("Control+k")
        page.get_by_role("combobox").fill("hot")
        page.get_by_role("combobox").press("Enter")
        expect(page).to_have_url(re.compile("/rules.id=hot"))

    def test_the_alarm_bar_leads_to_the_top_alarm(self, seat: Seat, server: ServerProcess) -> None:
        page = seat.open("/")
        body = {"name": "Fire", "severity": "critical", "message": "Smoke", "id": "smoke"}
        post(server, "/v1/alerts", body)
        bar = page.get_by_role("region", name="Unacknowledged alarms")
        bar.get_by_text("Fire").click()
        expect(page.get_by_role("complementary", name="Details")).to_contain_text("Smoke")
        post(server, "/v1/alerts/smoke/resolve", {})
        expect(bar.get_by_text("Fire")).to_have_count(0)

    def test_times_follow_the_chosen_zone(self, seat: Seat) -> None:
        page = seat.open("/alarms")
        page.get_by_role("button", name="Signed in as").click()
        page.get_by_label("Time zone of all times").select_option("Asia/Tokyo")
        page.keyboard.press("Escape")
        hour = datetime.now(UTC).timestamp() + 9 * 3600
        shown = datetime.fromtimestamp(hour, UTC).strftime("%H:")
        cells = page.get_by_role("row").filter(has_text="Oil below pump 1").get_by_role("gridcell")
        earlier = datetime.fromtimestamp(hour - 300, UTC).strftime("%H:")
        expect(cells.nth(3)).to_contain_text(re.compile(f"{shown}|{earlier}"))


class TestAlarms:
    def test_a_new_one_appears_and_is_acknowledged_by_keys(
        self, seat: Seat, server: ServerProcess
    ) -> None:
        page = seat.open("/alarms?q=hums")
        body = {"name": "Noise", "severity": "info", "message": "Bearing hums", "id": "hum"}
        post(server, "/v1/alerts", body)
        row = page.get_by_role("row").filter(has_text="Bearing hums")
        expect(row).to_be_visible()
        page.get_by_role("grid", name="Alarms").focus()
        page.keyboard.press("a")
        expect(row).to_contain_text("Acknowledged")
        assert server.http.get("/v1/alerts/hum").json()["data"]["status"] == "acknowledged"

    def test_several_are_shelved_with_a_reason(self, seat: Seat, server: ServerProcess) -> None:
        for number in (1, 2):
            body = {"name": "Shelf", "severity": "info", "message": f"Dust {number}"}
            post(server, "/v1/alerts", {**body, "asset_id": f"Room_{number}", "id": f"d{number}"})
        page = seat.open("/alarms?q=Dust")
        expect(page.get_by_text("Dust 2")).to_be_visible()
        page.get_by_role("checkbox", name="Choose all shown").check()
        page.get_by_role("grid", name="Alarms").focus()
        page.keyboard.press("s")
        page.get_by_label("Reason").fill("the sweeper comes on Friday")
        page.get_by_text("4 h", exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name="Shelve").click()
        expect(page.get_by_text("Nothing is wrong")).to_be_visible()
        for number in (1, 2):
            alert = server.http.get(f"/v1/alerts/d{number}").json()["data"]
            assert alert["state"] == "shelved"
            assert "sweeper" in alert["history"][-1]["note"]

    def test_the_history_is_found_by_words_and_kept_as_a_sheet(self, seat: Seat) -> None:
        page = seat.open("/alarms?tab=history&q=below")
        expect(page.get_by_role("row").filter(has_text="Oil below pump 1")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("button", name="Export CSV").click()
        assert "Oil below pump 1" in download.value.path().read_text()


class TestRules:
    def test_the_limit_is_moved_over_the_preview_and_saved(
        self, seat: Seat, server: ServerProcess
    ) -> None:
        condition = {"tag_name": "vibration", "operator": "gt", "value": 85}
        rule = {"id": "shake", "name": "Shake", "severity": "warning", "condition": condition}
        post(server, "/v1/alert-rules", rule)
        page = seat.open("/rules?id=shake")
        expect(page.get_by_text(re.compile("It would have fired [1-9]"))).to_be_visible()
        limit = page.get_by_role("slider", name="Limit 1")
        for _ in range(40):
            limit.press("PageUp")
        expect(page.get_by_text("It would not have fired")).to_be_visible()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="Alert rules")).to_be_visible()
        assert server.http.get("/v1/alert-rules/shake").json()["data"]["condition"]["value"] > 89

    def test_a_condition_of_several_parts_is_written(
        self, seat: Seat, server: ServerProcess
    ) -> None:
        page = seat.open("/rules?id=new")
        page.get_by_label("Name").fill("Both")
        page.get_by_role("combobox", name="Form").click()
        page.get_by_role("option", name="All of several").click()
        for part in (1, 2):
            if part == 2:
                page.get_by_role("button", name="Add a condition").click()
            group = page.get_by_role("group", name=f"Condition {part}")
            tag = group.get_by_role("combobox", name="Tag")
            tag.fill("temperature" if part == 1 else "vibration")
            tag.press("ArrowDown")
            tag.press("Enter")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("button", name="Edit Both")).to_be_visible()
        rules = server.http.get("/v1/alert-rules", params={"search": "Both"}).json()["data"]
        assert [leaf["tag_name"] for leaf in rules[0]["condition"]["all"]] == [
            "temperature",
            "vibration",
        ]

    def test_yaml_shows_its_difference_first(self, seat: Seat, server: ServerProcess) -> None:
        page = seat.open("/rules")
        page.get_by_role("button", name="Import YAML").click()
        yaml = (
            "rules:\n  - name: From a file\n    severity: info\n"
            "    condition: {tag_name: temperature, operator: lt, value: 1}\n"
        )
        page.get_by_label("Or paste it here").fill(yaml)
        page.get_by_role("button", name="Show what changes").click()
        expect(page.get_by_role("dialog").get_by_text("New (1)")).to_be_visible()
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.get_by_role("button", name="Edit From a file")).to_be_visible()


class TestBoards:
    def test_one_is_built_by_keys_undone_and_saved(self, seat: Seat, server: ServerProcess) -> None:
        page = seat.open("/dashboards")
        page.get_by_role("button", name="New dashboard").first.click()
        page.get_by_label("Name").fill("Mine")
        page.get_by_role("dialog").get_by_role("button", name="New dashboard").click()
        page.get_by_role("button", name="Edit").click()
        page.get_by_role("toolbar", name="Add a widget").get_by_role("button", name="Text").press(
            "Enter"
        )
        page.get_by_role("textbox", name="Text").fill("# Start-up\n- open **V1**")
        page.get_by_role("button", name="Apply").click()
        handle = page.get_by_role("button", name="Text: arrow keys move")
        handle.focus()
        for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
            handle.press(key)
        page.get_by_role("button", name="Undo").click()
        page.get_by_role("button", name="Save").click()
        page.get_by_role("button", name="Edit").wait_for()
        page.reload()
        expect(page.get_by_role("heading", name="Start-up")).to_be_visible()
        found = server.http.get("/v1/dashboards", params={"search": "Mine"}).json()["data"][0]
        widget = found["layout"]["widgets"][0]
        assert (widget["x"], widget["y"], found["version"]) == (1, 1, 2)

    def test_a_drag_pushes_what_is_in_the_way(self, seat: Seat, server: ServerProcess) -> None:
        places = [{"x": 0, "y": 0}, {"x": 0, "y": 4}]
        widgets = [
            {"id": f"t{i}", "type": "text", "title": f"T{i}", "options": {"text": "."}}
            | place
            | {"w": 6, "h": 4}
            for i, place in enumerate(places)
        ]
        post(server, "/v1/dashboards", {"id": "drag", "name": "D", "layout": {"widgets": widgets}})
        page = seat.open("/dashboards?id=drag")
        page.get_by_role("button", name="Edit").click()
        box = page.get_by_role("button", name="T0: arrow keys move").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 8, box["y"] + 8)
        page.mouse.down()
        page.mouse.move(box["x"] + 8, box["y"] + 8 + 84, steps=5)
        page.mouse.up()
        page.get_by_role("button", name="Save").click()
        page.get_by_role("button", name="Edit").wait_for()
        stored = server.http.get("/v1/dashboards/drag").json()["data"]["layout"]["widgets"]
        assert [(w["title"], w["y"]) for w in stored] == [("T0", 2), ("T1", 6)]

    def test_a_widget_is_dragged_out_of_the_palette(
        self, seat: Seat, server: ServerProcess
    ) -> None:
        post(server, "/v1/dashboards", {"id": "palette", "name": "Palette"})
        page = seat.open("/dashboards?id=palette")
        page.get_by_role("button", name="Edit").click()
        palette = page.get_by_role("toolbar", name="Add a widget")
        grid = page.locator(".te-grid").bounding_box()
        assert grid is not None
        cell = (grid["width"] + 8) / 24
        _drag_out(page, palette.get_by_role("button", name="Gauge"), grid, 12 * cell, 2 * 42)
        page.keyboard.press("Escape")
        page.mouse.up()
        expect(page.get_by_role("article")).to_have_count(0)
        _drag_out(page, palette.get_by_role("button", name="Text"), grid, 12 * cell, 2 * 42)
        page.mouse.up()
        page.get_by_role("textbox", name="Text").fill("Dropped here")
        page.get_by_role("button", name="Apply").click()
        page.get_by_role("button", name="Save").click()
        page.get_by_role("button", name="Edit").wait_for()
        (widget,) = server.http.get("/v1/dashboards/palette").json()["data"]["layout"]["widgets"]
        assert (widget["type"], widget["x"], widget["y"]) == ("text", 8, 2)

    def test_a_change_made_meanwhile_is_not_lost(self, seat: Seat, server: ServerProcess) -> None:
        body = {"id": "both", "name": "Shared", "layout": {"widgets": []}}
        post(server, "/v1/dashboards", body)
        page = seat.open("/dashboards?id=both")
        page.get_by_role("button", name="Edit").click()
        theirs = {"name": "Theirs", "layout": {"widgets": []}}
        assert server.http.put("/v1/dashboards/both", json=theirs).status_code == 200
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Somebody else has saved")).to_be_visible()
        page.get_by_role("button", name="Take theirs").click()
        expect(page.get_by_role("heading", name="Theirs")).to_be_visible()
        seat.noise.clear()  # the browser writes the refused request to the console

    def test_an_earlier_version_comes_back(self, seat: Seat, server: ServerProcess) -> None:
        post(server, "/v1/dashboards", {"id": "old", "name": "First"})
        assert server.http.put("/v1/dashboards/old", json={"name": "Second"}).status_code == 200
        page = seat.open("/dashboards?id=old")
        page.get_by_role("button", name="More for Second").click()
        page.get_by_role("menuitem", name="Versions").click()
        page.get_by_role("button", name="Restore").click()
        expect(page.get_by_role("heading", name="First")).to_be_visible()


class TestSources:
    def test_settings_saved_meanwhile_are_not_overwritten(
        self, seat: Seat, server: ServerProcess, source: str
    ) -> None:
        page = seat.open("/sources/shared")
        page.get_by_role("tab", name="Connection").click()
        page.get_by_label("Name").fill("Mine")
        theirs = {"name": "Theirs", "config": {"host": "127.0.0.1", "port": 10}, "enabled": False}
        assert server.http.put(source, json=theirs).status_code == 200
        expect(page.get_by_role("heading", name="Theirs")).to_be_visible()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Somebody else has saved this data source")).to_be_visible()
        expect(page.get_by_label("Name")).to_have_value("Mine")
        page.get_by_role("button", name="Take theirs").click()
        expect(page.get_by_label("Name")).to_have_value("Theirs")
        page.get_by_label("Name").fill("Both")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="Both")).to_be_visible()
        assert server.http.get(source).json()["data"]["config"]["port"] == 10
        seat.noise.clear()  # the browser writes the refused request to the console

    def test_a_tag_saved_meanwhile_is_not_overwritten(
        self, seat: Seat, server: ServerProcess, source: str
    ) -> None:
        page = seat.open("/sources/shared")
        page.get_by_role("button", name="Edit force").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Unit").fill("kN")
        theirs = {"address": "40003", "asset_id": "Press", "tag_name": "force", "unit": "N"}
        assert server.http.put(f"{source}/tags/tag-force", json=theirs).status_code == 200
        dialog.get_by_role("button", name="Save", exact=True).click()
        expect(dialog.get_by_text("Somebody else has saved this tag")).to_be_visible()
        dialog.get_by_role("button", name="Save mine over theirs").click()
        expect(dialog).to_have_count(0)
        tag = server.http.get(f"{source}/tags/tag-force").json()["data"]
        assert (tag["unit"], tag["address"]) == ("kN", "40001")
        seat.noise.clear()


class TestDemoPlant:
    def test_it_is_not_mixed_with_values_of_a_real_plant(
        self, seat: Seat, server: ServerProcess
    ) -> None:
        answer = server.http.post("/v1/system/demo", json={})
        assert answer.status_code == 409
        assert "would mix" in answer.json()["error"]["message"]
        state = {"state": "off", "step": "", "error": None, "is_ours": False}
        assert server.http.get("/v1/system/demo").json()["data"] == state
        page = seat.open("/")
        expect(page.locator("a.te-tile").first).to_be_visible()
        expect(page.get_by_role("button", name="Start the demo plant")).to_have_count(0)


class TestSettings:
    def test_a_channel_is_set_up_tested_and_logged(self, seat: Seat, inbox: Inbox) -> None:
        page = seat.open("/settings?tab=channels")
        page.get_by_role("button", name="Set up webhook").click()
        page.get_by_label("Url").fill(f"http://{inbox.host}/hook")
        page.get_by_role("dialog").get_by_role("button", name="Send a test").click()
        expect(page.get_by_role("dialog").get_by_text("✓")).to_be_visible()
        assert inbox.bodies[-1]["event"] == "test"
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
        page.get_by_role("button", name="Send a test by webhook").click()
        expect(page.get_by_text("✓")).to_be_visible()
        assert len(inbox.bodies) == 2

    def test_a_backup_is_taken_listed_and_removed(self, seat: Seat, server: ServerProcess) -> None:
        page = seat.open("/settings?tab=backups")
        expect(page.get_by_text("There is no backup yet.")).to_be_visible()
        page.get_by_label("Note").fill("before the upgrade")
        page.get_by_role("button", name="Take one now").click()
        row = page.get_by_role("row").filter(has_text="before the upgrade")
        expect(row).to_contain_text(re.compile(r"ready.*\d [kM]?B"), timeout=SLOW_MS)
        (backup,) = server.http.get("/v1/backups").json()["data"]
        expect(page.get_by_text(f"twinedge backup restore backups/{backup['id']}")).to_be_visible()
        row.get_by_role("button", name="Delete").click()
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        expect(row).to_have_count(0)
        assert server.http.get("/v1/backups").json()["data"] == []

    def test_the_log_says_who_changed_what_and_that_it_is_whole(
        self, seat: Seat, server: ServerProcess
    ) -> None:
        post(server, "/v1/dashboards", {"id": "logged", "name": "Logged"})
        page = seat.open("/settings?tab=audit")
        page.get_by_label("Id of the thing").fill("logged")
        row = page.get_by_role("row").filter(has_text="/v1/dashboards/logged")
        expect(row).to_contain_text("TWINEDGE_API_KEY")
        page.get_by_role("button", name="Check the chain").click()
        expect(page.get_by_text("The chain is whole")).to_be_visible()

    def test_a_key_is_shown_once_and_revoked(self, seat: Seat) -> None:
        page = seat.open("/settings")
        page.get_by_role("button", name="New key").click()
        page.get_by_label("Name").fill("Line 4")
        page.get_by_role("button", name="Create key").click()
        key = page.get_by_role("status").locator("code").inner_text()
        answer = seat.context.request.get(
            "/v1/telemetry/latest?asset_id=Pump_001", headers={"Authorization": f"Bearer {key}"}
        )
        assert answer.status == 200
        page.reload()
        expect(page.get_by_role("cell", name="Line 4", exact=True)).to_be_visible()
        expect(page.get_by_text(key)).to_have_count(0)
        page.get_by_role("button", name="Revoke Line 4").click()
        page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        expect(page.get_by_role("cell", name="Line 4", exact=True)).to_have_count(0)


class TestLostServer:
    def test_the_pages_say_so_come_back_and_fill_the_gap(
        self, browser: Browser, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """Two pages before one lost server: the alarms, and a trend with its newest value."""
        with ServerProcess(tmp_path_factory.mktemp("lost") / "data") as server:
            _measure(server, 11.5)
            seat = Seat(browser, server.url)
            page = seat.open("/alarms")
            expect(page.get_by_text("Nothing is wrong")).to_be_visible()
            asset = seat.context.new_page()
            asset.goto("/assets/Boiler")
            value = asset.get_by_role("row").filter(has_text="pressure").locator("td").nth(1)
            expect(value).to_have_text(re.compile(r"^11\.50\s*$"))
            trend = seat.context.new_page()
            trend.goto('/explorer?pens=["Boiler/pressure"]&span=3600')
            trend.get_by_role("button", name="Show as table").click()
            expect(trend.get_by_role("cell", name="11.50").first).to_be_visible()

            server.kill()
            expect(page.get_by_role("alert").filter(has_text="has not answered")).to_be_visible(
                timeout=SLOW_MS
            )
            expect(value).to_have_text(re.compile(r"^11\.50\s*\?$"), timeout=SLOW_MS)
            server.start()
            _measure(server, 22.5)
            missed = {"name": "Missed", "severity": "warning", "message": "While you were away"}
            post(server, "/v1/alerts", missed)
            expect(page.get_by_text("While you were away").first).to_be_visible(timeout=SLOW_MS)
            expect(page.get_by_text("has not answered")).to_have_count(0)
            expect(value).to_have_text(re.compile(r"^22\.50\s*$"), timeout=SLOW_MS)
            expect(trend.get_by_role("cell", name="22.50").first).to_be_visible(timeout=SLOW_MS)
            seat.context.close()

    def test_an_ended_session_asks_to_sign_in_and_stays_on_the_page(
        self, browser: Browser, server: ServerProcess
    ) -> None:
        seat = Seat(browser, server.url)
        page = seat.open("/rules")
        seat.context.clear_cookies()
        page.get_by_role("link", name="Alarms", exact=True).click()
        expect(page.get_by_text("Your session has ended")).to_be_visible()
        seat.context.close()


def _measure(server: ServerProcess, value: float) -> None:
    point = {"asset_id": "Boiler", "tag_name": "pressure", "value": value}
    post(server, "/v1/telemetry", {"data": [point]})


def _drag_out(page: Page, kind: Locator, grid: FloatRect, dx: float, dy: float) -> None:
    """Take a kind of widget out of the palette and hold it over a place of the grid."""
    box = kind.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(grid["x"] + dx + 4, grid["y"] + dy + 4, steps=6)


def test_the_hostile_name_is_as_long_as_names_may_be() -> None:
    assert 180 <= len(HOSTILE) <= 200
