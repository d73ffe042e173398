"""What the room answers."""

from typing import Any

from pydantic import Field

from twinedge.alerts.bodies import rule_json, schedule_body
from twinedge.alerts.model import Alert, Json
from twinedge.alerts.service.channels import Channel, Delivery, TestResult
from twinedge.alerts.service.rules import Difference, RuleView
from twinedge.alerts.statistics import TARGET_MIX, Performance
from twinedge.alerts.store.tables import MaintenanceRow, RouteRow, schedule_from_json
from twinedge.alerts.wording import condition_words
from twinedge.kit.clock import US, to_iso
from twinedge.web.envelope import Item, Moment

JsonValue = float | bool | str | None


class RuleItem(Item):
    """An alert rule. `warnings` say what keeps it from working, if anything."""

    id: str
    name: str
    severity: str
    description: str
    enabled: bool
    data_source_id: str | None
    asset_id: str | None
    condition: dict[str, Any]
    condition_text: str
    notifications: list[str]
    repeat_seconds: int | None
    schedule: dict[str, Any] | None
    group_by: str | None
    latching: bool
    inhibits: str
    escalation: list[dict[str, Any]]
    warnings: list[str]
    version: int
    created_at: Moment
    updated_at: Moment


def rule_item(view: RuleView) -> RuleItem:
    rule = view.rule
    return RuleItem(
        **rule_json(rule),
        condition_text=condition_words(rule.condition.form),
        warnings=list(view.warnings),
        version=rule.version,
        created_at=rule.created_us,
        updated_at=rule.updated_us,
    )


class HistoryItem(Item):
    event: str
    timestamp: Moment
    actor: str
    note: str | None


class GroupItem(Item):
    """What the alerts of a rule with group_by have in common: the same parent, source, rule."""

    by: str
    value: str | None


class MemberItem(Item):
    """An asset in the alert of a group; `resolved_at` null: its condition still holds."""

    asset_id: str
    tag_name: str | None
    data_source_id: str | None
    value: JsonValue
    last_value: JsonValue
    message: str
    triggered_at: Moment
    resolved_at: Moment | None
    occurrences: int


class AlertItem(Item):
    """An alert. `state` is finer than `status`; `history` holds every transition.

    `limit` says in words what the value is beyond. `members`, for an alert of a group, are its
    assets: open ones first, then the newest, at most a hundred of `member_count`.
    """

    id: str
    rule_id: str | None
    rule_name: str
    severity: str
    status: str
    state: str
    data_source_id: str | None
    asset_id: str | None
    tag_name: str | None
    value: JsonValue
    message: str
    triggered_at: Moment
    acknowledged_at: Moment | None
    acknowledged_by: str | None
    note: str | None
    resolved_at: Moment | None
    resolved_by: str | None
    cleared_at: Moment | None
    last_value: JsonValue
    occurrences: int
    flapping: bool
    shelved_until: Moment | None
    suppressed_by: str | None
    maintenance_window_id: str | None
    limit: str | None
    group: GroupItem | None
    members: list[MemberItem]
    member_count: int
    members_open: int
    history: list[HistoryItem]


def alert_item(alert: Alert) -> AlertItem:
    same = (
        "id", "rule_id", "rule_name", "data_source_id", "asset_id", "tag_name", "value", "message",
        "acknowledged_by", "note", "resolved_by", "last_value", "occurrences", "flapping",
        "suppressed_by", "limit", "member_count", "members_open",
    )  # fmt: skip
    return AlertItem(
        **{name: getattr(alert, name) for name in same},
        severity=alert.severity.value,
        status=alert.status.value,
        state=alert.state.value,
        triggered_at=alert.triggered_us,
        acknowledged_at=alert.acknowledged_us,
        resolved_at=alert.resolved_us,
        cleared_at=alert.cleared_us,
        shelved_until=alert.shelved_until_us,
        maintenance_window_id=alert.out_of_service,
        group=None
        if alert.group_by is None
        else GroupItem(by=alert.group_by.value, value=alert.group_value),
        members=[
            MemberItem(
                asset_id=m.asset_id, tag_name=m.tag_name, data_source_id=m.data_source_id,
                value=m.value, last_value=m.last_value, message=m.message,
                triggered_at=m.triggered_us, resolved_at=m.resolved_us, occurrences=m.occurrences,
            )
            for m in alert.members
        ],
        history=[
            HistoryItem(event=e.event, timestamp=e.ts, actor=e.actor, note=e.note)
            for e in alert.history
        ],
    )  # fmt: skip


class ChannelItem(Item):
    """A channel; secrets are masked. Not `configured`: its messages are logged as skipped."""

    id: str
    name: str
    type: str
    enabled: bool
    configured: bool
    config: dict[str, Any]
    quiet_hours: dict[str, Any] | None
    template: dict[str, str] | None
    max_per_minute: int | None
    version: int
    created_at: Moment
    updated_at: Moment


def channel_item(channel: Channel) -> ChannelItem:
    quiet = channel.options.get("quiet_hours")
    return ChannelItem(
        id=channel.id,
        name=channel.name,
        type=channel.kind,
        enabled=channel.enabled,
        configured=channel.configured,
        config=channel.config,
        quiet_hours=None
        if quiet is None
        else {
            "schedule": schedule_body(schedule_from_json(quiet["schedule"])),
            "except_severities": quiet["except_severities"],
        },
        template=channel.options.get("template"),
        max_per_minute=channel.options.get("max_per_minute"),
        version=channel.version,
        created_at=channel.created_us,
        updated_at=channel.updated_us,
    )


class TestItem(Item):
    ok: bool
    detail: str
    duration_ms: int


def test_item(result: TestResult) -> TestItem:
    return TestItem(ok=result.ok, detail=result.detail, duration_ms=result.duration_ms)


class AttemptItem(Item):
    timestamp: Moment
    ok: bool
    duration_ms: int
    detail: str


class DeliveryItem(Item):
    """A message of the log: `pending`, `held`, `sent`, `failed`, `skipped` or `merged`."""

    id: str
    channel_id: str
    channel: str
    event: str
    status: str
    alert_id: str | None
    alert_ids: list[str]
    title: str
    text: str
    detail: str | None
    attempts: list[AttemptItem]
    created_at: Moment
    due_at: Moment
    finished_at: Moment | None


def delivery_item(delivery: Delivery) -> DeliveryItem:
    row = delivery.row
    return DeliveryItem(
        id=row.id, channel_id=row.channel_id, channel=row.channel_name, event=row.event,
        status=row.status, alert_id=row.alert_id,
        alert_ids=[subject.alert_id for subject in row.subjects],
        title=row.message["title"], text=row.message["text"], detail=row.detail,
        attempts=[
            AttemptItem(timestamp=t.at_us, ok=t.ok, duration_ms=t.duration_ms, detail=t.detail)
            for t in delivery.attempts
        ],
        created_at=row.created_us, due_at=row.due_us, finished_at=row.finished_us,
    )  # fmt: skip


class RouteItem(Item):
    id: str
    name: str
    enabled: bool
    scope: dict[str, list[str]]
    schedule: dict[str, Any] | None
    notifications: list[str]
    version: int
    created_at: Moment
    updated_at: Moment


def route_item(row: RouteRow) -> RouteItem:
    return RouteItem(
        id=row.id, name=row.name, enabled=row.enabled, scope=row.scope,
        schedule=schedule_body(schedule_from_json(row.schedule)),
        notifications=list(row.notifications), version=row.version,
        created_at=row.created_us, updated_at=row.updated_us,
    )  # fmt: skip


class MaintenanceItem(Item):
    """A maintenance window; `active` says whether it holds now."""

    id: str
    name: str
    reason: str
    start: Moment | None
    end: Moment | None
    schedule: dict[str, Any] | None
    scope: dict[str, list[str]]
    active: bool
    version: int
    created_at: Moment
    updated_at: Moment


def maintenance_item(row: MaintenanceRow, active: bool) -> MaintenanceItem:
    return MaintenanceItem(
        id=row.id, name=row.name, reason=row.reason, start=row.start_us, end=row.end_us,
        schedule=schedule_body(schedule_from_json(row.schedule)), scope=row.scope, active=active,
        version=row.version, created_at=row.created_us, updated_at=row.updated_us,
    )  # fmt: skip


class DifferenceItem(Item):
    """What an import changes; `dry_run`: would change."""

    dry_run: bool
    added: list[str]
    changed: list[str]
    removed: list[str]
    unchanged: list[str]


def difference_item(difference: Difference, dry_run: bool) -> DifferenceItem:
    return DifferenceItem(
        dry_run=dry_run, added=difference.added, changed=difference.changed,
        removed=difference.removed, unchanged=difference.unchanged,
    )  # fmt: skip


class StatisticsItem(Item):
    """Alarm performance after EEMUA 191 and ISA-18.2."""

    start: Moment
    end: Moment
    total: int
    average_per_10min: float
    peak_per_10min: int
    percent_in_flood: float
    floods: list[dict[str, Any]]
    standing: list[dict[str, Any]]
    chattering: int
    suppressed: int
    worst: list[dict[str, Any]] = Field(description="The ten loudest rules and assets")
    priority_mix: dict[str, dict[str, float]] = Field(description="Share and target by severity")
    per_10min: list[dict[str, Any]]
    acknowledge_median_seconds: float | None


def statistics_item(p: Performance) -> StatisticsItem:
    return StatisticsItem(
        start=p.start_us,
        end=p.end_us,
        total=p.total,
        average_per_10min=p.average_per_10min,
        peak_per_10min=p.peak_per_10min,
        percent_in_flood=p.percent_in_flood,
        floods=[
            {"start": to_iso(f.start_us), "end": to_iso(f.end_us), "count": f.count}
            for f in p.floods
        ],
        standing=[_standing(alert, p.end_us) for alert in p.standing],
        chattering=p.chattering,
        suppressed=p.suppressed,
        worst=[
            {
                "rule_id": a.rule_id, "rule_name": a.rule_name, "asset_id": a.asset_id,
                "count": a.count, "share": a.share, "chattering": a.chattering,
            }
            for a in p.worst
        ],
        priority_mix={
            s.value: {"share": share, "target": TARGET_MIX[s]} for s, share in p.mix.items()
        },
        per_10min=[{"start": to_iso(us), "count": count} for us, count in p.per_bucket],
        acknowledge_median_seconds=p.acknowledge_median_s,
    )  # fmt: skip


def _standing(alert: Alert, end_us: int) -> Json:
    return {
        "id": alert.id,
        "rule_name": alert.rule_name,
        "asset_id": alert.asset_id,
        "triggered_at": to_iso(alert.triggered_us),
        "open_hours": round((end_us - alert.triggered_us) / (3600 * US), 1),
    }
