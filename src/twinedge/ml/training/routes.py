"""/ml/training and /ml/algorithms."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Depends, Response
from pydantic import Field, model_validator

from twinedge.kit.ids import ID_PATTERN
from twinedge.ml.algorithms import registry
from twinedge.ml.algorithms.model import Algorithm, Budget
from twinedge.ml.algorithms.preprocessing import as_written, default_plan
from twinedge.ml.jobs import JobStatus
from twinedge.ml.training.model import Training
from twinedge.ml.training.ordering import Wish
from twinedge.ml.training.service import Trainings
from twinedge.web.envelope import Body, Item, Many, Moment, One, Paging
from twinedge.web.routing import Router

Name = Annotated[str, Field(min_length=1, max_length=200)]


class AlarmBudget(Body):
    """False alarms a person accepts: one of the two."""

    per_week: Annotated[float | None, Field(ge=0, le=1e6)] = None
    rate: Annotated[float | None, Field(ge=0, le=1, description="Share of normal rows")] = None

    @model_validator(mode="after")
    def _one(self) -> "AlarmBudget":
        if (self.per_week is None) == (self.rate is None):
            raise ValueError("give exactly one of per_week and rate")
        return self


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

    preprocessing: Annotated[
        dict[str, Any] | None,
        Field(
            description='{"rolling": {"window": rows, "statistics": [value, mean, std, min, max, '
            'drift]} | null, "lags": [rows back], "scaling": auto|none|standard|robust, '
            '"interactions": bool}; what is left out stays as the algorithm has it'
        ),
    ] = None
    seed: Annotated[int | None, Field(ge=0, lt=2**31)] = None
    alarm_budget: Annotated[
        AlarmBudget | None, Field(description="False alarms accepted: it sets the threshold")
    ] = None

    base_model_id: Annotated[
        Name | None,
        Field(
            description="Train anew as this model was: what is left out comes from its recipe, "
            "features included. Give its name to make the next version"
        ),
    ] = None
    warm_start: Annotated[
        bool,
        Field(
            description="Go on from what the base model knows, with an algorithm that can: forests "
            "keep their trees and get as many new ones, networks keep their weights"
        ),
    ] = False

    def wish(self) -> Wish:
        return Wish(
            self.id, self.name, self.dataset_id, self.algorithm, self.hyperparameters,
            None if self.features is None else tuple(self.features),
            self.target, self.group, self.validation_fraction, self.preprocessing, self.seed,
            None if self.alarm_budget is None
            else Budget(self.alarm_budget.per_week, self.alarm_budget.rate),
            self.base_model_id, self.warm_start,
        )  # fmt: skip


class TrainingItem(Item):
    """A training job."""

    id: str
    name: str
    dataset_id: str
    dataset_version: Annotated[int | None, Field(description="The content it learns from")]
    algorithm: str
    hyperparameters: dict[str, Any]
    features: list[str] | None
    target: str | None
    group: str | None
    validation_fraction: float
    preprocessing: dict[str, Any]
    seed: int
    alarm_budget: dict[str, float] | None
    base_model_id: str | None
    warm_start: bool
    status: JobStatus
    progress: float
    message: str
    metrics: dict[str, Any] | None
    model_id: str | None
    error: str | None
    warnings: list[str]
    created_at: Moment
    started_at: Moment | None
    finished_at: Moment | None
    restarts: Annotated[int, Field(description="Times it began again after a stop of the server")]


class LogLineItem(Item):
    """One line of a job's log."""

    timestamp: Moment
    level: str
    message: str


class LogItem(Item):
    """The log of a job, oldest line first."""

    lines: list[LogLineItem]


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
    warm_start: Annotated[bool, Field(description="Whether it may go on from a model of its own")]
    preprocessing: dict[str, Any]
    hyperparameters: list[HyperparameterItem]


def router(trainings: Trainings) -> Router:
    """The room's routes."""
    router = Router("/ml", tag="ML training", resource="ml")

    @router.get("/algorithms")
    async def list_algorithms(paging: Annotated[Paging, Depends()]) -> Many[AlgorithmItem]:
        """Every algorithm with its hyperparameters."""
        found = list(registry.ALGORITHMS.values())
        page = found[paging.offset : paging.offset + paging.per_page]
        items = [_algorithm(algorithm) for algorithm in page]
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

    @router.get("/training/{id}/log")
    async def get_training_log(id: str) -> One[LogItem]:
        """What a job did, line by line."""
        lines = [
            LogLineItem(timestamp=line.timestamp_us, level=line.level, message=line.message)
            for line in await trainings.log_of(id)
        ]
        return One(data=LogItem(lines=lines))

    return router


def _algorithm(algorithm: Algorithm) -> AlgorithmItem:
    usual = {h.name: h.default for h in algorithm.hyperparameters}
    return AlgorithmItem(
        id=algorithm.id,
        title=algorithm.title,
        task=algorithm.task,
        description=algorithm.description,
        recommended=algorithm.recommended,
        warm_start=algorithm.goes_on,
        preprocessing=as_written(default_plan(algorithm, usual)),
        hyperparameters=[HyperparameterItem.model_validate(h) for h in algorithm.hyperparameters],
    )


def _budget(budget: Budget | None) -> dict[str, float] | None:
    if budget is None:
        return None
    return {name: value for name, value in asdict(budget).items() if value is not None}


def _item(training: Training) -> TrainingItem:
    order = training.order
    return TrainingItem(
        id=training.id,
        name=training.name,
        dataset_id=training.dataset_id,
        dataset_version=order.dataset_version,
        algorithm=order.algorithm,
        hyperparameters=dict(order.hyperparameters),
        features=None if order.features is None else list(order.features),
        target=order.target,
        group=order.group,
        validation_fraction=order.validation_fraction,
        preprocessing=as_written(order.plan),
        seed=order.seed,
        alarm_budget=_budget(order.budget),
        base_model_id=order.base_model_id,
        warm_start=order.goes_on,
        status=training.status,
        progress=training.progress,
        message=training.message,
        metrics=None if training.metrics is None else dict(training.metrics),
        model_id=training.model_id,
        error=training.error,
        warnings=list(training.warnings),
        created_at=training.created_us,
        started_at=training.started_us,
        finished_at=training.finished_us,
        restarts=training.restarts,
    )
