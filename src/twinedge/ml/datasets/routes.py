"""/ml/datasets: tables to learn from."""

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request, Response
from pydantic import Field, model_validator
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from twinedge.kit.errors import Invalid, UnsupportedMediaType
from twinedge.kit.ids import ID_PATTERN
from twinedge.ml.datasets.model import Dataset, Origin, Status, TelemetryQuery
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

    @model_validator(mode="after")
    def _in_order(self) -> "TelemetryBody":
        if self.end <= self.start:
            raise ValueError("end must be later than start")
        return self

    def query(self) -> TelemetryQuery:
        return TelemetryQuery(
            tuple(self.asset_ids), tuple(self.tags), self.start, self.end, self.interval, self.fill
        )


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
    sha256: str | None
    created_at: Moment
    updated_at: Moment
    version: int


class PreviewItem(Item):
    """The first rows."""

    columns: list[str]
    rows: list[dict[str, Any]]
    row_count: int


def router(datasets: Datasets) -> Router:
    """The room's routes."""
    router = Router("/ml/datasets", tag="ML datasets", resource="ml")

    @router.get("")
    async def list_datasets(
        paging: Annotated[Paging, Depends()], status: Status | None = None
    ) -> Many[DatasetItem]:
        """Datasets, newest first."""
        found, total = await datasets.list(status, paging.offset, paging.per_page)
        return Many[DatasetItem].model_validate(paging.of([_item(d) for d in found], total))

    @router.post("", status_code=201)
    async def create_dataset(body: DatasetBody, response: Response) -> One[DatasetItem]:
        """Make a dataset: empty for an upload, or built from stored telemetry."""
        query = None if body.telemetry is None else body.telemetry.query()
        made = await datasets.create(body.id, body.name, body.description, query)
        response.headers["Location"] = f"/v1/ml/datasets/{made.id}"
        set_etag(response, made.version)
        return One(data=_item(made))

    @router.get("/{id}")
    async def get_dataset(id: str, response: Response) -> One[DatasetItem]:
        """One dataset."""
        dataset = await datasets.get(id)
        set_etag(response, dataset.version)
        return One(data=_item(dataset))

    @router.put("/{id}")
    async def change_dataset(
        id: str, body: DatasetChange, guard: Guard, response: Response
    ) -> One[DatasetItem]:
        """Change name and description."""
        changed = await datasets.describe(id, body.name, body.description, guard.check)
        set_etag(response, changed.version)
        return One(data=_item(changed))

    @router.delete("/{id}")
    async def delete_dataset(id: str) -> One[Deleted]:
        """Remove a dataset that no training is using."""
        await datasets.delete(id)
        return One(data=Deleted(id=id, deleted=True, note=None))

    @router.post("/{id}/upload", openapi_extra=_UPLOAD_DOCS)
    async def upload_dataset(id: str, request: Request) -> One[DatasetItem]:
        """Upload CSV, Parquet or JSON lines; a second upload replaces the first."""
        await datasets.get(id)
        with tempfile.TemporaryDirectory(prefix="twinedge-upload-") as directory:
            path = Path(directory) / "upload"
            await _receive(request, path)
            return One(data=_item(await datasets.upload(id, path)))

    @router.get("/{id}/preview")
    async def preview_dataset(
        id: str, rows: Annotated[int, Query(ge=1, le=1000, description="How many rows")] = 20
    ) -> One[PreviewItem]:
        """The first rows."""
        return One(data=PreviewItem.model_validate(await datasets.preview(id, rows)))

    return router


async def _receive(request: Request, path: Path) -> None:
    """Stream the single part of the body into a file."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise UnsupportedMediaType(
            f"Content-Type is {kind[:80]!r}; send multipart/form-data with one part named 'file'"
        )
    try:
        async with request.form(max_files=1, max_fields=1) as form:
            parts = [value for _name, value in form.multi_items()]
            if len(parts) != 1:
                raise Invalid.at("file", f"{len(parts)} parts sent; send exactly one, named 'file'")
            part = parts[0]
            if isinstance(part, UploadFile):
                with path.open("wb") as out:
                    while piece := await part.read(1 << 20):
                        await asyncio.to_thread(out.write, piece)
            else:
                await asyncio.to_thread(path.write_text, part)
    except (MultiPartException, HTTPException) as error:
        words = getattr(error, "message", None) or getattr(error, "detail", "is damaged")
        raise Invalid.at("file", f"the multipart body cannot be read: {words}") from None


def _item(dataset: Dataset) -> DatasetItem:
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
        sha256=None if snapshot is None else snapshot.sha256,
        created_at=dataset.created_us,
        updated_at=dataset.updated_us,
        version=dataset.version,
    )
