"""Alarm performance after EEMUA 191 and ISA-18.2: a pure calculation over alerts.

Targets named in the answer: about one alarm in 10 minutes is manageable, more than 10 in 10 minutes
is a flood, priorities should be about 5 % critical, 15 % warning, 80 % info, an alarm that stands
for a day is stale, one that comes three times within a minute chatters.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from twinedge.alerts.model import Alert, Severity
from twinedge.kit.clock import US

BUCKET_US = 600 * US
FLOOD = 10
STANDING_US = 86_400 * US
CHATTER_COUNT, CHATTER_US = 3, 60 * US
TARGET_MIX = {Severity.CRITICAL: 0.05, Severity.WARNING: 0.15, Severity.INFO: 0.80}


@dataclass(frozen=True, slots=True)
class Flood:
    """Buckets of 10 minutes in a row, each with more than 10 alerts."""

    start_us: int
    end_us: int
    count: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A rule on an asset, and how much noise it makes."""

    rule_id: str | None
    rule_name: str
    asset_id: str | None
    count: int
    share: float
    chattering: bool


@dataclass(frozen=True, slots=True)
class Performance:
    start_us: int
    end_us: int
    total: int
    average_per_10min: float
    peak_per_10min: int
    percent_in_flood: float
    floods: list[Flood]
    standing: list[Alert]
    """Open for more than a day at the end of the span."""
    chattering: int
    worst: list[Actor]
    """The ten loudest."""
    mix: dict[Severity, float]
    per_bucket: list[tuple[int, int]]
    """(start, count) of every 10 minutes with alerts."""
    acknowledge_median_s: float | None
    suppressed: int


def measure(alerts: Sequence[Alert], start_us: int, end_us: int) -> Performance:
    """Figures over [start, end). alerts: those open at any time in it, ascending by trigger."""
    fresh = [a for a in alerts if start_us <= a.triggered_us < end_us]
    buckets = Counter((a.triggered_us - start_us) // BUCKET_US for a in fresh)
    slots = max(1, -(-(end_us - start_us) // BUCKET_US))
    flooded = sorted(bucket for bucket, count in buckets.items() if count > FLOOD)
    waits = [
        (a.acknowledged_us - a.triggered_us) / US for a in fresh if a.acknowledged_us is not None
    ]
    chatter = _chattering(fresh)
    return Performance(
        start_us=start_us,
        end_us=end_us,
        total=len(fresh),
        average_per_10min=len(fresh) * BUCKET_US / (end_us - start_us),
        peak_per_10min=max(buckets.values(), default=0),
        percent_in_flood=100 * len(flooded) / slots,
        floods=_floods(flooded, buckets, start_us),
        standing=[
            a
            for a in alerts
            if (a.resolved_us is None or a.resolved_us >= end_us)
            and a.triggered_us <= end_us - STANDING_US
        ],
        chattering=len(chatter),
        worst=_worst(fresh, chatter),
        mix={s: _share(sum(a.severity is s for a in fresh), len(fresh)) for s in Severity},
        per_bucket=[(start_us + b * BUCKET_US, count) for b, count in sorted(buckets.items())],
        acknowledge_median_s=median(waits) if waits else None,
        suppressed=sum(a.is_muted for a in fresh),
    )


_Key = tuple[str | None, str, str | None]


def _key(alert: Alert) -> _Key:
    return (alert.rule_id, alert.rule_name, alert.asset_id)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _chattering(alerts: Sequence[Alert]) -> set[_Key]:
    times: dict[_Key, list[int]] = defaultdict(list)
    found: set[_Key] = set()
    for alert in alerts:
        moments = times[_key(alert)]
        moments.append(alert.triggered_us)
        last = moments[-CHATTER_COUNT:]
        if alert.flapping or (len(last) == CHATTER_COUNT and last[-1] - last[0] <= CHATTER_US):
            found.add(_key(alert))
    return found


def _floods(flooded: Sequence[int], buckets: Counter[int], start_us: int) -> list[Flood]:
    floods: list[Flood] = []
    for bucket in flooded:
        begin = start_us + bucket * BUCKET_US
        if floods and floods[-1].end_us == begin:
            last = floods.pop()
            floods.append(Flood(last.start_us, begin + BUCKET_US, last.count + buckets[bucket]))
        else:
            floods.append(Flood(begin, begin + BUCKET_US, buckets[bucket]))
    return floods


def _worst(alerts: Sequence[Alert], chatter: set[_Key]) -> list[Actor]:
    counts = Counter(_key(alert) for alert in alerts)
    loudest = sorted(counts.items(), key=lambda item: (-item[1], item[0][1], item[0][2] or ""))
    return [
        Actor(*key, count, _share(count, len(alerts)), key in chatter)
        for key, count in loudest[:10]
    ]
