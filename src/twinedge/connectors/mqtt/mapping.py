"""Which tags a topic's payload feeds: templates and explicit tags, resolved once a topic.

Not pure in one thing only: slots remember the series they were given.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from twinedge.assets.model import Kind, name_fault
from twinedge.connectors.mqtt.payload import (
    BadPayload,
    Reader,
    Sample,
    Scalar,
    digits_of,
    kind_of,
)
from twinedge.connectors.mqtt.settings import Topic, check_path
from twinedge.connectors.mqtt.topics import Template, is_plain, template
from twinedge.kit.errors import Fault, Invalid
from twinedge.sources.model import TagSpec
from twinedge.sources.ports import BoundTag

_MOST_TOPICS = 100_000


def parse_address(address: str | dict[str, Any]) -> tuple[str, str]:
    """Topic and JMESPath ("" = the whole payload). Raises Invalid on `address`."""
    if isinstance(address, str):
        topic, _, path = address.strip().partition("#")
    else:
        for key in address:
            if key not in {"topic", "path"}:
                raise Invalid.at(f"address.{key}", "is not known here; known are topic and path")
        given = address.get("topic"), address.get("path") or ""
        if not isinstance(given[0], str) or not isinstance(given[1], str):
            raise Invalid.at("address", "topic and path must be texts")
        topic, path = given[0], given[1]
    if not is_plain(topic) or any(c.isspace() for c in topic[:1] + topic[-1:]) or " " in topic:
        raise Invalid.at(
            "address", "must be one topic without wildcards, or topic#path; write plant/p1#rpm"
        )
    if path:
        try:
            check_path(path)
        except ValueError as error:
            raise Invalid.at("address", str(error)) from None
    return topic, path


def check(tag: TagSpec) -> TagSpec:
    """The tag with its address as `topic#path`. Raises Invalid with every fault."""
    topic, path = parse_address(tag.address)
    faults = [
        Fault(name, "goes with registers, not with MQTT")
        for name, value in (("bit", tag.bit), ("length", tag.length))
        if value is not None
    ]
    if tag.data_type in {"string", "bool"} and (tag.scale is not None or tag.offset is not None):
        faults.append(Fault("scale", f"a {tag.data_type} cannot be scaled"))
    if tag.interval_ms is not None:
        faults.append(Fault("interval_ms", "MQTT values come when the device sends them"))
    if faults:
        raise Invalid("the tag is not valid", faults)
    return replace(tag, address=f"{topic}#{path}" if path else topic)


def kind(tag: TagSpec) -> Kind | None:
    if tag.data_type is None:
        return None
    if tag.data_type == "string":
        return Kind.TEXT
    return Kind.BOOLEAN if tag.data_type == "bool" else Kind.NUMBER


@dataclass(slots=True)
class Slot:
    """A tag that a payload feeds. series None: not known yet, or refused until retry_s."""

    asset_id: str
    tag_name: str
    kind: Kind | None = None
    series: int | None = None
    retry_s: float = 0.0
    spec: TagSpec | None = None

    def fit(self, value: Scalar) -> tuple[float, str | None]:
        """The value as the tag's kind wants it: number and text. Raises BadPayload."""
        found = kind_of(value)
        if self.kind is Kind.TEXT:
            return float("nan"), value if isinstance(value, str) else str(value)
        if isinstance(value, str):
            raise BadPayload(f"{self.tag_name!r} holds {self.kind}s, this is a text")
        if self.kind is Kind.BOOLEAN and found is not Kind.BOOLEAN and value not in (0, 1):
            raise BadPayload(f"{self.tag_name!r} is true or false, this is a number")
        spec = self.spec
        if spec is None or (spec.scale is None and spec.offset is None):
            return float(value), digits_of(value)
        number = float(value) * (1.0 if spec.scale is None else spec.scale) + (spec.offset or 0.0)
        if not math.isfinite(number):
            raise BadPayload(f"{self.tag_name!r} is too large once scaled")
        return number, None


@dataclass(frozen=True, slots=True)
class Point:
    """A sample with the tag it belongs to."""

    slot: Slot
    sample: Sample


@dataclass(slots=True)
class _Route:
    """One reader of a topic's payload, and where its samples go."""

    reader: Reader
    slots: dict[str, Slot] = field(default_factory=dict)
    fixed: Slot | None = None
    asset_id: str = ""
    tag_name: str | None = None
    prefix: str = ""
    last: str = ""


class Mapping:
    """All templates and tags of one source."""

    def __init__(self, topics: Sequence[Topic], tags: Sequence[BoundTag]) -> None:
        self._templates: list[tuple[Topic, Template]] = [
            (topic, template(topic.topic)) for topic in topics
        ]
        self._tags: dict[str, list[tuple[str, BoundTag]]] = {}
        for bound in tags:
            if bound.spec.enabled:
                topic, path = parse_address(bound.spec.address)
                self._tags.setdefault(topic, []).append((path, bound))
        self._routes: dict[str, list[_Route]] = {}
        self._slots: dict[tuple[str, str], Slot] = {}

    @property
    def filters(self) -> list[str]:
        """What to subscribe to, without repeats."""
        wanted = [plan.filter for _, plan in self._templates]
        covered = [plan for _, plan in self._templates]
        wanted += [it for it in self._tags if not any(plan.match(it) for plan in covered)]
        return list(dict.fromkeys(wanted))

    def tags_of(self, filter_: str) -> list[BoundTag]:
        """The configured tags that this subscription feeds."""
        plan = template(filter_)
        return [tag for it, tags in self._tags.items() if plan.match(it) for _, tag in tags]

    def points(self, topic: str, payload: bytes) -> list[Point]:
        """Raises BadPayload when any reader of the topic cannot use the payload."""
        routes = self._routes.get(topic)
        if routes is None:
            if len(self._routes) >= _MOST_TOPICS:
                self._routes.clear()
            routes = self._routes[topic] = self._resolve(topic)
        found: list[Point] = []
        fault: BadPayload | None = None
        for route in routes:
            try:
                samples = route.reader.read(payload)
            except BadPayload as error:
                fault = error
                continue
            for sample in samples:
                if route.fixed is not None and sample.key:
                    fault = BadPayload("is an object; name the value wanted, as in topic#key")
                    break
                slot = route.fixed or route.slots.get(sample.key)
                if slot is None:
                    slot = route.slots[sample.key] = self._slot(route, sample.key)
                found.append(Point(slot, sample))
        if fault is not None and not found:
            raise fault
        return found

    def _resolve(self, topic: str) -> list[_Route]:
        routes: list[_Route] = []
        how: Topic | None = None
        for spec, plan in self._templates:
            match = plan.match(topic, spec.asset_id)
            if match is None:
                continue
            how = how or spec
            routes.append(
                _Route(
                    Reader(spec),
                    asset_id=match.asset_id,
                    tag_name=match.tag_name or spec.tag_name,
                    prefix=".".join(match.rest),
                    last=match.last,
                )
            )
            break  # the first template that fits decides
        for path, bound in self._tags.get(topic, ()):
            slot = Slot(
                bound.spec.asset_id, bound.spec.tag_name, bound.kind, bound.series, 0.0, bound.spec
            )
            timing = None if how is None else how.model_copy(update={"value_path": None})
            routes.append(_Route(Reader(timing, path or "@"), fixed=slot))
        return routes

    def _slot(self, route: _Route, key: str) -> Slot:
        """The tag of a key; one slot a tag, however many topics feed it."""
        if route.tag_name is not None:
            name = f"{route.tag_name}.{key}" if key and key != "value" else route.tag_name
        elif not key:
            name = route.prefix or route.last
        else:
            name = f"{route.prefix}.{key}" if route.prefix else key
        for fault in (name_fault(route.asset_id), name_fault(name)):
            if fault:
                raise BadPayload(f"the tag's name {fault}")
        return self._slots.setdefault((route.asset_id, name), Slot(route.asset_id, name))
