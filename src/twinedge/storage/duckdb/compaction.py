"""Free room in the file goes back to the disk: the table that lies last is written again.

DuckDB writes into the first free blocks and cuts free blocks off the end at a checkpoint. So a file
becomes small by writing the table at its end anew, in one ordinary transaction, until the free
blocks are few. Appends and questions go on meanwhile; a kill leaves the table as it was.
"""

# ruff: noqa: S608  table names are ours, never a client's

from collections.abc import Iterable
from dataclasses import dataclass

from twinedge.storage.duckdb.layout import Piece
from twinedge.storage.duckdb.session import Session

_FREE_SHARE = 0.25
"""Less free room than this share of the file is kept for the next move and re-sort."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """What the file is made of."""

    size: int
    total: int
    free: int

    def are_too_many(self, min_free_bytes: int) -> bool:
        """Whether giving free ones back is worth the work."""
        return self.free * self.size >= max(min_free_bytes, self.total * self.size * _FREE_SHARE)


def blocks_of(session: Session) -> Blocks:
    ((size, total, free),) = session.rows(
        "SELECT block_size, total_blocks, free_blocks FROM pragma_database_size()"
        " WHERE database_name = current_database()"
    )
    return Blocks(int(size), int(total), int(free))


def last_piece(session: Session, pieces: Iterable[Piece], blocks: Blocks) -> Piece | None:
    """The piece nearest to the file's end, if it lies beyond where a full file would end and would
    find room before; else None."""
    found: tuple[int, Piece] | None = None
    for piece in pieces:
        ((last, count),) = session.rows(
            "SELECT max(block_id), count(DISTINCT block_id)"
            f" FROM pragma_storage_info('{piece.name}') WHERE block_id >= 0"
        )
        if last is None or last < blocks.total - blocks.free or count > blocks.free:
            continue
        if found is None or last > found[0]:
            found = last, piece
    return None if found is None else found[1]
