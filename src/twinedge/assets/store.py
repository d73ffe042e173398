"""Tables of assets and series."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    String,
    UniqueConstraint,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from twinedge.assets.model import Asset, AssetFilter, Kind, NewTag, Tag
from twinedge.db.base import Base, Json, Micros


class AssetRow(Base):
    """An asset; its id is the caller's own."""

    __tablename__ = "assets"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(String, default="")
    type: Mapped[str | None] = mapped_column(String(200))
    parent_id: Mapped[str | None] = mapped_column(String(200), index=True)
    properties: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    created_us: Mapped[int] = mapped_column(Micros)
    updated_us: Mapped[int] = mapped_column(Micros)

    def to_asset(self) -> Asset:
        return Asset(
            self.id, self.name, self.description, self.type, self.parent_id,
            dict(self.properties), self.version, self.created_us, self.updated_us,
        )  # fmt: skip


class SeriesRow(Base):
    """A tag of an asset, numbered."""

    __tablename__ = "series"
    __table_args__ = (UniqueConstraint("asset_id", "tag_name"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    asset_id: Mapped[str] = mapped_column(ForeignKey("assets.id"), index=True)
    tag_name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    data_source_id: Mapped[str | None] = mapped_column(String(64), index=True)
    unit: Mapped[str | None] = mapped_column(String(64))
    description: Mapped[str | None] = mapped_column(String)
    created_us: Mapped[int] = mapped_column(Micros)

    def to_tag(self) -> Tag:
        return Tag(
            self.id, self.asset_id, self.tag_name, Kind(self.kind),
            self.data_source_id, self.unit, self.description,
        )  # fmt: skip


def all_tags(session: Session) -> list[Tag]:
    return [row.to_tag() for row in session.scalars(select(SeriesRow).order_by(SeriesRow.id))]


def add_tags(session: Session, wanted: Sequence[NewTag], now_us: int) -> list[Tag]:
    """Insert series, and the assets they belong to, in order; none of them may exist."""
    if not wanted:
        return []
    asset_ids = list(dict.fromkeys(tag.asset_id for tag in wanted))
    known: set[str] = set()
    for start in range(0, len(asset_ids), 500):
        chunk = asset_ids[start : start + 500]
        known.update(session.scalars(select(AssetRow.id).where(AssetRow.id.in_(chunk))))
    assets = [
        {"id": id, "name": id, "description": "", "properties": {}, "version": 1,
         "created_us": now_us, "updated_us": now_us}
        for id in asset_ids
        if id not in known
    ]  # fmt: skip
    if assets:
        session.execute(insert(AssetRow), assets)
    # without objects of the ORM: a thousand tags that come at once hold up all who wait with them
    rows = [
        {"asset_id": tag.asset_id, "tag_name": tag.tag_name, "kind": tag.kind.value,
         "data_source_id": tag.data_source_id, "unit": tag.unit, "created_us": now_us}
        for tag in wanted
    ]  # fmt: skip
    number_and_name = (SeriesRow.id, SeriesRow.asset_id, SeriesRow.tag_name)
    added = session.execute(insert(SeriesRow).returning(*number_and_name), rows)
    numbers = {(asset_id, tag_name): id for id, asset_id, tag_name in added}
    return [
        Tag(numbers[tag.asset_id, tag.tag_name], tag.asset_id, tag.tag_name, tag.kind,
            tag.data_source_id, tag.unit, None)
        for tag in wanted
    ]  # fmt: skip


def set_source(session: Session, series: Iterable[int], data_source_id: str | None) -> None:
    for number in series:
        session.execute(
            update(SeriesRow).where(SeriesRow.id == number).values(data_source_id=data_source_id)
        )


def set_unit(session: Session, series: int, unit: str | None) -> None:
    session.execute(update(SeriesRow).where(SeriesRow.id == series).values(unit=unit))


def find_assets(
    session: Session, wanted: AssetFilter, offset: int, limit: int
) -> tuple[list[Asset], int]:
    """One page of assets, newest first, and how many there are in all."""
    conditions = _conditions(wanted)
    total = session.scalar(select(func.count()).select_from(AssetRow).where(*conditions))
    rows = session.scalars(
        select(AssetRow)
        .where(*conditions)
        .order_by(AssetRow.created_us.desc(), AssetRow.id)
        .offset(offset)
        .limit(limit)
    )
    return [row.to_asset() for row in rows], total or 0


def _conditions(wanted: AssetFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.type is not None:
        conditions.append(AssetRow.type == wanted.type)
    if wanted.parent_id is not None:
        conditions.append(AssetRow.parent_id == wanted.parent_id)
    if wanted.search is not None:
        places = (AssetRow.id, AssetRow.name, AssetRow.description)
        text = wanted.search.lower()
        conditions.append(or_(*(func.lower(p).contains(text, autoescape=True) for p in places)))
    return conditions


def get_row(session: Session, id: str) -> AssetRow | None:
    return session.get(AssetRow, id)


def parent_of(session: Session, id: str) -> str | None:
    return session.scalar(select(AssetRow.parent_id).where(AssetRow.id == id))


def count_children(session: Session, id: str) -> int:
    """How many assets have this one as their parent."""
    count = select(func.count()).select_from(AssetRow).where(AssetRow.parent_id == id)
    return session.scalar(count) or 0


def count_series(session: Session, asset_id: str) -> int:
    count = select(func.count()).select_from(SeriesRow).where(SeriesRow.asset_id == asset_id)
    return session.scalar(count) or 0
