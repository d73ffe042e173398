"""Routes of alert rules: keep, switch, try on the past, as code."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request, Response

from twinedge.alerts.bodies import RuleBody
from twinedge.alerts.exchange import MEDIA_TYPE, read_rules, write_rules
from twinedge.alerts.model import GroupBy, Rule
from twinedge.alerts.past import PastAlert
from twinedge.alerts.preview import Preview, Previewer
from twinedge.alerts.routes.views import (
    DifferenceItem,
    GroupItem,
    RuleItem,
    difference_item,
    rule_item,
)
from twinedge.alerts.service.rules import RuleFilter, Rules
from twinedge.kit.clock import US
from twinedge.kit.errors import Invalid
from twinedge.web.envelope import Body, Deleted, Item, Many, Moment, MomentIn, One, Paging
from twinedge.web.etag import Guard, set_etag
from twinedge.web.routing import Router, scope

Pages = Annotated[Paging, Depends()]
_READ = "read:alerts"
_YAML: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
    }
}
_YAML_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            MEDIA_TYPE: {
                "schema": {
                    "type": "object",
                    "required": ["rules"],
                    "properties": {"rules": {"type": "array", "items": {"type": "object"}}},
                }
            }
        }
    }
}
_FILE_MAX = 2_000_000


class PreviewIn(Body):
    """A rule, saved or not, and a span of the past."""

    rule: RuleBody
    start: MomentIn
    end: MomentIn


class PreviewAlertItem(Item):
    """`asset_id` as in the alert: null for a group of a source or a rule. `assets`: all in it."""

    asset_id: str | None
    assets: list[str]
    group: GroupItem | None
    tag_name: str
    value: float | bool | str | None
    triggered_at: Moment
    resolved_at: Moment | None
    occurrences: int


class AdviceItem(Item):
    """A change that would make the rule quieter, tried on the same data."""

    change: str
    condition: dict[str, Any]
    alerts: int
    minutes_in_alarm: float


class PreviewItem(Item):
    """What the rule would have done."""

    alerts: list[PreviewAlertItem]
    total: int
    minutes_in_alarm: float
    chattering: int
    points: int
    assets: int
    advice: list[AdviceItem]
    warnings: list[str]


def _past_item(rule: Rule, alert: PastAlert) -> PreviewAlertItem:
    group = None if rule.grouping is None else GroupItem(
        by=rule.grouping.value, value=alert.group_value or None
    )  # fmt: skip
    shared = alert.group_value if rule.grouping is GroupBy.PARENT else None
    return PreviewAlertItem(
        asset_id=alert.assets[0] if group is None else shared, assets=list(alert.assets),
        group=group, tag_name=alert.tag_name, value=alert.value, triggered_at=alert.triggered_us,
        resolved_at=alert.resolved_us, occurrences=alert.occurrences,
    )  # fmt: skip


def _preview_item(rule: Rule, preview: Preview, warnings: Sequence[str]) -> PreviewItem:
    return PreviewItem(
        alerts=[_past_item(rule, alert) for alert in preview.alerts[:1000]],
        total=len(preview.alerts),
        minutes_in_alarm=preview.alarm_us / (60 * US),
        chattering=preview.chattering,
        points=preview.points,
        assets=preview.assets,
        advice=[
            AdviceItem(
                change=a.change, condition=a.condition, alerts=a.alerts,
                minutes_in_alarm=a.alarm_us / (60 * US),
            )
            for a in preview.advice
        ],
        warnings=list(warnings),
    )  # fmt: skip


def add_rules(router: Router, rules: Rules, previewer: Previewer) -> None:
    """The routes below /alert-rules."""

    @router.get("/alert-rules")
    async def list_rules(
        pages: Pages,
        severity: Literal["critical", "warning", "info"] | None = None,
        enabled: bool | None = None,
        data_source_id: str | None = None,
        search: Annotated[str | None, Query(max_length=200)] = None,
    ) -> Many[RuleItem]:
        """All rules, newest first."""
        where = RuleFilter(severity, enabled, data_source_id, search)
        found, total = await rules.list(where, pages.offset, pages.per_page)
        return Many.model_validate(pages.of([rule_item(view) for view in found], total))

    @router.post("/alert-rules", status_code=201)
    async def create_rule(body: RuleBody, response: Response) -> One[RuleItem]:
        """Create a rule; it takes effect at once."""
        view = await rules.create(body)
        response.headers["Location"] = f"/v1/alert-rules/{view.rule.id}"
        set_etag(response, view.rule.version)
        return One(data=rule_item(view))

    @router.post("/alert-rules/preview")
    @scope(_READ)
    async def preview(body: PreviewIn) -> One[PreviewItem]:
        """What a rule would have done over a past range, and how to make it quieter."""
        if body.end <= body.start:
            raise Invalid.at("start", "must be before end")
        rule = body.rule.to_rule("preview", 0, "rule.")
        warnings = await rules.warnings_of(rule)
        found = await previewer.run(rule, body.start, body.end)
        return One(data=_preview_item(rule, found, warnings))

    @router.get("/alert-rules/export", responses=_YAML_ANSWER, response_class=Response)
    async def export() -> Response:
        """Every rule as YAML, to be kept as code."""
        return Response(write_rules(await rules.export()), media_type=MEDIA_TYPE)

    @router.post("/alert-rules/import", openapi_extra=_YAML)
    async def import_rules(
        request: Request,
        mode: Literal["merge", "replace"] = "merge",
        dry_run: bool = False,
    ) -> One[DifferenceItem]:
        """Rules from YAML, all or nothing; `replace` deletes the others, `dry_run` only tells."""
        raw = await request.body()
        if len(raw) > _FILE_MAX:
            raise Invalid.at("body", f"is larger than {_FILE_MAX} bytes")
        difference = await rules.load(read_rules(raw), mode == "replace", dry_run)
        return One(data=difference_item(difference, dry_run))

    @router.get("/alert-rules/{id}")
    async def get_rule(id: str, response: Response) -> One[RuleItem]:
        """One rule."""
        view = await rules.get(id)
        set_etag(response, view.rule.version)
        return One(data=rule_item(view))

    @router.put("/alert-rules/{id}")
    async def update_rule(
        id: str, body: RuleBody, guard: Guard, response: Response
    ) -> One[RuleItem]:
        """Replace a rule; an open alert stays open if the new condition still holds."""
        view = await rules.update(id, body, guard)
        set_etag(response, view.rule.version)
        return One(data=rule_item(view))

    @router.delete("/alert-rules/{id}")
    async def delete_rule(id: str) -> One[Deleted]:
        """Delete a rule; its open alerts are resolved, its history stays."""
        await rules.delete(id)
        return One(data=Deleted(id=id, note="its open alerts were resolved, the history is kept"))

    @router.post("/alert-rules/{id}/enable")
    async def enable_rule(id: str) -> One[RuleItem]:
        """Switch a rule on."""
        return One(data=rule_item(await rules.set_enabled(id, True)))

    @router.post("/alert-rules/{id}/disable")
    async def disable_rule(id: str) -> One[RuleItem]:
        """Switch a rule off; its open alerts are resolved."""
        return One(data=rule_item(await rules.set_enabled(id, False)))
