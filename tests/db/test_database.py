"""Transactions: whole or not at all, in order, and not undone by a caller that went away."""

import asyncio
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.db.databases import database
from twinedge.db.database import Database
from twinedge.kit.errors import Conflict

__all__ = ["database"]


@pytest.fixture
def db(database: Database) -> Database:
    with database.engine.begin() as connection:
        connection.execute(text("create table box (id integer primary key, n integer)"))
        connection.execute(text("insert into box values (1, 0)"))
    return database


def value(session: Session) -> int:
    found: int = session.execute(text("select n from box where id = 1")).scalar_one()
    return found


def add_one(session: Session) -> int:
    n = value(session) + 1
    session.execute(text("update box set n = :n where id = 1"), {"n": n})
    return n


class TestWrite:
    async def test_is_on_disk_when_it_returns(self, db: Database) -> None:
        assert await db.write(add_one) == 1
        assert await db.read(value) == 1

    async def test_a_failure_leaves_nothing(self, db: Database) -> None:
        def fail(session: Session) -> None:
            add_one(session)
            raise ValueError("no")

        with pytest.raises(ValueError, match="no"):
            await db.write(fail)
        assert await db.read(value) == 0

    async def test_a_taken_id_is_a_conflict(self, db: Database) -> None:
        with pytest.raises(Conflict):
            await db.write(lambda s: s.execute(text("insert into box values (1, 1)")))

    async def test_no_update_is_lost_among_many_writers(self, db: Database) -> None:
        await asyncio.gather(*(db.write(add_one) for _ in range(50)))
        assert await db.read(value) == 50

    async def test_writers_of_another_process_wait_for_each_other(self, db: Database) -> None:
        if not db.is_sqlite:
            pytest.skip("between processes, PostgreSQL needs a lock where it matters")
        other = Database(db.url.render_as_string(hide_password=False))
        await asyncio.gather(*(d.write(add_one) for _ in range(20) for d in (db, other)))
        assert await db.read(value) == 40
        other.close()

    async def test_a_caller_that_goes_away_does_not_undo_it(self, db: Database) -> None:
        begun, is_cancelled = threading.Event(), threading.Event()

        def slow(session: Session) -> None:
            begun.set()
            assert is_cancelled.wait(60)
            add_one(session)

        task = asyncio.create_task(db.write(slow))
        assert await asyncio.to_thread(begun.wait, 60)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        is_cancelled.set()
        assert await db.write(value) == 1


class TestRead:
    async def test_changes_nothing(self, db: Database) -> None:
        await db.read(add_one)
        assert await db.read(value) == 0

    async def test_goes_on_while_a_writer_is_at_work(self, db: Database) -> None:
        added, was_read = threading.Event(), threading.Event()

        def slow(session: Session) -> None:
            add_one(session)
            added.set()
            assert was_read.wait(60)

        writing = asyncio.create_task(db.write(slow))
        assert await asyncio.to_thread(added.wait, 60)
        assert await db.read(value) == 0
        was_read.set()
        await writing


class TestPing:
    async def test_answers(self, db: Database) -> None:
        await db.ping()
