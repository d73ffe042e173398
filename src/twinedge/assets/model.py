"""An asset is a thing measured; a tag is one value of it; a series is the tag's number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

NAME_MAX = 200


class Kind(StrEnum):
    """What a tag's values are; set by its first point and kept."""

    NUMBER = "number"
    BOOLEAN = "boolean"
    TEXT = "text"


KINDS = (Kind.NUMBER, Kind.BOOLEAN, Kind.TEXT)
"""Kinds by their code in columns (uint8)."""


Name = tuple[str, str]
"""(asset id, tag name): what people call a series by."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of one asset. `series` numbers it in telemetry and is never reused."""

    series: int
    asset_id: str
    tag_name: str
    kind: Kind
    data_source_id: str | None = None
    unit: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class NewTag:
    """A tag wanted: found if it exists, made if not. A source given here claims the tag."""

    asset_id: str
    tag_name: str
    kind: Kind
    data_source_id: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Asset:
    """A thing measured, as people describe it. `parent_id` makes a tree of them."""

    id: str
    name: str
    description: str
    type: str | None
    parent_id: str | None
    properties: Mapping[str, Any]
    version: int
    created_us: int
    updated_us: int


@dataclass(frozen=True, slots=True)
class AssetChange:
    """What to set on an asset. `values` holds only the fields to change, by the names of Asset.

    units: the unit of each tag named; None takes it away.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    units: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """Which assets: of a type, right below a parent, with a text in id, name or description."""

    type: str | None = None
    parent_id: str | None = None
    search: str | None = None


def name_fault(text: str) -> str | None:
    """Why this text cannot be an asset id or tag name; None when it can."""
    if not text:
        return "must not be empty"
    if len(text) > NAME_MAX:
        return f"is longer than {NAME_MAX} characters"
    if not text.isprintable():
        return "has a character that cannot be printed"
    return None
