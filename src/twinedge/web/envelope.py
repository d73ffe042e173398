"""The answer's shape: `data`, and for lists `meta`; the strict base of every request body."""

from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from twinedge.kit.clock import from_iso, to_iso

T = TypeVar("T")


class Body(BaseModel):
    """Base of every request body: unknown fields and silent coercion are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Item(BaseModel):
    """Base of every answer's object. No defaults: every field is always there."""

    model_config = ConfigDict(from_attributes=True)


Moment = Annotated[
    int,
    PlainSerializer(to_iso, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-01-06T10:00:00Z"]}),
]
"""Microseconds inside, ISO 8601 UTC with Z in the answer."""


def _read_moment(value: object) -> int:
    if not isinstance(value, str):
        raise ValueError("must be an ISO 8601 time such as 2026-01-06T10:00:00Z")
    return from_iso(value)


MomentIn = Annotated[
    int,
    BeforeValidator(_read_moment),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""A moment in a request body: ISO 8601 outside, microseconds inside."""


class Meta(BaseModel):
    """Where in the list this page is."""

    page: int
    per_page: int
    total: int


class One(BaseModel, Generic[T]):
    """A single thing."""

    data: T


class Many(BaseModel, Generic[T]):
    """A page of things."""

    data: list[T]
    meta: Meta


class Deleted(BaseModel):
    """What DELETE answers; `note` says in words what was kept or undone, if anything."""

    id: str
    deleted: bool = Field(default=True)
    note: str | None = None


class Paging:
    """`page` and `per_page` of a list; use as `paging: Annotated[Paging, Depends()]`."""

    def __init__(
        self,
        page: Annotated[int, Query(ge=1, le=1_000_000_000, description="Page number")] = 1,
        per_page: Annotated[int, Query(ge=1, le=100, description="Items per page")] = 20,
    ) -> None:
        self.page = page
        self.per_page = per_page

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.per_page

    def meta(self, total: int) -> Meta:
        """The `meta` of one page."""
        return Meta(page=self.page, per_page=self.per_page, total=total)

    def of(self, items: list[Any], total: int) -> dict[str, Any]:
        """The envelope of one page."""
        return {"data": items, "meta": self.meta(total)}
