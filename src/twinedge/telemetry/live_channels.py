"""The live socket's channels, and what a client may ask of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twinedge.kit.errors import Fault, Invalid

FILTER_VALUES_MAX = 200
_TEXT_MAX = 200


@dataclass(frozen=True, slots=True)
class Channel:
    """scope: what a key needs. type: of its messages. filters: the names that may narrow it."""

    scope: str
    type: str
    filters: tuple[str, ...]


CHANNELS: Mapping[str, Channel] = {
    "telemetry": Channel("read:telemetry", "data", ("asset_id", "tag_name", "data_source_id")),
    "alerts": Channel("read:alerts", "event", ("severity", "status", "asset_id", "rule_id")),
    "predictions": Channel("read:ml", "data", ("model_id", "asset_id")),
    "device_status": Channel("read:data_sources", "event", ("data_source_id", "state")),
}


@dataclass(frozen=True, slots=True)
class Topic:
    """A channel narrowed by filters; equal topics get the same messages.

    filters: pairs of a name and the values allowed, both in order; a name left out allows any.
    """

    channel: str
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def matches(self, attributes: Mapping[str, str | None]) -> bool:
        """Whether a message with these attributes belongs to this topic."""
        return all(attributes.get(name) in values for name, values in self.filters)

    def values(self, name: str) -> tuple[str, ...]:
        """The values allowed for a filter; empty for any."""
        return dict(self.filters).get(name, ())


@dataclass(frozen=True, slots=True)
class Request:
    """What a client wants. since_seq: the last `seq` it saw, to be given what came after."""

    type: str
    topic: Topic | None
    since_seq: int | None
    snapshot: bool


_FIELDS = {
    "ping": ("type", "request_id"),
    "subscribe": ("type", "channel", "filters", "request_id", "since_seq", "snapshot"),
    "unsubscribe": ("type", "channel", "filters", "request_id"),
}


def read_request(message: Mapping[str, Any]) -> Request:
    """Understand a client's message. Raises Invalid with every fault."""
    type = message.get("type")
    if type not in _FIELDS:
        raise Invalid.at("type", f"must be one of {', '.join(_FIELDS)}")
    known = _FIELDS[type]
    faults = [
        Fault(name[:80], f"is not a known field; known are: {', '.join(known)}")
        for name in message
        if name not in known
    ]
    since = message.get("since_seq")
    if since is not None and (isinstance(since, bool) or not isinstance(since, int) or since < 0):
        faults.append(Fault("since_seq", "must be a whole number, the last seq you saw"))
    snapshot = message.get("snapshot", False)
    if not isinstance(snapshot, bool):
        faults.append(Fault("snapshot", "must be true or false"))
    topic = None
    if type != "ping":
        topic = _topic(message.get("channel"), message.get("filters"), faults)
    if faults:
        raise Invalid(f"{faults[0].field} {faults[0].message}", faults)
    return Request(type, topic, since, snapshot)


def _topic(name: Any, filters: Any, faults: list[Fault]) -> Topic | None:
    if not isinstance(name, str) or name not in CHANNELS:
        faults.append(Fault("channel", f"must be one of {', '.join(CHANNELS)}"))
        return None
    if filters is None:
        return Topic(name)
    if not isinstance(filters, dict):
        faults.append(Fault("filters", "must be an object"))
        return None
    allowed = CHANNELS[name].filters
    pairs = []
    for key, value in sorted(filters.items()):
        if key not in allowed:
            faults.append(
                Fault(f"filters.{key[:80]}", f"is no filter here; known are: {', '.join(allowed)}")
            )
            continue
        values = value if isinstance(value, list) else [value]
        if not values or len(values) > FILTER_VALUES_MAX:
            faults.append(Fault(f"filters.{key}", f"must have 1 to {FILTER_VALUES_MAX} values"))
        elif not all(isinstance(text, str) and 0 < len(text) <= _TEXT_MAX for text in values):
            faults.append(Fault(f"filters.{key}", "must be a text or a list of texts"))
        else:
            pairs.append((key, tuple(sorted(set(values)))))
    return Topic(name, tuple(pairs))
