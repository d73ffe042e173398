"""Rules of the grid that concern several widgets at once: bounds, overlaps, ids, variables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from twinedge.kit.errors import Fault

_VARIABLE = re.compile(r"\$\{(.*)\}")


def layout_faults(
    layout: Mapping[str, Any], variables: Sequence[Mapping[str, Any]] = ()
) -> list[Fault]:
    """Every fault of a layout whose widgets are each valid for themselves."""
    widgets: Sequence[Mapping[str, Any]] = layout["widgets"]
    names = [variable["name"] for variable in variables]
    return [
        *_repeated(names, "variables", "name"),
        *_repeated([widget["id"] for widget in widgets], "layout.widgets", "id"),
        *_out_of_bounds(widgets, layout["columns"]),
        *_overlaps(widgets),
        *_unknown_variables(widgets, frozenset(names)),
    ]


def overlap(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether two widgets cover a common cell."""
    return bool(
        a["x"] < b["x"] + b["w"]
        and b["x"] < a["x"] + a["w"]
        and a["y"] < b["y"] + b["h"]
        and b["y"] < a["y"] + a["h"]
    )


def _repeated(names: Sequence[str | None], where: str, field: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name is None:
            continue
        if name in seen:
            yield Fault(f"{where}[{index}].{field}", f"{name!r} is used twice")
        seen.add(name)


def _out_of_bounds(widgets: Sequence[Mapping[str, Any]], columns: int) -> Iterator[Fault]:
    for index, widget in enumerate(widgets):
        if widget["x"] + widget["w"] > columns:
            yield Fault(
                f"layout.widgets[{index}].w",
                f"reaches column {widget['x'] + widget['w']}, the grid has {columns}",
            )


def _overlaps(widgets: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    for index, widget in enumerate(widgets):
        for other, earlier in enumerate(widgets[:index]):
            if overlap(widget, earlier):
                yield Fault(f"layout.widgets[{index}]", f"overlaps layout.widgets[{other}]")


def _unknown_variables(
    widgets: Sequence[Mapping[str, Any]], names: frozenset[str]
) -> Iterator[Fault]:
    for index, widget in enumerate(widgets):
        options = widget["options"]
        places = [("options.asset_id", options.get("asset_id"))]
        places += [
            (f"options.series[{number}].asset_id", pen["asset_id"])
            for number, pen in enumerate(options.get("series", ()))
        ]
        for place, asset_id in places:
            match = _VARIABLE.fullmatch(asset_id or "")
            if match and match.group(1) not in names:
                yield Fault(
                    f"layout.widgets[{index}].{place}",
                    f"names the variable {match.group(1)!r}, which this dashboard does not have",
                )
