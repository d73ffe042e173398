"""`twinedge demo`: start the plant, and break it from another terminal."""

from pathlib import Path
from typing import Annotated, Any

import typer

DEFAULT_DATA_DIR = Path("data/demo")
DataDir = Annotated[
    Path,
    typer.Option("--data-dir", envvar="TWINEDGE_DATA_DIR", help="Where the demo keeps everything"),
]
Json = Annotated[bool, typer.Option("--json", help="Machine-readable")]

app = typer.Typer(help="A simulated plant with real protocol servers, read live.")


@app.callback(invoke_without_command=True)
def demo(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(envvar="TWINEDGE_HOST", help="Address to listen on")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(envvar="TWINEDGE_PORT", help="Port to listen on; 0: any free one")
    ] = 8080,
    data_dir: DataDir = DEFAULT_DATA_DIR,
    seed: Annotated[int, typer.Option(help="Same seed, same plant")] = 1,
    faults: Annotated[
        bool, typer.Option("--faults/--no-faults", help="Let faults come by themselves")
    ] = True,
) -> None:
    """Start TwinEdge with a simulated plant beside it; Ctrl-C ends both."""
    context.obj = data_dir
    if context.invoked_subcommand is not None:
        return
    import asyncio

    from rich.console import Console

    from twinedge.demo.run import Demo
    from twinedge.demo.screen import Screen

    asyncio.run(Demo(host, port, data_dir, seed, faults, Screen(Console())).run())


@app.command()
def fault(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="What: see `twinedge demo faults`; or `clear`")],
    asset_id: Annotated[str | None, typer.Argument(help="Which machine, such as Pump_001")] = None,
) -> None:
    """Let something go wrong (`fault bearing_wear Pump_001`), or mend it (`fault clear`)."""
    if kind == "clear":
        _mend(context, asset_id)
        return
    from twinedge.demo.faults import FaultKind, check, machines_for
    from twinedge.kit.errors import Invalid

    if asset_id is None:
        possible = machines_for(FaultKind(kind)) if kind in set(FaultKind) else []
        hint = f", one of: {', '.join(possible)}" if possible else ""
        raise Invalid.at("asset_id", f"say which machine{hint}")
    check(kind, asset_id)
    _ask(context, "fault", kind=kind, asset_id=asset_id)
    typer.echo(f"{kind} of {asset_id} begins. `twinedge demo fault clear {asset_id}` mends it.")


@app.command()
def faults(context: typer.Context, as_json: Json = False) -> None:
    """What is wrong now, what comes next, and what can be made to happen."""
    status = _ask(context, "status")
    if as_json:
        import json

        wanted = {"faults": status["faults"], "next_fault": status["next_fault"]}
        typer.echo(json.dumps(wanted, indent=2))
        return
    from rich.console import Console

    from twinedge.demo.report import fault_report

    fault_report(Console(), status)


@app.command()
def status(context: typer.Context, as_json: Json = False) -> None:
    """The plant's servers and how long it has been running."""
    answer = _ask(context, "status")
    if as_json:
        import json

        typer.echo(json.dumps(answer, indent=2))
        return
    from rich.console import Console

    from twinedge.demo.report import status_report

    status_report(Console(), answer)


@app.command()
def quiet(
    context: typer.Context,
    minutes: Annotated[float, typer.Argument(min=0, help="How long")] = 60.0,
) -> None:
    """Let no fault begin by itself for a while."""
    _ask(context, "quiet", minutes=minutes)
    typer.echo(f"No fault begins by itself for {minutes:g} minutes.")


@app.command()
def stop(
    context: typer.Context, name: Annotated[str, typer.Argument(help="opcua, modbus or mqtt")]
) -> None:
    """Kill one of the plant's servers, as a power cut would, until `start`."""
    _ask(context, "stop", name=name)
    typer.echo(f"The {name} server is down. `twinedge demo start {name}` brings it back.")


@app.command()
def start(
    context: typer.Context, name: Annotated[str, typer.Argument(help="opcua, modbus or mqtt")]
) -> None:
    """Bring a stopped server back."""
    _ask(context, "start", name=name)
    typer.echo(f"The {name} server is up.")


def _mend(context: typer.Context, asset_id: str | None) -> None:
    count = _ask(context, "clear", kind=None, asset_id=asset_id)
    where = f" of {asset_id}" if asset_id is not None else ""
    typer.echo(f"{count} fault{'' if count == 1 else 's'}{where} mended.")


def _ask(context: typer.Context, command: str, **arguments: Any) -> Any:
    from twinedge.demo import control, session

    return control.ask(session.running(context.obj), command, **arguments)
