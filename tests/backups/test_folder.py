"""A backup is checked whole before any of it is put back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from twinedge.backups.folder import MANIFEST, read, restore
from twinedge.backups.model import BackupUnusable
from twinedge.backups.service import Backups


@pytest.fixture
async def folder(backups: Backups, tmp_path: Path) -> Path:
    begun = await backups.create("")
    await backups.wait()
    return tmp_path / "backups" / begun.id


def rewrite(folder: Path, change: Callable[[dict[str, object]], None]) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    change(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest))


class TestRestore:
    async def test_gives_the_files_back_without_the_manifest(
        self, folder: Path, tmp_path: Path
    ) -> None:
        restore(folder, tmp_path / "new" / "data")
        restored = tmp_path / "new" / "data"
        assert (restored / "metadata" / "content").read_text() == "rows"
        assert sorted(path.name for path in restored.iterdir()) == ["metadata", "telemetry"]
        assert restored.stat().st_mode & 0o077 == 0

    async def test_a_directory_in_use_is_left_alone(self, folder: Path, tmp_path: Path) -> None:
        busy = tmp_path / "data"
        busy.mkdir()
        (busy / "twinedge.db").write_text("mine")
        with pytest.raises(BackupUnusable, match="not empty"):
            restore(folder, busy)
        assert (busy / "twinedge.db").read_text() == "mine"

    @pytest.mark.parametrize(
        ("harm", "words"),
        [
            (lambda f: (f / "metadata/content").write_text("rowz"), "was changed"),
            (lambda f: (f / "metadata/content").write_text("row"), "has 3 bytes, 4 were written"),
            (lambda f: (f / "metadata/content").unlink(), "is missing"),
            (lambda f: (f / MANIFEST).unlink(), "is no backup"),
            (lambda f: (f / MANIFEST).write_text("{"), "cannot be read"),
            (lambda f: (f / MANIFEST).write_text("[]"), "not of a form"),
            (lambda f: rewrite(f, lambda m: m.pop("files")), "damaged"),
            (lambda f: rewrite(f, lambda m: m.update(created_at="soon")), "damaged"),
            (
                lambda f: rewrite(f, lambda m: m.update(files={"../x": {"bytes": 1}})),
                "leads out of the backup",
            ),
        ],
    )
    async def test_a_damaged_one_is_refused_and_nothing_is_written(
        self, folder: Path, tmp_path: Path, harm: Callable[[Path], object], words: str
    ) -> None:
        harm(folder)
        with pytest.raises(BackupUnusable, match=words):
            restore(folder, tmp_path / "new")
        assert not (tmp_path / "new").exists()

    def test_any_other_folder_is_no_backup(self, tmp_path: Path) -> None:
        with pytest.raises(BackupUnusable, match="is no backup"):
            read(tmp_path)
