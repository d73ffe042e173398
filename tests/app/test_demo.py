"""The plant that the page starts: what is refused, and what is said when it cannot begin."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from twinedge.access.service import Access
from twinedge.app.demo import DemoPlant, DemoState
from twinedge.kit.clock import SystemClock
from twinedge.kit.errors import Conflict, Unavailable


class NoKeys:
    """A database that takes no key."""

    async def create(self, *_: Any) -> None:
        raise Unavailable("the disk is full")

    async def delete(self, _id: str) -> None: ...


class Keys(NoKeys):
    async def create(self, *_: Any) -> Any:
        return SimpleNamespace(id="k"), "token"


def demo(path: Path, keys: NoKeys, is_empty: bool = True) -> DemoPlant:
    return DemoPlant(cast(Access, keys), path, SystemClock(), lambda: is_empty)


async def ended(plant: DemoPlant) -> str:
    """The words of a failure."""
    async with asyncio.timeout(60):
        while plant.status().state is DemoState.STARTING:
            await asyncio.sleep(0.01)
    assert plant.status().state is DemoState.FAILED
    return plant.status().error or ""


class TestDemoPlant:
    async def test_beside_real_values_it_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(Conflict, match="would mix"):
            demo(tmp_path, Keys(), is_empty=False).start("http://127.0.0.1:1", 1)

    async def test_without_a_key_it_fails_in_words_and_may_be_tried_again(
        self, tmp_path: Path
    ) -> None:
        plant = demo(tmp_path, NoKeys())
        plant.start("http://127.0.0.1:1", 1)
        assert await ended(plant) == "the disk is full"
        assert plant.start("http://127.0.0.1:1", 1).state is DemoState.STARTING
        assert await ended(plant) == "the disk is full"

    async def test_a_process_that_cannot_start_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.executable", str(tmp_path / "nothing"))
        plant = demo(tmp_path, Keys())
        plant.start("http://127.0.0.1:1", 1)
        assert "nothing" in await ended(plant)

    async def test_a_server_nobody_reaches_is_told(self, tmp_path: Path) -> None:
        plant = demo(tmp_path, Keys())
        plant.start("http://127.0.0.1:1", 1)
        assert await ended(plant)
        await plant.stop()
        assert plant.status().state is DemoState.OFF
