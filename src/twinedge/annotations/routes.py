"""/annotations: periods that a person has given a meaning."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response
from pydantic import Field, model_validator

from twinedge.annotations.model import (
    LABEL_MAX,
    TEXT_MAX,
    Annotation,
    AnnotationFilter,
    Content,
)
from twinedge.annotations.service import Annotations
from twinedge.assets.model import NAME_MAX
from twinedge.kit.ids import ID_PATTERN
from twinedge.web.envelope import Body, Deleted, Item, Many, Moment, MomentIn, One, Paging
from twinedge.web.etag import Guard, set_etag
from twinedge.web.routing import Router, principal_of
from twinedge.web.span import span_of

Name = Annotated[str, Field(min_length=1, max_length=NAME_MAX)]


class AnnotationBody(Body):
    """What is said of a period."""

    asset_id: Name
    tag_name: Annotated[Name | None, Field(description="Null: the whole asset")] = None
    start: MomentIn
    end: Annotated[MomentIn, Field(description="Exclusive")]
    label: Annotated[
        str, Field(min_length=1, max_length=LABEL_MAX, description="Such as bearing_wear")
    ]
    text: Annotated[str, Field(max_length=TEXT_MAX)] = ""

    @model_validator(mode="after")
    def _in_order(self) -> "AnnotationBody":
        if self.end <= self.start:
            raise ValueError("start must be before end")
        return self

    def content(self) -> Content:
        return Content(self.asset_id, self.tag_name, self.start, self.end, self.label, self.text)


class NewAnnotationBody(AnnotationBody):
    """A period to mark."""

    id: Annotated[str | None, Field(pattern=ID_PATTERN)] = None


class AnnotationItem(Item):
    """An annotation."""

    id: str
    asset_id: str
    tag_name: str | None
    start: Moment
    end: Moment
    label: str
    text: str
    created_by: str
    created_at: Moment
    updated_at: Moment
    version: int


class Wanted:
    """The list's filters."""

    def __init__(
        self,
        asset_id: Annotated[str | None, Query(max_length=NAME_MAX)] = None,
        tag_name: Annotated[str | None, Query(max_length=NAME_MAX)] = None,
        label: Annotated[str | None, Query(max_length=LABEL_MAX)] = None,
        start: Annotated[str | None, Query(description="Periods that end after this")] = None,
        end: Annotated[str | None, Query(description="Periods that begin before this")] = None,
    ) -> None:
        start_us, end_us = span_of(start, end)
        assets = () if asset_id is None else (asset_id,)
        self.filter = AnnotationFilter(assets, tag_name, label, start_us, end_us)


def router(annotations: Annotations) -> Router:
    """The room's routes."""
    router = Router("/annotations", tag="Annotations", resource="assets")

    @router.get("")
    async def list_annotations(
        paging: Annotated[Paging, Depends()], wanted: Annotated[Wanted, Depends()]
    ) -> Many[AnnotationItem]:
        """Annotations, the latest period first."""
        found, total = await annotations.list(wanted.filter, paging.offset, paging.per_page)
        return Many(data=[_item(a) for a in found], meta=paging.meta(total))

    @router.post("", status_code=201)
    async def create_annotation(
        body: NewAnnotationBody, request: Request, response: Response
    ) -> One[AnnotationItem]:
        """Mark a period of an asset or tag."""
        by = principal_of(request).name
        made = await annotations.create(body.content(), body.id, by)
        response.headers["Location"] = f"/v1/annotations/{made.id}"
        set_etag(response, made.version)
        return One(data=_item(made))

    @router.get("/{id}")
    async def get_annotation(id: str, response: Response) -> One[AnnotationItem]:
        """One annotation."""
        found = await annotations.get(id)
        set_etag(response, found.version)
        return One(data=_item(found))

    @router.put("/{id}")
    async def replace_annotation(
        id: str, body: AnnotationBody, guard: Guard, response: Response
    ) -> One[AnnotationItem]:
        """Replace an annotation."""
        changed = await annotations.replace(id, body.content(), guard.check)
        set_etag(response, changed.version)
        return One(data=_item(changed))

    @router.delete("/{id}")
    async def delete_annotation(id: str) -> One[Deleted]:
        """Remove an annotation."""
        await annotations.delete(id)
        return One(data=Deleted(id=id, deleted=True, note=None))

    return router


def _item(annotation: Annotation) -> AnnotationItem:
    content = annotation.content
    return AnnotationItem(
        id=annotation.id,
        asset_id=content.asset_id,
        tag_name=content.tag_name,
        start=content.start_us,
        end=content.end_us,
        label=content.label,
        text=content.text,
        created_by=annotation.created_by,
        created_at=annotation.created_us,
        updated_at=annotation.updated_us,
        version=annotation.version,
    )
