"""The log on each database: order, groups, append-only, floods, and a disk that fails."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from twinedge.audit.model import GENESIS, Head, Outcome, Wanted
from twinedge.audit.repeats import KINDS_MAX
from twinedge.audit.service import Audit
from twinedge.audit.worker import tend
from twinedge.db.database import Database
from twinedge.kit.clock import US, ManualClock
from twinedge.kit.errors import Unavailable
from twinedge.web.audit import Attempt

DONE = Attempt(
    "key-1", "Ada", "key", "127.0.0.1", "PUT",
    "/v1/dashboards/{id}", "/v1/dashboards/d-1", "d-1", "req-1", 200,
)  # fmt: skip
REFUSED = replace(DONE, status=403)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def audit(database: Database, clock: ManualClock) -> Audit:
    return Audit(database, clock)


def sql(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(statement))


class TestNote:
    async def test_entries_are_kept_in_order_and_chained(
        self, audit: Audit, clock: ManualClock
    ) -> None:
        await audit.start()
        await audit.note(DONE)
        clock.advance(1)
        await audit.note(replace(DONE, method="DELETE"))
        entries, total = await audit.list(Wanted(), 0, 10)
        assert total == 3
        assert [e.record.attempt.method for e in entries] == ["DELETE", "PUT", "START"]
        assert [e.seq for e in entries] == [3, 2, 1]
        assert entries[0].record.at_us - entries[1].record.at_us == US
        assert entries[0].previous_hash == entries[1].hash
        assert entries[2].previous_hash == GENESIS

    async def test_those_who_come_together_share_transactions(
        self, audit: Audit, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        writes = 0
        write = database.write

        async def counting(work: Callable[..., Any]) -> Any:
            nonlocal writes
            writes += 1
            return await write(work)

        monkeypatch.setattr(database, "write", counting)
        many = [replace(DONE, request_id=f"req-{n}") for n in range(50)]
        await asyncio.gather(*map(audit.note, many))
        assert writes <= 3
        entries, _ = await audit.list(Wanted(), 0, 100)
        ids = [e.record.attempt.request_id for e in reversed(entries)]
        assert ids == [attempt.request_id for attempt in many]
        assert (await audit.verify()).fault is None

    async def test_a_cancelled_caller_leaves_its_entry(self, audit: Audit) -> None:
        task = asyncio.create_task(audit.note(DONE))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await audit.list(Wanted(), 0, 10))[1] == 1


class TestRefusals:
    async def test_repeats_are_counted_and_written_with_the_next_flush(
        self, audit: Audit, clock: ManualClock
    ) -> None:
        for n in range(1000):
            await audit.note(replace(REFUSED, request_id=f"req-{n}"))
        audit.count(replace(REFUSED, status=401, actor_id=None))
        task = asyncio.create_task(tend(audit, 0.001))
        while (await audit.list(Wanted(), 0, 10))[1] < 2:
            await asyncio.sleep(0.001)
        task.cancel()
        stranger, repeated = (await audit.list(Wanted(), 0, 10))[0]
        assert (repeated.record.times, repeated.record.attempt.request_id) == (1000, "req-0")
        assert (stranger.record.times, stranger.record.attempt.status) == (1, 401)

    async def test_a_flood_of_different_ones_is_bounded(self, audit: Audit) -> None:
        for n in range(KINDS_MAX + 500):
            await audit.note(replace(REFUSED, path=f"/v1/{n}"))
        entries, total = await audit.list(Wanted(), 0, 1)
        assert total == KINDS_MAX + 1
        assert entries[0].record.attempt.address == "many"
        assert entries[0].record.times == 500


class TestList:
    @pytest.mark.parametrize(
        ("wanted", "count"),
        [
            (Wanted(), 4),
            (Wanted(actor_id="key-2"), 1),
            (Wanted(method="DELETE"), 1),
            (Wanted(route="/v1/dashboards/{id}"), 4),
            (Wanted(route="/v1/nothing"), 0),
            (Wanted(object_id="d-2"), 1),
            (Wanted(request_id="req-1"), 4),
            (Wanted(outcome=Outcome.REFUSED), 1),
            (Wanted(outcome=Outcome.DONE), 3),
            (Wanted(start_us=ManualClock().now_us() + US), 2),
            (Wanted(end_us=ManualClock().now_us() + US), 2),
            (Wanted(actor_id="key-1", outcome=Outcome.DONE, method="PUT"), 1),
        ],
    )
    async def test_filters(
        self, audit: Audit, clock: ManualClock, wanted: Wanted, count: int
    ) -> None:
        await audit.note(DONE)
        await audit.note(replace(DONE, actor_id="key-2", object_id="d-2"))
        clock.advance(1)
        await audit.note(replace(DONE, method="DELETE"))
        await audit.note(REFUSED)
        assert (await audit.list(wanted, 0, 100))[1] == count


class TestTampering:
    @pytest.mark.parametrize("statement", ["update audit set status = 500", "delete from audit"])
    async def test_the_database_refuses_it(
        self, audit: Audit, database: Database, statement: str
    ) -> None:
        await audit.note(DONE)
        with pytest.raises(DBAPIError, match="only appended to"):
            sql(database, statement)
        if not database.is_sqlite:
            with pytest.raises(DBAPIError, match="only appended to"):
                sql(database, "truncate audit")
        assert (await audit.verify()).entries == 1

    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            ("update audit set actor_name = 'Eve' where seq = 2", "entry 2 was changed"),
            ("delete from audit where seq = 2", "entry 2 is missing"),
        ],
    )
    async def test_without_the_triggers_it_is_found(
        self, audit: Audit, database: Database, statement: str, fault: str
    ) -> None:
        for _ in range(3):
            await audit.note(DONE)
        head = (await audit.verify()).head
        if database.is_sqlite:
            sql(database, "drop trigger audit_no_update")
            sql(database, "drop trigger audit_no_delete")
        else:
            sql(database, "drop trigger audit_guard on audit")
        sql(database, statement)
        verdict = await audit.verify(head)
        assert (verdict.entries, verdict.fault) == (1, fault)
        sql(database, "delete from audit where seq > 1")
        assert (await audit.verify()).fault is None
        cut = "the chain ends at entry 1, but entry 3 was noted: cut off"
        assert (await audit.verify(head)).fault == cut

    async def test_an_empty_log_is_whole(self, audit: Audit) -> None:
        assert (await audit.verify()).head == Head(0, GENESIS)


class TestFailingDisk:
    async def test_changes_are_refused_until_what_waits_is_written(
        self, audit: Audit, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await audit.ready()
        write = database.write

        async def full(_work: Callable[..., Any]) -> Any:
            raise OSError("disk full")

        monkeypatch.setattr(database, "write", full)
        await audit.note(DONE)  # the change was made: its answer must go out
        with pytest.raises(Unavailable, match="audit log"):
            await audit.ready()
        await audit.note(REFUSED)
        await audit.flush()
        monkeypatch.setattr(database, "write", write)
        await audit.ready()
        entries, _ = await audit.list(Wanted(), 0, 10)
        assert [e.record.attempt.status for e in entries] == [403, 200]
        assert (await audit.verify()).fault is None
