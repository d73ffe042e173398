"""/dashboards: kept as JSON, guarded by ETags, copied, generated, brought back."""

from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query, Request, Response
from pydantic import Field

from twinedge.dashboards.model import Content, Dashboard, SavedVersion
from twinedge.dashboards.service import Dashboards
from twinedge.dashboards.widgets import Layout, Name, Variable
from twinedge.kit.ids import ID_PATTERN
from twinedge.web.envelope import Body, Deleted, Item, Many, Moment, One, Paging
from twinedge.web.etag import Guard, set_etag
from twinedge.web.routing import Router, principal_of

FORMAT = "twinedge.dashboard/1"

Pages = Annotated[Paging, Depends()]
Id = Annotated[str, Field(pattern=ID_PATTERN)]
VersionNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]


class DashboardBody(Body):
    """A whole dashboard; what is left out is empty."""

    name: Name
    description: Annotated[str, Field(max_length=4000)] = ""
    layout: Layout = Field(default_factory=Layout)
    variables: Annotated[list[Variable], Field(max_length=20)] = Field(default_factory=list)

    def content(self) -> Content:
        return Content(
            self.name,
            self.description,
            self.layout.model_dump(),
            [variable.model_dump() for variable in self.variables],
        )


class NewDashboardBody(DashboardBody):
    """A dashboard to create."""

    id: Id | None = None


class ImportBody(NewDashboardBody):
    """What export answered, here or on another TwinEdge."""

    format: Literal["twinedge.dashboard/1"]


class GenerateBody(Body):
    """Make a dashboard from an asset's tags."""

    asset_id: Name
    name: Name | None = None
    id: Id | None = None


class LayoutItem(Item):
    """The grid; each widget has `id`, `type`, `title`, `x`, `y`, `w`, `h` and `options`."""

    columns: int
    widgets: list[dict[str, Any]]


class DashboardItem(Item):
    """A dashboard."""

    id: str
    name: str
    description: str
    layout: LayoutItem
    variables: list[dict[str, Any]]
    created_at: Moment
    updated_at: Moment
    version: int


class VersionItem(Item):
    """One version of a dashboard."""

    version: int
    name: str
    description: str
    layout: LayoutItem
    variables: list[dict[str, Any]]
    saved_at: Moment
    saved_by: str


class ExportItem(Item):
    """A dashboard as a file; `POST /dashboards/import` takes it."""

    format: str
    name: str
    description: str
    layout: LayoutItem
    variables: list[dict[str, Any]]


def router(dashboards: Dashboards) -> Router:
    """The room's routes."""
    router = Router("/dashboards", tag="Dashboards", resource="dashboards")

    def created(dashboard: Dashboard, response: Response) -> One[DashboardItem]:
        response.headers["Location"] = f"/v1/dashboards/{dashboard.id}"
        return shown(dashboard, response)

    def shown(dashboard: Dashboard, response: Response) -> One[DashboardItem]:
        set_etag(response, dashboard.version)
        return One(data=_item(dashboard))

    @router.get("")
    async def list_dashboards(
        pages: Pages,
        search: Annotated[str | None, Query(max_length=200, description="Part of a name")] = None,
    ) -> Many[DashboardItem]:
        """Dashboards, newest first."""
        found, total = await dashboards.list(search, pages.offset, pages.per_page)
        return Many(data=[_item(dashboard) for dashboard in found], meta=pages.meta(total))

    @router.post("", status_code=201)
    async def create_dashboard(
        body: NewDashboardBody, request: Request, response: Response
    ) -> One[DashboardItem]:
        """Create a dashboard."""
        by = principal_of(request).name
        return created(await dashboards.create(body.content(), body.id, by), response)

    @router.post("/generate", status_code=201)
    async def generate_dashboard(
        body: GenerateBody, request: Request, response: Response
    ) -> One[DashboardItem]:
        """Create a dashboard laid out from the tags of an asset."""
        layout = Layout.model_validate(dashboards.draft_for(body.asset_id))
        filled = DashboardBody(name=body.name or body.asset_id, layout=layout)
        by = principal_of(request).name
        return created(await dashboards.create(filled.content(), body.id, by), response)

    @router.post("/import", status_code=201)
    async def import_dashboard(
        body: ImportBody, request: Request, response: Response
    ) -> One[DashboardItem]:
        """Create a dashboard from an exported one."""
        by = principal_of(request).name
        return created(await dashboards.create(body.content(), body.id, by), response)

    @router.get("/{id}")
    async def get_dashboard(id: str, response: Response) -> One[DashboardItem]:
        """One dashboard; its ETag is what `If-Match` of a change takes."""
        return shown(await dashboards.get(id), response)

    @router.put("/{id}")
    async def replace_dashboard(
        id: str, body: DashboardBody, guard: Guard, request: Request, response: Response
    ) -> One[DashboardItem]:
        """Replace a dashboard; what it was stays among its versions."""
        by = principal_of(request).name
        return shown(await dashboards.replace(id, body.content(), guard.check, by), response)

    @router.delete("/{id}")
    async def delete_dashboard(id: str) -> One[Deleted]:
        """Delete a dashboard with its versions."""
        await dashboards.delete(id)
        return One(data=Deleted(id=id))

    @router.post("/{id}/duplicate", status_code=201)
    async def duplicate_dashboard(
        id: str, request: Request, response: Response
    ) -> One[DashboardItem]:
        """A deep copy, named with " (copy)"."""
        by = principal_of(request).name
        return created(await dashboards.duplicate(id, by), response)

    @router.get("/{id}/export")
    async def export_dashboard(id: str, response: Response) -> ExportItem:
        """The dashboard as a file, without id and dates, and without an envelope."""
        dashboard = await dashboards.get(id)
        response.headers["Content-Disposition"] = f'attachment; filename="{id}.dashboard.json"'
        return ExportItem(format=FORMAT, **_content(dashboard.content))

    @router.get("/{id}/versions")
    async def list_versions(id: str, pages: Pages) -> Many[VersionItem]:
        """The last 50 versions, newest first; the first of them is the dashboard as it is."""
        found, total = await dashboards.versions(id, pages.offset, pages.per_page)
        return Many(data=[_version(version) for version in found], meta=pages.meta(total))

    @router.get("/{id}/versions/{version}")
    async def get_version(id: str, version: VersionNumber) -> One[VersionItem]:
        """One version."""
        return One(data=_version(await dashboards.version(id, version)))

    @router.post("/{id}/versions/{version}/restore")
    async def restore_version(
        id: str, version: VersionNumber, guard: Guard, request: Request, response: Response
    ) -> One[DashboardItem]:
        """Bring a version back; it becomes the newest one."""
        by = principal_of(request).name
        return shown(await dashboards.restore(id, version, guard.check, by), response)

    return router


def _content(content: Content) -> dict[str, Any]:
    layout = LayoutItem(columns=content.layout["columns"], widgets=content.layout["widgets"])
    return {
        "name": content.name,
        "description": content.description,
        "layout": layout,
        "variables": [dict(variable) for variable in content.variables],
    }


def _item(dashboard: Dashboard) -> DashboardItem:
    return DashboardItem(
        id=dashboard.id,
        created_at=dashboard.created_us,
        updated_at=dashboard.updated_us,
        version=dashboard.version,
        **_content(dashboard.content),
    )


def _version(saved: SavedVersion) -> VersionItem:
    return VersionItem(
        version=saved.version,
        saved_at=saved.saved_us,
        saved_by=saved.saved_by,
        **_content(saved.content),
    )
