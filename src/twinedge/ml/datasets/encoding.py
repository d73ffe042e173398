"""Text files in UTF-8, UTF-16 or Latin-1 (Windows-1252), told apart and made UTF-8."""

import codecs
from pathlib import Path

from twinedge.ml.datasets.bounds import LINE_BYTES, bad

_PIECE = 2**20


def as_utf8(path: Path) -> Path:
    """The file itself when it is UTF-8, else a copy beside it that is.

    UTF-16 is known by its byte order mark. Latin-1 is what has bytes that are not UTF-8, and
    nowhere a sign that is; a file with both is UTF-8 with damage, and its place is named.
    Raises BadFile for that, for binary files, and for lines that are too long.
    """
    with path.open("rb") as file:
        mark = file.read(2)
    if mark in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        copy = _recoded(path, "utf-16")
        _is_utf8(copy)
        return copy
    return path if _is_utf8(path) else _recoded(path, "cp1252")


def _is_utf8(path: Path) -> bool:
    """Whether the file is UTF-8; False for Latin-1."""
    damage: str | None = None
    has_signs = False
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LINE_BYTES + 1), b""), 1):
            if len(line) > LINE_BYTES:
                raise bad(f"line {number}: is longer than 1 MiB; this is no table")
            if b"\0" in line:
                column = line.index(b"\0") + 1
                raise bad(
                    f"line {number}, column {column}: holds a zero byte; this is a binary file, "
                    "not CSV, Parquet or JSON lines"
                )
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                has_signs = True
            except UnicodeDecodeError as error:
                if damage is None:
                    column = len(line[: error.start].decode("utf-8")) + 1
                    byte = line[error.start]
                    damage = f"line {number}, column {column}: byte 0x{byte:02X} is not UTF-8"
    if damage is not None and has_signs:
        raise bad(f"{damage}, but the rest of the file is; save it as UTF-8 again")
    return damage is None


def _recoded(path: Path, encoding: str) -> Path:
    """A copy in UTF-8, piece by piece."""
    copy = path.with_suffix(".utf8")
    decoder = codecs.getincrementaldecoder(encoding)(
        errors="strict" if encoding == "utf-16" else "replace"
    )
    lines = 1
    with path.open("rb") as source, copy.open("w", encoding="utf-8", newline="") as out:
        try:
            for piece in iter(lambda: source.read(_PIECE), b""):
                text = decoder.decode(piece)
                lines += text.count("\n")
                out.write(text)
            out.write(decoder.decode(b"", final=True))
        except UnicodeDecodeError:
            raise bad(f"about line {lines}: is not {encoding.upper()}, as it says") from None
    return copy
