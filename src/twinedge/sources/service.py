"""Use cases of data sources: create, change, delete, reconnect; `tags` and `questions` beside."""

import os
from dataclasses import replace

import structlog
from sqlalchemy.orm import Session

from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.db.vault import Vault
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Fault, Invalid
from twinedge.kit.ids import new_id
from twinedge.sources import config as settings_of
from twinedge.sources import store
from twinedge.sources.config import Environ
from twinedge.sources.ledger import Ledger, in_list, source_of
from twinedge.sources.model import NewSource, SourceChange, SourceView, StoredSource
from twinedge.sources.ports import Config, Drivers, Runtime
from twinedge.sources.questions import Questions
from twinedge.sources.tagdiff import difference
from twinedge.sources.tagservice import SourceTags
from twinedge.web.etag import IfMatch

log = structlog.get_logger(__name__)


class Sources:
    """The data sources of this installation."""

    def __init__(
        self,
        db: Database,
        vault: Vault,
        register: Register,
        drivers: Drivers,
        supervisor: Runtime,
        clock: Clock,
        environ: Environ | None = None,
    ) -> None:
        known = os.environ if environ is None else environ
        self._ledger = Ledger(db, vault, register, drivers, supervisor, clock, known)
        self.tags = SourceTags(self._ledger)
        self.questions = Questions(self._ledger)

    async def start(self) -> None:
        """Hand every stored source to the runtime. A source that cannot run says so itself."""
        sources = await self._ledger.db.read(store.all_sources)
        tags_of = await self._ledger.db.read(store.all_tags)
        claimed: dict[str, set[int]] = {}
        for tag in self._ledger.register.select():
            if tag.data_source_id is not None:
                claimed.setdefault(tag.data_source_id, set()).add(tag.series)
        for source in sources:
            self._ledger.known.add(source.id)
            own = tags_of.get(source.id, [])
            if source.type not in self._ledger.drivers:
                log.error("unknown type of data source", id=source.id, type=source.type)
                continue
            extra = claimed.pop(source.id, set()) - {tag.series for tag in own}
            plan = self._ledger.plan(source, own)
            await self._ledger.runtime.apply(
                replace(plan, discovered=tuple(extra), resumed=source.enabled)
            )
        orphans = [series for numbers in claimed.values() for series in numbers]
        if orphans:  # the process died between claiming a tag and storing its source
            await self._ledger.register.release(orphans)

    def exists(self, id: str) -> bool:
        """Whether a source has this id; never touches the database."""
        return id in self._ledger.known

    @property
    def drivers(self) -> Drivers:
        """All protocols by type."""
        return self._ledger.drivers

    def faults(self, type: str, config: Config, endpoint: str | None) -> list[Fault]:
        """What is wrong with settings not saved yet; for a body that has other faults too."""
        try:
            self._ledger.checked_config(type, config, endpoint, None)
        except Invalid as error:
            return list(error.faults)
        return []

    async def page(
        self, type: str | None, status: str | None, offset: int, limit: int
    ) -> tuple[list[SourceView], int]:
        """A page of sources, newest first, and how many match in all."""
        if type is not None:
            self._ledger.driver(type)
        up = self._ledger.runtime.connected()
        ids = up if status == "connected" else None
        without = up if status == "disconnected" else None

        def work(session: Session) -> tuple[list[StoredSource], int, dict[str, int]]:
            found, total = store.page_of_sources(session, type, ids, without, offset, limit)
            return found, total, store.tag_counts(session, [source.id for source in found])

        found, total, counts = await self._ledger.db.read(work)
        return [self._view(source, counts.get(source.id, 0)) for source in found], total

    async def get(self, id: str) -> SourceView:
        def work(session: Session) -> tuple[StoredSource, int]:
            return source_of(session, id), store.tag_counts(session, [id]).get(id, 0)

        source, count = await self._ledger.db.read(work)
        return self._view(source, count)

    async def create(self, new: NewSource) -> SourceView:
        """Store a source with its tags and start it."""
        driver, config = self._ledger.checked_config(new.type, new.config, new.endpoint, None)
        specs = self._ledger.checked_tags(driver, config, new.tags)
        id = new.id or new_id("ds")
        async with self._ledger.alone(id):
            if id in self._ledger.known:
                raise Conflict(f"the id {id!r} is taken", [Fault("id", "is taken")])
            now = self._ledger.clock.now_us()
            sealed = self._ledger.seal(driver, id, config)
            source = StoredSource(id, new.name, new.type, sealed, new.enabled, 1, now, now)
            added = await self._ledger.claim(driver, id, specs, (), in_list)

            def work(session: Session) -> None:
                store.add_source(session, source)
                store.add_tags(session, id, added)

            await self._ledger.commit(added, work)
            self._ledger.known.add(id)
            await self._ledger.runtime.apply(self._ledger.plan(source, added))
            return self._view(source, len(added))

    async def update(self, id: str, change: SourceChange, guard: IfMatch) -> SourceView:
        """Replace name, config, enabled and, where given, all tags."""
        async with self._ledger.alone(id):
            source = await self._ledger.db.read(lambda session: source_of(session, id))
            guard.check(source.version)
            if change.type not in {None, source.type}:
                raise Invalid.at("type", f"cannot change from {source.type!r}; make a new source")
            driver, config = self._ledger.checked_config(
                source.type, change.config, change.endpoint, self._ledger.readable(source)
            )
            new = replace(
                source,
                name=change.name,
                config=self._ledger.seal(driver, id, config),
                enabled=change.enabled,
                version=source.version + 1,
                updated_us=self._ledger.clock.now_us(),
            )
            old = await self._ledger.db.read(lambda session: store.tags_of(session, id))
            if change.tags is None:
                self._ledger.checked_tags(driver, config, [tag.spec for tag in old], "config")
                await self._ledger.db.write(lambda session: store.update_source(session, new))
                await self._ledger.runtime.apply(self._ledger.plan(new, old))
                return self._view(new, len(old))
            specs = self._ledger.checked_tags(driver, config, change.tags)
            result = difference([tag.spec for tag in old], specs, remove_others=True)
            kept = await self._ledger.change_tags(driver, new, old, result, in_list)
            return self._view(new, len(kept))

    async def delete(self, id: str, guard: IfMatch) -> str:
        """Stop the connection, give the tags free and forget the source; answers in words what
        is kept."""
        async with self._ledger.alone(id):
            source = await self._ledger.db.read(lambda session: source_of(session, id))
            guard.check(source.version)
            await self._ledger.db.write(lambda session: store.delete_source(session, id))
            await self._ledger.runtime.forget(id)
            series = [tag.series for tag in self._ledger.register.select(data_source_id=id)]
            await self._ledger.register.release(series)
            self._ledger.known.discard(id)
        kept = f"the history of its {_count(len(series))}" if series else "nothing: it had no tags"
        return f"{source.name!r} is disconnected and deleted; kept: {kept}"

    async def reconnect(self, id: str) -> SourceView:
        """Try again now, with a fresh connection. Conflict for a disabled source."""
        view = await self.get(id)
        if not view.enabled:
            raise Conflict(f"data source {id!r} is disabled; enable it first")
        self._ledger.runtime.retry(id)
        return view

    def _view(self, source: StoredSource, tag_count: int) -> SourceView:
        status = self._ledger.runtime.status(source.id)
        shown = settings_of.masked(source.config)
        driver = self._ledger.drivers.get(source.type)
        return SourceView(
            id=source.id,
            name=source.name,
            type=source.type,
            endpoint=""
            if driver is None
            else settings_of.endpoint_of(driver, shown, self._ledger.environ),
            config=shown,
            enabled=source.enabled,
            status="connected" if status.state.is_connected else "disconnected",
            state=status.state,
            last_error=status.last_error,
            last_data_at=status.last_data_us,
            tag_count=tag_count + status.discovered,
            points_per_second=round(status.points_per_second, 3),
            created_at=source.created_us,
            updated_at=source.updated_us,
            version=source.version,
        )


def _count(tags: int) -> str:
    return "1 tag" if tags == 1 else f"{tags} tags"
