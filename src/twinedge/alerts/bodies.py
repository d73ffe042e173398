"""What clients write: bodies of requests, of the YAML file, and of rule tests; strict."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, WithJsonSchema

from twinedge.alerts.conditions import condition_json, parse_condition
from twinedge.alerts.model import (
    EscalationStep,
    GroupBy,
    Inhibits,
    Json,
    Rule,
    Schedule,
    Severity,
    Window,
)
from twinedge.kit.errors import Fault, Invalid
from twinedge.kit.ids import ID_PATTERN
from twinedge.web.envelope import Body, MomentIn

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SeverityWord = Literal["critical", "warning", "info"]
Id = Annotated[str, Field(pattern=ID_PATTERN)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
ChannelNames = Annotated[list[Name], Field(max_length=20)]
_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$"
Clock = Annotated[str, Field(pattern=_CLOCK, examples=["06:00"])]

CONDITION_SCHEMA: Json = {
    "type": "object",
    "description": (
        "A comparison {tag_name, operator, value}, a rate {tag_name, rate_of_change, operator, "
        "value}, a silence {tag_name, stale_seconds}, a model's score {model_id, operator, value}, "
        "or {all: [...]} or {any: [...]} of these. On the outermost: duration_seconds, "
        "clear_duration_seconds."
    ),
    "examples": [
        {"tag_name": "temperature", "operator": "gt", "value": 80, "duration_seconds": 60}
    ],
}
ConditionIn = Annotated[Any, WithJsonSchema(CONDITION_SCHEMA)]


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is not a time zone such as Europe/Berlin")
    return name


class WindowBody(Body):
    """A span of the day on some weekdays; `to` before `from` runs over midnight."""

    weekdays: Annotated[list[Day], Field(min_length=1, max_length=7)] = list(DAYS)  # type: ignore[arg-type] # noqa: RUF012
    from_: Clock = Field(default="00:00", alias="from")
    to: Clock = "24:00"


class ScheduleBody(Body):
    """When something applies, by the clock of a time zone."""

    timezone: Annotated[str, Field(max_length=64), AfterValidator(_known_zone)] = "UTC"
    windows: Annotated[list[WindowBody], Field(min_length=1, max_length=20)]

    def to_schedule(self) -> Schedule:
        return Schedule(self.timezone, tuple(_window(window) for window in self.windows))


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _window(body: WindowBody) -> Window:
    days = tuple(sorted({DAYS.index(day) for day in body.weekdays}))
    return Window(days, _minutes(body.from_), _minutes(body.to))


def schedule_body(schedule: Schedule | None) -> Json | None:
    """The schedule as clients write it."""
    if schedule is None:
        return None
    windows = [
        {
            "weekdays": [DAYS[day] for day in window.weekdays],
            "from": f"{window.from_min // 60:02d}:{window.from_min % 60:02d}",
            "to": f"{window.to_min // 60:02d}:{window.to_min % 60:02d}",
        }
        for window in schedule.windows
    ]
    return {"timezone": schedule.timezone, "windows": windows}


class StepBody(Body):
    after_seconds: Annotated[int, Field(ge=60, le=604_800)]
    notifications: Annotated[ChannelNames, Field(min_length=1)]


class RuleBody(Body):
    """An alert rule as written; PUT replaces all of it."""

    id: Id | None = None
    name: Name
    severity: SeverityWord
    description: Annotated[str, Field(max_length=4000)] = ""
    enabled: bool | None = Field(default=None, description="Default: true; PUT: as it was")
    data_source_id: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    asset_id: Name | None = None
    condition: ConditionIn = None
    notifications: ChannelNames = []  # noqa: RUF012 - pydantic copies it
    repeat_seconds: Annotated[int, Field(ge=60, le=604_800)] | None = None
    schedule: ScheduleBody | None = None
    group_by: Literal["asset", "parent", "data_source", "rule"] | None = None
    latching: bool = False
    inhibits: Literal["none", "asset", "subtree"] = "none"
    escalation: Annotated[list[StepBody], Field(max_length=10)] = []  # noqa: RUF012

    def to_rule(self, id: str, now_us: int, field: str = "") -> Rule:
        """The rule, new. Raises Invalid with every fault of the condition."""
        condition, faults = parse_condition(self.condition, f"{field}condition")
        steps = [step.after_seconds for step in self.escalation]
        if steps != sorted(set(steps)):
            where = f"{field}escalation"
            faults = [*faults, Fault(where, "steps must come one after the other in time")]
        if condition is None or faults:
            raise Invalid("the rule is not valid", faults)
        return Rule(
            id=id,
            name=self.name,
            severity=Severity(self.severity),
            condition=condition,
            description=self.description,
            enabled=self.enabled is not False,
            data_source_id=self.data_source_id,
            asset_id=self.asset_id,
            notifications=tuple(dict.fromkeys(self.notifications)),
            repeat_s=self.repeat_seconds,
            schedule=None if self.schedule is None else self.schedule.to_schedule(),
            group_by=None if self.group_by is None else GroupBy(self.group_by),
            latching=self.latching,
            inhibits=Inhibits(self.inhibits),
            escalation=tuple(
                EscalationStep(step.after_seconds, tuple(dict.fromkeys(step.notifications)))
                for step in self.escalation
            ),
            created_us=now_us,
            updated_us=now_us,
        )


def rule_json(rule: Rule) -> Json:
    """The rule as clients write it; reading it again gives the same rule."""
    return {
        "id": rule.id,
        "name": rule.name,
        "severity": rule.severity.value,
        "description": rule.description,
        "enabled": rule.enabled,
        "data_source_id": rule.data_source_id,
        "asset_id": rule.asset_id,
        "condition": condition_json(rule.condition),
        "notifications": list(rule.notifications),
        "repeat_seconds": rule.repeat_s,
        "schedule": schedule_body(rule.schedule),
        "group_by": None if rule.group_by is None else rule.group_by.value,
        "latching": rule.latching,
        "inhibits": rule.inhibits.value,
        "escalation": [
            {"after_seconds": step.after_s, "notifications": list(step.notifications)}
            for step in rule.escalation
        ],
    }


class ScopeBody(Body):
    """Which alerts; an empty list is any. Assets count with all below them."""

    severities: Annotated[list[SeverityWord], Field(max_length=3)] = []  # noqa: RUF012
    asset_ids: Annotated[list[Name], Field(max_length=200)] = []  # noqa: RUF012
    data_source_ids: Annotated[list[Name], Field(max_length=200)] = []  # noqa: RUF012
    rule_ids: Annotated[list[Name], Field(max_length=200)] = []  # noqa: RUF012


class MaintenanceBody(Body):
    """A planned span: from `start` to `end`, and within it only inside `schedule` if there is one.

    Without start it holds from now on, without end until it is deleted.
    """

    id: Id | None = None
    name: Name
    reason: Annotated[str, Field(max_length=2000)] = ""
    start: MomentIn | None = None
    end: MomentIn | None = None
    schedule: ScheduleBody | None = None
    scope: ScopeBody = ScopeBody()

    def faults(self) -> Sequence[Fault]:
        if self.start is not None and self.end is not None and self.end <= self.start:
            return [Fault("start", "must be before end")]
        if self.start is None and self.end is None and self.schedule is None:
            return [Fault("end", "give an end, or a schedule for a recurring window")]
        return []


class RouteBody(Body):
    """Alerts in the scope, at the times of the schedule, also go to these channels."""

    id: Id | None = None
    name: Name
    enabled: bool = True
    scope: ScopeBody = ScopeBody()
    schedule: ScheduleBody | None = None
    notifications: Annotated[ChannelNames, Field(min_length=1)]


class QuietBody(Body):
    """When a channel is not used; what comes meanwhile is told afterwards in one message."""

    schedule: ScheduleBody
    except_severities: list[SeverityWord] = ["critical"]  # noqa: RUF012


class TemplateBody(Body):
    """A channel's own words: Jinja2 with variables, if, one for, and a few filters."""

    subject: Annotated[str, Field(max_length=500)] = ""
    body: str = ""


class ChannelBody(Body):
    """A channel as written. Secrets come back masked; sending the mask keeps what is stored."""

    id: Id | None = None
    name: Name
    type: Annotated[str, Field(max_length=20)]
    config: dict[str, Any]
    enabled: bool = True
    quiet_hours: QuietBody | None = None
    template: TemplateBody | None = None
    max_per_minute: Annotated[int, Field(ge=1, le=10_000)] | None = None
