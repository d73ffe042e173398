"""Remembered answers: at most once, sealed, and given up when their process died."""

from pathlib import Path

import pytest

from twinedge.access.replays import Replays
from twinedge.db.database import Database
from twinedge.kit.clock import ManualClock
from twinedge.kit.errors import Conflict
from twinedge.web.idempotency import Answer

ANSWER = Answer(201, (("location", "/v1/x"),), b'{"data": "hunter2"}')


class TestReplays:
    async def test_answers_again_byte_for_byte(self, replays: Replays) -> None:
        assert await replays.begin("me", "/v1/x", "k", "f") is None
        await replays.finish("me", "/v1/x", "k", ANSWER)
        assert await replays.begin("me", "/v1/x", "k", "f") == ANSWER

    async def test_keeps_any_bytes(self, replays: Replays) -> None:
        answer = Answer(200, (), bytes(range(256)))
        await replays.begin("me", "/v1/x", "k", "f")
        await replays.finish("me", "/v1/x", "k", answer)
        assert await replays.begin("me", "/v1/x", "k", "f") == answer

    async def test_a_secret_in_an_answer_is_not_readable_on_disk(
        self, replays: Replays, db: Database, tmp_path: Path
    ) -> None:
        await replays.begin("me", "/v1/x", "k", "f")
        await replays.finish("me", "/v1/x", "k", ANSWER)
        db.close()
        assert all(b"hunter2" not in path.read_bytes() for path in tmp_path.glob("twinedge.db*"))

    async def test_refuses_a_second_while_the_first_runs(
        self, replays: Replays, clock: ManualClock
    ) -> None:
        await replays.begin("me", "/v1/x", "k", "f")
        clock.advance(299)
        with pytest.raises(Conflict, match="still runs"):
            await replays.begin("me", "/v1/x", "k", "f")
        clock.advance(2)
        assert await replays.begin("me", "/v1/x", "k", "f") is None

    async def test_an_abandoned_attempt_may_be_repeated_with_another_body(
        self, replays: Replays
    ) -> None:
        await replays.begin("me", "/v1/x", "k", "f")
        await replays.abandon("me", "/v1/x", "k")
        assert await replays.begin("me", "/v1/x", "k", "g") is None

    async def test_purges_what_is_a_day_old(self, replays: Replays, clock: ManualClock) -> None:
        await replays.begin("me", "/v1/x", "old", "f")
        await replays.finish("me", "/v1/x", "old", ANSWER)
        clock.advance(80_000)
        await replays.begin("me", "/v1/x", "young", "f")
        await replays.finish("me", "/v1/x", "young", ANSWER)
        clock.advance(10_000)
        await replays.purge()
        assert await replays.begin("me", "/v1/x", "young", "f") == ANSWER
        assert await replays.begin("me", "/v1/x", "old", "f") is None
