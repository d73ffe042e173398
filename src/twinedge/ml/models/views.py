"""Models as requests and answers show them."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from twinedge.ml.jobs import JobStatus
from twinedge.ml.models.deployments import Target
from twinedge.ml.models.drift import DriftReport, status_of
from twinedge.ml.models.model import (
    Backfill,
    Change,
    Comparison,
    Missing,
    Mode,
    Model,
    ModelStatus,
    Prediction,
)
from twinedge.ml.models.standing import ModelStanding, ScoringState
from twinedge.web.envelope import Body, Item, Moment, MomentIn

Name = Annotated[str, Field(min_length=1, max_length=200)]
Features = dict[str, Any]


class TestBody(Body):
    """Features of one row, or of rows in time order."""

    features: Features | Annotated[list[Features], Field(min_length=1, max_length=10_000)]


class ChangeBody(Body):
    """What to change; a field left out keeps its value."""

    name: Annotated[Name | None, Field(description="It becomes that name's next version")] = None
    description: Annotated[str | None, Field(max_length=4000)] = None
    threshold: Annotated[
        float | None, Field(description="Of the raw score; the score is 0.5 there from now on")
    ] = None

    def change(self, by: str) -> Change:
        return Change(self.name, self.description, self.threshold, by)


class Place(Body):
    """A tag of an asset."""

    asset_id: Name
    tag_name: Name


class DeployBody(Body):
    """Where to deploy; without anything: every asset that has all feature tags."""

    asset_id: Name | None = None
    bindings: dict[str, Place] | None = None
    output_tag: Name | None = None
    mode: Annotated[Mode, Field(strict=False)] = Mode.LIVE
    max_age_seconds: Annotated[
        float, Field(gt=0, le=86_400, description="Older values of a tag count as missing")
    ] = 60.0
    missing: Annotated[
        Missing,
        Field(
            strict=False,
            description="A row with a missing value is not scored (skip), takes the last value "
            "however old (hold), or the feature's middle at training (mean)",
        ),
    ] = Missing.SKIP

    def target(self) -> Target:
        bound = None
        if self.bindings is not None:
            bound = {name: (p.asset_id, p.tag_name) for name, p in self.bindings.items()}
        return Target(
            self.asset_id, bound, self.output_tag, self.mode, self.max_age_seconds, self.missing
        )


class PlaceItem(Item):
    """A tag of an asset."""

    asset_id: str
    tag_name: str


class WarmUpItem(Item):
    """Rows that the windows of the asset farthest behind hold, and need."""

    rows_seen: int
    rows_needed: int


class ScoringErrorItem(Item):
    """What does not work; asset null: the model as a whole."""

    asset_id: str | None
    message: str
    at: Moment


class DeploymentItem(Item):
    """Where a model watches, and how it is doing. Counters begin with the deployment."""

    mode: Mode
    output_tag: str
    bindings: Annotated[
        dict[str, PlaceItem] | None, Field(description="Null: tags named like the features")
    ]
    assets: Annotated[list[str], Field(description="Assets it watches now")]
    max_age_seconds: float
    missing: Missing
    state: ScoringState
    warm_up: WarmUpItem
    since: Moment
    last_scored_at: Moment | None
    rows_scored: int
    errors: list[ScoringErrorItem]


class BackfillBody(Body):
    """History to score."""

    start: MomentIn
    end: Annotated[MomentIn, Field(description="Exclusive")]
    asset_ids: Annotated[
        list[Name], Field(max_length=1000, description="Empty: every asset the model would watch")
    ] = Field(default_factory=list)
    output_tag: Annotated[
        Name | None,
        Field(
            description="The deployment's tag, or <name>.score; <name>.v<version>.score while "
            "another version writes there"
        ),
    ] = None

    @model_validator(mode="after")
    def _in_order(self) -> "BackfillBody":
        if self.end <= self.start:
            raise ValueError("start must be before end")
        return self


class BackfillItem(Item):
    """One job that scores history."""

    id: str
    model_id: str
    start: Moment
    end: Moment
    asset_ids: list[str]
    output_tag: str
    status: JobStatus
    progress: float
    message: str
    rows_scored: int
    error: str | None
    created_at: Moment
    started_at: Moment | None
    finished_at: Moment | None


def backfill_item(job: Backfill) -> BackfillItem:
    """A backfill as answers show it."""
    return BackfillItem(
        id=job.id,
        model_id=job.model_id,
        start=job.order.start_us,
        end=job.order.end_us,
        asset_ids=list(job.order.asset_ids),
        output_tag=job.order.output_tag,
        status=job.status,
        progress=job.progress,
        message=job.message,
        rows_scored=job.rows_scored,
        error=job.error,
        created_at=job.created_us,
        started_at=job.started_us,
        finished_at=job.finished_us,
    )


class ModelItem(Item):
    """A model."""

    id: str
    name: str
    version: int
    description: str
    algorithm: str
    task: str
    features: list[str]
    target: str | None
    threshold: float | None
    metrics: dict[str, Any]
    card: dict[str, Any]
    status: ModelStatus
    aliases: list[str]
    deployment: DeploymentItem | None
    dataset_id: str
    training_id: str
    created_at: Moment


class CurvesItem(Item):
    """What the training drew, for plots; null where it does not apply. At most 2000 points each."""

    roc: dict[str, Any] | None
    pr: dict[str, Any] | None
    scores: dict[str, Any] | None
    residuals: dict[str, Any] | None
    importance: dict[str, float] | None
    events: list[dict[str, Any]] | None


class ComparisonItem(Item):
    """Models side by side; each list has one entry a model, null where it has none."""

    models: list[ModelItem]
    metrics: dict[str, list[Any]]
    hyperparameters: dict[str, list[Any]]
    same_dataset: bool


class AnswerItem(Item):
    """One tested row."""

    prediction: Any
    score: float | None
    raw_score: float | None
    raw_threshold: float | None
    is_anomaly: bool
    contributions: dict[str, float]
    probabilities: dict[str, float] | None
    latency_ms: float


class FeatureDriftItem(Item):
    """How far a feature has moved: under 0.1 stable, from 0.25 on drifted."""

    psi: float
    status: str


class DriftItem(Item):
    """How far live features have moved from those of the training; since null: too few rows."""

    features: dict[str, FeatureDriftItem]
    since: Moment | None
    rows: int


class PredictionItem(Item):
    """One scored row on the live socket."""

    model_id: str
    model_name: str
    asset_id: str
    score: float
    is_anomaly: bool
    top: str | None
    mode: Mode
    timestamp: Moment


def prediction_item(prediction: Prediction) -> PredictionItem:
    """A prediction as the socket sends it."""
    return PredictionItem(
        model_id=prediction.model_id,
        model_name=prediction.model_name,
        asset_id=prediction.asset_id,
        score=prediction.score,
        is_anomaly=prediction.is_anomaly,
        top=prediction.top,
        mode=prediction.mode,
        timestamp=prediction.ts_us,
    )


def drift_item(report: DriftReport) -> DriftItem:
    """Indices with their words."""
    features = {
        name: FeatureDriftItem(psi=psi, status=status_of(psi))
        for name, psi in report.features.items()
    }
    return DriftItem(features=features, since=report.since_us, rows=report.rows)


def model_item(model: Model, standing: ModelStanding) -> ModelItem:
    """A model with how it is doing."""
    return ModelItem(
        id=model.id,
        name=model.name,
        version=model.version,
        description=model.description,
        algorithm=model.algorithm,
        task=model.task,
        features=list(model.features),
        target=model.target,
        threshold=model.threshold,
        metrics=dict(model.metrics),
        card=dict(model.card),
        status=model.status,
        aliases=list(model.aliases),
        deployment=_deployment_item(model, standing),
        dataset_id=model.dataset_id,
        training_id=model.training_id,
        created_at=model.created_us,
    )


def _deployment_item(model: Model, standing: ModelStanding) -> DeploymentItem | None:
    d = model.deployment
    if d is None:
        return None
    bound = None
    if d.assets is not None:
        places = next(iter(d.assets.values()))
        bound = {n: PlaceItem(asset_id=a, tag_name=t) for n, (a, t) in places.items()}
    assets = standing.assets.values()
    scored = [s.last_scored_us for s in assets if s.last_scored_us is not None]
    behind = min(assets, key=lambda s: s.rows_seen - s.rows_needed, default=None)
    return DeploymentItem(
        mode=d.mode,
        output_tag=d.output_tag,
        bindings=bound,
        assets=sorted(standing.assets),
        max_age_seconds=d.max_age_s,
        missing=d.missing,
        state=standing.state,
        warm_up=WarmUpItem(
            rows_seen=behind.rows_seen if behind else 0,
            rows_needed=behind.rows_needed if behind else 0,
        ),
        since=d.since_us,
        last_scored_at=max(scored, default=None),
        rows_scored=sum(s.rows_scored for s in assets),
        errors=[
            ScoringErrorItem(asset_id=asset_id, message=message, at=at)
            for asset_id, message, at in standing.errors()
        ],
    )


def comparison_item(comparison: Comparison, models: list[ModelItem]) -> ComparisonItem:
    """Models side by side."""
    return ComparisonItem(
        models=models,
        metrics=dict(comparison.metrics),
        hyperparameters=dict(comparison.hyperparameters),
        same_dataset=comparison.same_dataset,
    )
