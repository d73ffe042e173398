"""Use cases of annotations: mark, change, find, remove."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from twinedge.annotations import store
from twinedge.annotations.model import Annotation, AnnotationFilter, Content
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Fault, Invalid, NotFound
from twinedge.kit.ids import new_id

Check = Callable[[int], None]
"""Raises PreconditionFailed when the stored version is not the one a change was made on."""


class Annotations:
    """What people have marked. `by` is the name of who does it."""

    def __init__(self, db: Database, register: Register, clock: Clock) -> None:
        self._db = db
        self._register = register
        self._clock = clock

    async def list(
        self, where: AnnotationFilter, offset: int, limit: int
    ) -> tuple[Sequence[Annotation], int]:
        """One page, the latest period first, and the total."""
        return await self._db.read(lambda s: store.find_annotations(s, where, offset, limit))

    async def matching(self, where: AnnotationFilter, limit: int) -> Sequence[Annotation]:
        """At most `limit` of them, for other rooms."""
        return (await self.list(where, 0, limit))[0]

    async def get(self, id: str) -> Annotation:
        return await self._db.read(lambda session: _found(session, id).to_annotation())

    async def create(self, content: Content, id: str | None, by: str) -> Annotation:
        """Mark a period. Raises Invalid for a tag nobody knows, Conflict for a taken id."""
        self._check_place(content)
        now_us = self._clock.now_us()
        row = store.AnnotationRow(
            id=id or new_id("ann"), created_by=by, created_us=now_us, updated_us=now_us, version=1
        )
        row.take(content)

        def add(session: Session) -> Annotation:
            if store.get_row(session, row.id) is not None:
                raise Conflict(f"an annotation {row.id!r} exists already")
            session.add(row)
            session.flush()
            return row.to_annotation()

        return await self._db.write(add)

    async def replace(self, id: str, content: Content, check: Check) -> Annotation:
        """Put other content in place of all there is."""
        self._check_place(content)

        def change(session: Session) -> Annotation:
            row = _found(session, id)
            check(row.version)
            row.take(content)
            row.version += 1
            row.updated_us = self._clock.now_us()
            session.flush()
            return row.to_annotation()

        return await self._db.write(change)

    async def delete(self, id: str) -> None:
        await self._db.write(lambda session: session.delete(_found(session, id)))

    def _check_place(self, content: Content) -> None:
        """Raise Invalid for an asset or tag that has never had a point: a slip of the pen."""
        if not self._register.has_asset(content.asset_id):
            raise Invalid.at("asset_id", f"no asset {content.asset_id!r} with tags is known")
        tag = content.tag_name
        if tag is not None and self._register.find(content.asset_id, tag) is None:
            known = ", ".join(t.tag_name for t in self._register.of_asset(content.asset_id)[:20])
            message = f"asset {content.asset_id!r} has no tag {tag!r}; it has: {known}"
            raise Invalid(f"tag_name: {message}", [Fault("tag_name", message)])


def _found(session: Session, id: str) -> store.AnnotationRow:
    row = store.get_row(session, id)
    if row is None:
        raise NotFound.of("annotation", id)
    return row
