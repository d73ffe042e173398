"""An annotation: a period of an asset, or of one of its tags, with a label and words."""

from dataclasses import dataclass

LABEL_MAX = 100
TEXT_MAX = 4000


@dataclass(frozen=True, slots=True)
class Content:
    """What a person says. [start_us, end_us) in microseconds; tag_name None: the whole asset."""

    asset_id: str
    tag_name: str | None
    start_us: int
    end_us: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A stored annotation; `version` counts its changes."""

    id: str
    content: Content
    created_by: str
    created_us: int
    updated_us: int
    version: int


@dataclass(frozen=True, slots=True)
class AnnotationFilter:
    """Which annotations; empty or None is any. The span finds periods that overlap it."""

    asset_ids: tuple[str, ...] = ()
    tag_name: str | None = None
    label: str | None = None
    start_us: int | None = None
    end_us: int | None = None
