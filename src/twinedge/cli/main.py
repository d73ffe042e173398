"""Builds the command line and turns every failure into plain words and an exit code.

Nothing heavy is imported until a command needs it: `twinedge --help` answers at once.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from twinedge.cli import assets, audit, backup, health, keys, sources, telemetry
from twinedge.cli.connection import DEFAULT_URL, Connection
from twinedge.cli.serve import serve
from twinedge.kit.errors import TwinEdgeError

REFUSED, USAGE, UNREACHABLE, UNAUTHORIZED, NOT_FOUND = 1, 2, 3, 4, 5
"""Exit codes; docs/reference/cli.md tells people."""
DEBUG = "--debug"

app = typer.Typer(
    help="TwinEdge: devices, telemetry, alerts, dashboards and models on your own machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(serve)
app.command(name="health")(health.health)
app.add_typer(sources.app, name="sources")
app.add_typer(telemetry.app, name="telemetry")
app.add_typer(assets.app, name="assets")
app.add_typer(keys.app, name="keys")
app.add_typer(backup.app, name="backup")
app.add_typer(audit.app, name="audit")


@app.callback()
def options(
    context: typer.Context,
    url: Annotated[
        str, typer.Option(envvar="TWINEDGE_URL", help="Server to talk to")
    ] = DEFAULT_URL,
    key: Annotated[
        str | None,
        typer.Option(
            envvar="TWINEDGE_API_KEY", help="API key [the admin key in the data directory]"
        ),
    ] = None,
    data_dir: Annotated[
        Path | None,
        typer.Option(envvar="TWINEDGE_DATA_DIR", help="Where to look for the admin key"),
    ] = None,
    debug: Annotated[
        bool, typer.Option(DEBUG, help="Show the traceback of an unexpected fault")
    ] = False,
) -> None:
    context.obj = Connection(url, key, data_dir)


def mount_later(name: str, module: str, help: str) -> None:
    """Mount the Typer `app` of a module that is slow to import, without importing it yet."""

    @app.command(
        name=name,
        help=help,
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
        add_help_option=False,
    )
    def forward(context: typer.Context) -> None:
        room = typer.main.get_command(import_module(module).app)
        name = context.command_path
        code = room.main(args=context.args, prog_name=name, standalone_mode=False)
        if isinstance(code, int):  # how click hands on an `Exit`
            raise typer.Exit(code)


mount_later("config", "twinedge.cli.config", "Show and check the settings.")
mount_later("openapi", "twinedge.cli.openapi", "Print the OpenAPI document.")
mount_later("rules", "twinedge.cli.rules", "Test alert rules kept as files.")


def run() -> None:
    """Run the command line; ends the process."""
    try:
        app(prog_name="twinedge")
    except TwinEdgeError as error:
        sys.exit(tell(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough.
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if DEBUG in sys.argv:
            raise
        typer.echo(
            f"twinedge: unexpected fault, {type(error).__name__}: {error}. "
            "Run it again with `twinedge --debug …` and report what it prints.",
            err=True,
        )
        sys.exit(REFUSED)


def tell(error: TwinEdgeError) -> int:
    """Say what went wrong on stderr; returns the exit code for it."""
    typer.echo(f"twinedge: {error.message}", err=True)
    for fault in error.faults:
        if fault.message != error.message:
            typer.echo(f"  {fault.field}: {fault.message}", err=True)
    status = getattr(error, "http_status", error.status)
    if status in {401, 403}:
        typer.echo("  Give a key with --key or TWINEDGE_API_KEY.", err=True)
        return UNAUTHORIZED
    if status == 404:
        return NOT_FOUND
    return UNREACHABLE if status == 503 else REFUSED
