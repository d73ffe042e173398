from collections.abc import AsyncIterator

import pytest

from tests.alerts.rig import Rig, rig_on
from tests.db.databases import database  # noqa: F401 - on SQLite, and in the slow run PostgreSQL too
from twinedge.db.database import Database


@pytest.fixture
async def rig(database: Database) -> AsyncIterator[Rig]:  # noqa: F811 - the fixture above
    async with rig_on(database) as rig:
        yield rig
