"""/ml/training and /ml/algorithms."""

from typing import Annotated, Any

from fastapi import Depends, Response
from pydantic import Field

from twinedge.kit.ids import ID_PATTERN
from twinedge.ml.algorithms import registry
from twinedge.ml.training.model import JobStatus, Training
from twinedge.ml.training.service import Trainings, Wish
from twinedge.web.envelope import Body, Item, Many, Moment, One, Paging
from twinedge.web.routing import Router

Name = Annotated[str, Field(min_length=1, max_length=200)]


class TrainingBody(Body):
    """A training to start."""

    id: Annotated[str | None, Field(pattern=ID_PATTERN)] = None
    name: Name
    dataset_id: Name
    algorithm: Annotated[str, Field(description="One of GET /v1/ml/algorithms")]
    hyperparameters: dict[str, Any] = Field(default_factory=dict)
    features: Annotated[list[Name] | None, Field(min_length=1, max_length=2000)] = None
    target: Annotated[Name | None, Field(description="Column to predict, or labels")] = None
    group: Annotated[Name | None, Field(description="Column with the unit's id")] = None
    validation_fraction: Annotated[
        float | None, Field(ge=0, le=0.9, description="Share of the last rows kept for judging")
    ] = None

    def wish(self) -> Wish:
        return Wish(
            self.id, self.name, self.dataset_id, self.algorithm, self.hyperparameters,
            None if self.features is None else tuple(self.features),
            self.target, self.group, self.validation_fraction,
        )  # fmt: skip


class TrainingItem(Item):
    """A training job."""

    id: str
    name: str
    dataset_id: str
    algorithm: str
    hyperparameters: dict[str, Any]
    features: list[str] | None
    target: str | None
    group: str | None
    validation_fraction: float
    status: JobStatus
    progress: float
    message: str
    metrics: dict[str, Any] | None
    model_id: str | None
    error: str | None
    created_at: Moment
    started_at: Moment | None
    finished_at: Moment | None


class HyperparameterItem(Item):
    """One knob of an algorithm."""

    name: str
    type: str
    default: float | int | bool
    minimum: float | None
    maximum: float | None
    description: str


class AlgorithmItem(Item):
    """An algorithm."""

    id: str
    title: str
    task: str
    description: str
    recommended: bool
    hyperparameters: list[HyperparameterItem]


def router(trainings: Trainings) -> Router:
    """The room's routes."""
    router = Router("/ml", tag="ML training", resource="ml")

    @router.get("/algorithms")
    async def list_algorithms(paging: Annotated[Paging, Depends()]) -> Many[AlgorithmItem]:
        """Every algorithm with its hyperparameters."""
        found = list(registry.ALGORITHMS.values())
        page = found[paging.offset : paging.offset + paging.per_page]
        items = [AlgorithmItem.model_validate(algorithm) for algorithm in page]
        return Many[AlgorithmItem].model_validate(paging.of(items, len(found)))

    @router.get("/training")
    async def list_trainings(
        paging: Annotated[Paging, Depends()],
        status: JobStatus | None = None,
        dataset_id: str | None = None,
    ) -> Many[TrainingItem]:
        """Training jobs, newest first."""
        found, total = await trainings.list(status, dataset_id, paging.offset, paging.per_page)
        return Many[TrainingItem].model_validate(paging.of([_item(t) for t in found], total))

    @router.post("/training", status_code=202)
    async def start_training(body: TrainingBody, response: Response) -> One[TrainingItem]:
        """Queue a training job."""
        made = await trainings.start(body.wish())
        response.headers["Location"] = f"/v1/ml/training/{made.id}"
        return One(data=_item(made))

    @router.get("/training/{id}")
    async def get_training(id: str) -> One[TrainingItem]:
        """One training job."""
        return One(data=_item(await trainings.get(id)))

    @router.delete("/training/{id}")
    async def cancel_training(id: str) -> One[TrainingItem]:
        """Cancel a job that has not finished."""
        return One(data=_item(await trainings.cancel(id)))

    return router


def _item(training: Training) -> TrainingItem:
    order = training.order
    return TrainingItem(
        id=training.id,
        name=training.name,
        dataset_id=training.dataset_id,
        algorithm=order.algorithm,
        hyperparameters=dict(order.hyperparameters),
        features=None if order.features is None else list(order.features),
        target=order.target,
        group=order.group,
        validation_fraction=order.validation_fraction,
        status=training.status,
        progress=training.progress,
        message=training.message,
        metrics=None if training.metrics is None else dict(training.metrics),
        model_id=training.model_id,
        error=training.error,
        created_at=training.created_us,
        started_at=training.started_us,
        finished_at=training.finished_us,
    )
