"""The stored sources, kept in step with the series register and the runtime.

Guarantee: a change is committed before the runtime follows it; series claimed for a change that
fails are given free; changes of one source never overlap when made inside `alone`.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import TypeVar
from weakref import WeakValueDictionary

from sqlalchemy.orm import Session

from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.db.vault import Vault, VaultBroken
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Invalid, NotFound
from twinedge.kit.ids import new_id
from twinedge.sources import config as settings_of
from twinedge.sources import store, tags
from twinedge.sources.config import Environ
from twinedge.sources.model import (
    ConfigFault,
    Difference,
    NewSource,
    StoredSource,
    StoredTag,
    TagSpec,
)
from twinedge.sources.ports import Config, Driver, Drivers, Plan, Runtime

T = TypeVar("T")


class Ledger:
    """What the use cases of sources, tags and questions share."""

    def __init__(
        self,
        db: Database,
        vault: Vault,
        register: Register,
        drivers: Drivers,
        runtime: Runtime,
        clock: Clock,
        environ: Environ,
    ) -> None:
        self.db = db
        self._vault = vault
        self.register = register
        self.drivers = drivers
        self.runtime = runtime
        self.clock = clock
        self.environ = environ
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self.known: set[str] = set()

    def driver(self, type: str) -> Driver:
        """The protocol's driver. Raises Invalid that lists the types."""
        if type not in self.drivers:
            known = ", ".join(sorted(self.drivers))
            raise Invalid.at("type", f"{type!r} is not a type of data source; known are: {known}")
        return self.drivers[type]

    async def draft_of(self, id: str) -> NewSource:
        """A stored source with its secrets plain; for use inside the process only.

        Raises ConfigFault when a secret cannot be opened.
        """
        source = await self.db.read(lambda session: source_of(session, id))
        try:
            return NewSource(source.name, source.type, self.written(source), source.id)
        except VaultBroken as error:
            raise ConfigFault(error.message, "enter the secret again") from error

    async def completed(self, draft: NewSource) -> tuple[Driver, Config]:
        """Driver and settings of a source not saved yet; an id of a saved one lends its secrets
        to masks. Raises Invalid with every fault."""
        old = None
        if draft.id is not None and draft.id in self.known:
            old = (await self.draft_of(draft.id)).config
        driver, config = self.checked_config(draft.type, draft.config, draft.endpoint, old)
        return driver, config

    def alone(self, id: str) -> AbstractAsyncContextManager[None]:
        """Changes of one source wait for each other."""
        return self._locks.setdefault(id, asyncio.Lock())

    def checked_config(
        self, type: str, config: Config, endpoint: str | None, old: Config | None
    ) -> tuple[Driver, Config]:
        """Driver and written settings with the mask replaced; Invalid with every fault."""
        driver = self.driver(type)
        if endpoint is not None:
            config = settings_of.with_endpoint(driver, config, endpoint)
        config = settings_of.unmasked(config, old, driver.settings)
        settings_of.check(driver, config, self.environ)
        return driver, config

    def checked_tags(
        self,
        driver: Driver,
        config: Config,
        specs: Sequence[TagSpec],
        whole: str | None = None,
        path: tags.Path = lambda number: f"tags[{number}]",
    ) -> list[TagSpec]:
        """Canonical tags; Invalid with every fault. whole: name all faults with this one field."""
        if not specs:
            return []
        settings = settings_of.draft(driver, config, self.environ)
        try:
            return tags.checked(driver, settings, specs, path)
        except Invalid as error:
            if whole is None:
                raise
            lines = [f"{fault.field} {fault.message}" for fault in error.faults]
            raise Invalid.at(whole, "does not fit the tags: " + "; ".join(lines[:5])) from None

    def refuse_clashes(
        self,
        driver: Driver,
        id: str,
        old: Sequence[StoredTag],
        result: Difference,
        places: dict[tuple[str, str], str],
    ) -> None:
        """Raise where the difference takes tags of others or changes the kind of values."""
        gone = {tag.id for tag in result.removed} | {it.before.id for it in result.changed}
        stay = [tag for tag in old if tag.id not in gone]
        new = [*(change.after for change in result.changed), *result.added]
        tags.refuse_clashes(
            self.register, driver, id, new, stay,
            lambda number: places.get((new[number].asset_id, new[number].tag_name), ""),
        )  # fmt: skip

    async def claim(
        self,
        driver: Driver,
        id: str,
        specs: Sequence[TagSpec],
        others: Iterable[StoredTag],
        path: tags.Path,
    ) -> list[StoredTag]:
        """Rows of new tags, their series claimed; the caller stores or releases them."""
        tags.refuse_clashes(self.register, driver, id, specs, others, path)
        series = await self.register.ensure([tags.wanted(driver, id, spec) for spec in specs])
        return tags.stored(specs, series, lambda: new_id("tag"), self.clock.now_us())

    async def commit(
        self, claimed: Sequence[StoredTag], work: Callable[[Session], T], keep: Iterable[int] = ()
    ) -> T:
        """Commit; on failure the series claimed for it are given free again."""
        try:
            return await self.db.write(work)
        except BaseException:
            await self.register.release({tag.series for tag in claimed} - set(keep))
            raise

    async def change_tags(
        self,
        driver: Driver,
        source: StoredSource,
        old: Sequence[StoredTag],
        result: Difference,
        path: tags.Path,
        places: dict[tuple[str, str], str] | None = None,
    ) -> list[StoredTag]:
        """Carry out a difference in one transaction, and let the runtime follow."""
        new = [*(change.after for change in result.changed), *result.added]
        if places is None:
            places = {(spec.asset_id, spec.tag_name): path(n) for n, spec in enumerate(new)}
        self.refuse_clashes(driver, source.id, old, result, places)
        series = await self.register.ensure([tags.wanted(driver, source.id, spec) for spec in new])
        fresh = tags.stored(new, series, lambda: new_id("tag"), self.clock.now_us())
        by_id = {tag.id: tag for tag in old}
        changed = {
            tag.id: replace(
                tag,
                version=by_id[tag.id].version + 1,
                created_us=by_id[tag.id].created_us,
                updated_us=self.clock.now_us(),
            )
            for tag in fresh[: len(result.changed)]
        }
        added = fresh[len(result.changed) :]
        removed = {tag.id for tag in result.removed}

        def work(session: Session) -> None:
            store.update_source(session, source)
            store.delete_tags(session, source.id, sorted(removed))
            store.update_tags(session, source.id, changed.values())
            store.add_tags(session, source.id, added)

        before = {tag.series for tag in old}
        await self.commit(fresh, work, keep=before)
        kept = [changed.get(tag.id, tag) for tag in old if tag.id not in removed] + added
        await self.register.release(before - {tag.series for tag in kept})
        units = {
            tag.series: tag.spec.unit
            for tag in fresh
            if tag.spec.unit is not None
            and self.register.by_series(tag.series).unit != tag.spec.unit
        }
        if units:
            await self.register.set_units(units, lambda _session: None)
        await self.runtime.apply(self.plan(source, kept))
        return kept

    def seal(self, driver: Driver, id: str, config: Config) -> Config:
        """The stored form of written settings."""
        return settings_of.sealed(
            driver, config, lambda secret, path: self._vault.seal(secret, _where(id, path))
        )

    def written(self, source: StoredSource) -> Config:
        """Settings with secrets plain; raises VaultBroken."""
        return settings_of.unsealed(
            source.config, lambda it, path: self._vault.unseal(it, _where(source.id, path))
        )

    def readable(self, source: StoredSource) -> Config | None:
        """Written settings; None when a secret cannot be opened, so that it can be replaced."""
        try:
            return self.written(source)
        except VaultBroken:
            return None

    def plan(self, source: StoredSource, own: Sequence[StoredTag]) -> Plan:
        """What the runtime shall do for the source."""
        config: Config = {}
        fault = None
        try:
            config = self.written(source)
        except VaultBroken as error:
            fault = error.message  # said as config_error; the other sources run
        return Plan(
            source.id, source.name, source.type, source.enabled, config,
            tags.bound(own, self.register), fault=fault,
        )  # fmt: skip


def in_list(number: int) -> str:
    """The path of the nth tag of a list."""
    return f"tags[{number}]"


def alone_in_body(_number: int) -> str:
    """The path of a tag that is the body itself."""
    return ""


def source_of(session: Session, id: str) -> StoredSource:
    """The source; raises NotFound."""
    source = store.get_source(session, id)
    if source is None:
        raise NotFound.of("data source", id)
    return source


def with_tags(session: Session, id: str) -> tuple[StoredSource, list[StoredTag]]:
    """The source and its tags; raises NotFound."""
    return source_of(session, id), store.tags_of(session, id)


def _where(id: str, path: str) -> str:
    return f"data_sources/{id}/{path}"
