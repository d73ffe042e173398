"""A running plant for the tests of datasets and models."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.ml.rig import Plant, running


@pytest.fixture
async def plant(tmp_path: Path) -> AsyncIterator[Plant]:
    async with running(tmp_path) as plant:
        yield plant
