"""Dashboards as data: a grid of widgets with a name, and its earlier versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

COLUMNS = 24
VERSIONS_KEPT = 50

Severity = Literal["info", "warning", "critical"]


@dataclass(frozen=True, slots=True)
class Content:
    """What a person edits. layout: `columns` and `widgets` as JSON, validated; never changed."""

    name: str
    description: str
    layout: Mapping[str, Any]
    variables: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A stored dashboard. `version` grows by one with every change."""

    id: str
    content: Content
    version: int
    created_us: int
    updated_us: int


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """One version of a dashboard, with who saved it; the newest is the dashboard itself."""

    version: int
    content: Content
    saved_us: int
    saved_by: str
