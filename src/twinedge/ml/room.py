"""The rooms of machine learning, wired to each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.ml.datasets import routes as datasets_routes
from twinedge.ml.datasets.ports import Labels
from twinedge.ml.datasets.service import Datasets
from twinedge.ml.models import history_routes
from twinedge.ml.models import routes as models_routes
from twinedge.ml.models.backfill_worker import BackfillWorker
from twinedge.ml.models.backfills import Backfills
from twinedge.ml.models.deployments import Deployments
from twinedge.ml.models.service import Models
from twinedge.ml.models.watching import Watching
from twinedge.ml.models.worker import ModelWorker
from twinedge.ml.training import routes as training_routes
from twinedge.ml.training.log import JobLogs
from twinedge.ml.training.model import Limits, Training
from twinedge.ml.training.service import Trainings
from twinedge.ml.training.worker import TrainingWorker
from twinedge.telemetry.service import Telemetry
from twinedge.web.routing import Router


@dataclass(frozen=True, slots=True)
class MlRoom:
    """What the application mounts, starts and stops."""

    datasets: Datasets
    trainings: Trainings
    models: Models
    deployments: Deployments
    training_worker: TrainingWorker
    model_worker: ModelWorker
    backfill_worker: BackfillWorker
    routers: tuple[Router, ...]


def build(
    db: Database, telemetry: Telemetry, register: Register, clock: Clock, directory: Path,
    limits: Limits | None = None, labels: Labels | None = None,
) -> MlRoom:  # fmt: skip
    """Everything below `directory`: datasets and models."""
    datasets = Datasets(db, telemetry, register, clock, directory / "datasets", labels)
    tables = _Tables(datasets)
    models = Models(db, clock, directory / "models")
    shelf = _Shelf(models, datasets)
    trainings = Trainings(db, tables, shelf, clock, JobLogs(directory / "logs"))
    deployments = Deployments(db, models, register, clock)
    datasets.ask_for_users(trainings.users_of)
    datasets.ask_for_users(models.users_of)
    watching = Watching(models, deployments, telemetry, register)
    backfills = Backfills(db, models, deployments, clock)
    return MlRoom(
        datasets,
        trainings,
        models,
        deployments,
        TrainingWorker(trainings, tables, shelf, limits or Limits(), directory / "scratch"),
        ModelWorker(deployments, watching, telemetry, clock),
        BackfillWorker(backfills, models, deployments, watching, telemetry, clock),
        (
            datasets_routes.router(datasets),
            training_routes.router(trainings),
            models_routes.router(models, deployments),
            history_routes.router(models, deployments, backfills),
        ),
    )


class _Tables:
    """The training's view of datasets."""

    def __init__(self, datasets: Datasets) -> None:
        self._datasets = datasets

    async def columns(self, dataset_id: str) -> tuple[int, Mapping[str, str]]:
        found = await self._datasets.ready(dataset_id)
        columns = {column.name: column.type for column in found.snapshot.columns}
        return found.version, columns

    async def file(self, dataset_id: str, version: int | None) -> tuple[Path, str]:
        snapshot = (await self._datasets.ready(dataset_id, version)).snapshot
        return self._datasets.file_of(snapshot), snapshot.sha256


class _Shelf:
    """The training's view of models."""

    def __init__(self, models: Models, datasets: Datasets) -> None:
        self._models = models
        self._datasets = datasets

    async def add(
        self, training: Training, directory: Path, metrics: Mapping[str, Any],
        card: Mapping[str, Any],
    ) -> str:  # fmt: skip
        return await self._models.add(
            training.name, training.dataset_id, training.id, directory, metrics, card,
            self._datasets.file_of_hash(card["dataset_sha256"]),
        )  # fmt: skip

    async def features_of(self, model_id: str) -> tuple[str, ...]:
        return (await self._models.get(model_id)).features

    def folder_of(self, model_id: str) -> Path:
        return self._models.folder_of(model_id)

    async def made_by(self, training_id: str) -> tuple[str, Mapping[str, Any]] | None:
        made = await self._models.made_by(training_id)
        return None if made is None else (made.id, made.metrics)
