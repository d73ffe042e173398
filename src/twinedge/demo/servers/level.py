"""An MQTT broker that tells clients of another version so, as the standard asks."""

import asyncio

from amqtt.adapters import StreamReaderAdapter, StreamWriterAdapter
from amqtt.broker import Broker

_LEVEL_311 = 4
_LEVEL_5 = 5
_REFUSED_5 = bytes.fromhex("2003008400")
"""CONNACK of MQTT 5, reason 0x84: unsupported protocol version."""
_REFUSED_311 = bytes.fromhex("20020001")
_HEAD_S = 5.0


class LevelledBroker(Broker):  # type: ignore[misc]
    """amqtt speaks 3.1.1 only and waits for ever in the properties of an MQTT 5 CONNECT; so the
    level is looked at first, and a client that offers 5 can come down to 3.1.1 at once."""

    async def stream_connected(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, listener_name: str
    ) -> None:
        try:
            async with asyncio.timeout(_HEAD_S):
                head = await _read_head(reader)
        except (TimeoutError, EOFError, ConnectionError):
            writer.close()
            return
        if head[-1] != _LEVEL_311:
            writer.write(_REFUSED_5 if head[-1] == _LEVEL_5 else _REFUSED_311)
            writer.close()
            return
        replayed = _Replayed(head, reader)
        await self.external_connected(replayed, StreamWriterAdapter(writer), listener_name)


async def _read_head(reader: asyncio.StreamReader) -> bytes:
    """A CONNECT up to its protocol level, the last byte. Raises IncompleteReadError (EOFError)."""
    head = await reader.readexactly(2)
    while head[-1] & 0x80 and len(head) < 5:
        head += await reader.readexactly(1)
    head += await reader.readexactly(2)
    return head + await reader.readexactly(min(int.from_bytes(head[-2:]), 16) + 1)


class _Replayed(StreamReaderAdapter):  # type: ignore[misc]
    """A stream whose first bytes have been read already."""

    def __init__(self, head: bytes, reader: asyncio.StreamReader) -> None:
        super().__init__(reader)
        self._head = head

    async def read(self, n: int = -1) -> bytes:
        if not self._head:
            return bytes(await super().read(n))
        if n < 0 or n > len(self._head):
            head, self._head = self._head, b""
            return head + bytes(await super().read(n if n < 0 else n - len(head)))
        taken, self._head = self._head[:n], self._head[n:]
        return taken
