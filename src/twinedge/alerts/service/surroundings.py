"""What decides whether and where an alert is heard, read once a transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from twinedge.alerts.model import SOURCE_RULE_ID, GroupKey, Inhibits, Json, Rule
from twinedge.alerts.schedules import covers, next_change
from twinedge.alerts.store import alerts as store
from twinedge.alerts.store import items
from twinedge.alerts.store.tables import (
    AlertRow,
    ChannelRow,
    MaintenanceRow,
    RouteRow,
    RuleRow,
    ShelfRow,
    schedule_from_json,
)
from twinedge.assets.store import AssetRow

SETTLE_US = 30_000_000
"""How long the tags of a source that came back stay suppressed: time to send their values."""


@dataclass(frozen=True, slots=True)
class SourceOutage:
    """A data source that is down, or came back less than SETTLE_US ago."""

    since_us: int
    reason: str
    name: str
    back_us: int | None = None


@dataclass(slots=True)
class Surroundings:
    """Channels, routes, maintenance, shelves, inhibiting alerts, and the asset tree at a moment."""

    now_us: int
    rules: Mapping[str, Rule]
    outages: Mapping[str, SourceOutage]
    channels: dict[str, ChannelRow]
    routes: Sequence[RouteRow]
    windows: Sequence[MaintenanceRow]
    shelves: dict[GroupKey, ShelfRow]
    parents: dict[str, str]
    inhibitors: dict[str, AlertRow]
    """Open alerts that hide others, by id."""

    @classmethod
    def load(
        cls, session: Session, now_us: int, rules: Mapping[str, Rule],
        outages: Mapping[str, SourceOutage],
    ) -> "Surroundings":  # fmt: skip
        hiding = [id for id, rule in rules.items() if rule.inhibits is not Inhibits.NONE]
        inhibitors = {
            row.id: row
            for id in [*hiding, SOURCE_RULE_ID]
            for row in store.open_of_rule(session, id)
        }
        return cls(
            now_us=now_us,
            rules=rules,
            outages=outages,
            channels={row.name: row for row in items.all_of(session, ChannelRow)},
            routes=[row for row in items.all_of(session, RouteRow) if row.enabled],
            windows=items.all_of(session, MaintenanceRow),
            shelves=store.shelves(session, now_us),
            parents=parents_of(session),
            inhibitors=inhibitors,
        )

    def ancestors(self, asset_id: str | None) -> list[str]:
        """The asset itself and all above it; a loop in the tree ends it."""
        chain: list[str] = []
        while asset_id is not None and asset_id not in chain:
            chain.append(asset_id)
            asset_id = self.parents.get(asset_id)
        return chain

    def mute(self, row: AlertRow) -> bool:
        """Set why people should not hear of this alert now; whether anything changed.

        An alert of a group is muted when every asset of it is.
        """
        before = (row.shelved_until_us, row.suppressed_by, row.out_of_service)
        shelf = self.shelves.get(row.shelf_key)
        row.shelved_until_us = None if shelf is None else shelf.until_us
        row.suppressed_by = self._suppressor(row)
        row.out_of_service = next((w.id for w in self.windows if self._in_service(w, row)), None)
        return before != (row.shelved_until_us, row.suppressed_by, row.out_of_service)

    def _suppressor(self, row: AlertRow) -> str | None:
        if row.rule_id == SOURCE_RULE_ID:
            return None
        first: str | None = None
        for place in row.places:
            found = self._suppressor_at(row, *place)
            if found is None:
                return None
            first = first or found
        return first

    def _suppressor_at(
        self, row: AlertRow, asset_id: str | None, source_id: str | None
    ) -> str | None:
        if source_id in self.outages:
            return next(
                (
                    id
                    for id, other in self.inhibitors.items()
                    if other.rule_id == SOURCE_RULE_ID and other.data_source_id == source_id
                ),
                f"source:{source_id}",
            )
        chain = self.ancestors(asset_id)
        for id, other in self.inhibitors.items():
            rule = self.rules.get(other.rule_id or "")
            if id == row.id or rule is None or not other.is_open or other.rule_id == row.rule_id:
                continue
            scope = chain if rule.inhibits is Inhibits.SUBTREE else chain[:1]
            if any(asset in scope for asset, _ in other.places):
                return id
        return None

    def _in_service(self, window: MaintenanceRow, row: AlertRow) -> bool:
        return in_force(window, self.now_us) and all(
            self._matches(window.scope, row, *place) for place in row.places
        )

    def concerns(self, scope: Mapping[str, Any], row: AlertRow) -> bool:
        """Whether the alert, or any asset of its group, is in the scope."""
        return any(self._matches(scope, row, *place) for place in row.places)

    def _matches(
        self, scope: Mapping[str, Any], row: AlertRow, asset_id: str | None, source_id: str | None
    ) -> bool:
        """An empty list in the scope means any."""
        if scope["asset_ids"] and not set(scope["asset_ids"]) & set(self.ancestors(asset_id)):
            return False
        checks = (
            ("severities", row.severity),
            ("data_source_ids", source_id),
            ("rule_ids", row.rule_id),
        )
        return all(not scope[key] or value in scope[key] for key, value in checks)

    def next_edge(self) -> int | None:
        """When muting may change by the mere passing of time."""
        edges = [shelf.until_us for shelf in self.shelves.values()]
        edges += [edge for w in self.windows if (edge := next_edge(w, self.now_us)) is not None]
        edges += [
            outage.back_us + SETTLE_US
            for outage in self.outages.values()
            if outage.back_us is not None
        ]
        return min(edges, default=None)

    def channels_of(self, row: AlertRow) -> list[str]:
        """Names of the channels that hear of this alert: its rule's, then those of routes."""
        rule = self.rules.get(row.rule_id or "")
        names = dict.fromkeys(rule.notifications if rule is not None else ())
        for route in self.routes:
            schedule = schedule_from_json(route.schedule)
            open_now = schedule is None or covers(schedule, self.now_us)
            if open_now and self.concerns(route.scope, row):
                names |= dict.fromkeys(route.notifications)
        if row.rule_id == SOURCE_RULE_ID and not names:
            return [name for name, channel in self.channels.items() if channel.config]
        return list(names)


def in_force(window: MaintenanceRow, now_us: int) -> bool:
    """Whether the window holds now: inside its span, and its schedule if it has one."""
    if window.start_us is not None and now_us < window.start_us:
        return False
    if window.end_us is not None and now_us >= window.end_us:
        return False
    schedule = schedule_from_json(window.schedule)
    return schedule is None or covers(schedule, now_us)


def next_edge(window: MaintenanceRow, now_us: int) -> int | None:
    """When the window next begins or ends to hold, at the earliest; None if never again."""
    edges = [edge for edge in (window.start_us, window.end_us) if edge and edge > now_us]
    schedule = schedule_from_json(window.schedule)
    if schedule is not None and (change := next_change(schedule, now_us)) is not None:
        edges.append(change)
    return min(edges, default=None)


def quiet_until(channel: ChannelRow, severity: str, now_us: int) -> int | None:
    """When the channel's quiet hours end; None when it may be used now."""
    quiet: Json | None = channel.options.get("quiet_hours")
    if quiet is None or severity in quiet["except_severities"]:
        return None
    schedule = schedule_from_json(quiet["schedule"])
    if schedule is None or not covers(schedule, now_us):
        return None
    return next_change(schedule, now_us)


def parents_of(session: Session) -> dict[str, str]:
    """The parent of every asset that has one."""
    query = select(AssetRow.id, AssetRow.parent_id).where(AssetRow.parent_id.is_not(None))
    return {row[0]: str(row[1]) for row in session.execute(query)}


def rule_rows(session: Session) -> dict[str, Rule]:
    """Every rule by id."""
    return {row.id: row.to_rule() for row in items.all_of(session, RuleRow)}
