"""Table of annotations."""

from sqlalchemy import ColumnElement, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twinedge.annotations.model import Annotation, AnnotationFilter, Content
from twinedge.db.base import Base, Micros


class AnnotationRow(Base):
    """One annotation."""

    __tablename__ = "annotations"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    asset_id: Mapped[str] = mapped_column(String(200), index=True)
    tag_name: Mapped[str | None] = mapped_column(String(200))
    start_us: Mapped[int] = mapped_column(Micros, index=True)
    end_us: Mapped[int] = mapped_column(Micros)
    label: Mapped[str] = mapped_column(String(100), index=True)
    text: Mapped[str]
    created_by: Mapped[str] = mapped_column(String(200))
    created_us: Mapped[int] = mapped_column(Micros)
    updated_us: Mapped[int] = mapped_column(Micros)
    version: Mapped[int]

    def to_annotation(self) -> Annotation:
        content = Content(
            self.asset_id, self.tag_name, self.start_us, self.end_us, self.label, self.text
        )
        return Annotation(
            self.id, content, self.created_by, self.created_us, self.updated_us, self.version
        )

    def take(self, content: Content) -> None:
        """Have the row say this."""
        self.asset_id, self.tag_name = content.asset_id, content.tag_name
        self.start_us, self.end_us = content.start_us, content.end_us
        self.label, self.text = content.label, content.text


def get_row(session: Session, id: str) -> AnnotationRow | None:
    return session.get(AnnotationRow, id)


def find_annotations(
    session: Session, where: AnnotationFilter, offset: int, limit: int
) -> tuple[list[Annotation], int]:
    """One page, the latest period first, and the total."""
    wanted = _wanted(where)
    total = session.scalar(select(func.count()).select_from(AnnotationRow).where(*wanted)) or 0
    rows = session.scalars(
        select(AnnotationRow)
        .where(*wanted)
        .order_by(AnnotationRow.start_us.desc(), AnnotationRow.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [row.to_annotation() for row in rows], total


def _wanted(where: AnnotationFilter) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if where.asset_ids:
        wanted.append(AnnotationRow.asset_id.in_(where.asset_ids))
    if where.tag_name is not None:
        wanted.append(AnnotationRow.tag_name == where.tag_name)
    if where.label is not None:
        wanted.append(AnnotationRow.label == where.label)
    if where.start_us is not None:
        wanted.append(AnnotationRow.end_us > where.start_us)
    if where.end_us is not None:
        wanted.append(AnnotationRow.start_us < where.end_us)
    return wanted
