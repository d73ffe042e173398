"""`twinedge backup`: copies of everything, taken while the server runs and put back while not."""

import time
from pathlib import Path
from typing import Annotated

import typer

from twinedge.cli.connection import connect
from twinedge.cli.output import Json, show_json, show_table
from twinedge.kit.errors import TwinEdgeError

app = typer.Typer(help="Copies of everything: take, list, restore.", no_args_is_help=True)
_LOOK_S = 0.5
_KEY = "secret.key"


@app.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the backups, newest first."""
    with connect(context) as client:
        found = list(client.pages("/backups"))
    if as_json:
        show_json(found)
        return
    columns = ("id", "status", "taken", "bytes", "version", "note")
    rows = (
        (b["id"], b["status"], b["created_at"], b["size_bytes"], b["version"], b["note"])
        for b in found
    )
    show_table(columns, rows, "There are no backups. Take one with `twinedge backup create`.")


@app.command()
def create(
    context: typer.Context,
    note: Annotated[str, typer.Option(help="Why, such as 'before the upgrade'")] = "",
    as_json: Json = False,
) -> None:
    """Take a backup and wait for it; the server goes on meanwhile."""
    with connect(context) as client:
        backup = client.post("/backups", {"note": note})
        while backup["status"] == "running":
            time.sleep(_LOOK_S)
            backup = client.get(f"/backups/{backup['id']}")
    if backup["status"] == "failed":
        raise TwinEdgeError(f"the backup failed: {backup['error']}")
    if as_json:
        show_json(backup)
    else:
        typer.echo(f"{backup['id']} is ready, {backup['size_bytes']} bytes, in backups/.")


@app.command()
def delete(context: typer.Context, id: Annotated[str, typer.Argument(help="Its id")]) -> None:
    """Remove a backup from the server's disk."""
    with connect(context) as client:
        client.delete(f"/backups/{id}")
    typer.echo(f"Removed {id}.")


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="The backup's folder", exists=True)],
    into: Annotated[Path, typer.Argument(help="New data directory; must be empty or missing")],
    secret_key: Annotated[
        Path | None, typer.Option(help="The secret.key that belongs to it", exists=True)
    ] = None,
) -> None:
    """Make a data directory of a backup, every file checked; no server may run on it."""
    import shutil

    from twinedge.backups.folder import restore as put_back

    backup = put_back(folder, into)
    if secret_key is not None:
        (into / _KEY).touch(mode=0o600)
        shutil.copyfile(secret_key, into / _KEY)
    typer.echo(f"{backup.id} is restored. Start it with: twinedge serve --data-dir {into}")
    if secret_key is None:
        typer.echo(
            f"Put the {_KEY} that belongs to it into {into} before you start; without it the "
            "passwords of devices and channels have to be entered again."
        )
