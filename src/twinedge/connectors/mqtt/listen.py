"""Looking at live traffic without touching the running link: on a short connection of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from twinedge.connectors.mqtt.broker import Broker, Message
from twinedge.connectors.mqtt.mapping import parse_address
from twinedge.connectors.mqtt.payload import BadPayload, Reader, flatten, parse
from twinedge.connectors.mqtt.settings import MqttSettings
from twinedge.connectors.mqtt.topics import topic_fault
from twinedge.kit.errors import Invalid
from twinedge.sources.model import Node, Reading, TagSpec

LISTEN_S = 3.0
_SAMPLE = 2048
_MOST_TOPICS = 10_000


class Heard(dict[str, Message]):
    """The newest message of each topic."""

    def __init__(self) -> None:
        super().__init__()
        self._news = asyncio.Event()

    def keep(self, message: Message) -> None:
        if message.topic in self or len(self) < _MOST_TOPICS:
            self[message.topic] = message
        self._news.set()

    async def until(self, is_enough: Callable[[], bool]) -> None:
        """Listen until it is enough, 3 s at most."""
        try:
            async with asyncio.timeout(LISTEN_S):
                while not is_enough():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return


@asynccontextmanager
async def listening(
    settings: MqttSettings, client_id: str, versions: dict[str, int], filters: Sequence[str]
) -> AsyncIterator[Heard]:
    """What is said while the context lasts. QoS 0, clean session."""
    heard = Heard()
    broker = Broker(settings, client_id, heard.keep, is_clean=True, versions=versions)
    try:
        await broker.connect()
        await broker.subscribe(filters, 0)
        yield heard
    finally:
        await broker.close()


async def browse(
    settings: MqttSettings,
    client_id: str,
    versions: dict[str, int],
    filters: Sequence[str],
    node: str | None,
    search: str | None,
    limit: int,
) -> list[Node]:
    """Topics heard within 3 s with a sample, or the keys of one topic's payload."""
    if node is not None and topic_fault(node):
        raise Invalid.at("node", f"{node!r} is no topic: {topic_fault(node)}")
    wanted = [node] if node else list(filters) or ["#"]
    async with listening(settings, client_id, versions, wanted) as seen:
        await seen.until(lambda: (node in seen) or (not search and len(seen) >= limit))
        messages = [seen[topic] for topic in sorted(seen)]
    asked = seen.get(node) if node else None
    nodes = _keys(asked) if asked else [_topic(message) for message in messages]
    text = (search or "").casefold()
    return [it for it in nodes if text in it.name.casefold()][:limit]


async def read(
    settings: MqttSettings, client_id: str, versions: dict[str, int], tags: Sequence[TagSpec]
) -> list[Reading]:
    """The retained or next message of each address, waiting at most 3 s."""
    asked: list[tuple[str, str] | str] = []
    for tag in tags:
        try:
            asked.append(parse_address(tag.address))
        except Invalid as error:
            asked.append("; ".join(fault.message for fault in error.faults))
    topics = list(dict.fromkeys(it[0] for it in asked if isinstance(it, tuple)))
    seen = Heard()
    if topics:
        async with listening(settings, client_id, versions, topics) as seen:
            await seen.until(lambda: all(topic in seen for topic in topics))
    return [_reading(str(tag.address), it, seen) for tag, it in zip(tags, asked, strict=True)]


def _reading(address: str, asked: tuple[str, str] | str, seen: dict[str, Message]) -> Reading:
    if isinstance(asked, str):
        return Reading(address, error=asked)
    topic, path = asked
    message = seen.get(topic)
    if message is None:
        words = f"no message on this topic within {LISTEN_S:g} s, and none retained"
        return Reading(address, error=words)
    try:
        samples = Reader(None, path or "@").read(message.payload)
    except BadPayload as error:
        return Reading(address, error=f"the payload {error}")
    if len(samples) != 1 or samples[0].key:
        return Reading(address, error="the payload is an object; name a key, as in topic#key")
    value = samples[0].value
    return Reading(
        address, value, samples[0].quality.name.lower(), samples[0].ts, None, _type(value)
    )


def _topic(message: Message) -> Node:
    sample = message.payload[:_SAMPLE].decode(errors="replace")
    try:
        content = parse(message.payload)
    except BadPayload as error:
        return Node(
            message.topic, message.topic, False, message.topic, None, None, sample, str(error)
        )
    if isinstance(content, dict | list):
        return Node(message.topic, message.topic, True, None, "object", None, sample)
    return Node(message.topic, message.topic, False, message.topic, _type(content), None, content)


def _keys(message: Message) -> list[Node]:
    """The values inside a payload, each with the address that reads it."""
    try:
        content = parse(message.payload)
        found = flatten(content)
    except BadPayload:
        return [_topic(message)]
    if not isinstance(content, dict | list):
        return [_topic(message)]
    return [
        Node(
            f"{message.topic}#{path}", key, False, f"{message.topic}#{path}",
            _type(value), None, value,
        )
        for (key, value), path in zip(found, _paths(content), strict=True)
    ]  # fmt: skip


def _paths(content: Any, path: str = "") -> list[str]:
    """JMESPaths of all values, in the order of `flatten`."""
    if isinstance(content, dict):
        found: list[str] = []
        for name, inner in content.items():
            plain = str(name).isidentifier() and str(name).isascii()
            escaped = str(name).replace("\\", "\\\\").replace('"', '\\"')
            word = str(name) if plain else f'"{escaped}"'
            found += _paths(inner, f"{path}.{word}" if path else word)
        return found
    if isinstance(content, list):
        return [it for at, inner in enumerate(content) for it in _paths(inner, f"{path}[{at}]")]
    return [path]


def _type(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "bool"
    return "string" if isinstance(value, str) else "float64"
