"""`twinedge serve`: the server process."""

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from twinedge.kit.errors import TwinEdgeError


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on [127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes any free one [8080]")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where everything is kept [./data]")] = None,
    config: Annotated[Path | None, typer.Option(help="TOML file with settings")] = None,
) -> None:
    """Run TwinEdge: API, web page, connectors, alerts and models in one process."""
    from twinedge import app
    from twinedge import config as settings_room
    from twinedge.kit import logs

    try:
        settings = settings_room.load(config, host=host, port=port, data_dir=data_dir)
        logs.configure(settings.log_level, settings.log_format)
        app.serve(settings)
    except TwinEdgeError as error:
        typer.echo(f"twinedge: {error.message}", err=True)
        for fault in error.faults:
            if fault.message != error.message:
                typer.echo(f"  {fault.field}: {fault.message}", err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
