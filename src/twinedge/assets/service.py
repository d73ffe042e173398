"""The series register: which tags exist, in memory, backed by the metadata database."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from twinedge.assets import store
from twinedge.assets.model import NewTag, Tag
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict


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

    def of_asset(self, asset_id: str) -> list[Tag]:
        """The tags of one asset in the order they came into being; empty if unknown."""
        return list(self._by_asset.get(asset_id, {}).values())

    def has_asset(self, asset_id: str) -> bool:
        return asset_id in self._by_asset

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

    async def ensure(self, wanted: Sequence[NewTag]) -> list[Tag]:
        """The tags wanted, in that order; those that do not exist are made, in one transaction.

        An existing tag keeps its kind (the caller checks for a clash). A `data_source_id` claims
        the tag; raises Conflict if it belongs to another source, and then nothing changes.
        """
        async with self._lock:
            missing: dict[tuple[str, str], NewTag] = {}
            claims: list[Tag] = []
            for want in wanted:
                tag = self._by_name.get((want.asset_id, want.tag_name))
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
        self._by_asset.setdefault(tag.asset_id, {})[tag.tag_name] = tag
        self.version += 1
