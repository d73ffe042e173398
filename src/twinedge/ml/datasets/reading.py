"""Uploaded files as Arrow tables: CSV in its usual dialects, Parquet, JSON lines.

Everything is bounded, and a fault is told with its line and column.
"""

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.json as arrow_json
import pyarrow.parquet as pq

from twinedge.ml.datasets.bounds import MAX_CELLS, bad, check_size
from twinedge.ml.datasets.csv_files import read_csv
from twinedge.ml.datasets.encoding import as_utf8
from twinedge.ml.datasets.times import with_times

_MAGIC = {
    b"\x7fELF": "a Linux program", b"MZ": "a Windows program", b"PK\x03\x04": "a ZIP or Excel file",
    b"\x1f\x8b": "a gzip file", b"%PDF": "a PDF", b"\x89PNG": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Excel file", b"\xca\xfe\xba\xbe": "a Java or Mac program",
    b"SQLite format 3": "a SQLite database",
}  # fmt: skip
_JSON_BLOCK = 8 * 2**20


def read_file(path: Path) -> pa.Table:
    """The table in the file; its kind is seen from its content, not its name.

    Raises BadFile with the line and column where there are such.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise bad("the file is empty")
    for magic, words in _MAGIC.items():
        if head.startswith(magic):
            raise bad(f"this is {words}, not CSV, Parquet or JSON lines")
    table = _parquet(path) if head[:4] == b"PAR1" else _text(path)
    if table.num_rows == 0:
        raise bad("the file has no rows")
    check_size(table.num_rows, table.num_columns)
    return with_times(table)


def _text(path: Path) -> pa.Table:
    path = as_utf8(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.read(4096).lstrip()
    if first.startswith("{"):
        return _json_lines(path)
    if re.match(r'\[\s*[{\["]', first):
        raise bad("line 1: this is a JSON array; send JSON lines, one object a line")
    return read_csv(path)


def _json_lines(path: Path) -> pa.Table:
    try:
        table = arrow_json.read_json(path, arrow_json.ReadOptions(block_size=_JSON_BLOCK))
    except pa.ArrowInvalid as error:
        raise bad(_json_fault(path) or _words(error)) from None
    if not set(table.column_names):
        raise bad("the objects have no fields")
    nested = [field.name for field in table.schema if pa.types.is_nested(field.type)]
    if nested:
        raise bad(f"column {nested[0]!r} holds objects or lists; only plain values are allowed")
    return table


def _json_fault(path: Path) -> str | None:
    """The first line that is wrong by itself, or of another type than the lines before."""
    kinds: dict[str, str] = {}
    with path.open(encoding="utf-8-sig") as file:
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
            for name, value in read.items():
                kind = _json_kind(value)
                if kind is None:
                    continue
                if kinds.setdefault(name, kind) != kind:
                    return f"line {number}: {name!r} is {kind}, but {kinds[name]} before"
    return None


def _json_kind(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true or false"
    return "a number" if isinstance(value, int | float) else "a text or more"


def _parquet(path: Path) -> pa.Table:
    """Sizes are looked at before anything is unpacked."""
    try:
        file = pq.ParquetFile(path)
        meta = file.metadata
        check_size(meta.num_rows, meta.num_columns)
        unpacked = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
        if unpacked > MAX_CELLS * 16:
            raise bad(f"unpacks to {unpacked // 2**20} MiB, which is more than is allowed")
        names = file.schema_arrow.names
        if len(set(names)) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise bad(f"column name {twice!r} occurs more than once")
        nested = [field.name for field in file.schema_arrow if pa.types.is_nested(field.type)]
        if nested:
            raise bad(f"column {nested[0]!r} is nested; only plain columns are allowed")
        return file.read()
    except MemoryError:
        raise
    except (pa.ArrowException, OSError) as error:
        raise bad(f"the Parquet file is damaged: {_words(error)}") from None


def _words(error: Exception) -> str:
    """Arrow's message, shortened to what a person needs."""
    return re.sub(r"^JSON parse error: ", "", str(error).splitlines()[0])[:300]
