"""Routes of alerts, and of the links in messages."""

from html import escape
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from twinedge.alerts.bodies import Id, Name, SeverityWord
from twinedge.alerts.model import Alert, Severity, State, Status
from twinedge.alerts.routes import sheet
from twinedge.alerts.routes.views import AlertItem, StatisticsItem, alert_item, statistics_item
from twinedge.alerts.service.alerts import Alerts, NewAlert
from twinedge.alerts.store.alerts import AlertFilter
from twinedge.kit.clock import US, Clock
from twinedge.kit.errors import Conflict, Invalid, TwinEdgeError
from twinedge.web.envelope import Body, Many, MomentIn, One, Paging
from twinedge.web.routing import PUBLIC, Router, principal_of, scope
from twinedge.web.span import span_of

Pages = Annotated[Paging, Depends()]
SHEET_MAX = 50_000
"""Alerts in one CSV answer."""
Note = Annotated[str, Field(max_length=4000)]
_DAY_US = 86_400 * US
_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {sheet.MEDIA_TYPE: {"schema": {"type": "string"}}}}
}
_BAD_LINK: dict[int | str, dict[str, Any]] = {
    status: {"description": "A page that says why the link does not work", "content": page}
    for status in (403, 404)
    for page in ({"text/html": {"schema": {"type": "string"}}},)
}


class NoteIn(Body):
    note: Note | None = None


class ShelveIn(Body):
    """Give either a duration or a moment."""

    duration_seconds: Annotated[int, Field(ge=1)] | None = None
    until: MomentIn | None = None
    reason: Annotated[str, Field(max_length=2000)] = ""


class AlertIn(Body):
    """An alert raised by a person or another system."""

    id: Id | None = None
    name: Name
    severity: SeverityWord
    message: Annotated[str, Field(min_length=1, max_length=4000)]
    asset_id: Name | None = None
    tag_name: Name | None = None
    value: float | bool | Annotated[str, Field(max_length=1000)] | None = None
    triggered_at: MomentIn | None = None


def add_alerts(router: Router, alerts: Alerts, clock: Clock) -> None:
    """The routes below /alerts and /alert-links."""

    @router.get("/alerts", response_model=Many[AlertItem], responses=_CSV)
    async def list_alerts(
        request: Request,
        pages: Pages,
        status: Literal["active", "acknowledged", "resolved"] | None = None,
        severity: SeverityWord | None = None,
        start: Annotated[str | None, Query(description="ISO 8601, by triggered_at")] = None,
        end: Annotated[str | None, Query(description="ISO 8601, exclusive")] = None,
        rule_id: str | None = None,
        asset_id: Annotated[str | None, Query(description="Also as a member of a group")] = None,
        data_source_id: str | None = None,
        state: State | None = None,
        q: Annotated[
            str | None,
            Query(max_length=200, description="Part of rule, message, asset, tag or note"),
        ] = None,
    ) -> Many[AlertItem] | Response:
        """Alerts: unresolved first, then newest. `Accept: text/csv` answers all pages in one."""
        start_us, end_us = span_of(start, end)
        where = AlertFilter(
            None if status is None else Status(status),
            None if severity is None else Severity(severity),
            start_us, end_us, rule_id, asset_id, data_source_id, state, q,
        )  # fmt: skip
        if sheet.is_wanted(request.headers.get("accept", "")):
            every, _ = await alerts.list(where, 0, SHEET_MAX)
            return Response(sheet.write_alerts(every), media_type=sheet.MEDIA_TYPE)
        found, total = await alerts.list(where, pages.offset, pages.per_page)
        return Many.model_validate(pages.of([alert_item(alert) for alert in found], total))

    @router.post("/alerts", status_code=201)
    async def create_alert(body: AlertIn, request: Request, response: Response) -> One[AlertItem]:
        """Raise an alert by hand; notification routes tell of it."""
        value = float(body.value) if type(body.value) is int else body.value
        new = NewAlert(
            body.id, body.name, Severity(body.severity), body.message, body.asset_id,
            body.tag_name, value, body.triggered_at,
        )  # fmt: skip
        alert = await alerts.create(new, principal_of(request).name)
        response.headers["Location"] = f"/v1/alerts/{alert.id}"
        return One(data=alert_item(alert))

    @router.get("/alerts/statistics")
    async def statistics(start: str | None = None, end: str | None = None) -> One[StatisticsItem]:
        """Alarm performance; without a range the last 24 hours."""
        start_us, end_us = span_of(start, end)
        last = end_us if end_us is not None else clock.now_us()
        first = start_us if start_us is not None else last - _DAY_US
        if not first < last <= first + 400 * _DAY_US:
            raise Invalid.at("start", "the range must be longer than nothing and at most 400 days")
        return One(data=statistics_item(await alerts.statistics(first, last)))

    @router.get("/alerts/{id}")
    async def get_alert(id: str) -> One[AlertItem]:
        """One alert with its history."""
        return One(data=alert_item(await alerts.get(id)))

    @router.post("/alerts/{id}/acknowledge")
    async def acknowledge(id: str, request: Request, body: NoteIn | None = None) -> One[AlertItem]:
        """Say that someone takes care; harmless twice."""
        note = None if body is None else body.note
        return One(data=alert_item(await alerts.acknowledge(id, principal_of(request).name, note)))

    @router.post("/alerts/{id}/resolve")
    async def resolve(id: str, request: Request, body: NoteIn | None = None) -> One[AlertItem]:
        """End an alert by hand; it comes back only after the condition has cleared once."""
        note = None if body is None else body.note
        return One(data=alert_item(await alerts.resolve(id, principal_of(request).name, note)))

    @router.post("/alerts/{id}/shelve")
    async def shelve(id: str, body: ShelveIn, request: Request) -> One[AlertItem]:
        """Silence the rule on this asset for a while."""
        actor = principal_of(request).name
        alert = await alerts.shelve(id, body.duration_seconds, body.until, body.reason, actor)
        return One(data=alert_item(alert))

    @router.post("/alerts/{id}/unshelve")
    async def unshelve(id: str, request: Request) -> One[AlertItem]:
        """Take it off the shelf."""
        return One(data=alert_item(await alerts.unshelve(id, principal_of(request).name)))

    @router.get("/alert-links/{token}", response_class=HTMLResponse, responses=_BAD_LINK)
    @scope(PUBLIC)
    async def open_link(token: str) -> HTMLResponse:
        """The page behind the link in a message. Looking changes nothing: mail scanners look."""
        return await _page(alerts, token, press=False)

    @router.post("/alert-links/{token}", response_class=HTMLResponse, responses=_BAD_LINK)
    @scope(PUBLIC)
    async def press_link(token: str) -> HTMLResponse:
        """Acknowledge with the token of a message's link."""
        return await _page(alerts, token, press=True)


async def _page(alerts: Alerts, token: str, press: bool) -> HTMLResponse:
    try:
        alert = await (alerts.acknowledge_by_link(token) if press else alerts.of_link(token))
    except Conflict:
        return _html("This alert is already resolved", "Nothing is left to do.")
    except TwinEdgeError as error:
        return _html("This link does not work", error.message, error.status)
    return _alert_page(alert)


def _alert_page(alert: Alert) -> HTMLResponse:
    title = f"{alert.severity.value.capitalize()}: {alert.rule_name}"
    if alert.status is Status.ACTIVE:
        button = '<form method="post"><button type="submit">Acknowledge</button></form>'
        return _html(title, alert.message, extra=button)
    by = f" by {alert.acknowledged_by}" if alert.acknowledged_by else ""
    return _html(title, f"{alert.message}\nThis alert is {alert.status.value}{by}.")


def _html(title: str, text: str, status: int = 200, extra: str = "") -> HTMLResponse:
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>TwinEdge</title>'
        '<meta name="viewport" content="width=device-width"></head><body><main>'
        f"<h1>{escape(title)}</h1><p>{escape(text).replace(chr(10), '<br>')}</p>{extra}"
        "</main></body></html>"
    )
    headers = {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": "default-src 'none'; form-action 'self'",
    }
    return HTMLResponse(page, status, headers)
