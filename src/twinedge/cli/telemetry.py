"""`twinedge telemetry`: values in and out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from twinedge.cli.connection import connect
from twinedge.cli.output import Json, console, show_csv, show_json, show_table
from twinedge.kit.errors import Invalid

app = typer.Typer(help="Measured values.", no_args_is_help=True)
_SPANS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_COLUMNS = ("timestamp", "asset_id", "tag_name", "value", "quality")


@app.command()
def latest(
    context: typer.Context,
    asset_id: Annotated[str, typer.Argument(help="Such as Pump_001")],
    tags: Annotated[list[str] | None, typer.Argument(help="Only these tags")] = None,
    watch: Annotated[bool, typer.Option("--watch", "-w", help="Again every second")] = False,
    as_json: Json = False,
) -> None:
    """Show the newest value of every tag of an asset."""
    with connect(context) as client:
        points = client.telemetry.latest(asset_id, tags or ())
        if as_json:
            show_json(points)
            return
        if not watch:
            rows = (
                (p["tag_name"], p["value"], p["quality"], p["timestamp"], _age(p["age_seconds"]))
                for p in points
            )
            columns = ("tag", "value", "quality", "timestamp", "age")
            show_table(columns, rows, f"No values of {asset_id}.")
            return
        _watch(client, asset_id, tags or [])


@app.command()
def query(
    context: typer.Context,
    asset: Annotated[list[str] | None, typer.Option(help="Asset id; repeat for several")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Tag name; repeat for several")] = None,
    source: Annotated[str | None, typer.Option(help="Id of a data source")] = None,
    last: Annotated[str | None, typer.Option(help="The last 15m, 2h, 7d …")] = None,
    start: Annotated[str | None, typer.Option(help="From this time, ISO 8601")] = None,
    end: Annotated[str | None, typer.Option(help="Up to this time, exclusive")] = None,
    aggregation: Annotated[
        str | None, typer.Option(help="avg, min, max, sum, count, first or last")
    ] = None,
    interval: Annotated[str | None, typer.Option(help="Bucket width, such as 1m or 1d")] = None,
    tz: Annotated[str | None, typer.Option(help="Time zone of the buckets")] = None,
    order: Annotated[str | None, typer.Option(help="asc or desc")] = None,
    limit: Annotated[int, typer.Option(min=0, help="Most rows; 0: all there are")] = 1000,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV")] = False,
    as_json: Json = False,
) -> None:
    """Show stored values, or what they add up to."""
    if last is not None:
        if start is not None:
            raise Invalid.at("last", "give --last or --start, not both")
        start = _ago(last)
    asked = {
        "asset_id": asset, "tag_name": tag, "data_source_id": source, "start": start, "end": end,
        "aggregation": aggregation, "interval": interval, "tz": tz, "order": order,
    }  # fmt: skip
    question: Any = {key: value for key, value in asked.items() if value is not None}
    with connect(context) as client:
        rows = _counted(client.telemetry.rows(limit or None, **question))
        columns = (*_COLUMNS, "count") if aggregation is not None else _COLUMNS
        if as_json:
            show_json(list(rows))
        elif as_csv:
            show_csv(columns, rows)
        else:
            cells = ([row.get(column) for column in columns] for row in rows)
            show_table(columns, cells, "No values.")


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="CSV with asset_id, tag_name, value, and perhaps timestamp")
    ],
) -> None:
    """Store the rows of a CSV file."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    rows = _read_csv(file)
    size = 10_000
    with (
        connect(context) as client,
        Progress(
            "storing", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=console(stderr=True),
        ) as progress,
    ):  # fmt: skip
        task = progress.add_task("", total=len(rows))
        stored = 0
        for at in range(0, len(rows), size):
            stored += client.telemetry.ingest(rows[at : at + size])
            progress.update(task, completed=stored)
    typer.echo(f"{stored} points are stored.")


def _watch(client: Any, asset_id: str, tags: list[str]) -> None:
    """Redraw every second until Ctrl-C."""
    import time

    from rich.live import Live
    from rich.table import Table

    with Live(console=console(), auto_refresh=False) as live:
        while True:
            table = Table("tag", "value", "quality", "age", title=asset_id, box=None)
            for p in client.telemetry.latest(asset_id, tags):
                value = f"{p['value']:.6g}" if isinstance(p["value"], float) else str(p["value"])
                table.add_row(p["tag_name"], value, p["quality"], _age(p["age_seconds"]))
            live.update(table, refresh=True)
            time.sleep(1.0)


def _counted(rows: Iterator[Any]) -> Iterator[Any]:
    """The rows as they come, with their number on the terminal while it lasts."""
    shown = console(stderr=True)
    if not shown.is_terminal:
        yield from rows
        return
    with shown.status("reading") as status:
        for n, row in enumerate(rows, 1):
            if n % 10_000 == 0:
                status.update(f"reading, {n:,} rows so far")
            yield row


def _read_csv(file: Path) -> list[dict[str, Any]]:
    """Points of a file; every fault with its line. Raises Invalid."""
    import csv

    from twinedge.kit.errors import Fault

    try:
        with file.open(newline="", encoding="utf-8-sig") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Invalid.at("file", f"{file} cannot be read: {error}") from None
    missing = {"asset_id", "tag_name", "value"} - (rows[0].keys() if rows else set())
    if missing:
        raise Invalid.at("file", f"{file} lacks the columns {', '.join(sorted(missing))}")
    faults = [
        Fault(f"line {n}", "has another number of columns than the first line")
        for n, row in enumerate(rows, 2)
        if None in row or None in row.values()
    ]
    if faults:
        raise Invalid(f"{len(faults)} lines of {file} are wrong", faults[:100])
    points: list[dict[str, Any]] = []
    for row in rows:
        point: dict[str, Any] = {key: text for key, text in row.items() if text != ""}
        point["value"] = _value(row["value"])
        points.append(point)
    return points


def _value(text: str) -> float | bool | str:
    if text in {"true", "false"}:
        return text == "true"
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def _ago(span: str) -> str:
    """ISO time of `2h` before now."""
    from twinedge.kit.clock import US, SystemClock, to_iso

    number, unit = span[:-1], span[-1:]
    if not number.isascii() or not number.isdigit() or unit not in _SPANS_S:
        raise Invalid.at("last", f"{span!r} must be a number and one of s, m, h, d, w: 15m, 2h")
    return to_iso(SystemClock().now_us() - int(number) * _SPANS_S[unit] * US)


def _age(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
