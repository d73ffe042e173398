"""The docs hold: links lead somewhere, indexes are complete, commands and settings exist."""

import re
import runpy
from pathlib import Path

import pytest
from typer.main import get_command

from twinedge.cli.main import app
from twinedge.config import Settings

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")
COMMAND = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?twinedge ([a-z-]+)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
class TestPage:
    def test_links_lead_to_files(self, page: Path) -> None:
        broken = [
            target
            for target in LINK.findall(page.read_text())
            if not (page.parent / target).exists()
        ]
        assert not broken

    def test_commands_exist(self, page: Path) -> None:
        known = set(get_command(app).commands) | {"demo"}  # type: ignore[attr-defined]
        assert set(COMMAND.findall(page.read_text())) <= known


@pytest.mark.parametrize("folder", ["guide", "reference", "decisions"])
def test_the_index_lists_every_page(folder: str) -> None:
    index = runpy.run_path(str(ROOT / "scripts" / "docs_index.py"))["index"]
    assert (ROOT / "docs" / folder / "README.md").read_text() == index(folder)


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == [
        "limits",
        "store",
        "training",
        "smtp",
        "backup",
    ]


def test_the_list_of_algorithms_is_that_of_the_registry() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "ml_algorithms.py"))
    written = (ROOT / "docs" / "reference" / "ml.md").read_text()
    assert written == script["page"](written)
