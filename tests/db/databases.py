"""Migrated metadata databases for tests, fresh for each.

    from tests.db.databases import database  # noqa: F401

gives a fixture `database` that runs a test on SQLite, and in the slow run on PostgreSQL too: the
one of TWINEDGE_TEST_DATABASE_URL, else a private one that `scripts/postgres.py` starts.
"""

import atexit
import importlib.util
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from twinedge.db.database import Database

_session = ExitStack()
atexit.register(_session.close)


@cache
def postgres_url() -> str:
    """A PostgreSQL where databases may be made; skips the test, saying why, where there is none."""
    given = os.environ.get("TWINEDGE_TEST_DATABASE_URL")
    if given:
        return given
    path = Path(__file__).parents[2] / "scripts" / "postgres.py"
    spec = importlib.util.spec_from_file_location("twinedge_test_postgres", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    try:
        url: str = _session.enter_context(script.cluster())
    except script.NoPostgres as error:
        pytest.skip(str(error))
    return url


@contextmanager
def empty_postgres(template: str = "template1") -> Iterator[str]:
    """The URL of a new database on PostgreSQL, empty or a copy; dropped afterwards."""
    server = make_url(postgres_url())
    name = f"twinedge_test_{secrets.token_hex(6)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"create database {name} template {template}"))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
        admin.dispose()


@cache
def _migrated_postgres() -> str:
    """The name of a migrated database to copy, for the same reason."""
    url = _session.enter_context(empty_postgres())
    db = Database(url)
    db.migrate()
    db.close()
    return str(make_url(url).database)


@cache
def _migrated_sqlite() -> Path:
    """A migrated file to copy: migrating takes longer than most tests."""
    place = Path(tempfile.mkdtemp(prefix="twinedge-sqlite-"))
    _session.callback(shutil.rmtree, place, ignore_errors=True)
    db = Database(f"sqlite:///{place / 'twinedge.db'}")
    db.migrate()
    db.close()
    return place / "twinedge.db"


def new_sqlite(directory: Path) -> Database:
    """A migrated database in `directory`, as `twinedge.db`."""
    shutil.copyfile(_migrated_sqlite(), directory / "twinedge.db")
    return Database(f"sqlite:///{directory / 'twinedge.db'}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated database of each make."""
    if request.param == "sqlite":
        db = new_sqlite(tmp_path)
        yield db
        db.close()
        return
    with empty_postgres(_migrated_postgres()) as url:
        db = Database(url)
        yield db
        db.close()
