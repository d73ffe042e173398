from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.alerts.rig import Rig, rig_at


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with rig_at(tmp_path) as rig:
        yield rig
