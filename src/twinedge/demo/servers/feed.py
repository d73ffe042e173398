"""What flows between the plant and a server: frames down stdin, one word up stdout."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from twinedge.demo.tags import ServerName, tags_of_server

Value = float | bool | str | None
FRAME_MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Frame:
    """One second of one server: readings in the order of `tags_of_server`, None = dropped out."""

    ts: int
    """Microseconds since 1970 UTC."""
    values: tuple[Value, ...]


def write_frame(ts: int, values: Sequence[Value]) -> bytes:
    """A frame as one line."""
    return json.dumps({"ts": ts, "values": values}).encode() + b"\n"


def read_frame(line: bytes) -> Frame:
    """The frame of one line."""
    read = json.loads(line)
    return Frame(read["ts"], tuple(read["values"]))


def announce(port: int) -> None:
    """Tell the parent that clients may connect now; not before the first frame is shown, so that
    nobody reads zeros that never were."""
    sys.stdout.write(json.dumps({"ready": port}) + "\n")
    sys.stdout.flush()


async def frames(server: ServerName) -> AsyncIterator[Frame]:
    """The frames on stdin, until the parent closes it or dies: then the server ends too.

    At most one frame waits: a server that was held up goes on with the newest.
    """
    reader = asyncio.StreamReader(limit=FRAME_MAX_BYTES)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    expected = len(tags_of_server(server))
    try:
        while line := await reader.readline():
            frame = read_frame(line)
            assert len(frame.values) == expected
            yield frame
    finally:
        transport.close()
