"""Machine learning in the browser: from a file to a score on the live machine."""

import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import Visit

pytestmark = pytest.mark.browser

SLOW_MS = 60_000
FEATURES = ("flow", "vibration_rms", "temperature")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows like those of the demo's pumps, every twentieth of them far off and labelled."""
    dice = random.Random(7)
    rows = [",".join((*FEATURES, "label"))]
    for number in range(300):
        far = number % 20 == 19
        rows.append(
            f"{dice.gauss(58, 4):.3f},{dice.gauss(9 if far else 2.3, 0.2):.3f},"
            f"{dice.gauss(62, 2):.3f},{int(far)}"
        )
    path = tmp_path_factory.mktemp("files") / "pump history.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def test_a_file_becomes_a_model_that_scores_the_live_machine(visit: Visit, table: Path) -> None:
    page = visit.open("/models/new-dataset")
    page.get_by_role("tab", name="From a file").click()
    page.locator('input[type="file"]').set_input_files(table)
    expect(page.get_by_role("heading", name="pump history")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Histogram of vibration_rms"))).to_be_visible()
    expect(page.get_by_text("300", exact=True).first).to_be_visible()

    page.get_by_role("link", name="Train a model").click()
    page.get_by_label("Name of the model").fill("Browser")
    page.get_by_role("radio", name="Isolation forest").click()
    page.get_by_role("combobox", name="Target").click()
    page.get_by_role("option", name="label").click()
    page.get_by_role("button", name="Start training").click()

    expect(page.get_by_text(re.compile("of the abnormal rows"))).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("img", name="ROC")).to_be_visible()
    _move_the_threshold(page)

    page.get_by_role("tab", name="Try it").click()
    for name, value in zip(FEATURES, ("20", "12", "95"), strict=True):
        page.get_by_label(name).fill(value)
    page.get_by_role("button", name="Score it").click()
    expect(page.get_by_text("Abnormal", exact=True)).to_be_visible()

    page.get_by_role("tab", name="Deployment").click()
    page.get_by_role("button", name="Deploy", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Assets").click()
    page.get_by_role("option", name="Raw water pump A", exact=True).click()
    dialog.get_by_role("button", name="Deploy").click()
    expect(page.get_by_text("Scoring", exact=True)).to_be_visible(timeout=SLOW_MS)

    page.goto(f"{visit.url}/assets/Pump_001")
    row = page.get_by_role("row").filter(has_text="Browser.score")
    expect(row).to_contain_text(re.compile(r"0\.\d+"), timeout=SLOW_MS)
    expect(page.get_by_role("link", name="Browser", exact=True)).to_be_visible()
    assert visit.complaints == []


def _move_the_threshold(page: Page) -> None:
    """The figures follow the slider, and the new threshold is kept."""
    page.get_by_role("slider", name="Threshold").press("End")
    recall = page.get_by_text("Recall", exact=True).last.locator("..")
    expect(recall).to_contain_text("0 %")
    page.get_by_role("button", name="Back to the saved one").click()
    expect(recall).not_to_contain_text(re.compile("^Recall0 %"))
    page.get_by_role("slider", name="Threshold").press("ArrowLeft")
    page.get_by_role("button", name="Save this threshold").click()
    expect(page.get_by_text("Threshold saved")).to_be_visible()


def test_a_bad_file_is_refused_in_plain_words(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "program.csv"
    path.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(500))
    page = visit.open("/models/new-dataset")
    page.get_by_role("tab", name="From a file").click()
    page.locator('input[type="file"]').set_input_files(path)
    expect(page.get_by_role("alert")).to_be_visible()
    visit.complaints.clear()  # the browser logs the 400


def test_rows_are_built_from_what_the_plant_recorded(visit: Visit) -> None:
    page = visit.open("/models/new-dataset")
    page.get_by_role("combobox", name="Assets").click()
    page.get_by_role("option", name="Raw water pump A", exact=True).click()
    page.get_by_label("Name of the dataset").fill("Recorded")
    page.get_by_role("button", name="Build the dataset").click()
    expect(page.get_by_role("heading", name="Recorded")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Histogram of flow"))).to_be_visible()
