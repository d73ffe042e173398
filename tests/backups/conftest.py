"""The backups room with parts of the test's own."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from twinedge.backups.service import Backups
from twinedge.kit.clock import ManualClock


@dataclass
class TextPart:
    """Writes one file, once it may; or fails."""

    name: str
    text: str = "all of it"
    error: Exception | None = None
    may: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may.set()

    async def copy_to(self, folder: Path) -> None:
        (folder / self.name).mkdir()
        (folder / self.name / "content").write_text(self.text)
        await self.may.wait()
        if self.error is not None:
            raise self.error


@pytest.fixture
def parts() -> list[TextPart]:
    return [TextPart("telemetry"), TextPart("metadata", "rows")]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def backups(
    tmp_path: Path, parts: list[TextPart], clock: ManualClock
) -> AsyncIterator[Backups]:
    room = Backups(tmp_path / "backups", parts, clock, "1.2.3", keep=2)
    await room.start()
    yield room
    await room.stop()
