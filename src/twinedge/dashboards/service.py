"""Use cases of dashboards: create, replace, duplicate, generate, restore, delete."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace

from sqlalchemy.orm import Session

from twinedge.assets.service import Register
from twinedge.dashboards import store
from twinedge.dashboards.generate import layout_of
from twinedge.dashboards.grid import layout_faults
from twinedge.dashboards.model import Content, Dashboard, SavedVersion
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Fault, Invalid, NotFound
from twinedge.kit.ids import new_id

Check = Callable[[int], None]
"""Raises PreconditionFailed when the stored version is not the one a change was made on."""
_NAME_MAX = 200
_COPY = " (copy)"


class Dashboards:
    """The dashboards of one installation. `by` is the name of who makes the change."""

    def __init__(self, db: Database, register: Register, clock: Clock) -> None:
        self._db = db
        self._register = register
        self._clock = clock

    async def list(
        self, search: str | None, offset: int, limit: int
    ) -> tuple[list[Dashboard], int]:
        """A page, newest first, and how many match in all. search: a text in the name."""
        return await self._db.read(lambda s: store.find_dashboards(s, search, offset, limit))

    async def get(self, id: str) -> Dashboard:
        return await self._db.read(lambda s: _found(s, id).to_dashboard())

    async def create(self, content: Content, id: str | None, by: str) -> Dashboard:
        """Store a new dashboard. Raises Invalid for a layout with faults, Conflict for the id."""
        content = _checked(content)
        dashboard_id = id or new_id("dash")
        now_us = self._clock.now_us()

        def work(s: Session) -> Dashboard:
            if store.get_row(s, dashboard_id) is not None:
                raise Conflict(
                    f"the id {dashboard_id!r} is taken", [Fault("id", "is already taken")]
                )
            return store.save(s, store.new_row(dashboard_id, now_us), content, now_us, by)

        return await self._db.write(work)

    async def replace(self, id: str, content: Content, check: Check, by: str) -> Dashboard:
        """Put other content in place of all there is, as the next version."""
        content = _checked(content)
        now_us = self._clock.now_us()

        def work(s: Session) -> Dashboard:
            row = _found(s, id)
            check(row.version)
            return store.save(s, row, content, now_us, by)

        return await self._db.write(work)

    async def delete(self, id: str) -> None:
        """Remove a dashboard with all its versions."""
        await self._db.write(lambda s: store.remove(s, _found(s, id)))

    async def duplicate(self, id: str, by: str) -> Dashboard:
        """A deep copy with ids of its own and " (copy)" behind its name."""
        content = (await self.get(id)).content
        name = content.name[: _NAME_MAX - len(_COPY)] + _COPY
        layout = deepcopy(dict(content.layout))
        for widget in layout["widgets"]:
            widget["id"] = None
        return await self.create(replace(content, name=name, layout=layout), None, by)

    def draft_for(self, asset_id: str) -> dict[str, object]:
        """A layout made from the asset's tags. Raises Invalid for an asset without tags."""
        tags = self._register.of_asset(asset_id)
        if not tags:
            raise Invalid.at("asset_id", f"no asset {asset_id!r} with tags is known")
        return layout_of(tags)

    async def versions(
        self, id: str, offset: int, limit: int
    ) -> tuple[Sequence[SavedVersion], int]:
        """The versions kept, newest first, and how many."""

        def work(s: Session) -> tuple[Sequence[SavedVersion], int]:
            _found(s, id)
            return store.find_versions(s, id, offset, limit)

        return await self._db.read(work)

    async def version(self, id: str, version: int) -> SavedVersion:
        def work(s: Session) -> SavedVersion:
            _found(s, id)
            return _kept(s, id, version)

        return await self._db.read(work)

    async def restore(self, id: str, version: int, check: Check, by: str) -> Dashboard:
        """Make an earlier version's content the newest version again."""
        now_us = self._clock.now_us()

        def work(s: Session) -> Dashboard:
            row = _found(s, id)
            check(row.version)
            return store.save(s, row, _kept(s, id, version).content, now_us, by)

        return await self._db.write(work)


def _found(session: Session, id: str) -> store.DashboardRow:
    row = store.get_row(session, id)
    if row is None:
        raise NotFound.of("dashboard", id)
    return row


def _kept(session: Session, id: str, version: int) -> SavedVersion:
    kept = store.get_version(session, id, version)
    if kept is None:
        raise NotFound(f"dashboard {id!r} has no version {version}, or it is no longer kept")
    return kept


def _checked(content: Content) -> Content:
    """The content with an id for every widget. Raises Invalid with every fault of the layout."""
    if faults := layout_faults(content.layout, content.variables):
        raise Invalid(f"{faults[0].field} {faults[0].message}", faults)
    widgets = [
        {**widget, "id": widget["id"] or new_id("w")} for widget in content.layout["widgets"]
    ]
    return replace(content, layout={**content.layout, "widgets": widgets})
