"""The rooms of machine learning on real engines, without a server."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from tests.db.databases import new_sqlite
from tests.people import OneKey
from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import US, SystemClock
from twinedge.ml.algorithms import files, registry
from twinedge.ml.algorithms.fitting import fit
from twinedge.ml.algorithms.model import Floats, Setting, Table
from twinedge.ml.datasets.ports import Labels
from twinedge.ml.models.model import Prediction
from twinedge.ml.room import MlRoom, build
from twinedge.storage.duckdb.store import DuckdbStore
from twinedge.telemetry.model import Quality, Range, Scan, batch_of
from twinedge.telemetry.service import Telemetry
from twinedge.telemetry.stream import Stream
from twinedge.web.app import create_app

HEADERS = {"Authorization": "Bearer YOUR_API_KEY"}
NAMES = ("flow", "pressure")
_PLACE = tempfile.TemporaryDirectory(prefix="twinedge-models-")


@cache
def _fitted_in(
    algorithm: str, names: tuple[str, ...], x: bytes, params: tuple[tuple[str, Setting], ...]
) -> Path:
    """Where a model of these rows is; fitted once for all tests."""
    rows = np.frombuffer(x).reshape(-1, len(names))
    place = Path(_PLACE.name) / str(len(list(Path(_PLACE.name).iterdir())))
    files.save(fit(algorithm, Table(names, rows, step_us=US), None, dict(params)), place)
    return place


@dataclass
class Plant:
    """Everything running; rooms are started by `running`."""

    http: httpx.AsyncClient
    db: Database
    telemetry: Telemetry
    register: Register
    store: DuckdbStore
    ml: MlRoom
    directory: Path
    told: list[Prediction] = field(default_factory=list)

    async def model(
        self, x: Floats, algorithm: str = "isolation_forest", name: str = "Guard",
        names: Sequence[str] = NAMES, **params: Any,
    ) -> str:  # fmt: skip
        """A model of these rows, made without a training."""
        filled = registry.complete(registry.find(algorithm), params)
        directory = self.directory / f"fitted-{np.random.default_rng().integers(2**60)}"
        made = _fitted_in(algorithm, tuple(names), x.tobytes(), tuple(filled.items()))
        shutil.copytree(made, directory)
        rows = self.directory / "rows.parquet"
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.table(dict(zip(names, x.T, strict=True))), rows)
        card = {"hyperparameters": filled, "dataset_sha256": "x"}
        return await self.ml.models.add(name, "d", "t", directory, {}, card, rows)

    async def send(
        self, rows: Floats, start_us: int, asset_id: str = "pump", names: Sequence[str] = NAMES
    ) -> None:
        """One row a second, all tags at once."""
        tags = await self.register.ensure([NewTag(asset_id, n, Kind.NUMBER) for n in names])
        series = [tag.series for _row in rows for tag in tags]
        ts = [start_us + i * US for i in range(len(rows)) for _tag in tags]
        good = [int(Quality.GOOD)] * len(ts)
        now = SystemClock().now_us()
        await self.telemetry.ingest(batch_of(series, ts, rows.ravel().tolist(), good, now))

    async def scores(
        self, tag_name: str = "Guard.score", asset_id: str = "pump"
    ) -> dict[int, float]:
        """Stored values by time."""
        tag = self.register.find(asset_id, tag_name)
        if tag is None:
            return {}
        question = Scan(np.array([tag.series], np.uint32), Range(), limit=100_000)
        found = await self.telemetry.scan(question)
        return dict(zip(found.ts.tolist(), found.value.tolist(), strict=True))


async def until(condition: Callable[[], Any], timeout_s: float = 60) -> Any:
    """Wait until the condition, which may be awaitable, holds; answers what it gave."""
    async with asyncio.timeout(timeout_s):
        while True:
            held = condition()
            if asyncio.iscoroutine(held):
                held = await held
            if held:
                return held
            await asyncio.sleep(0.01)


def normal(rows: int = 500, seed: int = 7) -> Floats:
    """Rows of a healthy pump."""
    return np.random.default_rng(seed).normal([10.0, 4.0], [0.3, 0.1], (rows, 2))


STRANGE = np.array([[14.0, 2.0]])


@asynccontextmanager
async def running(
    directory: Path, labels: Labels | None = None, db: Database | None = None
) -> AsyncIterator[Plant]:
    """A plant on the data in `directory`; scorer, backfills and trainings work.

    db: the caller's own, which stays open; else the one in the directory, made if need be.
    """
    owned = None
    if db is None:
        is_old = (directory / "twinedge.db").exists()
        where = f"sqlite:///{directory}/twinedge.db"
        db = owned = Database(where) if is_old else new_sqlite(directory)
    clock = SystemClock()
    register = Register(db, clock)
    await register.load()
    store = DuckdbStore(directory / "telemetry.duckdb")
    await store.open()
    telemetry = Telemetry(store, register, Stream(), clock)
    await telemetry.start()
    ml = build(db, telemetry, register, clock, directory / "ml", labels=labels)
    app = create_app(routers=list(ml.routers), authenticator=OneKey(), version="0")
    workers = (ml.model_worker, ml.backfill_worker, ml.training_worker)
    for worker in workers:
        await worker.start()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://test/v1", headers=HEADERS
    ) as http:
        plant = Plant(http, db, telemetry, register, store, ml, directory)
        ml.model_worker.tell = plant.told.append
        try:
            yield plant
        finally:
            for worker in reversed(workers):
                await worker.stop()
            await telemetry.stop()
            await store.close()
            if owned is not None:
                owned.close()
