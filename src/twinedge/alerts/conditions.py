"""Conditions from JSON and back: every fault at once, each at its exact field."""

import math
from collections.abc import Callable
from typing import Any, cast

from twinedge.alerts.model import (
    SYMBOLS,
    AllOf,
    AnyOf,
    Condition,
    Form,
    Json,
    Leaf,
    Operator,
    Per,
    Rate,
    Score,
    Stale,
    Threshold,
)
from twinedge.assets.model import name_fault
from twinedge.kit.errors import Fault
from twinedge.kit.ids import is_id

MAX_DEPTH = 5
MAX_LEAVES = 50
MAX_TEXT = 1000
MAX_SPAN_S = 31 * 86_400
"""The longest duration, window or silence: 31 days."""

_TIMES = ("duration_seconds", "clear_duration_seconds")
_BANDS = ("clear_value", "deadband")
_ORDERED = {
    Operator.GT, Operator.GTE, Operator.LT, Operator.LTE, Operator.BETWEEN, Operator.OUTSIDE,
}  # fmt: skip
_RANGES = {Operator.BETWEEN, Operator.OUTSIDE}
_FORMS = (
    "a condition needs 'tag_name' with 'operator' and 'value', or 'tag_name' with 'stale_seconds', "
    "or 'tag_name' with 'rate_of_change', or 'model_id' with 'operator' and 'value', or a list "
    "'all' or 'any' of conditions"
)


def parse_condition(raw: Any, field: str = "condition") -> tuple[Condition | None, list[Fault]]:
    """The condition, or None and every fault found."""
    reader = _Reader()
    if not isinstance(raw, dict):
        return None, [Fault(field, "must be an object: " + _FORMS)]
    form = reader.form(raw, field, 0)
    duration = reader.span(raw, "duration_seconds", field, least=0.0)
    clear = reader.span(raw, "clear_duration_seconds", field, least=0.0)
    if reader.leaves > MAX_LEAVES:
        reader.fault(field, f"has {reader.leaves} conditions, at most {MAX_LEAVES} are allowed")
    if reader.faults or form is None:
        return None, reader.faults
    return Condition(form, duration or 0.0, clear or 0.0), []


def condition_json(condition: Condition) -> Json:
    """The condition as the API writes it; `parse_condition` of it gives the same condition."""
    body = _form_json(condition.form)
    if condition.duration_s:
        body["duration_seconds"] = _plain(condition.duration_s)
    if condition.clear_duration_s:
        body["clear_duration_seconds"] = _plain(condition.clear_duration_s)
    return body


def leaves_of(form: Form) -> list[Leaf]:
    """AllOf leaves, left to right."""
    if isinstance(form, AllOf | AnyOf):
        return [leaf for part in form.conditions for leaf in leaves_of(part)]
    return [form]


def is_text(leaf: Leaf) -> bool:
    """Whether the leaf compares texts."""
    return isinstance(leaf, Threshold) and isinstance(leaf.value, str)


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _limit_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value if isinstance(value, bool | str) else _plain(value)


def _form_json(form: Form) -> Json:
    if isinstance(form, AllOf | AnyOf):
        name = "all" if isinstance(form, AllOf) else "any"
        return {name: [_form_json(part) for part in form.conditions]}
    body: Json = {}
    if isinstance(form, Score):
        body["model_id"] = form.model_id
    else:
        body["tag_name"] = form.tag_name
        if form.asset_id is not None:
            body["asset_id"] = form.asset_id
    if isinstance(form, Stale):
        return body | {"stale_seconds": _plain(form.stale_s)}
    if isinstance(form, Rate):
        body["rate_of_change"] = {"per": form.per, "window_seconds": _plain(form.window_s)}
    body |= {"operator": form.operator.value, "value": _limit_json(form.value)}
    if isinstance(form, Threshold | Score):
        for name in _BANDS:
            if (band := getattr(form, name)) is not None:
                body[name] = _plain(band)
    return body


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and _fits(value)


def _fits(value: float) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


class _Reader:
    """Collects faults while it walks the body."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.leaves = 0

    def fault(self, field: str, message: str) -> None:
        self.faults.append(Fault(field, message))

    def form(self, raw: Any, field: str, depth: int) -> Form | None:
        if not isinstance(raw, dict):
            self.fault(field, "must be an object: " + _FORMS)
            return None
        if depth > MAX_DEPTH:
            self.fault(field, f"is nested deeper than {MAX_DEPTH} levels")
            return None
        kinds = [key for key in ("all", "any", "rate_of_change", "stale_seconds") if key in raw]
        if len(kinds) > 1:
            self.fault(field, f"cannot have {' and '.join(map(repr, kinds))} together")
            return None
        kind = kinds[0] if kinds else "model_id" if "model_id" in raw else "threshold"
        reader: dict[str, Callable[[Json, str, int], Form | None]] = {
            "all": self._group,
            "any": self._group,
            "rate_of_change": self._rate,
            "stale_seconds": self._stale,
            "model_id": self._score,
            "threshold": self._threshold,
        }
        return reader[kind](cast(Json, raw), field, depth)

    def span(self, raw: Json, key: str, field: str, least: float) -> float | None:
        """A number of seconds; None when absent or faulty."""
        value = raw.get(key)
        if value is None:
            if key in raw:
                self.fault(f"{field}.{key}", "must be a number of seconds")
            return None
        if not _is_number(value) or not least <= value <= MAX_SPAN_S:
            self.fault(
                f"{field}.{key}",
                f"must be a number of seconds from {_plain(least)} to {MAX_SPAN_S}",
            )
            return None
        return float(value)

    def _known(self, raw: Json, field: str, depth: int, *names: str) -> None:
        allowed = (*names, *_TIMES) if depth == 0 else names
        for key in raw:
            if key in allowed:
                continue
            if key in _TIMES:
                self.fault(f"{field}.{key}", "belongs to the outermost condition")
            else:
                self.fault(f"{field}.{key}", f"is unknown here; known are: {', '.join(allowed)}")

    def _group(self, raw: Json, field: str, depth: int) -> Form | None:
        key = "all" if "all" in raw else "any"
        self._known(raw, field, depth, key)
        parts = raw[key]
        if not isinstance(parts, list) or not parts:
            self.fault(f"{field}.{key}", "must be a list of at least one condition")
            return None
        found = [
            self.form(part, f"{field}.{key}[{i}]", depth + 1)
            for i, part in enumerate(parts[: MAX_LEAVES + 1])
        ]
        if len(parts) > MAX_LEAVES:
            self.fault(f"{field}.{key}", f"has more than {MAX_LEAVES} conditions")
        forms = tuple(form for form in found if form is not None)
        return AllOf(forms) if key == "all" else AnyOf(forms)

    def _name(self, raw: Json, field: str, key: str, required: bool = True) -> str | None:
        value = raw.get(key)
        if value is None:
            if required:
                missing = "is missing" if key not in raw else "must be a text"
                self.fault(f"{field}.{key}", f"{missing}; {_FORMS}")
            return None
        if not isinstance(value, str):
            self.fault(f"{field}.{key}", "must be a text")
            return None
        if why := name_fault(value):
            self.fault(f"{field}.{key}", why)
            return None
        return value

    def _operator(self, raw: Json, field: str) -> Operator | None:
        words = ", ".join(Operator)
        value = raw.get("operator")
        if value is None:
            self.fault(f"{field}.operator", f"is missing; one of: {words}")
            return None
        if isinstance(value, str):
            if value in SYMBOLS:
                return SYMBOLS[value]
            if value in Operator.__members__.values():
                return Operator(value)
        self.fault(f"{field}.operator", f"{value!r} is not an operator; one of: {words}")
        return None

    def _limit(self, raw: Json, field: str, operator: Operator | None) -> Any:
        """The limit of an operator: a number, for eq and neq also text or truth, or a pair."""
        where = f"{field}.value"
        if "value" not in raw:
            self.fault(where, "is missing")
            return None
        if operator is None:
            return None
        why = self._limit_fault(raw["value"], operator)
        if why is not None:
            self.fault(where, why)
            return None
        value = raw["value"]
        if isinstance(value, list):
            return (float(value[0]), float(value[1]))
        return value if isinstance(value, bool | str) else float(value)

    def _limit_fault(self, value: Any, operator: Operator) -> str | None:
        if operator in _RANGES:
            pair = isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))
            if pair and value[0] < value[1]:
                return None
            return f"must be two numbers [low, high] with low below high for {operator}"
        if _is_number(value):
            return None
        if operator in _ORDERED:
            return f"must be a number for {operator}"
        if not isinstance(value, bool | str):
            return f"must be a number, a text, true or false for {operator}"
        long = isinstance(value, str) and len(value) > MAX_TEXT
        return f"is longer than {MAX_TEXT} characters" if long else None

    def _bands(self, raw: Json, field: str, operator: Operator | None, value: Any) -> None:
        """Check clear_value and deadband against the limit."""
        if all(name in raw for name in _BANDS):
            self.fault(f"{field}.deadband", "give either clear_value or deadband, not both")
        for name in _BANDS:
            if name not in raw:
                continue
            band = raw[name]
            if not _is_number(band):
                self.fault(f"{field}.{name}", "must be a number")
            elif operator in {Operator.EQ, Operator.NEQ}:
                self.fault(f"{field}.{name}", f"makes no sense with {operator}")
            elif name == "deadband" and band < 0:
                self.fault(f"{field}.{name}", "must not be negative")
            elif name == "clear_value" and operator in _RANGES:
                self.fault(f"{field}.{name}", f"use deadband with {operator}")
            elif isinstance(value, float) and name == "clear_value":
                above = operator in {Operator.GT, Operator.GTE}
                if (band > value) if above else (band < value):
                    side = "at or below" if above else "at or above"
                    self.fault(f"{field}.{name}", f"must be {side} the value {_plain(value)}")
            elif operator is Operator.OUTSIDE and value and 2 * band > value[1] - value[0]:
                self.fault(f"{field}.{name}", "must be at most half the width of the range")

    def _band(self, raw: Json, name: str) -> float | None:
        return float(raw[name]) if _is_number(raw.get(name)) else None

    def _threshold(self, raw: Json, field: str, depth: int) -> Form | None:
        self.leaves += 1
        if not any(key in raw for key in ("tag_name", "operator", "value")):
            self._known(raw, field, depth, "tag_name", "operator", "value", "asset_id", *_BANDS)
            self.fault(field, "says nothing to check: " + _FORMS)
            return None
        self._known(raw, field, depth, "tag_name", "operator", "value", "asset_id", *_BANDS)
        tag = self._name(raw, field, "tag_name")
        asset = self._name(raw, field, "asset_id", required=False)
        operator = self._operator(raw, field)
        value = self._limit(raw, field, operator)
        self._bands(raw, field, operator, value)
        if tag is None or operator is None or value is None:
            return None
        clear, dead = self._band(raw, "clear_value"), self._band(raw, "deadband")
        return Threshold(tag, operator, value, asset, clear, dead)

    def _score(self, raw: Json, field: str, depth: int) -> Form | None:
        self.leaves += 1
        self._known(raw, field, depth, "model_id", "operator", "value", *_BANDS)
        model = raw["model_id"]
        if not isinstance(model, str) or not is_id(model):
            self.fault(f"{field}.model_id", "must be the id of a model")
        operator = self._operator(raw, field)
        value = self._limit(raw, field, operator)
        if isinstance(value, bool | str):
            self.fault(f"{field}.value", "must be a number: a score is between 0 and 1")
        self._bands(raw, field, operator, value)
        if operator is None or value is None:
            return None
        clear, dead = self._band(raw, "clear_value"), self._band(raw, "deadband")
        return Score(str(model), operator, value, clear, dead)

    def _stale(self, raw: Json, field: str, depth: int) -> Form | None:
        self.leaves += 1
        self._known(raw, field, depth, "tag_name", "stale_seconds", "asset_id")
        tag = self._name(raw, field, "tag_name")
        asset = self._name(raw, field, "asset_id", required=False)
        stale = self.span(raw, "stale_seconds", field, least=1.0)
        return None if tag is None or stale is None else Stale(tag, stale, asset)

    def _rate(self, raw: Json, field: str, depth: int) -> Form | None:
        self.leaves += 1
        self._known(
            raw, field, depth, "tag_name", "rate_of_change", "operator", "value", "asset_id"
        )
        tag = self._name(raw, field, "tag_name")
        asset = self._name(raw, field, "asset_id", required=False)
        operator = self._operator(raw, field)
        value = self._limit(raw, field, operator)
        if isinstance(value, bool | str):
            self.fault(f"{field}.value", "must be a number for a rate of change")
        inner, where = raw["rate_of_change"], f"{field}.rate_of_change"
        if not isinstance(inner, dict):
            self.fault(where, "must be an object with 'per' and 'window_seconds'")
            return None
        self._known(inner, where, 1, "per", "window_seconds")
        per = inner.get("per")
        if per not in ("second", "minute", "hour"):
            self.fault(f"{where}.per", "must be one of: second, minute, hour")
        window = self.span(inner, "window_seconds", where, least=0.001)
        if "window_seconds" not in inner:
            self.fault(f"{where}.window_seconds", "is missing")
        if tag is None or operator is None or value is None or window is None:
            return None
        return Rate(tag, cast(Per, per), window, operator, value, asset)
