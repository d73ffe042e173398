"""/ml/models: look at them, test them, deploy them."""

from typing import Annotated, Literal

from fastapi import Body as BodyParam
from fastapi import Depends, Path, Query, Request, Response

from twinedge.kit.errors import Invalid
from twinedge.ml.models.deployments import Deployments
from twinedge.ml.models.model import Answer, Model, ModelFilter, ModelStatus
from twinedge.ml.models.service import Models
from twinedge.ml.models.views import (
    AnswerItem,
    ChangeBody,
    ComparisonItem,
    CurvesItem,
    DeployBody,
    ModelItem,
    TestBody,
    comparison_item,
    model_item,
)
from twinedge.web.envelope import Deleted, Many, One, Paging
from twinedge.web.etag import Guard, set_etag
from twinedge.web.routing import Router, principal_of, scope

_COMPARED_MAX = 20
Alias = Annotated[
    str,
    Path(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="champion, challenger, or any word"),
]


def router(models: Models, deployments: Deployments) -> Router:
    """The room's routes."""
    router = Router("/ml/models", tag="ML models", resource="ml")

    def item(model: Model) -> ModelItem:
        return model_item(model, deployments.standing(model))

    def shown(model: Model, response: Response) -> One[ModelItem]:
        set_etag(response, model.revision)
        return One(data=item(model))

    @router.get("")
    async def list_models(
        paging: Annotated[Paging, Depends()],
        status: ModelStatus | None = None,
        name: str | None = None,
        alias: Annotated[str | None, Query(description="Such as champion")] = None,
    ) -> Many[ModelItem]:
        """Models, newest first."""
        where = ModelFilter(status, name, alias)
        found, total = await models.list(where, paging.offset, paging.per_page)
        return Many(data=[item(m) for m in found], meta=paging.meta(total))

    @router.get("/compare", responses={404: {"description": "No such model"}})
    async def compare_models(
        ids: Annotated[str, Query(description="2 to 20 model ids, separated by commas")],
    ) -> One[ComparisonItem]:
        """Models side by side: metrics and hyperparameters, in the order of the ids."""
        wanted = list(dict.fromkeys(id for id in ids.split(",") if id))
        if not 2 <= len(wanted) <= _COMPARED_MAX:
            raise Invalid.at("ids", f"must name 2 to {_COMPARED_MAX} different models")
        compared = await models.compare(wanted)
        return One(data=comparison_item(compared, [item(m) for m in compared.models]))

    @router.get("/{id}")
    async def get_model(id: str, response: Response) -> One[ModelItem]:
        """One model with its card."""
        return shown(await models.get(id), response)

    @router.put("/{id}")
    async def change_model(
        id: str, body: ChangeBody, guard: Guard, request: Request, response: Response
    ) -> One[ModelItem]:
        """Rename, describe, or move the threshold; a deployed model follows at once."""
        change = body.change(principal_of(request).name)
        return shown(await models.change(id, change, guard.check), response)

    @router.delete("/{id}")
    async def delete_model(id: str) -> One[Deleted]:
        """Remove a model that is not deployed."""
        await models.delete(id)
        return One(data=Deleted(id=id, deleted=True, note="scores it has written are kept"))

    @router.put("/{id}/aliases/{alias}")
    async def set_alias(id: str, alias: Alias, response: Response) -> One[ModelItem]:
        """Give this version the alias; another version of its name loses it."""
        return shown(await models.set_alias(id, alias), response)

    @router.delete("/{id}/aliases/{alias}")
    async def remove_alias(id: str, alias: Alias, response: Response) -> One[ModelItem]:
        """Take the alias away."""
        return shown(await models.remove_alias(id, alias), response)

    @router.post("/{id}/archive")
    async def archive_model(id: str, response: Response) -> One[ModelItem]:
        """Put a model away."""
        return shown(await models.archive(id), response)

    @router.post("/{id}/unarchive")
    async def unarchive_model(id: str, response: Response) -> One[ModelItem]:
        """Take a model out of the archive."""
        return shown(await models.unarchive(id), response)

    @router.get("/{id}/curves")
    async def get_curves(id: str) -> One[CurvesItem]:
        """ROC, precision and recall, scores over time, residuals, importance, events."""
        return One(data=CurvesItem.model_validate(await models.curves(id)))

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
        id: str, response: Response, body: Annotated[DeployBody | None, BodyParam()] = None
    ) -> One[ModelItem]:
        """Let the model watch live telemetry; its scores become ordinary tags."""
        return shown(await deployments.deploy(id, (body or DeployBody()).target()), response)

    @router.post("/{id}/undeploy")
    async def undeploy_model(id: str, response: Response) -> One[ModelItem]:
        """Stop watching; scores written so far stay."""
        return shown(await deployments.undeploy(id), response)

    @router.post("/{id}/rollback")
    async def roll_back(id: str, response: Response) -> One[ModelItem]:
        """Bring back the version of this model's name that was live before; answers that one."""
        return shown(await deployments.rollback(id), response)

    @router.get(
        "/{id}/download",
        response_class=Response,
        responses={200: {"content": {"application/octet-stream": {}}, "description": "The file"}},
    )
    async def download_model(
        id: str,
        format: Annotated[
            Literal["onnx", "skops"],
            Query(description="onnx: to score anywhere; skops: scikit-learn's, to train on"),
        ] = "onnx",
    ) -> Response:
        """The model as a file; ONNX carries name, version, features, threshold and card."""
        content = await models.exported(id, format)
        headers = {"Content-Disposition": f'attachment; filename="{id}.{format}"'}
        return Response(content, media_type="application/octet-stream", headers=headers)

    return router


def _answer(answer: Answer) -> AnswerItem:
    return AnswerItem.model_validate(answer)
