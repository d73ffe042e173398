"""/ml/datasets: tables to learn from."""

import asyncio
import shutil
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request, Response
from pydantic import Field, model_validator

from twinedge.kit.ids import ID_PATTERN
from twinedge.ml.datasets.model import Dataset, LabelQuery, Origin, Status, TelemetryQuery
from twinedge.ml.datasets.receiving import receive
from twinedge.ml.datasets.service import Datasets
from twinedge.web.envelope import Body, Deleted, Item, Many, Moment, MomentIn, One, Paging
from twinedge.web.etag import Guard, set_etag
from twinedge.web.routing import Router

Name = Annotated[str, Field(min_length=1, max_length=200)]
_UPLOAD_DOCS: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


class LabelsBody(Body):
    """A 0/1 column: 1 while an alert was open, or in a period that a person has marked."""

    origin: Annotated[Literal["alerts", "annotations"], Field(alias="from")]
    column: Name = "label"
    rule_ids: Annotated[
        list[Name], Field(max_length=100, description="Alerts of these rules; empty: of any")
    ] = Field(default_factory=list)
    severity: Annotated[
        Literal["critical", "warning", "info"] | None, Field(description="Of alerts")
    ] = None
    label: Annotated[Name | None, Field(description="Of annotations; null: any")] = None

    @model_validator(mode="after")
    def _belonging(self) -> "LabelsBody":
        if self.origin == "alerts" and self.label is not None:
            raise ValueError("label belongs to annotations; alerts have rule_ids and severity")
        if self.origin == "annotations" and (self.rule_ids or self.severity):
            raise ValueError("rule_ids and severity belong to alerts; annotations have a label")
        return self

    def query(self) -> LabelQuery:
        return LabelQuery(self.origin, self.column, tuple(self.rule_ids), self.severity, self.label)


class TelemetryBody(Body):
    """Build the rows from stored telemetry."""

    asset_ids: Annotated[list[Name], Field(min_length=1, max_length=1000)]
    tags: Annotated[list[Name], Field(max_length=1000, description="Empty: all number tags")] = (
        Field(default_factory=list)
    )
    start: MomentIn
    end: MomentIn
    interval: Annotated[str, Field(description="Such as 1s, 1m, 1h")] = "1m"
    fill: Annotated[
        Literal["none", "forward", "linear"], Field(description="How gaps are closed")
    ] = "none"
    quality: Annotated[
        Literal["good", "all"], Field(description="all: uncertain and bad points too")
    ] = "good"
    labels: LabelsBody | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "TelemetryBody":
        if self.end <= self.start:
            raise ValueError("start must be before end")
        return self

    def query(self) -> TelemetryQuery:
        return TelemetryQuery(
            tuple(self.asset_ids), tuple(self.tags), self.start, self.end, self.interval,
            self.fill, self.quality, None if self.labels is None else self.labels.query(),
        )  # fmt: skip


class DatasetBody(Body):
    """A dataset to make."""

    id: Annotated[str | None, Field(pattern=ID_PATTERN)] = None
    name: Name
    description: Annotated[str, Field(max_length=4000)] = ""
    telemetry: TelemetryBody | None = None


class DatasetChange(Body):
    """What to change; a field left out keeps its value."""

    name: Name | None = None
    description: Annotated[str | None, Field(max_length=4000)] = None


class ColumnItem(Item):
    """One column with its statistics."""

    name: str
    type: str
    missing: int
    min: float | None
    max: float | None
    mean: float | None


class DatasetItem(Item):
    """A dataset."""

    id: str
    name: str
    description: str
    status: Status
    source: Origin
    row_count: int
    columns: list[ColumnItem]
    size_bytes: int
    version: Annotated[int, Field(description="Counts its contents; 0 while it is empty")]
    hash: Annotated[str | None, Field(description="SHA-256 of the rows as stored")]
    used_by: Annotated[list[str], Field(description="Open trainings and models made from it")]
    created_at: Moment
    updated_at: Moment


class VersionItem(Item):
    """One content a dataset has or had."""

    version: int
    hash: str
    row_count: int
    size_bytes: int
    created_at: Moment


class HistogramItem(Item):
    """How the numbers are spread: counts[i] lies between edges[i] and edges[i + 1]."""

    edges: list[float]
    counts: list[int]


class ProfileItem(ColumnItem):
    """All that is known of a column."""

    std: float | None
    distinct: int
    histogram: HistogramItem | None


class PreviewItem(Item):
    """The columns and the first rows."""

    columns: list[ProfileItem]
    rows: list[dict[str, Any]]
    row_count: int


def router(datasets: Datasets) -> Router:
    """The room's routes."""
    router = Router("/ml/datasets", tag="ML datasets", resource="ml")

    async def shown(dataset: Dataset, response: Response | None = None) -> One[DatasetItem]:
        if response is not None:
            set_etag(response, dataset.revision)
        users = await datasets.users_of([dataset.id])
        return One(data=_item(dataset, users[dataset.id]))

    @router.get("")
    async def list_datasets(
        paging: Annotated[Paging, Depends()], status: Status | None = None
    ) -> Many[DatasetItem]:
        """Datasets, newest first."""
        found, total = await datasets.list(status, paging.offset, paging.per_page)
        users = await datasets.users_of([dataset.id for dataset in found])
        items = [_item(dataset, users[dataset.id]) for dataset in found]
        return Many(data=items, meta=paging.meta(total))

    @router.post("", status_code=201)
    async def create_dataset(body: DatasetBody, response: Response) -> One[DatasetItem]:
        """Make a dataset: empty for an upload, or built from stored telemetry."""
        query = None if body.telemetry is None else body.telemetry.query()
        made = await datasets.create(body.id, body.name, body.description, query)
        response.headers["Location"] = f"/v1/ml/datasets/{made.id}"
        return await shown(made, response)

    @router.get("/{id}")
    async def get_dataset(id: str, response: Response) -> One[DatasetItem]:
        """One dataset."""
        return await shown(await datasets.get(id), response)

    @router.put("/{id}")
    async def change_dataset(
        id: str, body: DatasetChange, guard: Guard, response: Response
    ) -> One[DatasetItem]:
        """Change name and description."""
        changed = await datasets.describe(id, body.name, body.description, guard.check)
        return await shown(changed, response)

    @router.delete("/{id}")
    async def delete_dataset(id: str) -> One[Deleted]:
        """Remove a dataset that no training is using."""
        await datasets.delete(id)
        return One(data=Deleted(id=id, deleted=True, note=None))

    @router.post("/{id}/upload", openapi_extra=_UPLOAD_DOCS)
    async def upload_dataset(id: str, request: Request) -> One[DatasetItem]:
        """Upload CSV, Parquet or JSON lines; a second upload replaces the first."""
        await datasets.get(id)
        directory = await asyncio.to_thread(datasets.room_for_upload)
        try:
            content_type = request.headers.get("content-type", "")
            await receive(content_type, request.stream(), directory / "upload")
            return await shown(await datasets.upload(id, directory / "upload"))
        finally:
            await asyncio.to_thread(shutil.rmtree, directory, ignore_errors=True)

    @router.get("/{id}/preview")
    async def preview_dataset(
        id: str,
        rows: Annotated[int, Query(ge=1, le=1000, description="How many rows")] = 20,
        version: Annotated[int | None, Query(ge=1, description="The newest if left out")] = None,
    ) -> One[PreviewItem]:
        """The columns with their statistics, and the first rows."""
        return One(data=PreviewItem.model_validate(await datasets.preview(id, rows, version)))

    @router.get("/{id}/versions")
    async def list_versions(id: str, paging: Annotated[Paging, Depends()]) -> Many[VersionItem]:
        """Every content the dataset has had, newest first."""
        found, total = await datasets.versions(id, paging.offset, paging.per_page)
        items = [
            VersionItem(
                version=v.version,
                hash=v.snapshot.sha256,
                row_count=v.snapshot.row_count,
                size_bytes=v.snapshot.size_bytes,
                created_at=v.created_us,
            )
            for v in found
        ]
        return Many(data=items, meta=paging.meta(total))

    return router


def _item(dataset: Dataset, used_by: Sequence[str]) -> DatasetItem:
    snapshot = dataset.snapshot
    columns = () if snapshot is None else snapshot.columns
    return DatasetItem(
        id=dataset.id,
        name=dataset.name,
        description=dataset.description,
        status=dataset.status,
        source=dataset.source,
        row_count=0 if snapshot is None else snapshot.row_count,
        columns=[ColumnItem.model_validate(column) for column in columns],
        size_bytes=0 if snapshot is None else snapshot.size_bytes,
        version=dataset.version,
        hash=None if snapshot is None else snapshot.sha256,
        used_by=list(used_by),
        created_at=dataset.created_us,
        updated_at=dataset.updated_us,
    )
