"""The series register."""

import asyncio
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twinedge.assets.changes import KindClash
from twinedge.assets.model import KINDS, Kind, NewTag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import ManualClock
from twinedge.kit.errors import Conflict


class TestEnsure:
    async def test_makes_what_is_missing_and_finds_the_rest(self, register: Register) -> None:
        first = await register.ensure([NewTag("P", "a", Kind.NUMBER)])
        both = await register.ensure([NewTag("P", "b", Kind.TEXT), NewTag("P", "a", Kind.NUMBER)])
        assert both[1] == first[0]
        assert [tag.tag_name for tag in both] == ["b", "a"]
        assert both[0].series != both[1].series

    async def test_one_name_wanted_twice_is_one_tag(self, register: Register) -> None:
        tags = await register.ensure([NewTag("P", "a", Kind.NUMBER)] * 3)
        assert len({tag.series for tag in tags}) == 1
        assert len(register) == 1

    async def test_concurrent_callers_get_the_same_numbers(self, register: Register) -> None:
        wanted = [NewTag("P", str(n), Kind.NUMBER) for n in range(20)]
        answers = await asyncio.gather(*(register.ensure(wanted) for _ in range(5)))
        assert all(answer == answers[0] for answer in answers)
        assert len(register) == 20

    async def test_survives_a_restart(
        self, register: Register, db: Database, clock: ManualClock
    ) -> None:
        made = await register.ensure([NewTag("Ü/1", "t,1", Kind.BOOLEAN, "ds-1", "°C")])
        again = Register(db, clock)
        await again.load()
        assert again.find("Ü/1", "t,1") == made[0]
        assert again.numbers == {("Ü/1", "t,1"): made[0].series}

    async def test_a_second_source_is_a_conflict_and_nothing_changes(
        self, register: Register
    ) -> None:
        await register.ensure([NewTag("P", "a", Kind.NUMBER, "ds-1")])
        with pytest.raises(Conflict, match="ds-1"):
            await register.ensure(
                [NewTag("P", "new", Kind.NUMBER), NewTag("P", "a", Kind.NUMBER, "ds-2")]
            )
        assert register.find("P", "new") is None

    async def test_a_free_tag_can_be_claimed_and_released(self, register: Register) -> None:
        (tag,) = await register.ensure([NewTag("P", "a", Kind.NUMBER)])
        (claimed,) = await register.ensure([NewTag("P", "a", Kind.NUMBER, "ds-1")])
        assert (claimed.series, claimed.data_source_id) == (tag.series, "ds-1")
        await register.release([tag.series])
        found = register.find("P", "a")
        assert found is not None
        assert found.data_source_id is None

    async def test_same_kind_refuses_another_kind_and_makes_nothing(
        self, register: Register
    ) -> None:
        await register.ensure([NewTag("P", "a", Kind.NUMBER)])
        with pytest.raises(KindClash):
            await register.ensure(
                [NewTag("P", "new", Kind.NUMBER), NewTag("P", "a", Kind.TEXT)], same_kind=True
            )
        assert register.find("P", "new") is None


class TestSharing:
    async def test_waiting_callers_share_transactions(
        self, register: Register, db: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        writes = 0
        write = db.write

        async def counted(work: Any) -> Any:
            nonlocal writes
            writes += 1
            return await write(work)

        monkeypatch.setattr(db, "write", counted)
        answers = await asyncio.gather(
            *(register.ensure([NewTag("P", str(n), Kind.NUMBER)]) for n in range(100))
        )
        assert [tags[0].tag_name for tags in answers] == [str(n) for n in range(100)]
        assert writes <= 3

    async def test_a_conflict_hits_only_its_caller(self, register: Register) -> None:
        answers = await asyncio.gather(
            register.ensure([NewTag("P", "a", Kind.NUMBER, "ds-1")]),
            register.ensure([NewTag("P", "b", Kind.NUMBER), NewTag("P", "a", Kind.NUMBER, "ds-2")]),
            register.ensure([NewTag("P", "a", Kind.TEXT)], same_kind=True),
            register.ensure([NewTag("P", "c", Kind.NUMBER)]),
            return_exceptions=True,
        )
        kinds = [type(answer) for answer in answers]
        assert kinds == [list, Conflict, KindClash, list]
        assert register.find("P", "b") is None

    async def test_a_claim_waits_for_a_tag_being_made(self, register: Register) -> None:
        plain, claimed = await asyncio.gather(
            register.ensure([NewTag("P", "a", Kind.NUMBER)]),
            register.ensure([NewTag("P", "a", Kind.NUMBER, "ds-1")]),
        )
        assert plain[0].series == claimed[0].series
        assert claimed[0].data_source_id == "ds-1"

    async def test_a_failing_database_is_told_to_all_and_the_next_call_works(
        self, register: Register, db: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def broken(_work: Any) -> Any:
            raise OSError("disk full")

        with monkeypatch.context() as patch:
            patch.setattr(db, "write", broken)
            answers = await asyncio.gather(
                *(register.ensure([NewTag("P", str(n), Kind.NUMBER)]) for n in range(3)),
                return_exceptions=True,
            )
        assert [type(answer) for answer in answers] == [OSError] * 3
        assert len(register) == 0
        assert len(await register.ensure([NewTag("P", "0", Kind.NUMBER)])) == 1

    async def test_what_a_cancelled_caller_committed_is_known(self, register: Register) -> None:
        ensure = asyncio.create_task(register.ensure([NewTag("P", "a", Kind.NUMBER)]))
        await asyncio.sleep(0)
        ensure.cancel()
        with pytest.raises(asyncio.CancelledError):
            await ensure
        (tag,) = await register.ensure([NewTag("P", "a", Kind.NUMBER)])
        assert register.by_series(tag.series) == tag
        unit = asyncio.create_task(register.set_unit(tag.series, "°C"))
        await asyncio.sleep(0)
        unit.cancel()
        with pytest.raises(asyncio.CancelledError):
            await unit
        await register.release([])  # comes after it
        assert register.by_series(tag.series).unit == "°C"


class TestColumns:
    async def test_kinds_and_knowledge_follow_every_tag(self, register: Register) -> None:
        wanted = [NewTag("P", f"t{n}", KINDS[n % 3]) for n in range(3000)]
        tags = await register.ensure(wanted)
        series = np.array([tag.series for tag in tags], np.uint32)
        assert register.kinds_of(series).tolist() == [n % 3 for n in range(3000)]
        assert register.knows(series)
        assert not register.knows(np.array([series.max() + 1], np.uint32))
        assert not register.knows(np.array([10**6], np.uint32))
        assert not register.knows(np.array([0], np.uint32))
        assert register.knows(np.empty(0, np.uint32))


class TestSelect:
    @settings(max_examples=30)
    @given(
        assets=st.lists(st.sampled_from("ABCX"), max_size=3),
        names=st.lists(st.sampled_from("tuvx"), max_size=3),
        source=st.sampled_from([None, "ds-0", "ds-1", "nix"]),
    )
    async def test_every_filter_given_must_match(
        self, register: Register, assets: list[str], names: list[str], source: str | None
    ) -> None:
        tags = await register.ensure(
            [
                NewTag(asset, name, Kind.NUMBER, f"ds-{place % 2}")
                for place, (asset, name) in enumerate((a, n) for a in "ABC" for n in "tuv")
            ]
        )
        expected = [
            tag
            for tag in tags
            if (not assets or tag.asset_id in assets)
            and (not names or tag.tag_name in names)
            and source in (None, tag.data_source_id)
        ]
        assert register.select(assets, names, source) == expected
