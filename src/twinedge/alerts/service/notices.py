"""Planning of notifications: who is told what, at once, later, in one, or not at all.

Runs inside the transaction of the alert's change, so a notice is queued if and only if the change
is. The content is made here and stored: every try sends the same under the same id.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy.orm import Session

from twinedge.alerts import wording
from twinedge.alerts.conditions import leaves_of
from twinedge.alerts.links import Links
from twinedge.alerts.model import Json, Member, Stale
from twinedge.alerts.ports import Message
from twinedge.alerts.service.surroundings import Surroundings, quiet_until
from twinedge.alerts.store import outbox
from twinedge.alerts.store.tables import AlertRow, ChannelRow, DeliveryRow, SubjectRow
from twinedge.alerts.templates import render
from twinedge.kit.clock import US, to_iso
from twinedge.kit.ids import new_id

BURST = 5
"""More than so many messages at once about one rule become one."""
STORM_PER_MINUTE = 20
"""So many messages a minute a channel takes; more become one at the end of the minute."""
STALE_WAIT_US = 15 * US
"""A silent tag waits for its source to be found down, which would explain it."""
MAX_AGE_US = 86_400 * US
"""Nobody is woken for what happened more than a day ago."""
LINES = 20
WAIT = "wait"
BURST_KEY = "burst-"
BURST_WAIT_US = 10 * US
"""What a burst holds goes after so long even if it never ends, as after a kill."""

_URGENT = {"raised", "returned", "joined", "escalated", "repeated"}


def alert_json(row: AlertRow) -> Json:
    """The alert as messages carry it."""
    alert = row.to_alert()
    moments = {
        "triggered_at": alert.triggered_us,
        "acknowledged_at": alert.acknowledged_us,
        "resolved_at": alert.resolved_us,
    }
    plain = (
        "id", "rule_id", "rule_name", "severity", "status", "state", "data_source_id", "asset_id",
        "tag_name", "value", "last_value", "message", "acknowledged_by", "note", "resolved_by",
        "occurrences", "limit", "member_count", "members_open",
    )  # fmt: skip
    return {name: getattr(alert, name) for name in plain} | {
        "group": None
        if alert.group_by is None
        else {"by": alert.group_by.value, "value": alert.group_value},
        "members": [_member_json(member) for member in alert.members],
        **{name: wording.moment(us) for name, us in moments.items()},
    }


def _member_json(member: Member) -> Json:
    return {
        "asset_id": member.asset_id, "tag_name": member.tag_name, "value": member.value,
        "last_value": member.last_value, "message": member.message,
        "triggered_at": wording.moment(member.triggered_us),
        "resolved_at": wording.moment(member.resolved_us),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Notice:
    event: str
    row: AlertRow
    channel: str


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of a message: sent now, held under a key, or skipped for a reason."""

    status: str
    due_us: int
    hold_key: str | None = None
    detail: str | None = None


class Planner:
    """Collects what happened in one transaction, then queues the messages."""

    def __init__(
        self, session: Session, around: Surroundings, links: Links, burst: str | None = None
    ) -> None:
        """burst: names the many changes of which these are a part; `release_burst` ends it."""
        self._session = session
        self._burst = burst
        self._around = around
        self._links = links
        self._notices: list[_Notice] = []
        self.queued = 0

    def tell(self, event: str, row: AlertRow, channels: Sequence[str] | None = None) -> None:
        """Tell the alert's channels (or these) of the event."""
        names = self._around.channels_of(row) if channels is None else channels
        self._notices += [_Notice(event, row, name) for name in names]
        if event == "raised" and names:
            row.notified = True

    def finish(self) -> None:
        """Queue everything."""
        if not self._notices:
            return
        now_us = self._around.now_us
        counts = outbox.recent_counts(self._session, now_us - 60 * US)
        buckets: dict[tuple[str, str, str | None], list[_Notice]] = {}
        for notice in self._notices:
            key = (notice.channel, notice.event, notice.row.rule_id)
            buckets.setdefault(key, []).append(notice)
        rows: list[DeliveryRow] = []
        later: dict[tuple[str, _Fate], list[_Notice]] = {}
        for (name, _, _), notices in buckets.items():
            parcels = [notices] if len(notices) > BURST else [[notice] for notice in notices]
            for parcel in parcels:
                fate = self._fate(name, parcel, counts)
                if fate.status == "pending" or len(parcel) > BURST or fate.hold_key == WAIT:
                    rows.append(self._queued(name, parcel, fate))
                else:
                    later.setdefault((name, fate), []).extend(parcel)
        for (name, fate), notices in later.items():
            parcels = [notices] if len(notices) > BURST else [[notice] for notice in notices]
            rows += [self._queued(name, parcel, fate) for parcel in parcels]
        outbox.put(self._session, rows)
        self._session.flush()
        self.queued = len(rows)

    def _queued(self, name: str, notices: Sequence[_Notice], fate: "_Fate") -> DeliveryRow:
        """The row of one message about these."""
        channel = self._around.channels.get(name)
        if len(notices) == 1:
            message = self._single(channel, notices[0])
        else:
            message = self._summary(channel, notices)
        hold_key = f"{WAIT}:{message.id}" if fate.hold_key == WAIT else fate.hold_key
        return DeliveryRow(
            id=message.id,
            alert_id=notices[0].row.id if len(notices) == 1 else None,
            subjects=_subjects(notice.row.id for notice in notices),
            channel_id=name if channel is None else channel.id,
            channel_name=name,
            event=message.event,
            status=fate.status,
            hold_key=hold_key,
            due_us=fate.due_us,
            attempts=0,
            detail=fate.detail,
            message=_fields(message),
            created_us=self._around.now_us,
            finished_us=self._around.now_us if fate.status == "skipped" else None,
        )

    # --- content ---------------------------------------------------------------------------

    def _single(self, channel: ChannelRow | None, notice: _Notice) -> Message:
        alert, now_us, event = alert_json(notice.row), self._around.now_us, notice.event
        link = self._links.alert(notice.row.id)
        acknowledge = None
        if event in _URGENT and notice.row.status == "active":
            acknowledge = self._links.acknowledge(notice.row.id, notice.channel, now_us)
        message = Message(
            id=new_id("msg"),
            event=event,
            severity=alert["severity"],
            title=wording.title(event, alert),
            text=wording.text(event, alert, link, acknowledge),
            payload={"alert": alert},
            created_us=now_us,
            link=link,
            acknowledge_link=acknowledge,
        )
        return with_template(channel, message, [alert], 1)

    def _summary(self, channel: ChannelRow | None, notices: Sequence[_Notice]) -> Message:
        """One message about many alerts, of one rule or of several."""
        first = [alert_json(notice.row) for notice in notices[:LINES]]
        lines = [
            f"{wording.title(notice.event, alert)}: {alert['message']}"
            for notice, alert in zip(notices, first, strict=False)
        ]
        total, severity = len(notices), _worst(notice.row.severity for notice in notices)
        event, rule = notices[0].event, notices[0].row.rule_id
        if all(notice.event == event and notice.row.rule_id == rule for notice in notices):
            title = wording.burst_title(event, severity, total, notices[0].row.rule_name)
        else:
            event, title = "summary", wording.summary_title(severity, total)
        message = summary_message(
            title, lines, total, first, severity, self._around.now_us, self._links.alerts(), event
        )
        return with_template(channel, message, first, total)

    def _refusal(
        self, channel: ChannelRow | None, name: str, notices: Sequence[_Notice]
    ) -> str | None:
        """Why the channel is not used; None when it is."""
        newest = max(n.row.resolved_us or n.row.triggered_us for n in notices)
        if channel is None:
            return f"there is no channel {name!r}"
        if not channel.config:
            return f"channel {name!r} is not configured"
        if not channel.enabled:
            return f"channel {name!r} is switched off"
        if notices[0].event in ("raised", "resolved") and newest < self._around.now_us - MAX_AGE_US:
            return "this happened more than a day ago"
        return None

    # --- time ------------------------------------------------------------------------------

    def _fate(self, name: str, notices: Sequence[_Notice], counts: dict[str, int]) -> "_Fate":
        """Decide between skipped, pending and held; counts what is sent now."""
        now_us = self._around.now_us
        channel = self._around.channels.get(name)
        refusal = self._refusal(channel, name, notices)
        if refusal is not None or channel is None:
            return _Fate("skipped", now_us, detail=refusal)
        severity = _worst(notice.row.severity for notice in notices)
        if (until := quiet_until(channel, severity, now_us)) is not None:
            return _Fate("held", until, f"quiet:{channel.id}")
        first = notices[0]
        if len(notices) == 1 and first.event == "raised" and self._may_be_explained(first.row):
            return _Fate("held", now_us + STALE_WAIT_US, WAIT)
        if len(notices) > 1 and self._burst is not None:
            key = f"{self._burst}:{first.event}:{first.row.rule_id}"
            return _Fate("held", now_us + BURST_WAIT_US, key)
        cap = int(channel.options.get("max_per_minute") or STORM_PER_MINUTE)
        if counts.get(channel.id, 0) >= cap:
            return _Fate("held", now_us + 60 * US, f"storm:{channel.id}")
        counts[channel.id] = counts.get(channel.id, 0) + 1
        return _Fate("pending", now_us)

    def _may_be_explained(self, row: AlertRow) -> bool:
        """Whether the alert is a mere silence of a tag that belongs to a data source."""
        rule = self._around.rules.get(row.rule_id or "")
        if rule is None or all(source is None for _, source in row.places):
            return False
        return all(isinstance(leaf, Stale) for leaf in leaves_of(rule.condition.form))


def _worst(severities: Iterable[str]) -> str:
    found = set(severities)
    return next((s for s in ("critical", "warning", "info") if s in found), "info")


def _fields(message: Message) -> Json:
    return {field.name: getattr(message, field.name) for field in fields(message)}


def _subjects(alert_ids: Iterable[str]) -> list[SubjectRow]:
    return [SubjectRow(alert_id=id) for id in dict.fromkeys(alert_ids)]


def summary_message(
    title: str, lines: Sequence[str], total: int, alerts: Sequence[Json], severity: str,
    now_us: int, link: str | None, event: str = "summary",
) -> Message:  # fmt: skip
    """One message in place of many."""
    return Message(
        id=new_id("msg"),
        event=event,
        severity=severity,
        title=title,
        text=wording.summary_text(lines, total, link),
        payload={"alerts": list(alerts), "total": total},
        created_us=now_us,
        link=link,
    )


def with_template(
    channel: ChannelRow | None, message: Message, alerts: Sequence[Json], total: int
) -> Message:
    """The message in the channel's own words. A template that fails leaves ours, and says so."""
    template: Json | None = None if channel is None else channel.options.get("template")
    if template is None:
        return message
    variables: dict[str, Any] = {
        "event": message.event, "alert": alerts[0] if alerts else None, "alerts": list(alerts),
        "total": total, "title": message.title, "link": message.link,
        "acknowledge_link": message.acknowledge_link,
    }  # fmt: skip
    words = _fields(message)
    try:
        if template["subject"]:
            words["title"] = " ".join(render(template["subject"], variables).split())[:500]
        if template["body"]:
            words["text"] = render(template["body"], variables)
    except ValueError as error:
        words["text"] = f"{message.text}\n\n({error})"
    return Message(**words)


def release(session: Session, now_us: int, link: str | None) -> int:
    """Let held messages go whose time has come; several of one kind become one. How many went.

    A message about a silence that was explained meanwhile, or is over, is dropped.
    """
    buckets: dict[tuple[str, str | None], list[DeliveryRow]] = {}
    for row in outbox.held_due(session, now_us):
        alert = None if row.alert_id is None else session.get(AlertRow, row.alert_id)
        over = alert is None or not alert.is_open or alert.is_muted
        if (row.hold_key or "").startswith(f"{WAIT}:") and over:
            row.status, row.finished_us = "skipped", now_us
            row.detail = "explained by another alert, or over"
            if alert is not None:
                alert.notified = False
            continue
        buckets.setdefault((row.channel_id, row.hold_key), []).append(row)
    for rows in buckets.values():
        if len(rows) == 1:
            rows[0].status = "pending"
            continue
        _merge(session, rows, now_us, link)
    return len(buckets)


def release_burst(session: Session, burst: str, now_us: int, link: str | None) -> int:
    """The burst is over: what it held becomes one message a rule. How many went."""
    rows = outbox.held_under(session, f"{burst}:")
    for row in rows:
        row.due_us = now_us
    session.flush()
    return release(session, now_us, link) if rows else 0


def _merge(session: Session, rows: Sequence[DeliveryRow], now_us: int, link: str | None) -> None:
    """One message for these, which are of one channel and were held for the same reason."""
    lines: list[str] = []
    alerts: list[Json] = []
    for row in rows:
        payload, at = row.message["payload"], to_iso(row.created_us)
        if "alerts" in payload:
            words = [(wording.title_now(alert), alert) for alert in payload["alerts"]]
            lines += [f"{at} {title}: {alert['message']}" for title, alert in words]
        else:
            lines.append(f"{at} {row.message['title']}")
        alerts += payload.get("alerts", [payload["alert"]] if "alert" in payload else [])
    total = sum(row.message["payload"].get("total", 1) for row in rows)
    severity, event = _worst(row.message["severity"] for row in rows), "summary"
    title = wording.summary_title(severity, total)
    if (rows[0].hold_key or "").startswith(BURST_KEY):
        event = rows[0].event
        title = wording.burst_title(event, severity, total, alerts[0]["rule_name"])
    first, channel = alerts[:LINES], session.get(ChannelRow, rows[0].channel_id)
    message = summary_message(title, lines[:LINES], total, first, severity, now_us, link, event)
    message = with_template(channel, message, first, total)
    session.add(
        DeliveryRow(
            id=message.id, alert_id=None, subjects=[],
            channel_id=rows[0].channel_id, channel_name=rows[0].channel_name, event=event,
            status="pending", hold_key=None, due_us=now_us, attempts=0, detail=None,
            message=_fields(message), created_us=now_us, finished_us=None,
        )
    )  # fmt: skip
    session.flush()
    outbox.tell_also_of(session, message.id, [row.id for row in rows])
    for row in rows:
        row.status, row.finished_us, row.detail = "merged", now_us, f"told in {message.id}"
