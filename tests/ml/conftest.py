"""A running plant for the tests of datasets and models."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.db.databases import database  # noqa: F401 - on SQLite, and in the slow run PostgreSQL too
from tests.ml.rig import Plant, running
from twinedge.db.database import Database


@pytest.fixture
async def plant(tmp_path: Path, database: Database) -> AsyncIterator[Plant]:  # noqa: F811
    async with running(tmp_path, db=database) as plant:
        yield plant
