"""Tables of rules, alerts, the engine's state, channels and deliveries."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from twinedge.alerts.conditions import condition_json, parse_condition
from twinedge.alerts.model import (
    Alert,
    EscalationStep,
    GroupBy,
    GroupKey,
    HistoryEntry,
    Inhibits,
    Json,
    Member,
    Rule,
    Schedule,
    Severity,
    Status,
    Window,
)
from twinedge.db.base import Base, Micros
from twinedge.db.base import Json as JsonColumn

ID = String(64)
MEMBERS_SHOWN = 100
"""Of the members of an alert so many are listed: open ones first, then the newest."""
BIG_KEY = BigInteger().with_variant(Integer(), "sqlite")
"""A growing number; SQLite counts up only plain integers."""


class RuleRow(Base):
    """A rule; what only the rule itself looks at is one document."""

    __tablename__ = "alert_rules"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    severity: Mapped[str] = mapped_column(String(10), index=True)
    enabled: Mapped[bool] = mapped_column()
    data_source_id: Mapped[str | None] = mapped_column(ID, index=True)
    asset_id: Mapped[str | None] = mapped_column(String(200))
    condition: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    notifications: Mapped[list[Any]] = mapped_column(JsonColumn)
    options: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    version: Mapped[int] = mapped_column()
    created_us: Mapped[int] = mapped_column(Micros, index=True)
    updated_us: Mapped[int] = mapped_column(Micros)

    def to_rule(self) -> Rule:
        condition, faults = parse_condition(self.condition)
        if condition is None:
            raise ValueError(f"stored condition of rule {self.id!r} is unreadable: {faults}")
        options = self.options
        return Rule(
            id=self.id,
            name=self.name,
            severity=Severity(self.severity),
            condition=condition,
            description=self.description,
            enabled=self.enabled,
            data_source_id=self.data_source_id,
            asset_id=self.asset_id,
            notifications=tuple(self.notifications),
            repeat_s=options["repeat_seconds"],
            schedule=schedule_from_json(options["schedule"]),
            group_by=None if options["group_by"] is None else GroupBy(options["group_by"]),
            latching=options["latching"],
            inhibits=Inhibits(options["inhibits"]),
            escalation=tuple(
                EscalationStep(step["after_seconds"], tuple(step["notifications"]))
                for step in options["escalation"]
            ),
            version=self.version,
            created_us=self.created_us,
            updated_us=self.updated_us,
        )

    def take(self, rule: Rule) -> None:
        """Set every column from the rule but the id."""
        self.name, self.description, self.severity = rule.name, rule.description, rule.severity
        self.enabled, self.data_source_id = rule.enabled, rule.data_source_id
        self.asset_id, self.condition = rule.asset_id, condition_json(rule.condition)
        self.notifications = list(rule.notifications)
        self.options = {
            "repeat_seconds": rule.repeat_s,
            "schedule": schedule_json(rule.schedule),
            "group_by": rule.group_by,
            "latching": rule.latching,
            "inhibits": rule.inhibits,
            "escalation": [
                {"after_seconds": step.after_s, "notifications": list(step.notifications)}
                for step in rule.escalation
            ],
        }
        self.version, self.created_us, self.updated_us = (
            rule.version, rule.created_us, rule.updated_us,
        )  # fmt: skip


def schedule_json(schedule: Schedule | None) -> Json | None:
    if schedule is None:
        return None
    windows = [
        {"weekdays": list(w.weekdays), "from": w.from_min, "to": w.to_min} for w in schedule.windows
    ]
    return {"timezone": schedule.timezone, "windows": windows}


def schedule_from_json(raw: Json | None) -> Schedule | None:
    if raw is None:
        return None
    windows = (Window(tuple(w["weekdays"]), w["from"], w["to"]) for w in raw["windows"])
    return Schedule(raw["timezone"], tuple(windows))


class AlertRow(Base):
    """An alert. `open_key` is unique and set while it is open: never two for one rule and asset.

    Of a rule with group_by, an alert has members: the assets whose condition held.
    """

    __tablename__ = "alerts"
    __table_args__ = (Index("ix_alerts_order", "is_open", "triggered_us", "id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    open_key: Mapped[str | None] = mapped_column(String(300), unique=True)
    is_open: Mapped[bool] = mapped_column()
    rule_id: Mapped[str | None] = mapped_column(ID, index=True)
    rule_name: Mapped[str] = mapped_column(String(200))
    severity: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(12), index=True)
    data_source_id: Mapped[str | None] = mapped_column(ID)
    asset_id: Mapped[str | None] = mapped_column(String(200), index=True)
    tag_name: Mapped[str | None] = mapped_column(String(200))
    value: Mapped[Any] = mapped_column(JsonColumn, nullable=True)
    last_value: Mapped[Any] = mapped_column(JsonColumn, nullable=True)
    message: Mapped[str] = mapped_column(Text)
    limit_text: Mapped[str | None] = mapped_column(Text)
    group_by: Mapped[str | None] = mapped_column(String(20))
    group_value: Mapped[str | None] = mapped_column(String(200))
    triggered_us: Mapped[int] = mapped_column(Micros, index=True)
    acknowledged_us: Mapped[int | None] = mapped_column(Micros)
    acknowledged_by: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)
    resolved_us: Mapped[int | None] = mapped_column(Micros)
    resolved_by: Mapped[str | None] = mapped_column(String(200))
    cleared_us: Mapped[int | None] = mapped_column(Micros)
    occurrences: Mapped[int] = mapped_column()
    flapping: Mapped[bool] = mapped_column()
    shelved_until_us: Mapped[int | None] = mapped_column(Micros)
    suppressed_by: Mapped[str | None] = mapped_column(String(80))
    out_of_service: Mapped[str | None] = mapped_column(ID)
    history: Mapped[list[Any]] = mapped_column(JsonColumn)
    notified: Mapped[bool] = mapped_column()
    """Whether people were told that it came (so they are told that it went)."""
    raised_us: Mapped[int] = mapped_column(Micros)
    """Wall clock of the booking; repeats and escalation count from it."""
    next_notice_us: Mapped[int | None] = mapped_column(Micros, index=True)
    escalation_step: Mapped[int] = mapped_column()
    version: Mapped[int] = mapped_column()
    members: Mapped[dict[str, "MemberRow"]] = relationship(
        collection_class=attribute_keyed_dict("asset_id"), cascade="all", passive_deletes=True
    )
    """By asset; empty unless the alert is of a group."""

    @property
    def members_open(self) -> list["MemberRow"]:
        """Members whose condition still holds; of no group: none."""
        if self.group_by is None:
            return []
        return [member for member in self.members.values() if member.resolved_us is None]

    @property
    def is_muted(self) -> bool:
        """Whether people should not hear of it now."""
        return bool(self.shelved_until_us or self.suppressed_by or self.out_of_service)

    @property
    def places(self) -> list[tuple[str | None, str | None]]:
        """(asset, data source) of what it is about: its own, or those of the open members."""
        if self.group_by is None:
            return [(self.asset_id, self.data_source_id)]
        members = self.members_open or self.members.values()
        return [(member.asset_id, member.data_source_id) for member in members]

    @property
    def shelf_key(self) -> GroupKey:
        """What a shelf holds: the rule on the asset, or on the group."""
        label = self.asset_id if self.group_by is None else self.group_value
        return (self.rule_id or "", label or "")

    @property
    def engine_keys(self) -> list[GroupKey]:
        """The engine's groups that hold it open; none once its condition has cleared."""
        if self.cleared_us is not None:
            return []
        if self.group_by is None:
            return [(self.rule_id or "", self.asset_id or "")]
        return [(self.rule_id or "", member.asset_id) for member in self.members_open]

    def to_alert(self) -> Alert:
        grouped = self.group_by is not None
        members = sorted(self.members.values(), key=_newest_open) if grouped else []
        return Alert(
            id=self.id, rule_id=self.rule_id, rule_name=self.rule_name,
            severity=Severity(self.severity), status=Status(self.status),
            data_source_id=self.data_source_id, asset_id=self.asset_id, tag_name=self.tag_name,
            value=self.value, message=self.message, triggered_us=self.triggered_us,
            last_value=self.last_value, acknowledged_us=self.acknowledged_us,
            acknowledged_by=self.acknowledged_by, note=self.note, resolved_us=self.resolved_us,
            resolved_by=self.resolved_by, cleared_us=self.cleared_us,
            occurrences=self.occurrences, flapping=self.flapping,
            shelved_until_us=self.shelved_until_us, suppressed_by=self.suppressed_by,
            out_of_service=self.out_of_service,
            history=tuple(HistoryEntry.from_json(entry) for entry in self.history),
            version=self.version, limit=self.limit_text,
            group_by=None if self.group_by is None else GroupBy(self.group_by),
            group_value=self.group_value,
            members=tuple(member.to_member() for member in members[:MEMBERS_SHOWN]),
            member_count=len(members),
            members_open=sum(member.resolved_us is None for member in members),
        )  # fmt: skip


class MemberRow(Base):
    """An asset in the alert of a group. `told`: whether a message has named it."""

    __tablename__ = "alert_members"

    alert_id: Mapped[str] = mapped_column(
        ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True
    )
    asset_id: Mapped[str] = mapped_column(String(200), primary_key=True, index=True)
    tag_name: Mapped[str | None] = mapped_column(String(200))
    data_source_id: Mapped[str | None] = mapped_column(ID)
    value: Mapped[Any] = mapped_column(JsonColumn, nullable=True)
    last_value: Mapped[Any] = mapped_column(JsonColumn, nullable=True)
    message: Mapped[str] = mapped_column(Text)
    triggered_us: Mapped[int] = mapped_column(Micros)
    resolved_us: Mapped[int | None] = mapped_column(Micros)
    occurrences: Mapped[int] = mapped_column()
    told: Mapped[bool] = mapped_column()

    def to_member(self) -> Member:
        return Member(
            self.asset_id, self.tag_name, self.data_source_id, self.value, self.last_value,
            self.message, self.triggered_us, self.resolved_us, self.occurrences,
        )  # fmt: skip


def _newest_open(member: MemberRow) -> tuple[bool, int, str]:
    return (member.resolved_us is not None, -member.triggered_us, member.asset_id)


class GroupStateRow(Base):
    """The engine's state of a group after its last transition since the checkpoint."""

    __tablename__ = "alert_group_states"

    rule_id: Mapped[str] = mapped_column(ID, primary_key=True)
    asset_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(16))
    state: Mapped[dict[str, Any]] = mapped_column(JsonColumn)


class CheckpointRow(Base):
    """The engine's whole state at some moment; in a second row, without it, when it last lived."""

    __tablename__ = "alert_checkpoints"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at_us: Mapped[int] = mapped_column(Micros)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ShelfRow(Base):
    """A rule on an asset, silenced by a person for a while."""

    __tablename__ = "alert_shelves"

    rule_id: Mapped[str] = mapped_column(ID, primary_key=True)
    asset_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    until_us: Mapped[int] = mapped_column(Micros)
    reason: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(200))


class MaintenanceRow(Base):
    """A planned span in which alerts of some things are out of service."""

    __tablename__ = "maintenance_windows"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    start_us: Mapped[int | None] = mapped_column(Micros)
    end_us: Mapped[int | None] = mapped_column(Micros)
    schedule: Mapped[dict[str, Any] | None] = mapped_column(JsonColumn)
    scope: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    version: Mapped[int] = mapped_column()
    created_us: Mapped[int] = mapped_column(Micros, index=True)
    updated_us: Mapped[int] = mapped_column(Micros)


class ChannelRow(Base):
    """Where notifications go; secrets in `config` are sealed."""

    __tablename__ = "notification_channels"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    type: Mapped[str] = mapped_column(String(20))
    enabled: Mapped[bool] = mapped_column()
    config: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    """Empty: a built-in channel that nobody has configured yet."""
    options: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    version: Mapped[int] = mapped_column()
    created_us: Mapped[int] = mapped_column(Micros, index=True)
    updated_us: Mapped[int] = mapped_column(Micros)


class RouteRow(Base):
    """Sends alerts that match to channels, whatever their rule says."""

    __tablename__ = "notification_routes"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    enabled: Mapped[bool] = mapped_column()
    scope: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    schedule: Mapped[dict[str, Any] | None] = mapped_column(JsonColumn)
    notifications: Mapped[list[Any]] = mapped_column(JsonColumn)
    version: Mapped[int] = mapped_column()
    created_us: Mapped[int] = mapped_column(Micros, index=True)
    updated_us: Mapped[int] = mapped_column(Micros)


class DeliveryRow(Base):
    """The outbox: one message for one channel, its content fixed when it was queued."""

    __tablename__ = "alert_deliveries"
    __table_args__ = (Index("ix_alert_deliveries_due", "status", "due_us"),)

    number: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(ID, unique=True)
    alert_id: Mapped[str | None] = mapped_column(ID, index=True)
    channel_id: Mapped[str] = mapped_column(ID, index=True)
    channel_name: Mapped[str] = mapped_column(String(200))
    event: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(10))
    hold_key: Mapped[str | None] = mapped_column(String(300))
    due_us: Mapped[int] = mapped_column(Micros)
    attempts: Mapped[int] = mapped_column()
    detail: Mapped[str | None] = mapped_column(Text)
    message: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    created_us: Mapped[int] = mapped_column(Micros, index=True)
    finished_us: Mapped[int | None] = mapped_column(Micros)
    subjects: Mapped[list["SubjectRow"]] = relationship(cascade="all", passive_deletes=True)
    """The alerts it tells of; `alert_id` is set when there is just one."""


class SubjectRow(Base):
    """An alert that a message tells of."""

    __tablename__ = "alert_delivery_subjects"

    delivery_id: Mapped[str] = mapped_column(
        ForeignKey("alert_deliveries.id", ondelete="CASCADE"), primary_key=True
    )
    alert_id: Mapped[str] = mapped_column(ID, primary_key=True, index=True)


class AttemptRow(Base):
    """One try to deliver."""

    __tablename__ = "alert_delivery_attempts"

    id: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=True)
    delivery_id: Mapped[str] = mapped_column(
        ForeignKey("alert_deliveries.id", ondelete="CASCADE"), index=True
    )
    at_us: Mapped[int] = mapped_column(Micros)
    ok: Mapped[bool] = mapped_column()
    duration_ms: Mapped[int] = mapped_column()
    detail: Mapped[str] = mapped_column(Text)
