"""The one part of a multipart body, written straight to where it is wanted.

Starlette would gather it in the system's folder for temporary files first, which may be small or
in memory, and write it a second time.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from twinedge.kit.errors import Invalid, UnsupportedMediaType

_WRITE_BYTES = 2**20


async def receive(content_type: str, body: AsyncIterator[bytes], path: Path) -> None:
    """Stream the part's content into a new file, a MiB at a time.

    Raises UnsupportedMediaType, or Invalid when there is not exactly one whole part.
    """
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data":
        said = kind.decode("latin-1")[:80]
        raise UnsupportedMediaType(
            f"Content-Type is {said!r}; send multipart/form-data with one part named 'file'"
        )
    if not (boundary := options.get(b"boundary")):
        raise _unreadable("its Content-Type names no boundary")
    part = _Part()
    try:
        parser = MultipartParser(
            boundary,
            {"on_part_begin": part.begin, "on_part_data": part.data, "on_end": part.end},
        )
        with path.open("wb") as out:
            async for chunk in body:
                parser.write(chunk)
                if len(part.waiting) >= _WRITE_BYTES:
                    await asyncio.to_thread(out.write, part.take())
            await asyncio.to_thread(out.write, part.take())
    except FormParserError as error:
        raise _unreadable(str(error)) from None
    if part.count != 1:
        raise Invalid.at("file", f"{part.count} parts sent; send exactly one, named 'file'")
    if not part.is_whole:
        raise _unreadable("it ends before its last boundary")


def _unreadable(words: str) -> Invalid:
    return Invalid.at("file", f"the multipart body cannot be read: {words}")


class _Part:
    """What the parser has found: parts counted, content of the first that waits to be written."""

    def __init__(self) -> None:
        self.count = 0
        self.is_whole = False
        self.waiting = bytearray()

    def begin(self) -> None:
        self.count += 1

    def data(self, data: bytes, start: int, end: int) -> None:
        if self.count == 1:
            self.waiting += data[start:end]

    def end(self) -> None:
        self.is_whole = True

    def take(self) -> bytearray:
        taken, self.waiting = self.waiting, bytearray()
        return taken
