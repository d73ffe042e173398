"""`twinedge config`: what the settings are and whether they are right."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, SecretStr
from rich.console import Console
from rich.table import Table

from twinedge.config import Settings, load
from twinedge.kit.errors import Invalid

app = typer.Typer(help="Show and check the settings.", no_args_is_help=True)
ConfigFile = Annotated[Path | None, typer.Option("--config", help="TOML file with settings")]


@app.command()
def show(
    config: ConfigFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable")] = False,
) -> None:
    """Print every setting, its value and its environment variable. Secrets are masked."""
    settings = _load_or_exit(config)
    rows = list(_rows(settings, ""))
    if as_json:
        typer.echo(json.dumps({name: value for name, value, _ in rows}, indent=2))
        return
    table = Table("setting", "value", "environment", "meaning")
    for name, value, meaning in rows:
        variable = "TWINEDGE_" + name.replace(".", "__").upper()
        table.add_row(name, "" if value is None else str(value), variable, meaning)
    Console().print(table)


@app.command()
def check(config: ConfigFile = None) -> None:
    """Say whether the settings are right; exit code 1 when not."""
    _load_or_exit(config)
    typer.echo("The settings are right.")


def _load_or_exit(config: Path | None) -> Settings:
    try:
        return load(config)
    except Invalid as error:
        for fault in error.faults:
            typer.echo(f"{fault.field}: {fault.message}", err=True)
        raise typer.Exit(1) from None


def _rows(model: BaseModel, prefix: str) -> list[tuple[str, Any, str]]:
    rows: list[tuple[str, Any, str]] = []
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            rows += _rows(value, f"{prefix}{name}.")
            continue
        if isinstance(value, SecretStr):
            value = "********"
        elif value is not None and not isinstance(value, bool | int | float | str | list):
            value = str(value)
        rows.append((prefix + name, value, field.description or ""))
    return rows
