"""HTTP routes of data sources, their tags, and questions to devices."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query, Request, Response

from twinedge.kit.errors import Fault, Invalid, UnsupportedMediaType
from twinedge.sources import tagfile
from twinedge.sources.allfaults import all_faults
from twinedge.sources.config import secret_names
from twinedge.sources.model import NewSource, Node, Reading, SourceView, TestReport
from twinedge.sources.schemas import (
    TAGS_MAX,
    BrowseIn,
    DraftIn,
    DraftPreviewIn,
    ImportItem,
    NodeItem,
    PreviewIn,
    ReadingItem,
    SourceChangeIn,
    SourceIn,
    SourceItem,
    TagIn,
    TagItem,
    TagOrTagsIn,
    TestItem,
    TypeItem,
    Wanted,
    import_item,
    tag_item,
)
from twinedge.sources.service import Sources
from twinedge.sources.tagrows import specs_of
from twinedge.web.envelope import Deleted, Many, Meta, One, Paging
from twinedge.web.etag import Guard, set_etag
from twinedge.web.routing import Router, scope

_BASE = "/data-sources"
_READ = "read:data_sources"
_CSV = {"text/csv", "application/csv", "application/vnd.ms-excel", "text/plain"}
_CSV_BODY = {
    "requestBody": {
        "required": True,
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}
_CSV_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}
_REFUSED: dict[int | str, dict[str, Any]] = {
    409: {"description": "The device refuses us: login, certificate or settings must change"}
}

Id = Annotated[str, Path(description="Id of the data source")]
TagId = Annotated[str, Path(description="Id of the tag")]
Pages = Annotated[Paging, Depends()]


def router(sources: Sources) -> Router:
    """All routes of the room."""
    router = Router("", tag="Data sources", resource="data_sources")
    _add_sources(router, sources)
    _add_questions(router, sources)
    _add_tag_files(router, sources)
    _add_tags(router, sources)
    return router


def _add_sources(router: Router, sources: Sources) -> None:
    checked = all_faults(sources.faults)

    @router.get(_BASE, summary="List data sources")
    async def list_sources(
        paging: Pages,
        type: Annotated[str | None, Query(description="Only this type")] = None,
        status: Annotated[Literal["connected", "disconnected"] | None, Query()] = None,
    ) -> Many[SourceItem]:
        found, total = await sources.page(type, status, paging.offset, paging.per_page)
        return Many(data=[_item(view) for view in found], meta=paging.meta(total))

    @router.post(_BASE, summary="Create a data source", status_code=201)
    async def create(body: Annotated[SourceIn, checked], response: Response) -> One[SourceItem]:
        view = await sources.create(body.to_new())
        response.headers["Location"] = f"/v1{_BASE}/{view.id}"
        return _one(view, response)

    @router.get("/data-source-types", summary="List the types and their settings")
    async def types(paging: Pages) -> Many[TypeItem]:
        items = [
            TypeItem(
                type=name,
                title=driver.title,
                schema_=driver.settings.model_json_schema(by_alias=False),
                secrets=sorted(secret_names(driver.settings)),
            )
            for name, driver in sorted(sources.drivers.items())
        ]
        page = items[paging.offset : paging.offset + paging.per_page]
        return Many(data=page, meta=paging.meta(len(items)))

    @router.get(_BASE + "/{id}", summary="Get a data source")
    async def get(id: Id, response: Response) -> One[SourceItem]:
        return _one(await sources.get(id), response)

    @router.put(_BASE + "/{id}", summary="Replace a data source's own")
    async def update(
        id: Id, body: SourceChangeIn, guard: Guard, response: Response
    ) -> One[SourceItem]:
        return _one(await sources.update(id, body.to_change(), guard), response)

    @router.delete(_BASE + "/{id}", summary="Delete a data source, keep its history")
    async def delete(id: Id, guard: Guard) -> One[Deleted]:
        return One(data=Deleted(id=id, note=await sources.delete(id, guard)))

    @router.post(_BASE + "/{id}/reconnect", summary="Connect again now")
    async def reconnect(id: Id, response: Response) -> One[SourceItem]:
        return _one(await sources.reconnect(id), response)


def _add_questions(router: Router, sources: Sources) -> None:
    ask = sources.questions
    checked = all_faults(sources.faults)

    @router.post(_BASE + "/test", summary="Test a connection before it is saved")
    async def test_draft(body: Annotated[DraftIn, checked]) -> One[TestItem]:
        return _report(await ask.test_draft(body.to_draft()))

    @router.post(_BASE + "/{id}/test", summary="Test a connection beside the running one")
    @scope(_READ)
    async def test(id: Id) -> One[TestItem]:
        return _report(await ask.test(id))

    @router.post(_BASE + "/browse", summary="Browse a device before it is saved")
    async def browse_draft(body: BrowseIn) -> Many[NodeItem]:
        draft = body.to_draft()
        return _nodes(await ask.browse_draft(draft, body.node, body.search, body.limit), body.limit)

    @router.get(_BASE + "/{id}/browse", summary="Browse a device", responses=_REFUSED)
    async def browse(
        id: Id,
        node: Annotated[str | None, Query(max_length=2000, description="Left out: root")] = None,
        search: Annotated[str | None, Query(max_length=200)] = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    ) -> Many[NodeItem]:
        return _nodes(await ask.browse(id, node, search, limit), limit)

    @router.post(_BASE + "/preview", summary="Read addresses before the source is saved")
    async def preview_draft(body: DraftPreviewIn) -> Many[ReadingItem]:
        draft: NewSource = body.to_draft()
        return _readings(await ask.preview_draft(draft, _wanted(body)))

    @router.post(_BASE + "/{id}/tags/preview", summary="Read addresses once")
    @scope(_READ)
    async def preview(id: Id, body: PreviewIn) -> Many[ReadingItem]:
        return _readings(await ask.preview(id, _wanted(body)))


def _add_tags(router: Router, sources: Sources) -> None:
    tags = sources.tags

    @router.get(_BASE + "/{id}/tags", summary="List the tags of a data source")
    async def list_tags(
        id: Id, paging: Pages, asset_id: Annotated[str | None, Query(max_length=200)] = None
    ) -> Many[TagItem]:
        found, total = await tags.page(id, asset_id, paging.offset, paging.per_page)
        return Many(data=[tag_item(view) for view in found], meta=paging.meta(total))

    @router.post(_BASE + "/{id}/tags", summary="Add a tag, or many at once", status_code=201)
    async def add_tags(
        id: Id, body: TagOrTagsIn, response: Response
    ) -> One[TagItem] | Many[TagItem]:
        if isinstance(body, TagIn):
            (view,) = await tags.add(id, [body.to_spec()], single=True)
            response.headers["Location"] = f"/v1{_BASE}/{id}/tags/{view.spec.id}"
            set_etag(response, view.version)
            return One(data=tag_item(view))
        views = await tags.add(id, [tag.to_spec() for tag in body.tags])
        response.headers["Location"] = f"/v1{_BASE}/{id}/tags"
        return Many(data=[tag_item(view) for view in views], meta=_whole(len(views)))

    @router.get(_BASE + "/{id}/tags/{tag_id}", summary="Get a tag")
    async def get_tag(id: Id, tag_id: TagId, response: Response) -> One[TagItem]:
        view = await tags.get(id, tag_id)
        set_etag(response, view.version)
        return One(data=tag_item(view))

    @router.put(_BASE + "/{id}/tags/{tag_id}", summary="Replace a tag")
    async def update_tag(
        id: Id, tag_id: TagId, body: TagIn, guard: Guard, response: Response
    ) -> One[TagItem]:
        if body.id not in {None, tag_id}:
            raise Invalid.at("id", "cannot change")
        view = await tags.update(id, tag_id, body.to_spec(), guard)
        set_etag(response, view.version)
        return One(data=tag_item(view))

    @router.delete(_BASE + "/{id}/tags/{tag_id}", summary="Stop reading a tag, keep its history")
    async def delete_tag(id: Id, tag_id: TagId, guard: Guard) -> One[Deleted]:
        return One(data=Deleted(id=tag_id, note=await tags.delete(id, tag_id, guard)))


def _add_tag_files(router: Router, sources: Sources) -> None:
    tags = sources.tags

    @router.get(
        _BASE + "/{id}/tags/export",
        summary="All tags as CSV",
        response_class=Response,
        responses=_CSV_ANSWER,
    )
    async def export_tags(id: Id) -> Response:
        text = tagfile.write(await tags.all(id))
        name = f'attachment; filename="{id}-tags.csv"'
        return Response(
            text, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
        )

    @router.post(
        _BASE + "/{id}/tags/import", summary="Add and change tags by CSV", openapi_extra=_CSV_BODY
    )
    async def import_tags(
        id: Id,
        request: Request,
        dry_run: Annotated[bool, Query(description="Only answer the difference")] = False,
        mode: Annotated[
            Literal["merge", "replace"], Query(description="replace: remove tags not in the file")
        ] = "merge",
    ) -> One[ImportItem]:
        rows = tagfile.read(await _csv_of(request))
        if len(rows) > TAGS_MAX:
            raise Invalid(f"the file has {len(rows)} tags; at most {TAGS_MAX} at once")
        lines = [line for line, _ in rows]
        result = await tags.load(
            id,
            specs_of(rows),
            lambda number: f"line {lines[number]}",
            remove_others=mode == "replace",
            dry_run=dry_run,
        )
        return One(data=import_item(result, dry_run))


async def _csv_of(request: Request) -> str:
    kind = request.headers.get("content-type", "text/csv").partition(";")[0].strip().lower()
    if kind not in _CSV:
        raise UnsupportedMediaType(f"Content-Type is {kind[:80]!r}; send text/csv")
    try:
        return (await request.body()).decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid("the file is not UTF-8") from None


def _wanted(body: Wanted) -> Any:
    if (body.addresses is None) == (body.tags is None):
        faults = [Fault("addresses", "give either addresses or tags")]
        raise Invalid("give either addresses or tags", faults)
    return body.to_specs()


def _item(view: SourceView) -> SourceItem:
    return SourceItem.model_validate(view)


def _one(view: SourceView, response: Response) -> One[SourceItem]:
    set_etag(response, view.version)
    return One(data=_item(view))


def _report(report: TestReport) -> One[TestItem]:
    return One(data=TestItem.model_validate(report))


def _nodes(nodes: Sequence[Node], limit: int) -> Many[NodeItem]:
    items = [NodeItem.model_validate(node) for node in nodes]
    return Many(data=items, meta=Meta(page=1, per_page=limit, total=len(items)))


def _readings(readings: Sequence[Reading]) -> Many[ReadingItem]:
    items = [
        ReadingItem(
            address=it.address,
            value=it.value,
            quality=it.quality,
            timestamp=it.ts,
            error=it.error,
            data_type=it.data_type,
            raw=it.raw,
            alternatives=it.alternatives,
        )
        for it in readings
    ]
    return Many(data=items, meta=_whole(len(items)))


def _whole(count: int) -> Meta:
    """Of a list that is answered whole."""
    return Meta(page=1, per_page=max(count, 1), total=count)
