"""How large a table may be, and how a bad file is told."""

from twinedge.kit.errors import Fault
from twinedge.ml.datasets.model import BadFile

MAX_COLUMNS = 2000
MAX_CELLS = 50_000_000
LINE_BYTES = 2**20
"""A longer line is no row of a table."""


def bad(message: str) -> BadFile:
    """The error of an upload, as a fault of its part."""
    return BadFile(message, [Fault("file", message)])


def check_size(rows: int, columns: int) -> None:
    """Raise BadFile for a table too wide or too large."""
    if columns > MAX_COLUMNS:
        raise bad(f"the file has {columns} columns; at most {MAX_COLUMNS} are allowed")
    if rows * columns > MAX_CELLS:
        raise bad(
            f"the file has {rows} rows of {columns} columns; at most {MAX_CELLS} cells are allowed"
        )
