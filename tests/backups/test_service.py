"""Backups are whole or not there, one at a time, and the loop keeps the newest."""

import asyncio
from errno import ENOSPC
from pathlib import Path

import pytest

from tests.backups.conftest import TextPart
from twinedge.backups.model import BackupStatus
from twinedge.backups.service import Backups
from twinedge.kit.clock import ManualClock
from twinedge.kit.errors import Conflict, NotFound, Unavailable


def on_disk(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "backups").iterdir())


class TestCreate:
    async def test_is_running_then_ready_with_its_parts(
        self, backups: Backups, parts: list[TextPart], tmp_path: Path
    ) -> None:
        parts[0].may.clear()
        begun = await backups.create("before the upgrade")
        assert begun.status is BackupStatus.RUNNING
        parts[0].may.set()
        await backups.wait()
        done = await backups.get(begun.id)
        assert (done.status, done.note, done.version) == (
            BackupStatus.READY,
            "before the upgrade",
            "1.2.3",
        )
        assert done.parts == ("telemetry", "metadata")
        assert done.size_bytes == len("all of it") + len("rows")
        assert on_disk(tmp_path) == [begun.id]

    async def test_one_at_a_time(self, backups: Backups, parts: list[TextPart]) -> None:
        parts[0].may.clear()
        await backups.create("")
        with pytest.raises(Conflict, match="being taken already"):
            await backups.create("")
        parts[0].may.set()
        await backups.wait()
        await backups.create("")
        await backups.wait()

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (OSError(ENOSPC, "No space left on device"), "the disk is full"),
            (Unavailable("The telemetry store is closed"), "The telemetry store is closed"),
        ],
    )
    async def test_a_part_that_fails_leaves_nothing_but_words(
        self,
        backups: Backups,
        parts: list[TextPart],
        tmp_path: Path,
        error: Exception,
        words: str,
    ) -> None:
        parts[1].error = error
        begun = await backups.create("")
        await backups.wait()
        failed = await backups.get(begun.id)
        assert (failed.status, failed.error) == (BackupStatus.FAILED, words)
        assert on_disk(tmp_path) == []
        await backups.delete(begun.id)
        with pytest.raises(NotFound):
            await backups.get(begun.id)

    async def test_stopping_breaks_it_off(
        self, backups: Backups, parts: list[TextPart], tmp_path: Path
    ) -> None:
        parts[1].may.clear()
        begun = await backups.create("")
        while not (tmp_path / "backups" / f".draft-{begun.id}" / "metadata").exists():
            await asyncio.sleep(0)
        await backups.stop()
        assert (await backups.get(begun.id)).error == "the server was stopped"
        assert on_disk(tmp_path) == []

    async def test_what_a_killed_process_left_is_thrown_away(
        self, tmp_path: Path, clock: ManualClock
    ) -> None:
        draft = tmp_path / "backups" / ".draft-backup-1"
        draft.mkdir(parents=True)
        (draft / "twinedge.db").write_text("half")
        room = Backups(tmp_path / "backups", [], clock, "1", keep=1)
        await room.start()
        assert await room.list() == []
        assert on_disk(tmp_path) == []


class TestList:
    async def test_newest_first_and_a_foreign_folder_is_none(
        self, backups: Backups, clock: ManualClock, tmp_path: Path
    ) -> None:
        ids = []
        for _ in range(3):
            ids.append((await backups.create("")).id)
            await backups.wait()
            clock.advance(1)
        (tmp_path / "backups" / "photos").mkdir()
        assert [backup.id for backup in await backups.list()] == ids[::-1]


class TestLoop:
    async def test_takes_one_when_the_newest_is_old_and_keeps_two(
        self, backups: Backups, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        slept: list[float] = []

        async def sleep(seconds: float) -> None:
            slept.append(seconds)
            clock.advance(seconds)
            if len(slept) == 4:
                raise asyncio.CancelledError

        monkeypatch.setattr("twinedge.backups.service.asyncio.sleep", sleep)
        first = await backups.create("by hand")
        await backups.wait()
        clock.advance(3600)
        with pytest.raises(asyncio.CancelledError):
            await backups.take_regularly(24)
        assert slept == [23 * 3600.0, 24 * 3600.0, 24 * 3600.0, 24 * 3600.0]
        kept = await backups.list()
        assert len(kept) == 2
        assert first.id not in {backup.id for backup in kept}
