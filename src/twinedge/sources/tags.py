"""Checks of tags and their claims on series: which tag reads into which series."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pydantic import BaseModel

from twinedge.assets.model import Kind, NewTag, Tag, name_fault
from twinedge.assets.service import Register
from twinedge.kit.errors import Conflict, Fault, Invalid
from twinedge.kit.ids import is_id
from twinedge.sources.model import StoredTag, TagSpec
from twinedge.sources.ports import BoundTag, Driver

Path = Callable[[int], str]
"""The field path of the nth tag, as the client wrote it: `tags[3]`; empty for a single tag."""


_RESERVED = frozenset({"export", "import", "preview"})


def at(path: str, field: str) -> str:
    """A field below a path, which may be empty."""
    return f"{path}.{field}" if path else field


def checked(
    driver: Driver, settings: BaseModel, specs: Sequence[TagSpec], path: Path
) -> list[TagSpec]:
    """The tags with canonical addresses. Raises Invalid with every fault of every tag."""
    faults: list[Fault] = []
    result: list[TagSpec] = []
    seen: dict[tuple[str, str], int] = {}
    seen_ids: dict[str, int] = {}
    for number, spec in enumerate(specs):
        here = path(number)
        faults.extend(Fault(at(here, fault.field), fault.message) for fault in _own_faults(spec))
        first = seen.setdefault((spec.asset_id, spec.tag_name), number)
        if first != number:
            same = f"is the same tag of the same asset as {path(first)}"
            faults.append(Fault(at(here, "tag_name"), same))
        if spec.id and seen_ids.setdefault(spec.id, number) != number:
            faults.append(
                Fault(at(here, "id"), f"is the same as that of {path(seen_ids[spec.id])}")
            )
        try:
            result.append(driver.check_tag(settings, spec))
        except Invalid as error:
            faults.extend(Fault(at(here, it.field), it.message) for it in error.faults)
    if faults:
        raise Invalid("the tags have faults" if len(specs) > 1 else faults[0].message, faults)
    return result


def _own_faults(spec: TagSpec) -> Iterable[Fault]:
    for field in ("asset_id", "tag_name"):
        fault = name_fault(getattr(spec, field))
        if fault is not None:
            yield Fault(field, fault)
    if spec.id and not is_id(spec.id):
        yield Fault("id", "must be 1 to 64 of the characters A-Z a-z 0-9 _ -")
    if spec.id in _RESERVED:
        yield Fault("id", f"{spec.id!r} is a word of the API")
    if spec.scale == 0:
        yield Fault("scale", "must not be 0: every value would be the same")


def refuse_clashes(
    register: Register,
    driver: Driver,
    source_id: str,
    specs: Sequence[TagSpec],
    others: Iterable[StoredTag],
    path: Path,
) -> None:
    """Raise where a tag is taken or its values are of another kind than those stored.

    others: the source's tags that stay beside `specs`. Invalid for a kind, else Conflict.
    """
    kinds: list[Fault] = []
    taken: list[Fault] = []
    names = {(tag.spec.asset_id, tag.spec.tag_name) for tag in others}
    ids = {tag.id for tag in others}
    for number, spec in enumerate(specs):
        here = path(number)
        tag = register.find(spec.asset_id, spec.tag_name)
        words = f"tag {spec.tag_name!r} of asset {spec.asset_id!r}"
        if (spec.asset_id, spec.tag_name) in names:
            taken.append(Fault(at(here, "tag_name"), f"{words} is in this data source already"))
        elif tag is not None and tag.data_source_id not in {None, source_id}:
            owner = f"belongs to data source {tag.data_source_id!r}"
            taken.append(Fault(at(here, "tag_name"), f"{words} {owner}"))
        if spec.id in ids:
            taken.append(Fault(at(here, "id"), f"{spec.id!r} is taken by another tag"))
        kind = driver.kind(spec)
        if tag is not None and kind is not None and not _fits(kind, tag.kind):
            clash = f"{words} holds {tag.kind.value} values, and this would give {kind.value}"
            kinds.append(Fault(at(here, "data_type"), clash))
    if kinds:
        raise Invalid(_sum(kinds), kinds)
    if taken:
        raise Conflict(_sum(taken), taken)


def _fits(kind: Kind, stored: Kind) -> bool:
    """Truth values go into a number tag as 0 and 1, and a number of 0 or 1 into a truth tag."""
    return kind is stored or Kind.TEXT not in {kind, stored}


def _sum(faults: Sequence[Fault]) -> str:
    return faults[0].message if len(faults) == 1 else f"{len(faults)} tags clash"


def wanted(driver: Driver, source_id: str, spec: TagSpec) -> NewTag:
    """The claim of a tag. Where neither settings nor device say what values come: numbers."""
    kind = driver.kind(spec) or Kind.NUMBER
    return NewTag(spec.asset_id, spec.tag_name, kind, source_id, spec.unit)


def bound(tags: Iterable[StoredTag], register: Register) -> tuple[BoundTag, ...]:
    """The tags for the runtime."""
    return tuple(
        BoundTag(tag.series, register.by_series(tag.series).kind, tag.spec) for tag in tags
    )


def stored(
    specs: Sequence[TagSpec], series: Sequence[Tag], new_id: Callable[[], str], now_us: int
) -> list[StoredTag]:
    """New tags as rows. One microsecond apart, so that a list keeps its order."""
    return [
        StoredTag(
            replace(spec, id=spec.id or new_id()), tag.series, 1, now_us + number, now_us + number
        )
        for number, (spec, tag) in enumerate(zip(specs, series, strict=True))
    ]
