"""Alerts of rules with group_by: assets join one alert and leave it; it ends with the last.

Pure changes of rows; the book writes history and tells people.
"""

from collections.abc import Iterable, Mapping, Sequence

from twinedge.alerts import wording
from twinedge.alerts.model import GroupBy, Rule, Value
from twinedge.alerts.store.tables import AlertRow, MemberRow
from twinedge.assets.model import Tag
from twinedge.kit.clock import US

WAIT_US = 10 * US
"""A new group waits so long for further assets before people are told of it."""
INTERVAL_US = 300 * US
"""Assets that join afterwards are told at most so often."""


def value_of(rule: Rule, parents: Mapping[str, str], asset_id: str, tag: Tag | None) -> str:
    """What the assets of the group have in common; empty for the rule itself."""
    if rule.grouping is GroupBy.PARENT:
        return parents.get(asset_id, asset_id)
    if rule.grouping is GroupBy.DATA_SOURCE:
        return (tag.data_source_id if tag else None) or rule.data_source_id or ""
    return ""


def open_key(rule: Rule, value: str) -> str:
    """Unique among open alerts; never that of a rule and an asset."""
    return f"{rule.id} {rule.grouping} {value}"


def find(rows: Iterable[AlertRow], asset_id: str) -> AlertRow | None:
    """The open alert in which this asset's condition holds."""
    for row in rows:
        member = row.members.get(asset_id)
        if member is not None and member.resolved_us is None:
            return row
    return None


def new_row(rule: Rule, value: str, ts: int, limit: str) -> AlertRow:
    """An alert of the group, without members yet."""
    is_source = rule.grouping is GroupBy.DATA_SOURCE
    return AlertRow(
        open_key=open_key(rule, value), rule_id=rule.id, rule_name=rule.name,
        severity=rule.severity.value, group_by=str(rule.grouping), group_value=value or None,
        data_source_id=(value or None) if is_source else rule.data_source_id,
        asset_id=value if rule.grouping is GroupBy.PARENT else None,
        tag_name=None, value=None, message="", triggered_us=ts, limit_text=limit,
    )  # fmt: skip


def join(
    row: AlertRow, asset_id: str, tag: Tag | None, value: Value | None, ts: int, message: str
) -> bool:
    """The condition holds on this asset; whether the group did not know it before."""
    known = row.members.get(asset_id)
    if known is not None:
        known.value = known.last_value = value
        known.message, known.triggered_us, known.resolved_us = message, ts, None
        known.occurrences, known.told = known.occurrences + 1, False
    else:
        row.members[asset_id] = MemberRow(
            asset_id=asset_id, tag_name=tag.tag_name if tag else None,
            data_source_id=tag.data_source_id if tag else None, value=value, last_value=value,
            message=message, triggered_us=ts, resolved_us=None, occurrences=1, told=False,
        )  # fmt: skip
    if row.value is None:
        row.value, row.tag_name = value, tag.tag_name if tag else None
    row.last_value = value
    return known is None


def describe(row: AlertRow) -> None:
    """Bring the message up to the members."""
    members = row.members_open or list(row.members.values())
    first = min(members, key=lambda m: (m.triggered_us, m.asset_id))
    others = sorted(member.asset_id for member in members if member is not first)
    row.message = first.message
    if others:
        row.message += f"; also on {wording.listed(others)}"


def untold(row: AlertRow) -> Sequence[MemberRow]:
    """Open members that no message has named."""
    return [member for member in row.members_open if not member.told]
