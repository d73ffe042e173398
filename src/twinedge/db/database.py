"""Sessions against SQLite or PostgreSQL, run in a small thread pool.

One request is one transaction: `read` and `write` open a session, run the function in a thread and
commit (write) or roll back. There is one writer thread, so that what a writer read is still true
when it commits: version checks and "the last one may not go" need no locks, and on SQLite nobody
meets "database is locked". Readers see the last commit.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import connect
from typing import Any, TypeVar, cast

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from twinedge.kit.errors import Conflict, TwinEdgeError

T = TypeVar("T")
_WRITES = "twinedge_writes"


class SchemaTooNew(TwinEdgeError):
    """The database was written by a newer TwinEdge; an older one must not touch it."""


class Database:
    """The metadata database. `url` is any SQLAlchemy URL of SQLite or PostgreSQL (psycopg)."""

    def __init__(self, url: str, readers: int = 4) -> None:
        self.url = make_url(url)
        if self.url.drivername in {"postgresql", "postgres"}:
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(self.url.render_as_string(hide_password=False), readers)
        self._session = sessionmaker(self.engine, expire_on_commit=False)
        self._write_session = sessionmaker(
            self.engine.execution_options(**{_WRITES: True}), expire_on_commit=False
        )
        self._writers = ThreadPoolExecutor(1, "db-write")
        self._readers = ThreadPoolExecutor(readers, "db-read")

    def migrate(self) -> None:
        """Bring the schema to this version, in one transaction.

        Raises SchemaTooNew when the database knows revisions this version does not.
        """
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        script = ScriptDirectory.from_config(config)
        with self.engine.execution_options(**{_WRITES: True}).begin() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            known = {revision.revision for revision in script.walk_revisions()}
            if current is not None and current not in known:
                raise SchemaTooNew(
                    f"the database has schema {current!r}, which this version of TwinEdge does "
                    "not know: it was written by a newer version. Start that version instead."
                )
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a reader thread; what it changes is rolled back."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    async def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a writer thread as one transaction; returns after the commit.

        A violated unique constraint becomes Conflict. The commit is not undone when the caller is
        cancelled meanwhile.
        """
        task = asyncio.get_running_loop().run_in_executor(self._writers, self._write, work)
        return await asyncio.shield(task)

    def read_now(self, work: Callable[[Session], T]) -> T:
        """`read` in the calling thread, for start-up and the command line."""
        return self._read(work)

    def write_now(self, work: Callable[[Session], T]) -> T:
        """`write` in the calling thread, for start-up and the command line."""
        return self._write(work)

    async def copy_to(self, target: Path) -> None:
        """Write one moment of the database into a new SQLite file, while it is in use.

        Raises Conflict on PostgreSQL, whose own tools make the copy.
        """
        if not self.is_sqlite:
            raise Conflict("the metadata is in PostgreSQL; back it up with pg_dump")
        await asyncio.get_running_loop().run_in_executor(self._readers, self._copy, target)

    async def ping(self) -> None:
        """Answer a trivial query, or raise; for readiness."""
        await self.read(lambda session: session.execute(text("select 1")).scalar_one())

    def close(self) -> None:
        """Wait for running transactions and close every connection."""
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self.engine.dispose()

    def _read(self, work: Callable[[Session], T]) -> T:
        with self._session() as session:
            return work(session)

    def _copy(self, target: Path) -> None:
        with closing(self.engine.raw_connection()) as source, closing(connect(target)) as copy:
            cast(SqliteConnection, source.driver_connection).backup(copy)
        target.chmod(0o600)

    def _write(self, work: Callable[[Session], T]) -> T:
        try:
            with self._write_session.begin() as session:
                return work(session)
        except IntegrityError as error:
            raise Conflict("this id or name is already taken") from error


def _engine(url: str, readers: int) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_size=readers * 2, pool_pre_ping=True)
    engine = create_engine(url, pool_size=readers + 2, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # else Python commits before each change of a table
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=full")
        connection.execute("pragma foreign_keys=on")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes the lock at once: one that read first could find it taken by another
        # process in between, and then fails whatever the time-out.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine
