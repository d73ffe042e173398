"""Compressed request bodies, inflated in small steps so that a bomb never gets room to explode."""

import zlib
from collections.abc import Iterator
from typing import Protocol

import zstandard

from twinedge.kit.errors import Invalid, UnsupportedMediaType

STEP_BYTES = 64 * 1024
_ZSTD_BITE = 256
"""A zstd block of 4 bytes may hold 128 KiB: 256 bytes in are at most 8 MiB out."""
_ZSTD_WINDOW_BYTES = 8 * 1024 * 1024


class Inflater(Protocol):
    """Turns compressed pieces into plain ones."""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Plain pieces, made as they are asked for. Raises Invalid on a broken body."""
        ...

    def finish(self) -> None:
        """Raises Invalid when the body ended too early."""
        ...


class Gzip:
    """RFC 1952, also of several members."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(31)
        self._begun = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        more_inside = False
        while piece or more_inside:
            if self._member.eof:
                self._member = zlib.decompressobj(31)
            self._begun = True
            try:
                plain = self._member.decompress(piece, STEP_BYTES)
            except zlib.error as error:
                raise _broken("gzip") from error
            if plain:
                yield plain
            more_inside = len(plain) == STEP_BYTES and not self._member.eof
            piece = self._member.unused_data if self._member.eof else self._member.unconsumed_tail

    def finish(self) -> None:
        if self._begun and not self._member.eof:
            raise _cut("gzip")


class Zstd:
    """RFC 8878, also of several frames; windows up to the 8 MiB every decoder must know."""

    def __init__(self) -> None:
        self._decoder = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES)
        self._frame = self._decoder.decompressobj()
        self._begun = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        for start in range(0, len(piece), _ZSTD_BITE):
            bite = piece[start : start + _ZSTD_BITE]
            while bite:
                if self._frame.eof:
                    self._frame = self._decoder.decompressobj()
                self._begun = True
                try:
                    plain = self._frame.decompress(bite)
                except zstandard.ZstdError as error:
                    raise _broken("zstd") from error
                if plain:
                    yield plain
                bite = self._frame.unused_data if self._frame.eof else b""

    def finish(self) -> None:
        if self._begun and not self._frame.eof:
            raise _cut("zstd")


def inflater(encoding: bytes) -> Inflater | None:
    """What inflates this Content-Encoding; None for a plain body."""
    name = encoding.decode("latin-1").strip().lower()
    if name in {"", "identity"}:
        return None
    if name in {"gzip", "x-gzip"}:
        return Gzip()
    if name == "zstd":
        return Zstd()
    raise UnsupportedMediaType(
        f"Content-Encoding {name[:50]!r} is not understood; gzip and zstd are"
    )


def _broken(name: str) -> Invalid:
    return Invalid.at("body", f"is not valid {name}")


def _cut(name: str) -> Invalid:
    return Invalid.at("body", f"ends in the middle of its {name} data")
