"""How commands show things: tables for people, JSON and CSV for programs."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

Json = Annotated[bool, typer.Option("--json", help="Machine-readable")]
_STATUS_STYLES = {"connected": "green", "disconnected": "red", "good": "", "uncertain": "yellow",
                  "bad": "red"}  # fmt: skip
_PIPE_WIDTH = 1000


def console(stderr: bool = False) -> "Console":
    """A rich console; into a pipe, tables are as wide as they need to be."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, width=_PIPE_WIDTH, highlight=False)


def show_json(value: Any) -> None:
    """Print as JSON, as the API wrote it."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def show_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], empty: str) -> None:
    """Print rows as a table, or `empty` when there are none."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(text := cell(value), _STATUS_STYLES.get(text, "")) for value in row))
    if table.row_count:
        console().print(table)
    else:
        typer.echo(empty)


def show_fields(thing: Mapping[str, Any]) -> None:
    """Print one thing, a field a line."""
    width = max(map(len, thing), default=0)
    for name, value in thing.items():
        typer.echo(f"{name:<{width}}  {cell(value)}")


def show_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Print rows as CSV with a header; nothing for None."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(plain(row.get(column)) for column in columns)


def cell(value: Any) -> str:
    """A value in a table's cell."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={cell(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(cell(inner) for inner in value)
    return plain(value)


def plain(value: Any) -> str:
    """A value as text that loses no digit."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
