"""`twinedge rules`: alert rules as code, tested without a server."""

from pathlib import Path
from typing import Annotated

import typer

from twinedge.cli.output import Json, show_json
from twinedge.kit.errors import Invalid

app = typer.Typer(help="Alert rules as code.", no_args_is_help=True)


@app.callback()
def rules() -> None:
    """Alert rules as code."""


@app.command("test")
def run_tests(
    files: Annotated[list[Path], typer.Argument(help="Files of rule tests", exists=True)],
    as_json: Json = False,
) -> None:
    """Run rule unit tests; the exit code is 1 when one fails, 2 when a file is not understood."""
    from twinedge.alerts.ruletests import run_file

    failed = 0
    told: list[dict[str, object]] = []
    for path in files:
        try:
            outcomes = run_file(path)
        except Invalid as error:
            for fault in error.faults:
                typer.echo(f"{path}: {fault.field} {fault.message}", err=True)
            raise typer.Exit(2) from None
        except OSError as error:
            typer.echo(f"{path}: {error}", err=True)
            raise typer.Exit(2) from None
        for outcome in outcomes:
            failed += bool(outcome.problems)
            problems = list(outcome.problems)
            told.append({"file": str(path), "test": outcome.name, "problems": problems})
            if not as_json:
                typer.echo(f"{'FAIL' if problems else 'ok  '} {outcome.name}")
                for problem in problems:
                    typer.echo(f"       {problem}")
    if as_json:
        show_json(told)
    else:
        typer.echo(f"{len(told) - failed} passed, {failed} failed")
    if failed:
        raise typer.Exit(1)
