"""Routes of notification channels, their log, notification routes and maintenance windows."""

from typing import Annotated, Any, Literal

from fastapi import Depends, Response

from twinedge.alerts.bodies import ChannelBody, MaintenanceBody, RouteBody
from twinedge.alerts.routes.views import (
    ChannelItem,
    DeliveryItem,
    MaintenanceItem,
    RouteItem,
    TestItem,
    channel_item,
    delivery_item,
    maintenance_item,
    route_item,
    test_item,
)
from twinedge.alerts.service.channels import Channels, NewChannel, secret_fields
from twinedge.alerts.service.plans import Maintenance, Routes, schedule_document
from twinedge.kit.errors import Invalid
from twinedge.web.envelope import Deleted, Item, Many, One, Paging
from twinedge.web.etag import Guard, set_etag
from twinedge.web.routing import Router

Pages = Annotated[Paging, Depends()]
Status = Literal["pending", "held", "sent", "failed", "skipped", "merged"]


class KindItem(Item):
    """A type of channel; `config_schema` draws its form."""

    type: str
    config_schema: dict[str, Any]
    secrets: list[str]


def _new(body: ChannelBody) -> NewChannel:
    quiet = body.quiet_hours
    options = {
        "quiet_hours": None
        if quiet is None
        else {
            "schedule": schedule_document(quiet.schedule),
            "except_severities": list(quiet.except_severities),
        },
        "template": None if body.template is None else body.template.model_dump(),
        "max_per_minute": body.max_per_minute,
    }
    return NewChannel(body.name, body.type, body.config, body.enabled, options)


def add_channels(router: Router, channels: Channels) -> None:
    """The routes below /notification-channels and /notification-deliveries."""

    @router.get("/notification-channels")
    async def list_channels(pages: Pages, type: str | None = None) -> Many[ChannelItem]:
        """All channels, newest first; the four built-in ones are always there."""
        found, total = await channels.list(type, pages.offset, pages.per_page)
        return Many.model_validate(pages.of([channel_item(c) for c in found], total))

    @router.post("/notification-channels", status_code=201)
    async def create_channel(body: ChannelBody, response: Response) -> One[ChannelItem]:
        """Create a channel, or configure a built-in one."""
        channel = await channels.create(body.id, _new(body))
        response.headers["Location"] = f"/v1/notification-channels/{channel.id}"
        set_etag(response, channel.version)
        return One(data=channel_item(channel))

    @router.get("/notification-channels/types")
    async def list_types() -> One[list[KindItem]]:
        """The types of channels and what each needs."""
        kinds = [
            KindItem(
                type=name, config_schema=n.config.model_json_schema(),
                secrets=sorted(secret_fields(n.config)),
            )
            for name, n in sorted(channels.kinds().items())
        ]  # fmt: skip
        return One(data=kinds)

    @router.post("/notification-channels/test")
    async def test_draft(body: ChannelBody) -> One[TestItem]:
        """Send a test message over a channel that is not saved yet."""
        return One(data=test_item(await channels.test_draft(_new(body))))

    @router.get("/notification-channels/{id}")
    async def get_channel(id: str, response: Response) -> One[ChannelItem]:
        """One channel."""
        channel = await channels.get(id)
        set_etag(response, channel.version)
        return One(data=channel_item(channel))

    @router.put("/notification-channels/{id}")
    async def update_channel(
        id: str, body: ChannelBody, guard: Guard, response: Response
    ) -> One[ChannelItem]:
        """Replace a channel; a masked secret keeps what is stored."""
        if body.id is not None and body.id != id:
            raise Invalid.at("id", "cannot be changed")
        channel = await channels.update(id, _new(body), guard)
        set_etag(response, channel.version)
        return One(data=channel_item(channel))

    @router.delete("/notification-channels/{id}")
    async def delete_channel(id: str) -> One[Deleted]:
        """Delete a channel; a built-in one becomes unconfigured."""
        return One(data=Deleted(id=id, note=await channels.delete(id)))

    @router.post("/notification-channels/{id}/test")
    async def test_channel(id: str) -> One[TestItem]:
        """Send a test message; a failing channel is a successful call with `ok: false`."""
        return One(data=test_item(await channels.test(id)))

    @router.get("/notification-deliveries")
    async def list_deliveries(
        pages: Pages,
        channel_id: str | None = None,
        alert_id: str | None = None,
        status: Status | None = None,
    ) -> Many[DeliveryItem]:
        """The log of messages with every try, newest first."""
        log = await channels.log(channel_id, alert_id, status, pages.offset, pages.per_page)
        return Many.model_validate(pages.of([delivery_item(d) for d in log[0]], log[1]))

    @router.post("/notification-deliveries/{id}/retry")
    async def retry(id: str) -> One[dict[str, str]]:
        """Try a failed message again, now."""
        await channels.retry(id)
        return One(data={"id": id, "status": "pending"})


def add_maintenance(router: Router, maintenance: Maintenance) -> None:
    """The routes below /maintenance-windows."""

    @router.get("/maintenance-windows")
    async def list_windows(pages: Pages) -> Many[MaintenanceItem]:
        """All windows, newest first."""
        rows, total = await maintenance.page(pages.offset, pages.per_page)
        found = [maintenance_item(row, maintenance.is_active(row)) for row in rows]
        return Many.model_validate(pages.of(found, total))

    @router.post("/maintenance-windows", status_code=201)
    async def create_window(body: MaintenanceBody, response: Response) -> One[MaintenanceItem]:
        """Plan a window; alerts in its scope are out of service while it holds."""
        row = await maintenance.create(body)
        response.headers["Location"] = f"/v1/maintenance-windows/{row.id}"
        set_etag(response, row.version)
        return One(data=maintenance_item(row, maintenance.is_active(row)))

    @router.get("/maintenance-windows/{id}")
    async def get_window(id: str, response: Response) -> One[MaintenanceItem]:
        """One window."""
        row = await maintenance.get(id)
        set_etag(response, row.version)
        return One(data=maintenance_item(row, maintenance.is_active(row)))

    @router.put("/maintenance-windows/{id}")
    async def update_window(
        id: str, body: MaintenanceBody, guard: Guard, response: Response
    ) -> One[MaintenanceItem]:
        """Replace a window."""
        row = await maintenance.update(id, body, guard)
        set_etag(response, row.version)
        return One(data=maintenance_item(row, maintenance.is_active(row)))

    @router.delete("/maintenance-windows/{id}")
    async def delete_window(id: str) -> One[Deleted]:
        """Delete a window; alerts that are still active are told then."""
        await maintenance.delete(id)
        return One(data=Deleted(id=id))


def add_routes(router: Router, routes: Routes) -> None:
    """The routes below /notification-routes."""

    @router.get("/notification-routes")
    async def list_routes(pages: Pages) -> Many[RouteItem]:
        """All notification routes, newest first."""
        rows, total = await routes.page(pages.offset, pages.per_page)
        return Many.model_validate(pages.of([route_item(row) for row in rows], total))

    @router.post("/notification-routes", status_code=201)
    async def create_route(body: RouteBody, response: Response) -> One[RouteItem]:
        """Send alerts of a scope, at times, to channels, whatever their rule says."""
        row = await routes.create(body)
        response.headers["Location"] = f"/v1/notification-routes/{row.id}"
        set_etag(response, row.version)
        return One(data=route_item(row))

    @router.get("/notification-routes/{id}")
    async def get_route(id: str, response: Response) -> One[RouteItem]:
        """One notification route."""
        row = await routes.get(id)
        set_etag(response, row.version)
        return One(data=route_item(row))

    @router.put("/notification-routes/{id}")
    async def update_route(
        id: str, body: RouteBody, guard: Guard, response: Response
    ) -> One[RouteItem]:
        """Replace a notification route."""
        row = await routes.update(id, body, guard)
        set_etag(response, row.version)
        return One(data=route_item(row))

    @router.delete("/notification-routes/{id}")
    async def delete_route(id: str) -> One[Deleted]:
        """Delete a notification route."""
        await routes.delete(id)
        return One(data=Deleted(id=id))
