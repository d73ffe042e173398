"""`twinedge serve`: the server process."""

from pathlib import Path
from typing import Annotated

import typer


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on [127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes any free one [8080]")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where everything is kept [./data]")] = None,
    config: Annotated[Path | None, typer.Option(help="TOML file with settings")] = None,
) -> None:
    """Run TwinEdge: API, web page, connectors, alerts and models in one process."""
    from twinedge.app import serve as run
    from twinedge.config import load
    from twinedge.kit import logs

    settings = load(config, host=host, port=port, data_dir=data_dir)
    logs.configure(settings.log_level, settings.log_format)
    run(settings)
