"""CSV in its usual dialects: the dialect is seen from the first rows."""

import csv
import io
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv

from twinedge.ml.datasets.bounds import MAX_COLUMNS, bad

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$")
_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+$")
_TIME = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{2,4}([ T]\d{1,2}:\d{2})?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_NOTHING = ["", "NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL", "None", "-", "--", "No Data"]
_HEAD_CHARS = 256 * 1024
_LOOKED_AT = 200
_BLOCK = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written. skip: lines before the rows; names: None where there is no header."""

    delimiter: str
    decimal: str
    skip: int
    names: list[str] | None
    day_first: bool


def read_csv(path: Path) -> pa.Table:
    """The table of a UTF-8 file. Raises BadFile with the line of the first bad row."""
    dialect = sniff(path)
    if dialect.delimiter == " ":
        path = _single_blanks(path)
    wrong: list[str] = []

    def note(row: Any) -> str:
        if not wrong:
            line = f"line {row.number}: " if row.number is not None else ""
            wrong.append(
                f"{line}{row.actual_columns} columns where {row.expected_columns} are expected"
            )
        return "error"

    slashed = "%d/%m/%Y" if dialect.day_first else "%m/%d/%Y"
    days = ("%d.%m.%Y", slashed, "%Y/%m/%d")
    clocks = (" %H:%M:%S", " %H:%M", "")
    try:
        table = arrow_csv.read_csv(
            path,
            read_options=arrow_csv.ReadOptions(
                use_threads=False,
                block_size=_BLOCK,
                skip_rows=dialect.skip,
                column_names=dialect.names,
                autogenerate_column_names=dialect.names is None,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=dialect.delimiter, newlines_in_values=True, invalid_row_handler=note
            ),
            convert_options=arrow_csv.ConvertOptions(
                decimal_point=dialect.decimal,
                strings_can_be_null=True,
                null_values=_NOTHING,
                timestamp_parsers=[
                    arrow_csv.ISO8601, *(day + clock for day in days for clock in clocks),
                ],
            ),
        )  # fmt: skip
    except pa.ArrowInvalid as error:
        if not wrong and "Empty CSV" in str(error):
            raise bad("the file has no rows, only a header") from None
        raise bad(wrong[0] if wrong else _words(error)) from None
    return table


def sniff(path: Path) -> Dialect:
    """The dialect. Raises BadFile for a header with a name twice, or too many columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.read(_HEAD_CHARS)
    skip, delimiter = 0, None
    if said := _SEPARATOR_LINE.match(head):
        skip, delimiter = 1, said.group(1)
        head = head[said.end() :]
    while head.startswith("#"):
        skip += 1
        head = head.partition("\n")[2]
    is_cut = len(head) >= _HEAD_CHARS - 4096
    delimiter = delimiter or _delimiter(head, is_cut)
    text = "\n".join(" ".join(line.split()) for line in head.splitlines())
    rows, header_lines = _rows(text if delimiter == " " else head, delimiter, is_cut)
    if not rows:
        raise bad("the file is empty")
    first = [cell.strip() for cell in rows[0]]
    if len(first) > MAX_COLUMNS:
        raise bad(f"the file has {len(first)} columns; at most {MAX_COLUMNS} are allowed")
    values = [_NUMBER.match(cell) or _TIME.match(cell) for cell in first if cell]
    is_headless = bool(values) and all(values)
    body = rows if is_headless else rows[1:]
    names = None if is_headless else _names(first, skip + 1)
    slashes = [m for row in body for cell in row if (m := _SLASHED.match(cell))]
    return Dialect(
        delimiter,
        _decimal(body, delimiter),
        skip if is_headless else skip + header_lines,
        names,
        any(int(m.group(1)) > 12 for m in slashes),
    )


def _rows(head: str, delimiter: str, is_cut: bool) -> tuple[list[list[str]], int]:
    """The first rows that are not empty, and how many lines the first one ends after."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    ends = 0
    try:
        for row in islice(reader, _LOOKED_AT):
            if row:
                rows.append(row)
                ends = ends or reader.line_num
    except csv.Error:
        pass  # a quote that never ends: the reader of all rows will name its line
    return (rows[:-1] if is_cut and len(rows) > 1 else rows), ends


def _delimiter(head: str, is_cut: bool) -> str:
    """The sign that cuts most rows into the same number of cells, more than one."""
    best, best_score = ",", 0.0
    for sign in (";", "\t", ",", "|"):
        widths = [len(row) for row in _rows(head, sign, is_cut)[0]]
        if not widths or widths[0] < 2:
            continue
        score = sum(width == widths[0] for width in widths) / len(widths)
        if score > best_score + 1e-9:
            best, best_score = sign, score
    lines = [line.split() for line in head.splitlines()[:_LOOKED_AT] if line.strip()]
    lines = lines[:-1] if is_cut and len(lines) > 1 else lines
    widths = [len(line) for line in lines]
    is_blank = len(set(widths)) == 1 and widths[0] > 1 and _NUMBER.match(lines[-1][0])
    return " " if best_score == 0 and is_blank else best


def _decimal(rows: list[list[str]], delimiter: str) -> str:
    """Where the delimiter is a comma, only quoted cells can hold one."""
    cells = [cell.strip() for row in rows for cell in row]
    commas = sum(bool(_COMMA_NUMBER.match(cell)) for cell in cells)
    dots = sum("." in cell and bool(_NUMBER.match(cell)) for cell in cells)
    return "," if commas > dots else "."


def _names(header: list[str], line: int) -> list[str]:
    """The columns' names; nameless ones are numbered."""
    names = [name or f"column_{number}" for number, name in enumerate(header, 1)]
    seen: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        if name in seen:
            raise bad(
                f"line {line}, column {number}: column name {name!r} occurs more than once, first "
                f"in column {seen[name]}"
            )
        seen[name] = number
    return names


def _single_blanks(path: Path) -> Path:
    """A copy beside the file with runs of blanks made one; lines keep their numbers."""
    copy = path.with_suffix(".blanks")
    with path.open("rb") as source, copy.open("wb") as out:
        out.writelines(b" ".join(line.split()) + b"\n" for line in source)
    return copy


def _words(error: Exception) -> str:
    """Arrow's message, shortened to what a person needs."""
    text = re.sub(r"^(CSV parse error|In CSV column #\d+): ", "", str(error).splitlines()[0])
    return text.replace("Row #", "line ")[:300]
