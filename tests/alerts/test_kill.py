"""kill -9 at random moments: the alert history equals that of an undisturbed run.

Each notification is delivered at least once, never one id with other content; what is done by the
clock (messages of groups, reminders, escalation, the end of shelves) and by people is done once.
"""

import asyncio
import json
import random
import sqlite3
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


async def _start(path: Path, last: int) -> asyncio.subprocess.Process:
    path.mkdir(exist_ok=True)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.alerts.kill_child", str(path), str(last),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip


def _history(path: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(path / "twinedge.db") as connection:
        return connection.execute(
            "select rule_id, asset_id, triggered_us, resolved_us, status, value, occurrences,"
            " flapping, message, acknowledged_us, escalation_step, shelved_until_us, history"
            " from alerts order by rule_id, asset_id, triggered_us"
        ).fetchall()


def _members(path: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(path / "twinedge.db") as connection:
        return connection.execute(
            "select a.triggered_us, m.asset_id, m.triggered_us, m.resolved_us, m.occurrences"
            " from alert_members m join alerts a on a.id = m.alert_id order by 1, 2"
        ).fetchall()


def _told(path: Path) -> dict[str, set[str]]:
    """Every text the receiver saw, by the message's id."""
    found: dict[str, set[str]] = {}
    for line in (path / "told.jsonl").read_text().splitlines():
        found.setdefault(json.loads(line)["id"], set()).add(line)
    return found


def _outbox(path: Path) -> dict[str, str]:
    with sqlite3.connect(path / "twinedge.db") as connection:
        return dict(connection.execute("select id, status from alert_deliveries").fetchall())


def _notices(path: Path) -> list[tuple[object, ...]]:
    """(event, when queued, rule, asset, trigger) of every message; of summaries each alert."""
    with sqlite3.connect(path / "twinedge.db") as connection:
        return connection.execute(
            "select d.event, d.created_us, a.rule_id, a.asset_id, a.triggered_us"
            " from alert_deliveries d, alert_delivery_subjects j"
            " join alerts a on a.id = j.alert_id"
            " where j.delivery_id = d.id order by 1, 2, 3, 4, 5"
        ).fetchall()


async def _disturbed(path: Path, last: int, kills: int, seed: int) -> int:
    """Run to the end, killed so often on the way; how many kills hit a running process."""
    rng = random.Random(seed)
    hit = 0
    for _ in range(kills):
        child = await _start(path, last)
        assert child.stdout is not None
        assert await child.stdout.readline() == b"up\n"
        try:
            await asyncio.wait_for(child.wait(), rng.uniform(0.0, 0.25))
        except TimeoutError:
            child.kill()
            await child.wait()
            hit += 1
    child = await _start(path, last)
    await child.communicate()
    assert child.returncode == 0
    return hit


async def _compare(tmp_path: Path, last: int, kills: int) -> int:
    whole = await _start(tmp_path / "whole", last)
    await whole.communicate()
    hit = await _disturbed(tmp_path / "killed", last, kills, 7)
    expected = _history(tmp_path / "whole")
    assert len(expected) > 20
    assert _history(tmp_path / "killed") == expected
    assert _members(tmp_path / "killed") == _members(tmp_path / "whole")
    queued = _notices(tmp_path / "killed")
    assert len(queued) == len(set(queued))
    assert queued == _notices(tmp_path / "whole")
    events = {event for event, *_ in queued}
    assert events >= {"raised", "resolved", "repeated", "escalated"}
    done = {entry["event"] for row in expected for entry in json.loads(row[-1])}
    assert done >= {"joined", "shelved", "acknowledged", "escalated"}
    told, outbox = _told(tmp_path / "killed"), _outbox(tmp_path / "killed")
    assert all(len(contents) == 1 for contents in told.values())
    assert told.keys() == {id for id, status in outbox.items() if status == "sent"}
    assert set(outbox.values()) <= {"sent", "held"}
    return hit


class TestKill:
    async def test_a_few_kills(self, tmp_path: Path) -> None:
        assert await _compare(tmp_path, 150, 3) > 0

    @pytest.mark.slow
    @pytest.mark.timeout(900)
    async def test_fifty_kills(self, tmp_path: Path) -> None:
        assert await _compare(tmp_path, 1500, 55) >= 50
