"""Copy the database into a new file while it is in use."""

from pathlib import Path

from twinedge.storage.duckdb.catalog import Plan
from twinedge.storage.duckdb.session import Session

_COPY = "twinedge_copy"


def copy_to(session: Session, _plan: Plan, target: Path) -> None:
    """Write every table, as of one moment, into the file `target`, which must not exist.

    The statement is a transaction of its own: appends, moves and deletes that commit meanwhile are
    not in the copy. Detaching writes the copy's log into its file and syncs it. At most one copy
    at a time.
    """
    path = str(target).replace("'", "''")
    ((own,),) = session.rows("SELECT current_database()")
    session.do(f"ATTACH '{path}' AS {_COPY}")
    try:
        session.do(f'COPY FROM DATABASE "{own}" TO {_COPY}')
    finally:
        session.do(f"DETACH {_COPY}")
    target.chmod(0o600)
