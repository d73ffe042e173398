"""A first dashboard for an asset, laid out from its tags."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from twinedge.assets.model import Kind, Tag
from twinedge.dashboards.model import COLUMNS

_VALUES_MAX = 12
_PENS_MAX = 6
_TRENDS_MAX = 12

Json = dict[str, Any]
T = TypeVar("T")


def layout_of(tags: Sequence[Tag]) -> Json:
    """The layout of an asset's tags: values on top, trends by unit, states, then lists.

    tags: of one asset, at least one, in the order they are to appear. Overlaps nowhere.
    """
    asset_id = tags[0].asset_id
    numbers = [tag for tag in tags if tag.kind is Kind.NUMBER]
    states = [tag for tag in tags if tag.kind is not Kind.NUMBER]
    widgets: list[Json] = []
    y = 0
    for row in _rows(numbers[:_VALUES_MAX], 6):
        for column, tag in enumerate(row):
            options = {"asset_id": asset_id, "tag_name": tag.tag_name}
            widgets.append(_widget("value", tag.tag_name, column * 4, y, 4, 4, options))
        y += 4
    groups = _by_unit(numbers)[:_TRENDS_MAX]
    for pair in _rows(groups, 2):
        width = COLUMNS // len(pair)
        for column, group in enumerate(pair):
            title = ", ".join(tag.tag_name for tag in group)[:200]
            pens = [_pen(tag) for tag in group]
            widgets.append(_widget("trend", title, column * width, y, width, 8, {"series": pens}))
        y += 8
    if states:
        pens = [_pen(tag) for tag in states[:20]]
        widgets.append(_widget("state_timeline", "States", 0, y, COLUMNS, 5, {"series": pens}))
        y += 5
    half = COLUMNS // 2
    widgets.append(_widget("table", "All tags", 0, y, half, 8, {"asset_id": asset_id}))
    widgets.append(_widget("alert_list", "Alarms", half, y, half, 8, {"asset_id": asset_id}))
    return {"columns": COLUMNS, "widgets": widgets}


def _by_unit(tags: Sequence[Tag]) -> list[Sequence[Tag]]:
    groups: dict[str, list[Tag]] = {}
    for tag in tags:
        groups.setdefault(tag.unit or tag.tag_name, []).append(tag)
    return [part for group in groups.values() for part in _rows(group, _PENS_MAX)]


def _rows(things: Sequence[T], width: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), width):
        yield things[start : start + width]


def _pen(tag: Tag) -> Json:
    return {"asset_id": tag.asset_id, "tag_name": tag.tag_name}


def _widget(type: str, title: str, x: int, y: int, w: int, h: int, options: Json) -> Json:
    return {"type": type, "title": title, "x": x, "y": y, "w": w, "h": h, "options": options}
