"""Assets, and the series register: which tags exist, in memory, backed by the database."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from twinedge.assets import store
from twinedge.assets.changes import Changes
from twinedge.assets.model import KINDS, Asset, AssetChange, AssetFilter, NewTag, Tag, name_fault
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Fault, Invalid, NotFound

T = TypeVar("T")

_CODE = {kind: code for code, kind in enumerate(KINDS)}
_UNKNOWN = 255


@dataclass(slots=True, eq=False)
class _Ask:
    """One caller of `ensure`, waiting for the next transaction."""

    wanted: Sequence[NewTag]
    same_kind: bool
    settled: "asyncio.Future[None]"

    def settle(self, error: Exception | None = None) -> None:
        if self.settled.done():
            return  # the caller was cancelled
        if error is None:
            self.settled.set_result(None)
        else:
            self.settled.set_exception(error)


class Register:
    """All tags by (asset, tag) and by series number. Reads never touch the database.

    A new series is committed before its number is handed out, so a point never names a series the
    metadata does not know. Used from the event loop; one writer at a time.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._by_name: dict[tuple[str, str], Tag] = {}
        self._by_series: dict[int, Tag] = {}
        self._by_asset: dict[str, dict[str, Tag]] = {}
        self._tag_names: set[str] = set()
        self._numbers: dict[tuple[str, str], int] = {}
        self._kinds: NDArray[np.uint8] = np.full(1024, _UNKNOWN, np.uint8)
        self._lock = asyncio.Lock()
        self._asks: list[_Ask] = []
        self._answering: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self.version = 0
        """Grows with every change; readers that cache a selection compare it."""

    async def load(self) -> None:
        """Read every tag from the database; once, before anything else."""
        for tag in await self._db.read(store.all_tags):
            self._keep(tag)

    def __len__(self) -> int:
        return len(self._by_series)

    def find(self, asset_id: str, tag_name: str) -> Tag | None:
        return self._by_name.get((asset_id, tag_name))

    def by_series(self, series: int) -> Tag:
        """The tag of a series number that the register handed out."""
        return self._by_series[series]

    @property
    def numbers(self) -> Mapping[tuple[str, str], int]:
        """Series number by (asset id, tag name): the ingest path's lookup table."""
        return self._numbers

    @property
    def kinds(self) -> NDArray[np.uint8]:
        """The kind of every series as a code (see KINDS), by its number; grows by replacement."""
        return self._kinds

    def kinds_of(self, series: NDArray[np.integer]) -> NDArray[np.uint8]:
        """The kinds of many series as codes (see KINDS), in their order; none may be unknown."""
        kinds: NDArray[np.uint8] = self._kinds[series]
        return kinds

    def knows(self, series: NDArray[np.integer]) -> bool:
        """Whether every one of these numbers was handed out."""
        if len(series) == 0:
            return True
        if int(series.max()) >= len(self._kinds):
            return False
        return bool((self._kinds[series] != _UNKNOWN).all())

    def of_asset(self, asset_id: str) -> list[Tag]:
        """The tags of one asset in the order they came into being; empty if unknown."""
        return list(self._by_asset.get(asset_id, {}).values())

    def has_asset(self, asset_id: str) -> bool:
        return asset_id in self._by_asset

    def has_tag_name(self, tag_name: str) -> bool:
        """Whether any asset has a tag of this name."""
        return tag_name in self._tag_names

    def select(
        self,
        asset_ids: Sequence[str] = (),
        tag_names: Sequence[str] = (),
        data_source_id: str | None = None,
    ) -> list[Tag]:
        """Tags that match every filter given (empty = any), by series number."""
        if asset_ids:
            found: Iterable[Tag] = (
                tag for id in dict.fromkeys(asset_ids) for tag in self.of_asset(id)
            )
        else:
            found = self._by_series.values()
        names = frozenset(tag_names)
        return sorted(
            (
                tag
                for tag in found
                if (not names or tag.tag_name in names)
                and (data_source_id is None or tag.data_source_id == data_source_id)
            ),
            key=lambda tag: tag.series,
        )

    async def ensure(self, wanted: Sequence[NewTag], *, same_kind: bool = False) -> list[Tag]:
        """The tags wanted, in that order; those that do not exist are made, in one transaction.

        An existing tag keeps its kind: the caller checks for a clash, or asks for `same_kind` and
        gets KindClash. A `data_source_id` claims the tag; raises Conflict if it belongs to another
        source. After a raise nothing of it has changed. Callers that wait at the same time share a
        transaction, so that a thousand devices with a new tag each do not queue for the disk.
        """
        if Changes(self._by_name.get).wants_nothing(wanted, same_kind=same_kind):
            return self._all(wanted)
        ask = _Ask(wanted, same_kind, asyncio.get_running_loop().create_future())
        self._asks.append(ask)
        if self._answering is None:
            self._answering = asyncio.create_task(self._answer())
        await ask.settled
        return self._all(wanted)

    async def _answer(self) -> None:
        """Serve all who wait, in one transaction at a time, until nobody does."""
        try:
            while self._asks:
                async with self._lock:
                    asks, self._asks = self._asks, []
                    await self._make(asks)
        finally:
            self._answering = None

    async def _make(self, asks: Sequence[_Ask]) -> None:
        changes = Changes(self._by_name.get)
        accepted: list[_Ask] = []
        for ask in asks:
            try:
                changes.add(ask.wanted, same_kind=ask.same_kind)
            except Conflict as conflict:
                ask.settle(conflict)
            else:
                accepted.append(ask)
        error: Exception | None = None
        if changes:
            now, new = self._clock.now_us(), list(changes.new.values())

            def change(session: Session) -> list[Tag]:
                for tag in changes.claimed.values():
                    store.set_source(session, [tag.series], tag.data_source_id)
                return store.add_tags(session, new, now)

            try:
                added = await self._db.write(change)
            except Exception as failure:  # every caller whose tags were in it is told
                error = failure
            else:
                for tag in (*changes.claimed.values(), *added):
                    self._keep(tag)
        for ask in accepted:
            ask.settle(error)

    def _all(self, wanted: Sequence[NewTag]) -> list[Tag]:
        return [self._by_name[(want.asset_id, want.tag_name)] for want in wanted]

    async def release(self, series: Iterable[int]) -> None:
        """Give tags up: they keep their history and belong to no source."""
        numbers = list(series)

        async def work() -> None:
            async with self._lock:
                known = [n for n in numbers if n in self._by_series]
                await self._db.write(lambda session: store.set_source(session, known, None))
                for number in known:
                    self._keep(replace(self._by_series[number], data_source_id=None))

        await self._whole(work())

    async def set_unit(self, series: int, unit: str | None) -> None:
        """Set or take away the unit of one tag."""
        await self.set_units({series: unit}, lambda _session: None)

    async def set_units(self, units: Mapping[int, str | None], within: Callable[[Session], T]) -> T:
        """Set units by series; `within` runs in the same transaction, and its result is given."""

        def change(session: Session) -> T:
            result = within(session)
            for series, unit in units.items():
                store.set_unit(session, series, unit)
            return result

        async def work() -> T:
            async with self._lock:
                result = await self._db.write(change)
                for series, unit in units.items():
                    self._keep(replace(self._by_series[series], unit=unit))
                return result

        return await self._whole(work())

    async def _whole(self, work: Coroutine[Any, Any, T]) -> T:
        """Run to the end even if the caller is cancelled: a commit must reach the memory too."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    def _keep(self, tag: Tag) -> None:
        self._by_name[(tag.asset_id, tag.tag_name)] = tag
        self._by_series[tag.series] = tag
        self._numbers[(tag.asset_id, tag.tag_name)] = tag.series
        self._tag_names.add(tag.tag_name)
        if tag.series >= len(self._kinds):
            grown = np.full(max(tag.series + 1, 2 * len(self._kinds)), _UNKNOWN, np.uint8)
            grown[: len(self._kinds)] = self._kinds
            self._kinds = grown
        self._kinds[tag.series] = _CODE[tag.kind]
        self._by_asset.setdefault(tag.asset_id, {})[tag.tag_name] = tag
        self.version += 1


Check = Callable[[int], None]
"""Looks at the stored version inside the transaction and may raise PreconditionFailed."""


class Assets:
    """What people say about assets. One comes into being by `put`, or with its first point."""

    def __init__(self, db: Database, register: Register, clock: Clock) -> None:
        self._db = db
        self._register = register
        self._clock = clock

    async def list(
        self, wanted: AssetFilter, offset: int, limit: int
    ) -> tuple[Sequence[Asset], int]:
        """One page, newest first, and the total."""
        return await self._db.read(lambda s: store.find_assets(s, wanted, offset, limit))

    async def get(self, id: str) -> Asset:
        row = await self._db.read(lambda session: store.get_row(session, id))
        if row is None:
            raise NotFound.of("asset", id)
        return row.to_asset()

    def tags_of(self, id: str) -> Sequence[Tag]:
        """The asset's tags in the order they came into being."""
        return self._register.of_asset(id)

    async def put(self, id: str, change: AssetChange, check: Check) -> tuple[Asset, bool]:
        """Change the asset, or make it; answers whether it is new. Units go with it or not at all.

        Raises Invalid for an id that cannot be one, a parent that does not exist or would close a
        ring, and units of tags the asset does not have.
        """
        faults = [Fault("id", fault)] if (fault := name_fault(id)) else []
        tags = {tag.tag_name: tag for tag in self._register.of_asset(id)}
        for name in change.units:
            if name not in tags:
                faults.append(Fault(f"units.{name}", f"asset {id!r} has no tag of this name yet"))
        if faults:
            raise Invalid("; ".join(f"{f.field} {f.message}" for f in faults[:3]), faults)
        units = {tags[name].series: unit for name, unit in change.units.items()}
        now = self._clock.now_us()

        def write(session: Session) -> tuple[Asset, bool]:
            row = store.get_row(session, id)
            is_new = row is None
            check(0 if row is None else row.version)
            _check_parent(session, id, change.values.get("parent_id"))
            if row is None:
                row = store.AssetRow(
                    id=id, name=id, description="", properties={}, version=0, created_us=now
                )
                session.add(row)
            for field, value in change.values.items():
                setattr(row, field, value)
            row.version += 1
            row.updated_us = now
            session.flush()
            return row.to_asset(), is_new

        return await self._register.set_units(units, write)

    async def delete(self, id: str) -> None:
        """Remove an asset that has neither tags nor children; else Conflict."""

        def remove(session: Session) -> None:
            row = store.get_row(session, id)
            if row is None:
                raise NotFound.of("asset", id)
            if tags := store.count_series(session, id):
                raise Conflict(f"asset {id!r} has {tags} tags with history; it cannot be deleted")
            if children := store.count_children(session, id):
                raise Conflict(f"asset {id!r} is the parent of {children} assets; move them first")
            session.delete(row)

        await self._db.write(remove)


def _check_parent(session: Session, id: str, parent_id: str | None) -> None:
    """Raise Invalid unless the parent exists and the asset is not among its ancestors."""
    if parent_id is None:
        return
    if parent_id == id:
        raise Invalid.at("parent", "an asset cannot be its own parent")
    if store.get_row(session, parent_id) is None:
        raise Invalid.at("parent", f"no asset {parent_id!r} exists")
    above: str | None = parent_id
    while above is not None:
        if above == id:
            raise Invalid.at("parent", f"asset {parent_id!r} lies below {id!r} itself")
        above = store.parent_of(session, above)
