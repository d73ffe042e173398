"""Tags as CSV, for spreadsheets: out and back without loss.

One line a tag; every column but address, asset_id and tag_name may be missing or empty. An
address that is an object is written as JSON. A text cell that a spreadsheet would take for a
formula gets an apostrophe in front, which reading takes away again.
"""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from twinedge.kit.errors import Fault, Invalid
from twinedge.sources.model import TagSpec

COLUMNS = (
    "id", "address", "asset_id", "tag_name", "data_type", "length", "word_order", "byte_order",
    "bit", "scale", "offset", "unit", "interval_ms", "deadband_type", "deadband_value", "enabled",
)  # fmt: skip
_NEEDED = ("address", "asset_id", "tag_name")
_WHOLE = frozenset({"length", "bit", "interval_ms"})
_NUMBERS = frozenset({"scale", "offset", "deadband_value"})
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_TRUTH = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}
_MAX_CELL = 131_072


def write(tags: Iterable[TagSpec]) -> str:
    """The file, with a header line and CRLF line ends (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for tag in tags:
        writer.writerow([_cell(tag, column) for column in COLUMNS])
    return out.getvalue()


def read(text: str) -> list[tuple[int, dict[str, Any]]]:
    """The lines as (line number, fields of a tag), not yet checked beyond their types.

    Separators may be comma, semicolon or tab. Raises Invalid with every fault, at
    `line 5.scale`.
    """
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, dict[str, Any]]] = []
    faults: list[Fault] = []
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        _check_header(columns)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, _fields(columns, cells, reader.line_num, faults)))
    except csv.Error as error:
        raise Invalid.at(f"line {reader.line_num}", f"is not CSV: {error}") from None
    if faults:
        raise Invalid("the file has faults", faults)
    return rows


def _check_header(columns: list[str]) -> None:
    faults = [
        Fault("line 1", f"{name!r} is no column of tags; known are: {', '.join(COLUMNS)}")
        for name in columns
        if name not in COLUMNS
    ]
    faults += [Fault("line 1", f"the column {name} is missing") for name in _NEEDED
               if name not in columns]  # fmt: skip
    if len(set(columns)) < len(columns):
        faults.append(Fault("line 1", "names a column twice"))
    if faults:
        raise Invalid("the file has no good header line", faults)


def _fields(columns: list[str], cells: list[str], line: int, faults: list[Fault]) -> dict[str, Any]:
    if len(cells) > len(columns):
        faults.append(Fault(f"line {line}", f"has {len(cells)} cells, the header {len(columns)}"))
    fields: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        if cell == "":
            continue
        try:
            fields[column] = _value(column, cell)
        except ValueError as error:
            faults.append(Fault(f"line {line}.{column}", str(error)))
    band = {
        name: fields.pop(f"deadband_{name}")
        for name in ("type", "value")
        if f"deadband_{name}" in fields
    }
    return {**fields, "deadband": band} if band else fields


def _value(column: str, cell: str) -> Any:
    if column in _WHOLE:
        try:
            return int(cell)
        except ValueError:
            raise ValueError("must be a whole number") from None
    if column in _NUMBERS:
        try:
            return float(cell)
        except ValueError:
            raise ValueError("must be a number with a decimal point") from None
    if column == "enabled":
        if cell.strip().lower() not in _TRUTH:
            raise ValueError("must be true or false")
        return _TRUTH[cell.strip().lower()]
    text = cell.removeprefix("'")
    if column == "address" and text.startswith("{"):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _cell(tag: TagSpec, column: str) -> str:
    if column.startswith("deadband_"):
        band = tag.deadband
        return "" if band is None else str(getattr(band, column.removeprefix("deadband_")))
    value = getattr(tag, column)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    return repr(value)
