"""The book of alerts: every change of an alert goes through here, inside one transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from twinedge.alerts import wording
from twinedge.alerts.engine.machine import Kind, Transition
from twinedge.alerts.model import (
    SOURCE_RULE_ID,
    SOURCE_RULE_NAME,
    Alert,
    GroupKey,
    HistoryEntry,
    Rule,
    Severity,
    Status,
    Value,
)
from twinedge.alerts.service import groups
from twinedge.alerts.service.notices import Planner
from twinedge.alerts.service.surroundings import Surroundings
from twinedge.alerts.store import alerts as store
from twinedge.alerts.store import outbox as store_outbox
from twinedge.alerts.store.tables import AlertRow, ShelfRow
from twinedge.assets.model import Kind as TagKind
from twinedge.assets.model import Tag
from twinedge.kit.clock import US
from twinedge.kit.errors import Conflict
from twinedge.kit.ids import new_id

HISTORY_MAX = 200
ENGINE = "rule"
"""The actor of what the engine decides."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What a transition is about: the tag whose leaf tells why."""

    leaf: int
    value: Value | None
    tag: Tag | None


LookUp = Callable[[GroupKey, int], Tag | None]
"""The tag of a leaf of a group."""


class Book:
    """Writes alerts. `changed` lists, in order, each alert as it stands after each change."""

    def __init__(self, session: Session, around: Surroundings, planner: Planner) -> None:
        self._session = session
        self._around = around
        self._planner = planner
        self._rows: dict[str, AlertRow] = {}
        self._freed: set[str | None] = set()
        """Keys given up since the last flush."""
        self._of_rule: dict[str, list[AlertRow]] = {}
        """Open alerts of rules with group_by."""
        self._moves: dict[tuple[AlertRow, str], list[Transition]] = {}
        """What happened to members of a group and is not in its history yet, by (alert, event)."""
        self.changed: list[Alert] = []
        self.hiding_changed = False
        """Whether an alert that hides others came or went: others have to be looked at again."""

    # --- what the engine decides -----------------------------------------------------------

    def enter(self, transitions: Sequence[Transition], look_up: LookUp) -> None:
        """Book the transitions in order."""
        keys = dict.fromkeys(t.key for t in transitions)
        for known in store.open_alerts(self._session, keys):
            self._rows[known.open_key or ""] = known
        for transition in transitions:
            rule = self._around.rules.get(transition.key[0])
            if rule is None:
                continue  # deleted since; its alerts were resolved with it
            tag = look_up(transition.key, transition.leaf)
            cause = Cause(transition.leaf, as_value(transition.value, tag), tag)
            if rule.grouping is not None:
                self._enter_group(rule, transition, cause)
                continue
            row = self._rows.get(store.open_key(transition.key))
            if transition.kind is Kind.RAISED:
                self._raise(rule, transition, cause, row)
            elif row is not None and row.is_open:
                self._move(rule, transition, cause, row)
        self._settle_moves()

    # --- alerts of a group -----------------------------------------------------------------

    def _enter_group(self, rule: Rule, transition: Transition, cause: Cause) -> None:
        if rule.id not in self._of_rule:
            self._of_rule[rule.id] = store.open_of_rule(self._session, rule.id)
        rows = [row for row in self._of_rule[rule.id] if row.is_open]
        asset_id = transition.key[1]
        row = groups.find(rows, asset_id)
        if transition.kind is Kind.RAISED:
            self._join(rule, transition, cause, row or self._group_for(rule, rows, asset_id, cause))
        elif row is not None:
            self._move_member(rule, transition, cause, row)

    def _group_for(
        self, rule: Rule, rows: Sequence[AlertRow], asset_id: str, cause: Cause
    ) -> AlertRow | str:
        """The open alert of the asset's group, or the value of a new one."""
        value = groups.value_of(rule, self._around.parents, asset_id, cause.tag)
        key = groups.open_key(rule, value)
        return next((row for row in rows if row.open_key == key), value)

    def _join(
        self, rule: Rule, transition: Transition, cause: Cause, group: AlertRow | str
    ) -> None:
        tag, asset_id, ts = cause.tag, transition.key[1], transition.ts
        unit = tag.unit if tag else None
        message = wording.alert_message(rule, cause.leaf, asset_id, cause.value, tag)
        if isinstance(group, str):
            row = groups.new_row(rule, group, ts, wording.limit_of(rule, cause.leaf, unit))
            groups.join(row, asset_id, tag, cause.value, ts, message)
            groups.describe(row)
            self._of_rule[rule.id].append(row)
            self._open(row, ENGINE)
            return
        row = group
        is_new = groups.join(row, asset_id, tag, cause.value, ts, message)
        row.cleared_us, row.occurrences = None, row.occurrences + 1
        if is_new and row.status == Status.ACKNOWLEDGED:
            # who takes care of two pumps has not heard of the third
            row.status, row.acknowledged_us, row.acknowledged_by = Status.ACTIVE.value, None, None
        self._moves.setdefault((row, "joined"), []).append(transition)

    def _move_member(self, rule: Rule, transition: Transition, cause: Cause, row: AlertRow) -> None:
        member = row.members[transition.key[1]]
        if cause.value is not None:
            member.last_value = row.last_value = cause.value
        if transition.kind is Kind.CLEARED:
            member.resolved_us = transition.ts
            if row.members_open:
                self._moves.setdefault((row, "left"), []).append(transition)
                return
            self._settle_moves()
            self._end(rule, row, transition.ts)
            return
        if transition.kind is Kind.RETURNED:
            member.occurrences, row.occurrences = member.occurrences + 1, row.occurrences + 1
        else:
            row.flapping = True
        self._moves.setdefault((row, transition.kind.value), []).append(transition)

    def _settle_moves(self) -> None:
        """Write what happened to members into the history, one entry for many of a kind."""
        moves, self._moves = self._moves, {}
        for (row, event), transitions in moves.items():
            assets = list(dict.fromkeys(t.key[1] for t in transitions))
            groups.describe(row)
            self._around.mute(row)
            rule = self._around.rules.get(row.rule_id or "")
            if rule is not None and rule.inhibits != "none":
                self.hiding_changed = True
            if row.status == Status.ACTIVE and groups.untold(row):
                row.next_notice_us = self._next_group_notice(row)
            note = wording.listed(assets)
            self._note(row, event, max(t.ts for t in transitions), ENGINE, note)

    def _next_group_notice(self, row: AlertRow) -> int:
        """When people are told of assets that joined: soon, but not too often."""
        soon_us = self._around.now_us + groups.WAIT_US
        told_us = store_outbox.last_told_us(self._session, row.id)
        at_us = soon_us if told_us is None else max(soon_us, told_us + groups.INTERVAL_US)
        planned = row.next_notice_us
        return at_us if planned is None else min(planned, at_us)

    def _tell_group(self, row: AlertRow) -> bool:
        """Tell of the members nobody has heard of; whether there were any."""
        fresh = groups.untold(row)
        if not fresh:
            return False
        is_first = not any(member.told for member in row.members.values())
        for member in fresh:
            member.told = True
        self._planner.tell("raised" if is_first else "joined", row)
        return True

    # --- alerts of one asset ---------------------------------------------------------------

    def _raise(
        self, rule: Rule, transition: Transition, cause: Cause, row: AlertRow | None
    ) -> None:
        if row is not None and row.is_open:  # latched, and here again
            row.cleared_us, row.occurrences = None, row.occurrences + 1
            row.last_value = cause.value
            self._note(row, "returned", transition.ts, ENGINE)
            if not row.is_muted:
                self._planner.tell("returned", row)
            return
        asset_id = transition.key[1]
        tag = cause.tag
        self._open(
            AlertRow(
                open_key=store.open_key(transition.key),
                rule_id=rule.id,
                rule_name=rule.name,
                severity=rule.severity.value,
                data_source_id=(tag.data_source_id if tag else None) or rule.data_source_id,
                asset_id=asset_id or (tag.asset_id if tag else None),
                tag_name=tag.tag_name if tag else None,
                value=cause.value,
                message=wording.alert_message(rule, cause.leaf, asset_id, cause.value, tag),
                triggered_us=transition.ts,
                limit_text=wording.limit_of(rule, cause.leaf, tag.unit if tag else None),
            ),
            ENGINE,
        )

    def _move(self, rule: Rule, transition: Transition, cause: Cause, row: AlertRow) -> None:
        if cause.value is not None:
            row.last_value = cause.value
        if transition.kind is Kind.RETURNED:
            row.occurrences += 1
            self._note(row, "returned", transition.ts, ENGINE)
        elif transition.kind is Kind.FLAPPING:
            row.flapping = True
            self._note(row, "flapping", transition.ts, ENGINE)
        else:
            self._end(rule, row, transition.ts)

    def _end(self, rule: Rule, row: AlertRow, ts: int) -> None:
        """The condition has cleared: the alert is over, or latched until a person has seen it."""
        if rule.latching and row.status == Status.ACTIVE:
            row.cleared_us, row.next_notice_us = ts, None
            self._note(row, "cleared", ts, ENGINE)
        else:
            self.close(row, ts, ENGINE, None)

    # --- what anyone does ------------------------------------------------------------------

    def open_manual(
        self, id: str | None, severity: Severity, name: str, message: str, asset_id: str | None,
        tag_name: str | None, value: Value | None, triggered_us: int, actor: str,
    ) -> AlertRow:  # fmt: skip
        """An alert that a person or another system raises."""
        row = AlertRow(
            id=id, rule_id=None, rule_name=name, severity=severity.value, data_source_id=None,
            asset_id=asset_id, tag_name=tag_name, value=value, message=message,
            triggered_us=triggered_us, open_key=None,
        )  # fmt: skip
        self._open(row, actor)
        return row

    def open_outage(self, source_id: str, name: str, reason: str, since_us: int) -> AlertRow | None:
        """The one alert of a data source that is down; None if it is open already."""
        key = (SOURCE_RULE_ID, source_id)
        if store.open_alerts(self._session, [key]):
            return None
        row = AlertRow(
            open_key=store.open_key(key), rule_id=SOURCE_RULE_ID, rule_name=SOURCE_RULE_NAME,
            severity=Severity.CRITICAL.value, data_source_id=source_id, asset_id=None,
            tag_name=None, value=None, message=f"Data source {name} is offline: {reason}",
            triggered_us=since_us,
        )  # fmt: skip
        self._open(row, ENGINE)
        self.hiding_changed = True
        return row

    def acknowledge(self, row: AlertRow, actor: str, note: str | None) -> None:
        """Someone takes care. A second time changes only the note. Raises Conflict if resolved."""
        if not row.is_open:
            raise Conflict(f"alert {row.id!r} is already resolved")
        if row.status == Status.ACKNOWLEDGED:
            if note is not None and note != row.note:
                row.note = note
                self._note(row, "noted", self._around.now_us, actor, note)
            return
        row.status = Status.ACKNOWLEDGED.value
        row.acknowledged_us, row.acknowledged_by = self._around.now_us, actor
        row.note, row.next_notice_us = note, None
        self._note(row, "acknowledged", self._around.now_us, actor, note)
        if row.cleared_us is not None:
            self.close(row, self._around.now_us, actor, None)

    def close(self, row: AlertRow, ts: int, actor: str, note: str | None) -> None:
        """Resolve. Raises Conflict if it is resolved already."""
        if not row.is_open:
            raise Conflict(f"alert {row.id!r} is already resolved")
        self._freed.add(row.open_key)
        row.status, row.is_open, row.open_key = Status.RESOLVED.value, False, None
        row.resolved_us, row.resolved_by = max(ts, row.triggered_us), actor
        row.next_notice_us = None
        for member in row.members_open:
            member.resolved_us = row.resolved_us
        self._note(row, "resolved", row.resolved_us, actor, note)
        if row.notified and not row.is_muted:
            self._planner.tell("resolved", row)
        self.hiding_changed |= row.id in self._around.inhibitors
        self._around.inhibitors.pop(row.id, None)

    def shelve(self, row: AlertRow, shelf: ShelfRow) -> None:
        """A person puts the alert aside for a while."""
        self._around.shelves[(shelf.rule_id, shelf.asset_id)] = shelf
        self._around.mute(row)
        row.next_notice_us = None
        self._note(row, "shelved", self._around.now_us, shelf.actor, shelf.reason or None)

    def unshelve(self, row: AlertRow, actor: str) -> None:
        """The shelf is gone; what is still active is told."""
        self._note(row, "unshelved", self._around.now_us, actor)
        self._around.shelves.pop(row.shelf_key, None)
        self.review([row])

    # --- muting and reminding --------------------------------------------------------------

    def review(self, rows: Iterable[AlertRow]) -> None:
        """Look again at why alerts are muted; one that is no longer muted is told now."""
        for row in rows:
            was_muted = row.is_muted
            if not self._around.mute(row):
                continue
            alert = row.to_alert()
            self._note(row, alert.state.value, self._around.now_us, ENGINE)
            if was_muted and not alert.is_muted and alert.status is Status.ACTIVE:
                if alert.cleared_us is None and row.group_by is None:
                    self._planner.tell("raised", row)
                elif alert.cleared_us is None:
                    for member in row.members_open:
                        member.told = False
                    self._tell_group(row)
                row.next_notice_us = self._first_notice(row)

    def remind(self, row: AlertRow) -> None:
        """Repeat or escalate an alert whose time has come."""
        rule = self._around.rules.get(row.rule_id or "")
        if rule is None or row.status != Status.ACTIVE or row.is_muted:
            row.next_notice_us = None
            return
        if row.group_by is not None and self._tell_group(row):
            row.next_notice_us = self._next_notice(row, rule)
            return
        now_us = self._around.now_us
        waited_s = (now_us - row.raised_us) / US
        steps = rule.escalation
        while row.escalation_step < len(steps) and steps[row.escalation_step].after_s <= waited_s:
            self._planner.tell("escalated", row, steps[row.escalation_step].notifications)
            self._note(row, "escalated", now_us, ENGINE, f"step {row.escalation_step + 1}")
            row.escalation_step += 1
        if rule.repeat_s and int(waited_s // rule.repeat_s) > self._repeats_before(row, rule):
            self._planner.tell("repeated", row)
        row.next_notice_us = self._next_notice(row, rule)

    def _repeats_before(self, row: AlertRow, rule: Rule) -> int:
        """How many repeats were due before the moment this reminder was planned for."""
        planned = row.next_notice_us or self._around.now_us
        assert rule.repeat_s is not None
        return (planned - row.raised_us - 1) // (rule.repeat_s * US)

    def _first_notice(self, row: AlertRow) -> int | None:
        rule = self._around.rules.get(row.rule_id or "")
        return None if rule is None else self._next_notice(row, rule)

    def _next_notice(self, row: AlertRow, rule: Rule) -> int | None:
        """When to remind next: the next repeat or escalation step after now."""
        due: list[int] = []
        if rule.repeat_s:
            passed = max(0, self._around.now_us - row.raised_us) // (rule.repeat_s * US)
            due.append(row.raised_us + (passed + 1) * rule.repeat_s * US)
        if row.escalation_step < len(rule.escalation):
            due.append(row.raised_us + rule.escalation[row.escalation_step].after_s * US)
        return min(due, default=None)

    # --- inside ----------------------------------------------------------------------------

    def _open(self, row: AlertRow, actor: str) -> None:
        """Fill in what every new alert has, and tell of it unless it is muted."""
        row.id = row.id or new_id("al")
        row.is_open, row.status = True, Status.ACTIVE.value
        row.last_value, row.occurrences, row.flapping = row.value, 1, False
        row.shelved_until_us = row.suppressed_by = row.out_of_service = None
        row.history, row.notified, row.escalation_step, row.version = [], False, 0, 0
        row.raised_us = self._around.now_us
        self._around.mute(row)
        if row.open_key in self._freed:
            self._session.flush()  # inserts go before updates: first let go of the same open_key
            self._freed.clear()
        self._session.add(row)
        if row.open_key is not None:
            self._rows[row.open_key] = row
        self._note(row, "triggered", row.triggered_us, actor)
        rule = self._around.rules.get(row.rule_id or "")
        if rule is not None and rule.inhibits != "none":
            self._around.inhibitors[row.id] = row
            self.hiding_changed = True
        if row.group_by is not None:
            row.next_notice_us = self._around.now_us + groups.WAIT_US
        elif not row.is_muted:
            self._planner.tell("raised", row)
            row.next_notice_us = self._first_notice(row)

    def _note(
        self, row: AlertRow, event: str, ts: int, actor: str, note: str | None = None
    ) -> None:
        entry = HistoryEntry(event, ts, actor, note).to_json()
        history = [*row.history, entry]
        if len(history) > HISTORY_MAX:
            del history[HISTORY_MAX // 2]
        row.history = history
        row.version += 1
        self.changed.append(row.to_alert())


def as_value(value: Value | None, tag: Tag | None) -> Value | None:
    """A number of a truth tag becomes true or false again."""
    if isinstance(value, float) and tag is not None and tag.kind is TagKind.BOOLEAN:
        return value != 0.0
    return value
