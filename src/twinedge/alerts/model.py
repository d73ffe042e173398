"""Rules, their conditions, and alerts; frozen data and the words of the API."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from twinedge.kit.errors import TwinEdgeError

Value = float | bool | str
Json = dict[str, Any]
GroupKey = tuple[str, str]
"""What has at most one open alert: (rule id, asset id)."""

BUILT_IN_CHANNELS = ("email", "slack", "teams", "webhook")
"""Channel names that always exist, configured or not; each is of the type it is named after."""

SOURCE_RULE_ID = "source-offline"
"""The built-in rule that tells of a data source that is down."""
SOURCE_RULE_NAME = "Data source offline"


class Severity(StrEnum):
    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class Status(StrEnum):
    ACTIVE = "active"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class State(StrEnum):
    """Finer than Status, after ISA-18.2; of several that apply, the first in this order."""

    RESOLVED = "resolved"
    SHELVED = "shelved"
    SUPPRESSED = "suppressed"
    OUT_OF_SERVICE = "out_of_service"
    CLEARED_UNACKNOWLEDGED = "cleared_unacknowledged"
    ACKNOWLEDGED = "acknowledged"
    UNACKNOWLEDGED = "unacknowledged"


class Operator(StrEnum):
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    EQ = "eq"
    NEQ = "neq"
    BETWEEN = "between"
    OUTSIDE = "outside"


SYMBOLS = {
    ">": Operator.GT,
    ">=": Operator.GTE,
    "<": Operator.LT,
    "<=": Operator.LTE,
    "==": Operator.EQ,
    "=": Operator.EQ,
    "!=": Operator.NEQ,
}
"""Accepted on input, stored as words."""

OPERATOR_WORDS = {
    Operator.GT: "above",
    Operator.GTE: "at or above",
    Operator.LT: "below",
    Operator.LTE: "at or below",
    Operator.EQ: "equal to",
    Operator.NEQ: "different from",
    Operator.BETWEEN: "between",
    Operator.OUTSIDE: "outside",
}


Per = Literal["second", "minute", "hour"]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A tag's value against a limit; `value` is (low, high) for between and outside.

    Once the alert is open, the leaf holds until the value has gone back beyond `clear_value`, or
    by `deadband` beyond the limit. asset_id None: the asset the rule is judged for.
    """

    tag_name: str
    operator: Operator
    value: Value | tuple[float, float]
    asset_id: str | None = None
    clear_value: float | None = None
    deadband: float | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """A tag's change per second, minute or hour, against a limit.

    rate = (v - b) / (t - tb): the point at t against the newest one at least `window_s` older.
    """

    tag_name: str
    per: Per
    window_s: float
    operator: Operator
    value: float | tuple[float, float]
    asset_id: str | None = None


@dataclass(frozen=True, slots=True)
class Stale:
    """No usable point of the tag for so long."""

    tag_name: str
    stale_s: float
    asset_id: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A deployed model's score against a limit; the score is an ordinary tag."""

    model_id: str
    operator: Operator
    value: float | tuple[float, float]
    clear_value: float | None = None
    deadband: float | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    conditions: tuple["Form", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    conditions: tuple["Form", ...]


Leaf = Threshold | Rate | Stale | Score
Form = Leaf | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold, for how long, and how long it must have cleared; event time."""

    form: Form
    duration_s: float = 0.0
    clear_duration_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Window:
    """A span of the local day, on some weekdays (0 = Monday). `to_min` <= `from_min`: overnight."""

    weekdays: tuple[int, ...]
    from_min: int
    to_min: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something applies: inside any of the windows, by the clock of a time zone."""

    timezone: str
    windows: tuple[Window, ...]


class GroupBy(StrEnum):
    """What the assets of one alert have in common; by asset each has its own."""

    ASSET = "asset"
    PARENT = "parent"
    DATA_SOURCE = "data_source"
    RULE = "rule"


class Inhibits(StrEnum):
    """Whose alerts are suppressed while one of this rule is open."""

    NONE = "none"
    ASSET = "asset"
    SUBTREE = "subtree"


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Whom else to tell when nobody has acknowledged after so long."""

    after_s: int
    notifications: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What to watch and whom to tell."""

    id: str
    name: str
    severity: Severity
    condition: Condition
    description: str = ""
    enabled: bool = True
    data_source_id: str | None = None
    asset_id: str | None = None
    notifications: tuple[str, ...] = ()
    repeat_s: int | None = None
    schedule: Schedule | None = None
    group_by: GroupBy | None = None
    latching: bool = False
    inhibits: Inhibits = Inhibits.NONE
    escalation: tuple[EscalationStep, ...] = ()
    version: int = 1
    created_us: int = 0
    updated_us: int = 0

    @property
    def grouping(self) -> GroupBy | None:
        """How assets share alerts; None: each has its own."""
        return None if self.group_by is GroupBy.ASSET else self.group_by


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to an alert."""

    event: str
    ts: int
    actor: str
    note: str | None = None

    def to_json(self) -> Json:
        return {"event": self.event, "ts": self.ts, "actor": self.actor, "note": self.note}

    @classmethod
    def from_json(cls, raw: Json) -> "HistoryEntry":
        return cls(raw["event"], raw["ts"], raw["actor"], raw["note"])


@dataclass(frozen=True, slots=True)
class Member:
    """An asset in the alert of a group; resolved_us None: its condition still holds."""

    asset_id: str
    tag_name: str | None
    data_source_id: str | None
    value: Value | None
    last_value: Value | None
    message: str
    triggered_us: int
    resolved_us: int | None
    occurrences: int


@dataclass(frozen=True, slots=True)
class Alert:
    """One occurrence of trouble, from the trigger to its end."""

    id: str
    rule_id: str | None
    rule_name: str
    severity: Severity
    status: Status
    data_source_id: str | None
    asset_id: str | None
    tag_name: str | None
    value: Value | None
    message: str
    triggered_us: int
    last_value: Value | None
    acknowledged_us: int | None = None
    acknowledged_by: str | None = None
    note: str | None = None
    resolved_us: int | None = None
    resolved_by: str | None = None
    cleared_us: int | None = None
    occurrences: int = 1
    flapping: bool = False
    shelved_until_us: int | None = None
    suppressed_by: str | None = None
    """Id of the alert that explains this one."""
    out_of_service: str | None = None
    """Id of the maintenance window it falls into."""
    history: tuple[HistoryEntry, ...] = field(default=())
    version: int = 1
    limit: str | None = None
    """What the value is beyond, in words."""
    group_by: GroupBy | None = None
    group_value: str | None = None
    members: tuple[Member, ...] = ()
    """Of a group: the open ones first, then the newest; at most the first hundred."""
    member_count: int = 0
    members_open: int = 0

    @property
    def is_open(self) -> bool:
        return self.status is not Status.RESOLVED

    @property
    def key(self) -> GroupKey:
        """The engine's group; of a group the first member's."""
        asset_id = self.members[0].asset_id if self.members else self.asset_id
        return (self.rule_id or "", asset_id or "")

    @property
    def is_muted(self) -> bool:
        return bool(self.shelved_until_us or self.suppressed_by or self.out_of_service)

    @property
    def state(self) -> State:
        checks = (
            (not self.is_open, State.RESOLVED),
            (self.shelved_until_us is not None, State.SHELVED),
            (self.suppressed_by is not None, State.SUPPRESSED),
            (self.out_of_service is not None, State.OUT_OF_SERVICE),
            (self.status is Status.ACKNOWLEDGED, State.ACKNOWLEDGED),
            (self.cleared_us is not None, State.CLEARED_UNACKNOWLEDGED),
        )
        return next((state for holds, state in checks if holds), State.UNACKNOWLEDGED)


class DeliveryFailed(TwinEdgeError):
    """A message could not be delivered. `permanent`: trying again cannot help."""

    code = "service_unavailable"
    status = 503

    def __init__(self, message: str, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
