"""Alerts of the past, made of an engine's transitions; as the book would have written them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from twinedge.alerts.engine.machine import Kind, Transition
from twinedge.alerts.engine.plan import Plan
from twinedge.alerts.model import GroupKey, Value
from twinedge.alerts.statistics import CHATTER_COUNT, CHATTER_US

ValueOf = Callable[[str, str], str]
"""(asset, tag name) -> what its alert's assets have in common."""


@dataclass(frozen=True, slots=True)
class PastAlert:
    """What a rule did on an asset, or on several that share an alert; still open without an end."""

    assets: tuple[str, ...]
    """In the order in which they joined."""
    tag_name: str
    value: Value | None
    triggered_us: int
    resolved_us: int | None
    occurrences: int
    group_value: str | None = None
    """What its assets have in common; None when each has an alert of its own."""


def past_alerts(
    plan: Plan, transitions: Sequence[Transition], value_of: ValueOf | None = None
) -> list[PastAlert]:
    """Transitions as alerts, by trigger. value_of: of a rule with group_by."""
    done: list[PastAlert] = []
    open_: dict[GroupKey | str, PastAlert] = {}
    places: dict[GroupKey, GroupKey | str] = {}
    """Where the open alert of each group of the engine is found."""
    for t in sorted(transitions, key=lambda t: t.ts):
        if t.kind is Kind.RAISED:
            tag = plan.leaves[t.leaf].tag_name
            place = t.key if value_of is None else value_of(t.key[1], tag)
            places[t.key] = place
            known = open_.get(place)
            common = place if isinstance(place, str) else None
            open_[place] = (
                PastAlert((t.key[1],), tag, t.value, t.ts, None, 1, common)
                if known is None
                else replace(
                    known, assets=tuple(dict.fromkeys([*known.assets, t.key[1]])),
                    occurrences=known.occurrences + 1,
                )
            )  # fmt: skip
        elif t.key in places and t.kind is Kind.RETURNED:
            alert = open_[places[t.key]]
            open_[places[t.key]] = replace(alert, occurrences=alert.occurrences + 1)
        elif t.key in places and t.kind is Kind.CLEARED:
            place = places.pop(t.key)
            if place not in places.values():
                done.append(replace(open_.pop(place), resolved_us=t.ts))
    return sorted([*done, *open_.values()], key=lambda a: (a.triggered_us, a.assets))


def alarm_us(alerts: Sequence[PastAlert], end_us: int) -> int:
    """Time in alarm, summed over alerts."""
    return sum((a.resolved_us or end_us) - a.triggered_us for a in alerts)


def chattering(alerts: Sequence[PastAlert]) -> int:
    """How many alerts came as the third, or later, of their asset or group within a minute."""
    times: dict[str, list[int]] = {}
    count = 0
    for alert in alerts:
        place = alert.assets[0] if alert.group_value is None else alert.group_value
        last = times.setdefault(place, [])
        last.append(alert.triggered_us)
        recent = last[-CHATTER_COUNT:]
        count += len(recent) == CHATTER_COUNT and recent[-1] - recent[0] <= CHATTER_US
    return count
