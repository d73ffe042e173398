"""How much a client may send and ask: sizes, and rates with the presets of the platform."""

from dataclasses import dataclass, field
from typing import Literal

MiB = 1024 * 1024
MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class Rate:
    """`limit` in `window_s` seconds, as a token bucket of that size."""

    limit: int
    window_s: int


@dataclass(frozen=True, slots=True)
class EndpointClass:
    """Requests that have a rate of their own: a method and a pattern of the whole path."""

    method: str
    path: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class Plan:
    """The rates of one installation.

    `per_key` and `organisation` count requests, `points_*` ingested points; `classes` are per key.
    `failures`: failed sign-ins of one address.
    """

    per_key: tuple[Rate, ...]
    organisation: tuple[Rate, ...]
    points_per_key: tuple[Rate, ...]
    points_organisation: tuple[Rate, ...]
    classes: tuple[EndpointClass, ...] = ()
    failures: Rate = Rate(30, MINUTE_S)


def _tier(requests: tuple[int, int, int], points: tuple[int, int]) -> Plan:
    rates = tuple(map(Rate, requests, (MINUTE_S, HOUR_S, DAY_S)))
    point_rates = tuple(map(Rate, points, (MINUTE_S, HOUR_S)))
    return Plan(rates, rates, point_rates, point_rates, _PUBLISHED_CLASSES)


_PUBLISHED_CLASSES = (
    EndpointClass("GET", r"/v1/telemetry", Rate(100, MINUTE_S)),
    EndpointClass("POST", r"/v1/telemetry(/ingest)?", Rate(1_000, MINUTE_S)),
    EndpointClass("GET", r"/v1/ml/datasets/[^/]+/preview", Rate(60, MINUTE_S)),
    EndpointClass("POST", r"/v1/alerts", Rate(100, MINUTE_S)),
    EndpointClass("POST", r"/v1/ml/training", Rate(10, HOUR_S)),
)

Preset = Literal["generous", "trial", "starter", "professional", "off"]

_ENDLESS = (Rate(1_000_000_000, MINUTE_S),)
PLANS: dict[Preset, Plan] = {
    # Far above what one machine can serve; it only stops a client that went wild.
    "generous": Plan(
        per_key=(Rate(2_000_000, MINUTE_S),),
        organisation=(Rate(4_000_000, MINUTE_S),),
        points_per_key=(Rate(300_000_000, MINUTE_S),),
        points_organisation=(Rate(600_000_000, MINUTE_S),),
    ),
    "trial": _tier((60, 1_000, 10_000), (1_000, 10_000)),
    "starter": _tier((300, 10_000, 100_000), (10_000, 100_000)),
    "professional": _tier((1_000, 50_000, 500_000), (100_000, 1_000_000)),
    "off": Plan(_ENDLESS, _ENDLESS, _ENDLESS, _ENDLESS, failures=Rate(1_000_000, MINUTE_S)),
}


@dataclass(frozen=True, slots=True)
class LargeBody:
    """Paths (a pattern of the whole path) whose bodies may have `max_bytes`."""

    path: str
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes of requests, after inflating. A path not in `large_bodies` may send `body_bytes`."""

    body_bytes: int = 8 * MiB
    large_bodies: tuple[LargeBody, ...] = field(
        default=(
            LargeBody(r"/v1/telemetry(/ingest)?", 64 * MiB),
            LargeBody(r"/v1/ml/datasets/[^/]+/upload", 512 * MiB),
        )
    )
