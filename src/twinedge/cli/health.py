"""`twinedge health`: whether the server works, and what it watches."""

from typing import cast

import typer

from twinedge.cli.connection import Connection
from twinedge.cli.output import Json, show_fields, show_json


def health(context: typer.Context, as_json: Json = False) -> None:
    """Say whether the server is ready; exit code 3 when it is not."""
    from twinedge.client import Client

    connection = cast(Connection, context.find_root().obj)
    with Client(connection.url, timeout_s=10.0, patience_s=0.0) as client:
        answer = client.health()
    if as_json:
        show_json(answer)
    else:
        show_fields(answer)
