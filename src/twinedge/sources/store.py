"""Tables of data sources and their tags. `config` is the stored form: secrets sealed in place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from twinedge.db.base import Base, Json, Micros
from twinedge.sources.model import Deadband, StoredSource, StoredTag, TagSpec

_CHUNK = 500


class SourceRow(Base):
    """A data source."""

    __tablename__ = "data_sources"

    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    type: Mapped[str] = mapped_column(sa.String(32), index=True)
    config: Mapped[dict[str, Any]] = mapped_column(Json)
    enabled: Mapped[bool]
    version: Mapped[int]
    created_us: Mapped[int] = mapped_column(Micros, index=True)
    updated_us: Mapped[int] = mapped_column(Micros)


class TagRow(Base):
    """A tag of a data source; `spec` is everything of TagSpec but the ids and names."""

    __tablename__ = "data_source_tags"
    __table_args__ = (sa.UniqueConstraint("series"),)

    data_source_id: Mapped[str] = mapped_column(sa.ForeignKey("data_sources.id"), primary_key=True)
    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    series: Mapped[int]
    asset_id: Mapped[str] = mapped_column(sa.String(200))
    tag_name: Mapped[str] = mapped_column(sa.String(200))
    spec: Mapped[dict[str, Any]] = mapped_column(Json)
    version: Mapped[int]
    created_us: Mapped[int] = mapped_column(Micros)
    updated_us: Mapped[int] = mapped_column(Micros)


# -- sources


def add_source(session: Session, source: StoredSource) -> None:
    session.add(SourceRow(**asdict(source)))
    session.flush()


def get_source(session: Session, id: str) -> StoredSource | None:
    row = session.get(SourceRow, id)
    return None if row is None else _source(row)


def update_source(session: Session, source: StoredSource) -> None:
    values = asdict(source)
    del values["id"], values["created_us"]
    session.execute(update(SourceRow).where(SourceRow.id == source.id).values(**values))


def delete_source(session: Session, id: str) -> None:
    session.execute(delete(TagRow).where(TagRow.data_source_id == id))
    session.execute(delete(SourceRow).where(SourceRow.id == id))


def all_sources(session: Session) -> list[StoredSource]:
    return [_source(row) for row in session.scalars(select(SourceRow).order_by(SourceRow.id))]


def page_of_sources(
    session: Session,
    type: str | None,
    ids: frozenset[str] | None,
    without: frozenset[str] | None,
    offset: int,
    limit: int,
) -> tuple[list[StoredSource], int]:
    """Newest first; `ids` and `without` narrow it to, or by, these ids. Also how many in all."""
    query = select(SourceRow)
    if type is not None:
        query = query.where(SourceRow.type == type)
    if ids is not None:
        query = query.where(SourceRow.id.in_(ids))
    if without is not None:
        query = query.where(SourceRow.id.not_in(without))
    total = _count(session, query)
    query = query.order_by(SourceRow.created_us.desc(), SourceRow.id.desc())
    return [_source(row) for row in session.scalars(query.offset(offset).limit(limit))], total


def tag_counts(session: Session, ids: Sequence[str]) -> dict[str, int]:
    """Configured tags by source; a source without tags is left out."""
    query = (
        select(TagRow.data_source_id, func.count())
        .where(TagRow.data_source_id.in_(ids))
        .group_by(TagRow.data_source_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


# -- tags


def add_tags(session: Session, source_id: str, tags: Sequence[StoredTag]) -> None:
    if tags:
        session.execute(insert(TagRow), [_values(source_id, tag) for tag in tags])


def get_tag(session: Session, source_id: str, id: str) -> StoredTag | None:
    row = session.get(TagRow, (source_id, id))
    return None if row is None else _tag(row)


def update_tags(session: Session, source_id: str, tags: Iterable[StoredTag]) -> None:
    """Replace rows in place; a series may move between rows of the source."""
    rows = [_values(source_id, tag) for tag in tags]
    for row in rows:  # out of each other's way first: series is unique
        session.execute(
            update(TagRow)
            .where(TagRow.data_source_id == source_id, TagRow.id == row["id"])
            .values(series=-row["series"])
        )
    if rows:
        session.execute(update(TagRow), rows)


def delete_tags(session: Session, source_id: str, ids: Sequence[str]) -> None:
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        session.execute(
            delete(TagRow).where(TagRow.data_source_id == source_id, TagRow.id.in_(chunk))
        )


def tags_of(session: Session, source_id: str) -> list[StoredTag]:
    """All tags of a source, in the order they were written."""
    query = select(TagRow).where(TagRow.data_source_id == source_id)
    return [_tag(row) for row in session.scalars(query.order_by(TagRow.created_us, TagRow.id))]


def all_tags(session: Session) -> dict[str, list[StoredTag]]:
    """By source, each in the order they were written."""
    found: dict[str, list[StoredTag]] = {}
    for row in session.scalars(select(TagRow).order_by(TagRow.created_us, TagRow.id)):
        found.setdefault(row.data_source_id, []).append(_tag(row))
    return found


def page_of_tags(
    session: Session, source_id: str, asset_id: str | None, offset: int, limit: int
) -> tuple[list[StoredTag], int]:
    """Newest first, and how many in all."""
    query = select(TagRow).where(TagRow.data_source_id == source_id)
    if asset_id is not None:
        query = query.where(TagRow.asset_id == asset_id)
    total = _count(session, query)
    query = query.order_by(TagRow.created_us.desc(), TagRow.id.desc())
    return [_tag(row) for row in session.scalars(query.offset(offset).limit(limit))], total


# -- rows and back


def spec_to_json(spec: TagSpec) -> dict[str, Any]:
    """All of a tag but id, asset and name; what is unset is left out."""
    values = asdict(spec)
    for name in ("id", "asset_id", "tag_name"):
        del values[name]
    return {name: value for name, value in values.items() if value is not None}


def spec_from_json(values: Mapping[str, Any], id: str, asset_id: str, tag_name: str) -> TagSpec:
    deadband = values.get("deadband")
    return TagSpec(
        id=id,
        asset_id=asset_id,
        tag_name=tag_name,
        deadband=None if deadband is None else Deadband(**deadband),
        **{name: value for name, value in values.items() if name != "deadband"},
    )


def _count(session: Session, query: sa.Select[Any]) -> int:
    return session.scalars(select(func.count()).select_from(query.subquery())).one()


def _source(row: SourceRow) -> StoredSource:
    return StoredSource(
        row.id, row.name, row.type, row.config, row.enabled, row.version,
        row.created_us, row.updated_us,
    )  # fmt: skip


def _tag(row: TagRow) -> StoredTag:
    spec = spec_from_json(row.spec, row.id, row.asset_id, row.tag_name)
    return StoredTag(spec, row.series, row.version, row.created_us, row.updated_us)


def _values(source_id: str, tag: StoredTag) -> dict[str, Any]:
    return {
        "data_source_id": source_id,
        "id": tag.spec.id,
        "series": tag.series,
        "asset_id": tag.spec.asset_id,
        "tag_name": tag.spec.tag_name,
        "spec": spec_to_json(tag.spec),
        "version": tag.version,
        "created_us": tag.created_us,
        "updated_us": tag.updated_us,
    }
