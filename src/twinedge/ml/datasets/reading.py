"""Uploaded files as Arrow tables: CSV in its usual dialects, Parquet, JSON lines.

Everything is bounded, and a fault is told with its line and column.
"""

import json
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.json as arrow_json
import pyarrow.parquet as pq

from twinedge.kit.errors import Fault
from twinedge.ml.datasets.model import BadFile

MAX_COLUMNS = 2000
MAX_CELLS = 50_000_000
_HEAD_BYTES = 256 * 1024
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$")
_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+$")
_MAGIC = {
    b"\x7fELF": "a Linux program", b"MZ": "a Windows program", b"PK\x03\x04": "a ZIP or Excel file",
    b"\x1f\x8b": "a gzip file", b"%PDF": "a PDF", b"\x89PNG": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
}  # fmt: skip


def read_file(path: Path) -> pa.Table:
    """The table in the file; its kind is seen from its content, not its name.

    Raises BadFile with the line (and column) where there is one.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip():
        raise _bad("the file is empty")
    if head[:4] == b"PAR1":
        table = _parquet(path)
    else:
        text = _text(head)
        table = _json_lines(path, text) if text.lstrip()[:1] == "{" else _csv(path, text)
    if table.num_rows == 0:
        raise _bad("the file has no rows")
    check_size(table.num_rows, table.num_columns)
    if len(set(table.column_names)) != table.num_columns:
        twice = next(name for name in table.column_names if table.column_names.count(name) > 1)
        raise _bad(f"line 1: column name {twice!r} occurs more than once")
    return table


def check_size(rows: int, columns: int) -> None:
    """Raise BadFile for a table too wide or too large."""
    if columns > MAX_COLUMNS:
        raise _bad(f"the file has {columns} columns; at most {MAX_COLUMNS} are allowed")
    if rows * columns > MAX_CELLS:
        raise _bad(
            f"the file has {rows} rows of {columns} columns; at most {MAX_CELLS} cells are allowed"
        )


def _bad(message: str) -> BadFile:
    return BadFile(message, [Fault("file", message)])


def _text(head: bytes) -> str:
    for magic, words in _MAGIC.items():
        if head.startswith(magic):
            raise _bad(f"this is {words}, not CSV, Parquet or JSON lines")
    position = head.find(b"\0")
    if position >= 0:
        line = head.count(b"\n", 0, position) + 1
        raise _bad(f"line {line}: this is a binary file, not CSV, Parquet or JSON lines")
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:  # a character cut by the end of the head
            return head[: error.start].decode("utf-8-sig")
        return head.decode("latin-1")


def _csv(path: Path, text: str) -> pa.Table:
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    if len(text.encode()) >= _HEAD_BYTES - 8 and len(lines) > 1:
        lines = lines[:-1]  # the last one may be cut
    delimiter = _delimiter(lines)
    if delimiter == " ":
        path = _single_blanks(path)
        lines = [" ".join(line.split()) for line in lines]
    first = [cell.strip().strip('"') for cell in lines[0].split(delimiter)]
    if len(first) > MAX_COLUMNS:
        raise _bad(f"the file has {len(first)} columns; at most {MAX_COLUMNS} are allowed")
    headless = all(_NUMBER.match(cell) for cell in first if cell) and any(first)
    decimal = _decimal(lines[0 if headless else 1 :], delimiter)
    wrong: list[str] = []

    def note(row: Any) -> str:
        if not wrong:
            line = f"line {row.number}: " if row.number is not None else ""
            wrong.append(
                f"{line}{row.actual_columns} columns where {row.expected_columns} are expected"
            )
        return "error"

    try:
        return arrow_csv.read_csv(
            path,
            read_options=arrow_csv.ReadOptions(
                use_threads=False,
                encoding=_encoding(path),
                autogenerate_column_names=headless,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=False, invalid_row_handler=note
            ),
            convert_options=arrow_csv.ConvertOptions(
                decimal_point=decimal,
                strings_can_be_null=True,
                null_values=["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "-"],
                timestamp_parsers=[
                    arrow_csv.ISO8601, "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%m/%d/%Y %H:%M:%S",
                    "%m/%d/%Y %H:%M",
                ],
            ),
        )  # fmt: skip
    except pa.ArrowInvalid as error:
        raise _bad(wrong[0] if wrong else _words(error)) from None


def _delimiter(lines: list[str]) -> str:
    """The sign that cuts most lines into the same number of cells, more than one."""
    best, best_score = ",", 0.0
    for sign in (";", "\t", ",", "|"):
        counts = [line.count(sign) for line in lines]
        if counts[0] == 0:
            continue
        score = sum(count == counts[0] for count in counts) / len(counts)
        if score > best_score + 1e-9:
            best, best_score = sign, score
    widths = {len(line.split()) for line in lines}
    if (
        best_score == 0
        and len(widths) == 1
        and widths.pop() > 1
        and _NUMBER.match(lines[-1].split()[0])
    ):
        return " "
    return best


def _decimal(lines: list[str], delimiter: str) -> str:
    if delimiter == ",":
        return "."
    cells = [cell.strip().strip('"') for line in lines for cell in line.split(delimiter)]
    commas = sum(bool(_COMMA_NUMBER.match(cell)) for cell in cells)
    dots = sum("." in cell and bool(_NUMBER.match(cell)) for cell in cells)
    return "," if commas > dots else "."


def _single_blanks(path: Path) -> Path:
    """A copy beside the file with runs of blanks made one."""
    copy = path.with_suffix(".blanks")
    with path.open("rb") as source, copy.open("wb") as out:
        out.writelines(b" ".join(line.split()) + b"\n" for line in source if line.strip())
    return copy


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        try:
            for piece in iter(lambda: file.readline(1 << 20), b""):
                piece.decode("utf-8")
        except UnicodeDecodeError:
            return "latin-1"
    return "utf-8"


def _words(error: Exception) -> str:
    """Arrow's message, shortened to what a person needs."""
    text = str(error).splitlines()[0]
    text = re.sub(r"^(CSV parse error|JSON parse error|In CSV column #\d+): ", "", text)
    return text.replace("Row #", "line ")[:300]


def _json_lines(path: Path, text: str) -> pa.Table:
    try:
        table = arrow_json.read_json(path)
    except pa.ArrowInvalid as error:
        raise _bad(_json_fault(path) or _words(error)) from None
    nested = [field.name for field in table.schema if pa.types.is_nested(field.type)]
    if nested:
        raise _bad(f"column {nested[0]!r} holds objects or lists; only plain values are allowed")
    return table


def _json_fault(path: Path) -> str | None:
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                read = json.loads(line)
            except ValueError as error:
                column = getattr(error, "colno", 1)
                return f"line {number}, column {column}: is not JSON"
            if not isinstance(read, dict):
                return f"line {number}: is not a JSON object"
    return None


def _parquet(path: Path) -> pa.Table:
    """Sizes are looked at before anything is unpacked."""
    try:
        file = pq.ParquetFile(path)
        meta = file.metadata
        check_size(meta.num_rows, meta.num_columns)
        unpacked = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
        if unpacked > MAX_CELLS * 16:
            raise _bad(f"unpacks to {unpacked // 2**20} MiB, which is more than is allowed")
        nested = [field.name for field in file.schema_arrow if pa.types.is_nested(field.type)]
        if nested:
            raise _bad(f"column {nested[0]!r} is nested; only plain columns are allowed")
        return file.read()
    except (pa.ArrowException, OSError) as error:
        raise _bad(f"the Parquet file is damaged: {_words(error)}") from None
