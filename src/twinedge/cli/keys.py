"""`twinedge keys`: API keys."""

from typing import Annotated

import typer

from twinedge.cli.connection import connect
from twinedge.cli.output import Json, show_json, show_table

app = typer.Typer(help="API keys: who may do what.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="Id of the key")]


@app.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the keys, newest first; the keys themselves are never shown again."""
    with connect(context) as client:
        found = list(client.keys.list())
    if as_json:
        show_json(found)
        return
    columns = ("id", "name", "scopes", "created", "last used", "expires")
    rows = (
        (k["id"], k["name"], k["scopes"], k["created_at"], k["last_used_at"], k["expires_at"])
        for k in found
    )
    show_table(columns, rows, "There are no keys.")


@app.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What it is for")],
    scope: Annotated[
        list[str], typer.Option(help="Such as read:telemetry; repeat for several; admin is all")
    ],
    expires: Annotated[
        str | None, typer.Option(help="When it ends, such as 2027-01-01T00:00:00Z")
    ] = None,
    as_json: Json = False,
) -> None:
    """Make a key. It is shown this once."""
    with connect(context) as client:
        made = client.keys.create(name, scope, expires)
    if as_json:
        show_json(made)
    else:
        typer.echo(f"{made['key']}\n\nThis is {made['id']}. Keep the key: it is not shown again.")


@app.command()
def revoke(context: typer.Context, id: Id) -> None:
    """Refuse a key from now on."""
    with connect(context) as client:
        client.keys.revoke(id)
    typer.echo(f"Revoked {id}.")


@app.command()
def rotate(context: typer.Context, id: Id, as_json: Json = False) -> None:
    """Replace a key by a new one with the same name and scopes."""
    with connect(context) as client:
        made = client.keys.rotate(id)
    if as_json:
        show_json(made)
    else:
        typer.echo(f"{made['key']}\n\nThis is {made['id']}. The old key is refused from now on.")
