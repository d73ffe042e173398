"""The series register: which tags exist, in memory, backed by the metadata database."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from twinedge.assets import store
from twinedge.assets.model import KINDS, NewTag, Tag
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict

_CODE = {kind: code for code, kind in enumerate(KINDS)}
_UNKNOWN = 255


class KindClash(Conflict):
    """A tag wanted exists with another kind of values."""


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
        source. After a raise nothing has changed.
        """
        async with self._lock:
            missing: dict[tuple[str, str], NewTag] = {}
            claims: list[Tag] = []
            for want in wanted:
                tag = self._by_name.get((want.asset_id, want.tag_name))
                if tag is not None and same_kind and tag.kind is not want.kind:
                    raise KindClash(f"tag {tag.tag_name!r} of {tag.asset_id!r} is {tag.kind}")
                if tag is None:
                    missing.setdefault((want.asset_id, want.tag_name), want)
                elif want.data_source_id and tag.data_source_id != want.data_source_id:
                    if tag.data_source_id is not None:
                        raise Conflict(
                            f"tag {tag.tag_name!r} of asset {tag.asset_id!r} already belongs to "
                            f"data source {tag.data_source_id!r}"
                        )
                    claims.append(replace(tag, data_source_id=want.data_source_id))
            if missing or claims:
                now = self._clock.now_us()
                new = list(missing.values())

                def change(session: Session) -> list[Tag]:
                    for tag in claims:
                        store.set_source(session, [tag.series], tag.data_source_id)
                    return store.add_tags(session, new, now)

                added = await self._db.write(change)
                for tag in [*claims, *added]:
                    self._keep(tag)
            return [self._by_name[(want.asset_id, want.tag_name)] for want in wanted]

    async def release(self, series: Iterable[int]) -> None:
        """Give tags up: they keep their history and belong to no source."""
        async with self._lock:
            numbers = [n for n in series if n in self._by_series]
            await self._db.write(lambda session: store.set_source(session, numbers, None))
            for number in numbers:
                self._keep(replace(self._by_series[number], data_source_id=None))

    async def set_unit(self, series: int, unit: str | None) -> None:
        async with self._lock:
            await self._db.write(lambda session: store.set_unit(session, series, unit))
            self._keep(replace(self._by_series[series], unit=unit))

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
