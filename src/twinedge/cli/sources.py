"""`twinedge sources`: data sources."""

from pathlib import Path
from typing import Annotated, Any

import typer

from twinedge.cli.connection import connect
from twinedge.cli.output import Json, console, show_fields, show_json, show_table
from twinedge.kit.errors import Invalid

app = typer.Typer(help="Connections to devices.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="Id of the source")]


@app.command("list")
def list_(
    context: typer.Context,
    type: Annotated[str | None, typer.Option(help="opcua, modbus or mqtt")] = None,
    status: Annotated[str | None, typer.Option(help="connected or disconnected")] = None,
    as_json: Json = False,
) -> None:
    """List the data sources, newest first."""
    with connect(context) as client:
        found = list(client.sources.list(type, status))
    if as_json:
        show_json(found)
        return
    columns = ("id", "name", "type", "status", "tags", "points/s", "endpoint", "last error")
    rows = (
        (s["id"], s["name"], s["type"], s["status"], s["tag_count"],
         round(s["points_per_second"], 1), s["endpoint"], s["last_error"])
        for s in found
    )  # fmt: skip
    show_table(columns, rows, "There are no data sources.")


@app.command()
def show(context: typer.Context, id: Id, as_json: Json = False) -> None:
    """Show one source with everything known about it."""
    with connect(context) as client:
        source = client.sources.get(id)
    if as_json:
        show_json(source)
    else:
        show_fields(source)


@app.command()
def create(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Option(help="JSON file with the whole body, tags too; - is stdin")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name for people")] = None,
    type: Annotated[str | None, typer.Option(help="opcua, modbus or mqtt")] = None,
    set: Annotated[
        list[str] | None, typer.Option(help="A setting of its config, such as host=192.168.1.50")
    ] = None,
    id: Annotated[str | None, typer.Option(help="Id of your own choice")] = None,
    as_json: Json = False,
) -> None:
    """Create a source from a file, or from --name, --type and --set."""
    body = _read_body(file) if file is not None else {}
    given = {"name": name, "type": type, "id": id}
    body.update({key: value for key, value in given.items() if value is not None})
    if set:
        body["config"] = {**body.get("config", {}), **dict(_setting(text) for text in set)}
    if not {"name", "type", "config"} <= body.keys():
        raise Invalid("give --file, or --name, --type and at least one --set")
    with connect(context) as client:
        source = client.sources.create(body)
    if as_json:
        show_json(source)
    else:
        typer.echo(f"Created {source['id']}. `twinedge sources test {source['id']}` tries it.")


@app.command("test")
def try_(context: typer.Context, id: Id, as_json: Json = False) -> None:
    """Try the connection step by step; exit code 1 when it fails."""
    with connect(context) as client:
        if as_json:
            report = client.sources.test(id)
            show_json(report)
        else:
            with console(stderr=True).status("trying the connection"):
                report = client.sources.test(id)
            rows = (
                ("ok" if s["ok"] else "FAILED", s["name"], f"{s['ms']:.0f} ms", s["detail"],
                 s["hint"])
                for s in report["steps"]
            )  # fmt: skip
            show_table(("", "step", "took", "", "hint"), rows, "Nothing was tried.")
    if not report["ok"]:
        raise typer.Exit(1)


@app.command()
def delete(
    context: typer.Context,
    id: Id,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask")] = False,
) -> None:
    """Stop and remove a source; its history stays."""
    if not yes:
        typer.confirm(f"Delete the data source {id}?", abort=True)
    with connect(context) as client:
        answer = client.sources.delete(id)
    note = answer.get("note")
    typer.echo(f"Deleted {id}." + (f" {note}" if note else ""))


@app.command()
def browse(
    context: typer.Context,
    id: Id,
    node: Annotated[str | None, typer.Argument(help="Where to look; leave out for the top")] = None,
    search: Annotated[str | None, typer.Option(help="Only names with this text")] = None,
    as_json: Json = False,
) -> None:
    """List what the device offers, one level at a time."""
    with connect(context) as client, console(stderr=True).status("asking the device"):
        nodes = client.sources.browse(id, node, search)
    if as_json:
        show_json(nodes)
        return
    rows = (
        (n["name"] + ("/" if n["has_children"] else ""), n["data_type"], n["value"], n["unit"],
         n["address"] or n["node"])
        for n in nodes
    )  # fmt: skip
    show_table(("name", "type", "value", "unit", "address or node"), rows, "Nothing is there.")


def _read_body(file: Path) -> dict[str, Any]:
    import json
    import sys

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text()
        body = json.loads(text)
    except OSError as error:
        raise Invalid.at("file", f"{file} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise Invalid.at("file", f"{file} is not JSON: {error}") from None
    if not isinstance(body, dict):
        raise Invalid.at("file", f"{file} must hold one object with name, type and config")
    return body


def _setting(text: str) -> tuple[str, Any]:
    """`port=502` as a number, `host=a.b` as text: JSON where it is JSON."""
    import json

    key, equals, value = text.partition("=")
    if not equals or not key:
        raise Invalid.at("set", f"{text!r} must be written name=value")
    try:
        return key, json.loads(value)
    except ValueError:
        return key, value
