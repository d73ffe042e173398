"""Use cases of the tags of a data source. Lists are all or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from twinedge.kit.errors import NotFound
from twinedge.sources import config as settings_of
from twinedge.sources import store, tags
from twinedge.sources.ledger import Ledger, alone_in_body, in_list, source_of, with_tags
from twinedge.sources.model import Difference, StoredTag, TagSpec, TagState, TagView
from twinedge.sources.tagdiff import difference
from twinedge.web.etag import IfMatch


class SourceTags:
    """The tags of all sources. Every change takes effect at once, on the running link."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def page(
        self, id: str, asset_id: str | None, offset: int, limit: int
    ) -> tuple[list[TagView], int]:
        def work(session: Session) -> tuple[list[StoredTag], int]:
            source_of(session, id)
            return store.page_of_tags(session, id, asset_id, offset, limit)

        found, total = await self._ledger.db.read(work)
        return self._views(id, found), total

    async def all(self, id: str) -> list[TagSpec]:
        """Every tag in the order they were written, for export."""
        _, found = await self._ledger.db.read(lambda session: with_tags(session, id))
        return [tag.spec for tag in found]

    async def get(self, id: str, tag_id: str) -> TagView:
        tag = await self._ledger.db.read(lambda session: _tag(session, id, tag_id))
        return self._views(id, [tag])[0]

    async def add(
        self, id: str, specs: Sequence[TagSpec], *, single: bool = False
    ) -> list[TagView]:
        """Add tags, all or none. single: faults are named without `tags[0]`."""
        path = alone_in_body if single else in_list
        async with self._ledger.alone(id):
            source, old = await self._ledger.db.read(lambda session: with_tags(session, id))
            driver = self._ledger.driver(source.type)
            fine = self._ledger.checked_tags(
                driver, settings_of.masked(source.config), specs, path=path
            )
            result = Difference(tuple(fine), (), (), len(old))
            kept = await self._ledger.change_tags(driver, source, old, result, path)
            return self._views(id, kept[len(old) :])

    async def update(self, id: str, tag_id: str, spec: TagSpec, guard: IfMatch) -> TagView:
        """Replace a tag. Its history stays with the asset and tag name it was stored under."""
        async with self._ledger.alone(id):
            source, old = await self._ledger.db.read(lambda session: with_tags(session, id))
            before = await self._ledger.db.read(lambda session: _tag(session, id, tag_id))
            guard.check(before.version)
            driver = self._ledger.driver(source.type)
            wanted = replace(spec, id=tag_id)
            (fine,) = self._ledger.checked_tags(
                driver, settings_of.masked(source.config), [wanted], path=alone_in_body
            )
            result = difference([before.spec], [fine], remove_others=False)
            kept = await self._ledger.change_tags(driver, source, old, result, alone_in_body)
            return self._views(id, [tag for tag in kept if tag.id == tag_id])[0]

    async def delete(self, id: str, tag_id: str, guard: IfMatch) -> str:
        """Stop reading a tag; answers in words what is kept."""
        async with self._ledger.alone(id):
            source, old = await self._ledger.db.read(lambda session: with_tags(session, id))
            tag = await self._ledger.db.read(lambda session: _tag(session, id, tag_id))
            guard.check(tag.version)
            result = Difference((), (), (tag.spec,), len(old) - 1)
            await self._ledger.change_tags(
                self._ledger.driver(source.type), source, old, result, alone_in_body
            )
        return f"{tag.spec.tag_name!r} is no longer read; its history is kept"

    async def load(
        self,
        id: str,
        specs: Sequence[TagSpec],
        path: tags.Path,
        *,
        remove_others: bool,
        dry_run: bool,
    ) -> Difference:
        """Add and change tags, all or none, and answer what that changes. dry_run: only answer."""
        async with self._ledger.alone(id):
            source, old = await self._ledger.db.read(lambda session: with_tags(session, id))
            driver = self._ledger.driver(source.type)
            fine = self._ledger.checked_tags(
                driver, settings_of.masked(source.config), specs, path=path
            )
            result = difference([tag.spec for tag in old], fine, remove_others=remove_others)
            places = {(spec.asset_id, spec.tag_name): path(n) for n, spec in enumerate(fine)}
            if dry_run:
                self._ledger.refuse_clashes(driver, id, old, result, places)
            else:
                await self._ledger.change_tags(driver, source, old, result, path, places)
            return result

    def _views(self, id: str, found: Iterable[StoredTag]) -> list[TagView]:
        states = self._ledger.runtime.status(id).tags
        views = []
        for tag in found:
            nothing_yet = TagState("waiting") if tag.spec.enabled else None
            state = states.get(tag.series, nothing_yet)
            views.append(
                TagView(
                    spec=tag.spec,
                    series=tag.series,
                    state="disabled" if state is None else state.word,
                    error=None if state is None else state.error,
                    version=tag.version,
                    created_at=tag.created_us,
                    updated_at=tag.updated_us,
                )
            )
        return views


def _tag(session: Session, id: str, tag_id: str) -> StoredTag:
    source_of(session, id)
    tag = store.get_tag(session, id, tag_id)
    if tag is None:
        raise NotFound.of("tag", tag_id)
    return tag
