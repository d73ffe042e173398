"""CSV bodies: a header and one point a row, as `GET /telemetry` writes them.

CSV has no types: a value is read as the kind its tag has. For a new tag it is a number if it reads
as one, true or false if it says so, else a text.
"""

import asyncio
import csv
import io
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from twinedge.assets.model import Name
from twinedge.kit.errors import Fault, Invalid
from twinedge.telemetry.decode.point import BOOLEAN, TEXT, Columns, Point
from twinedge.telemetry.decode.strict import (
    FIELDS,
    REQUIRED,
    TOO_LARGE,
    bound,
    gathered,
    point_of,
    reason,
    shown,
)
from twinedge.telemetry.draft import Draft, Faults, Numbering

KindOf = Callable[[Name], int | None]
"""The code of a tag's kind; None for a tag that does not exist."""

_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_NO_VALUE = frozenset({"", "nan", "null", "none", "n/a", "inf", "-inf", "infinity", "-infinity"})
_BOOLEANS = {"true": True, "false": False}
_DIGITS_MAX = 400
"""More digits are beyond a double, and reading them takes time squared."""


async def decode_csv(
    body: bytes, known: Mapping[Name, int], kind_of: KindOf, now_us: int, max_points: int
) -> Draft:
    """Read the rows; faults of rows are in the draft, named by the line where the row begins.

    Raises Invalid for a body that is no CSV or a header that does not fit, TooLarge over
    max_points.
    """
    header, rows, lines = await asyncio.to_thread(_rows, body, max_points)

    def read(row: int, faults: Faults) -> Point | None:
        cells = rows[row]
        if len(cells) != len(header):
            faults.add(row, "", f"has {len(cells)} columns, the header has {len(header)}")
            return None
        fields: dict[str, Any] = dict(zip(header, cells, strict=True))
        name = (fields["asset_id"], fields["tag_name"])
        fields["value"] = _value(fields["value"], kind_of(name))
        optional = {key: text or None for key, text in fields.items() if key not in REQUIRED}
        if fields["value"] is None:
            faults.add(row, "value", "is empty or no number; leave such rows out")
            fields["value"] = 0  # named already
            point_of(fields | optional, row, faults)
            return None
        return point_of(fields | optional, row, faults)

    return await gathered(read, Columns(Numbering(known), now_us), Faults(len(rows), lines))


def _rows(body: bytes, max_points: int) -> tuple[list[str], list[list[str]], list[int]]:
    """(header, rows, the line where each row begins); blank lines are left out."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid.at("body", f"is not CSV: {reason(error)}") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    rows: list[list[str]] = []
    lines: list[int] = []
    begins = 1
    try:
        for cells in reader:
            if cells and header is None:
                header = cells
                _check_header(header)
            elif cells:
                rows.append(cells)
                lines.append(begins)
                if len(rows) > max_points:
                    bound(len(rows), max_points)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Invalid.at(f"line[{begins}]", f"is not CSV: {error}") from None
    if header is None:
        raise Invalid.at("body", f"is empty; the first line names columns: {','.join(REQUIRED)}")
    return header, rows, lines


def _check_header(header: list[str]) -> None:
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        raise Invalid.at("line[1]", "has no commas: columns must be separated by commas")
    faults = [
        Fault(f"line[1].{shown(name)}", f"is not a column here; known: {', '.join(FIELDS)}")
        for name in dict.fromkeys(header)
        if name not in FIELDS
    ]
    faults += [
        Fault(f"line[1].{name}", "is there more than once")
        for name in FIELDS
        if header.count(name) > 1
    ]
    faults += [
        Fault(f"line[1].{name}", "is a required column") for name in REQUIRED if name not in header
    ]
    if faults:
        raise Invalid("; ".join(f"{f.field} {f.message}" for f in faults[:3]), faults[:100])


def _value(text: str, kind: int | None) -> Any:
    """The value of a cell for a tag of this kind; None when it holds none.

    What does not fit the kind stays what it reads as, and the intake refuses the clash.
    """
    lowered = text.lower()
    if kind != TEXT and lowered in _NO_VALUE:
        return None
    if kind in {None, BOOLEAN} and lowered in _BOOLEANS:
        return _BOOLEANS[lowered]
    if kind == BOOLEAN and text in {"0", "1"}:
        return text == "1"
    return text if kind == TEXT or _DECIMAL.fullmatch(text) is None else _number(text)


def _number(text: str) -> Any:
    if len(text) > _DIGITS_MAX:
        return TOO_LARGE
    if _INTEGER.fullmatch(text):
        return int(text)
    number = float(text)
    return number if math.isfinite(number) else TOO_LARGE
