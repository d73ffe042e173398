"""/ml/models/{id}: drift since the deployment, and scores of stored history."""

from typing import Annotated

from fastapi import Depends, Response

from twinedge.ml.models.backfills import Backfills
from twinedge.ml.models.deployments import Deployments
from twinedge.ml.models.service import Models
from twinedge.ml.models.views import (
    BackfillBody,
    BackfillItem,
    DriftItem,
    backfill_item,
    drift_item,
)
from twinedge.web.envelope import Many, One, Paging
from twinedge.web.routing import Router


def router(models: Models, deployments: Deployments, backfills: Backfills) -> Router:
    """Routes of what a model has seen and may see again."""
    router = Router("/ml/models", tag="ML models", resource="ml")

    @router.get("/{id}/drift")
    async def get_drift(id: str) -> One[DriftItem]:
        """How far live features have moved from those of the training."""
        await models.get(id)
        reference = await models.reference(id)
        report = deployments.drift_of(id, reference)
        return One(data=drift_item(report))

    @router.post("/{id}/backfill", status_code=202)
    async def start_backfill(id: str, body: BackfillBody, response: Response) -> One[BackfillItem]:
        """Score stored history; existing scores of the range are replaced."""
        made = await backfills.start(id, body.start, body.end, body.asset_ids, body.output_tag)
        response.headers["Location"] = f"/v1/ml/models/{id}/backfills/{made.id}"
        return One(data=backfill_item(made))

    @router.get("/{id}/backfills")
    async def list_backfills(id: str, paging: Annotated[Paging, Depends()]) -> Many[BackfillItem]:
        """The model's backfills, newest first."""
        found, total = await backfills.list(id, paging.offset, paging.per_page)
        return Many(data=[backfill_item(job) for job in found], meta=paging.meta(total))

    @router.get("/{id}/backfills/{backfill_id}")
    async def get_backfill(id: str, backfill_id: str) -> One[BackfillItem]:
        """One backfill."""
        return One(data=backfill_item(await backfills.get(id, backfill_id)))

    @router.delete("/{id}/backfills/{backfill_id}")
    async def cancel_backfill(id: str, backfill_id: str) -> One[BackfillItem]:
        """Cancel a backfill that has not finished; what it has written stays."""
        return One(data=backfill_item(await backfills.cancel(id, backfill_id)))

    return router
