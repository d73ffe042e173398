"""/ml/models: test them, deploy them."""

from typing import Annotated, Any, Literal

from fastapi import Body as BodyParam
from fastapi import Depends, Response
from fastapi.responses import FileResponse
from pydantic import Field

from twinedge.ml.models.model import Answer, Model, ModelStatus
from twinedge.ml.models.service import Models, Target
from twinedge.web.envelope import Body, Item, Many, Moment, One, Paging
from twinedge.web.etag import set_etag
from twinedge.web.routing import Router, scope

Name = Annotated[str, Field(min_length=1, max_length=200)]
Features = dict[str, Any]


class TestBody(Body):
    """Features of one row, or of rows in time order."""

    features: Features | Annotated[list[Features], Field(min_length=1, max_length=10_000)]


class Place(Body):
    """A tag of an asset."""

    asset_id: Name
    tag_name: Name


class DeployBody(Body):
    """Where to deploy; without anything: every asset that has all feature tags."""

    asset_id: Name | None = None
    bindings: dict[str, Place] | None = None
    output_tag: Name | None = None
    mode: Literal["live", "shadow"] = "live"
    max_age_seconds: Annotated[
        float, Field(gt=0, le=86_400, description="Older values of a tag are not used")
    ] = 60.0

    def target(self) -> Target:
        bound = None
        if self.bindings is not None:
            bound = {name: (p.asset_id, p.tag_name) for name, p in self.bindings.items()}
        return Target(self.asset_id, bound, self.output_tag, self.mode, self.max_age_seconds)


class DeploymentItem(Item):
    """Where a model watches; assets null: every asset that has all feature tags."""

    assets: dict[str, dict[str, tuple[str, str]]] | None
    output_tag: str
    mode: str
    max_age_seconds: float
    since: Moment


class ModelItem(Item):
    """A model."""

    id: str
    name: str
    version: int
    algorithm: str
    task: str
    features: list[str]
    target: str | None
    threshold: float | None
    metrics: dict[str, Any]
    card: dict[str, Any]
    status: ModelStatus
    deployment: DeploymentItem | None
    dataset_id: str
    training_id: str
    created_at: Moment


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


def router(models: Models) -> Router:
    """The room's routes."""
    router = Router("/ml/models", tag="ML models", resource="ml")

    @router.get("")
    async def list_models(
        paging: Annotated[Paging, Depends()],
        status: ModelStatus | None = None,
        name: str | None = None,
    ) -> Many[ModelItem]:
        """Models, newest first."""
        found, total = await models.list(status, name, paging.offset, paging.per_page)
        return Many[ModelItem].model_validate(paging.of([_item(m) for m in found], total))

    @router.get("/{id}")
    async def get_model(id: str, response: Response) -> One[ModelItem]:
        """One model with its card."""
        model = await models.get(id)
        set_etag(response, model.revision)
        return One(data=_item(model))

    @router.post("/{id}/test")
    @scope("read:ml")
    async def test_model(id: str, body: TestBody) -> One[AnswerItem | list[AnswerItem]]:
        """Score one row, or rows in time order; nothing is stored."""
        many = isinstance(body.features, list)
        rows = body.features if isinstance(body.features, list) else [body.features]
        answers = [_answer(a) for a in await models.test(id, rows)]
        return One(data=answers if many else answers[0])

    @router.post("/{id}/deploy")
    async def deploy_model(
        id: str, body: Annotated[DeployBody | None, BodyParam()] = None
    ) -> One[ModelItem]:
        """Let the model watch live telemetry; its scores become ordinary tags."""
        return One(data=_item(await models.deploy(id, (body or DeployBody()).target())))

    @router.post("/{id}/undeploy")
    async def undeploy_model(id: str) -> One[ModelItem]:
        """Stop watching; scores written so far stay."""
        return One(data=_item(await models.undeploy(id)))

    @router.post("/{id}/archive")
    async def archive_model(id: str) -> One[ModelItem]:
        """Put a model away."""
        return One(data=_item(await models.archive(id)))

    @router.get(
        "/{id}/download",
        response_class=FileResponse,
        responses={200: {"content": {"application/octet-stream": {}}, "description": "ONNX"}},
    )
    async def download_model(id: str) -> FileResponse:
        """The ONNX file."""
        path = await models.onnx_file(id)
        return FileResponse(path, media_type="application/octet-stream", filename=f"{id}.onnx")

    return router


def _item(model: Model) -> ModelItem:
    d = model.deployment
    place = None
    if d is not None:
        assets = None if d.assets is None else {a: dict(b) for a, b in d.assets.items()}
        place = DeploymentItem(
            assets=assets, output_tag=d.output_tag, mode=d.mode, max_age_seconds=d.max_age_s,
            since=d.since_us,
        )  # fmt: skip
    return ModelItem(
        id=model.id,
        name=model.name,
        version=model.version,
        algorithm=model.algorithm,
        task=model.task,
        features=list(model.features),
        target=model.target,
        threshold=model.threshold,
        metrics=dict(model.metrics),
        card=dict(model.card),
        status=model.status,
        deployment=place,
        dataset_id=model.dataset_id,
        training_id=model.training_id,
        created_at=model.created_us,
    )


def _answer(answer: Answer) -> AnswerItem:
    return AnswerItem.model_validate(answer)
