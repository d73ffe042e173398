"""Payloads to samples: JSON objects, arrays, numbers and texts, with their time and quality. Pure.

A payload that cannot be understood raises BadPayload with the reason; nothing else gets out.
"""

import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jmespath
import msgspec
from jmespath.exceptions import JMESPathError

from twinedge.assets.model import Kind
from twinedge.connectors.mqtt.settings import Topic
from twinedge.kit.clock import MAX_US, MIN_US, from_iso
from twinedge.telemetry.model import Quality

LONGEST_TEXT = 4096
LARGEST_PAYLOAD = 1_000_000
_MOST_SAMPLES = 10_000
_DEEPEST = 8
_EXACT = 2**53
_LARGEST = sys.float_info.max
_TIME_KEYS = ("timestamp", "ts", "time")

_NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$", re.ASCII)
"""Also +5, .5 and 007, which JSON does not know."""

Scalar = float | int | bool | str


class BadPayload(Exception):
    """Why a payload gives no value, in plain words."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One value. key: the path of keys below the tag, "" for the payload itself; ts None means
    arrival; value None means the device says it has none."""

    key: str
    value: Scalar | None
    ts: int | None
    quality: Quality


class Reader:
    """Takes payloads of one topic apart. Paths are compiled once."""

    def __init__(self, how: Topic | None = None, value_path: str | None = None) -> None:
        value_path = value_path or (how.value_path if how else None)
        self._value = jmespath.compile(value_path) if value_path else None
        own = (how.timestamp_path, how.quality_path) if how else ()
        self._own = {path for path in own if path is not None}
        self._time = jmespath.compile(how.timestamp_path) if how and how.timestamp_path else None
        self._quality = jmespath.compile(how.quality_path) if how and how.quality_path else None

    def read(self, payload: bytes) -> list[Sample]:
        """The samples in the order they stand. Raises BadPayload."""
        content = parse(payload)
        if isinstance(content, list) and self._value is None:
            return [sample for item in content for sample in self._samples(item)]
        return list(self._samples(content))

    def _samples(self, content: Any) -> Iterator[Sample]:
        ts: Any = self._search(self._time, content)
        used: set[str] = self._own & content.keys() if isinstance(content, dict) else set()
        if self._time is None and isinstance(content, dict):
            for key in _TIME_KEYS:
                if key in content and (found := _time_or_none(content[key])) is not None:
                    ts = found
                    used.add(key)
                    break
        quality = self._search(self._quality, content)
        if self._quality is None and isinstance(content, dict) and "quality" in content:
            quality = content["quality"]
            used.add("quality")
        if self._value is not None:
            value = self._search(self._value, content)
            if value is None:
                raise BadPayload("the value path finds nothing")
        elif isinstance(content, dict):
            value = {key: it for key, it in content.items() if key not in used}
        else:
            value = content
        if isinstance(value, list):
            yield from self._series(value, ts, quality)
            return
        when = None if ts is None else read_time(ts)
        for key, scalar in flatten(value):
            yield Sample(key, scalar, when, read_quality(quality))

    def _series(self, values: list[Any], ts: Any, quality: Any) -> Iterator[Sample]:
        """Values in a list, with a list of times of the same length."""
        if not isinstance(ts, list) or len(ts) != len(values):
            raise BadPayload("a list of values needs a list of as many times")
        many = isinstance(quality, list) and len(quality) == len(values)
        for at, value in enumerate(values):
            for key, scalar in flatten(value):
                word = quality[at] if many else quality
                yield Sample(key, scalar, read_time(ts[at]), read_quality(word))

    def _search(self, path: Any, content: Any) -> Any:
        if path is None:
            return None
        try:
            return path.search(content)
        except (JMESPathError, ValueError, TypeError) as error:
            raise BadPayload(f"a path does not fit the payload: {error}") from None


def parse(payload: bytes) -> Any:
    """JSON; what is none is a text, unless it tries to be. Raises BadPayload."""
    if len(payload) > LARGEST_PAYLOAD:
        raise BadPayload(f"is larger than {LARGEST_PAYLOAD} bytes")
    try:
        return msgspec.json.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if payload[:1] in {b"{", b"[", b'"'}:
            raise BadPayload(f"is not valid JSON: {error}") from None
    try:
        text = payload.decode().strip()
    except UnicodeDecodeError:
        raise BadPayload("is neither JSON nor UTF-8 text") from None
    if not text:
        raise BadPayload("is empty")
    if text.casefold().lstrip("+-") in {"nan", "inf", "infinity"}:
        return None
    return float(text) if _NUMBER.match(text) else text


def flatten(content: Any) -> list[tuple[str, Scalar | None]]:
    """Values of an object with their keys joined by dots; lists by index. Raises BadPayload."""
    found: list[tuple[str, Scalar | None]] = []
    _flatten(content, "", found, 0)
    return found


def _flatten(content: Any, key: str, found: list[tuple[str, Scalar | None]], depth: int) -> None:
    if depth > _DEEPEST or len(found) >= _MOST_SAMPLES:
        raise BadPayload("is nested too deep or has too many values")
    if isinstance(content, dict):
        for name, inner in content.items():
            _flatten(inner, f"{key}.{name}" if key else str(name), found, depth + 1)
    elif isinstance(content, list):
        for at, inner in enumerate(content):
            _flatten(inner, f"{key}.{at}" if key else str(at), found, depth + 1)
    else:
        _check_scalar(content)
        found.append((key, content))


def _check_scalar(value: Any) -> None:
    """What no store could keep must not come back from the broker for ever."""
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise BadPayload(f"has a text of more than {LONGEST_TEXT} characters")
        if "\0" in value:
            raise BadPayload("has a text with a NUL in it")
    elif isinstance(value, int | float) and not -_LARGEST <= value <= _LARGEST:
        raise BadPayload("has a number too large to keep")


def _time_or_none(value: Any) -> int | None:
    try:
        return read_time(value)
    except BadPayload:
        return None


def read_time(value: Any) -> int:
    """Microseconds since 1970 of an ISO time or of a number of s, ms, us or ns. Raises BadPayload.

    The size of a number tells its unit: up to 1e11 seconds, 1e14 ms, 1e17 us, else ns.
    """
    if isinstance(value, str):
        try:
            return from_iso(value)
        except ValueError:
            try:
                value = float(value) if "." in value else int(value)
            except ValueError:
                raise BadPayload(f"{value[:40]!r} is not a time") from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadPayload("the time is neither ISO 8601 nor a number")
    size = abs(value)
    for limit, numerator, divisor in ((1e11, 1_000_000, 1), (1e14, 1000, 1), (1e17, 1, 1)):
        if size < limit:
            us = round(value * numerator / divisor)
            break
    else:
        us = int(value) // 1000
    if not MIN_US <= us <= MAX_US:
        raise BadPayload("the time is out of range")
    return us


def read_quality(value: Any) -> Quality:
    """good, uncertain, bad, true, false, an OPC UA status or an OPC DA quality; None is good."""
    match value:
        case None:
            return Quality.GOOD
        case bool():
            return Quality.GOOD if value else Quality.BAD
        case str():
            word = value.strip().casefold()
            if word.startswith("good"):
                return Quality.GOOD
            return Quality.UNCERTAIN if word.startswith("uncertain") else Quality.BAD
        case int() | float():
            return _coded_quality(int(value)) if math.isfinite(value) else Quality.BAD
        case _:
            return Quality.BAD


def _coded_quality(code: int) -> Quality:
    """0 is good (OPC UA), 192-255 good, 64-191 uncertain (OPC DA), the top bits of 32 (OPC UA)."""
    if code == 0 or 192 <= code <= 255:
        return Quality.GOOD
    if code >= 1 << 30:
        return Quality.BAD if code >> 31 else Quality.UNCERTAIN
    return Quality.UNCERTAIN if 64 <= code < 192 or code == 1 else Quality.BAD


def kind_of(value: Scalar) -> Kind:
    if isinstance(value, bool):
        return Kind.BOOLEAN
    return Kind.TEXT if isinstance(value, str) else Kind.NUMBER


def digits_of(value: Scalar) -> str | None:
    """The digits of an integer that a float cannot hold."""
    is_large = isinstance(value, int) and not isinstance(value, bool) and abs(value) > _EXACT
    return str(value) if is_large else None
