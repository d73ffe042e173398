"""`twinedge assets`: the things measured."""

from typing import Annotated

import typer

from twinedge.cli.connection import connect
from twinedge.cli.output import Json, show_fields, show_json, show_table

app = typer.Typer(help="The things measured, and their tags.", no_args_is_help=True)


@app.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the assets, newest first."""
    with connect(context) as client:
        found = list(client.assets.list())
    if as_json:
        show_json(found)
        return
    rows = ((a["id"], a["name"], a["type"], a["parent"], len(a["tags"])) for a in found)
    show_table(("id", "name", "type", "parent", "tags"), rows, "There are no assets.")


@app.command()
def show(
    context: typer.Context,
    id: Annotated[str, typer.Argument(help="Id of the asset, such as Pump_001")],
    as_json: Json = False,
) -> None:
    """Show one asset and its tags."""
    with connect(context) as client:
        asset = client.assets.get(id)
    if as_json:
        show_json(asset)
        return
    show_fields({key: value for key, value in asset.items() if key != "tags"})
    typer.echo()
    rows = ((t["tag_name"], t["kind"], t["unit"], t["data_source_id"]) for t in asset["tags"])
    show_table(("tag", "kind", "unit", "source"), rows, "It has no tags.")
