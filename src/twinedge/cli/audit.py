"""`twinedge audit`: who changed what, and the proof that nobody changed that."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from twinedge.cli.connection import connect
from twinedge.cli.output import Json, show_json, show_table
from twinedge.kit.errors import Conflict, Invalid, TwinEdgeError

app = typer.Typer(help="Who changed what: list, export, verify.", no_args_is_help=True)
Noted = Annotated[str | None, typer.Option("--head", help="A head noted earlier, as seq:hash")]


@app.command("list")
def list_(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, newest first")] = 50,
    actor: Annotated[str | None, typer.Option(help="Id of a key")] = None,
    object_id: Annotated[str | None, typer.Option("--object", help="Id of the thing")] = None,
    outcome: Annotated[str | None, typer.Option(help="done, refused or failed")] = None,
    start: Annotated[str | None, typer.Option(help="From this moment on")] = None,
    end: Annotated[str | None, typer.Option(help="Before this moment")] = None,
    as_json: Json = False,
) -> None:
    """Changes and refusals, newest first."""
    with connect(context) as client:
        pages = client.pages(
            "/audit", actor_id=actor, object_id=object_id, outcome=outcome, start=start, end=end
        )
        found = [entry for _, entry in zip(range(limit), pages, strict=False)]
    if as_json:
        show_json(found)
        return
    columns = ("seq", "at", "who", "from", "did", "path", "outcome", "times")
    rows = (
        (
            e["seq"], e["at"], e["actor_name"], e["address"],
            e["method"], e["path"], e["outcome"], e["times"],
        )
        for e in found
    )  # fmt: skip
    show_table(columns, rows, "Nothing was changed.")


@app.command()
def export(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="New file, a line an entry")]
) -> None:
    """Write the whole log to a file, newest first, as one JSON object a line."""
    if file.exists():
        raise Conflict(f"{file} exists already; an export never overwrites")
    draft = file.with_name(f".{file.name}.part")
    with connect(context) as client, draft.open("w", encoding="utf-8") as lines:
        count, last = 0, None
        for entry in client.pages("/audit"):
            if last is not None and entry["seq"] >= last:
                continue  # pushed onto this page by an entry that came meanwhile
            lines.write(json.dumps(entry, ensure_ascii=False) + "\n")
            count, last = count + 1, entry["seq"]
    draft.replace(file)
    typer.echo(f"{count} entries are in {file}. Prove it with: twinedge audit verify --file {file}")


@app.command()
def verify(
    context: typer.Context,
    head: Noted = None,
    file: Annotated[
        Path | None, typer.Option(help="An exported log instead of the server's", exists=True)
    ] = None,
    as_json: Json = False,
) -> None:
    """Follow the chain of hashes through the whole log; fails at the first fault."""
    if file is not None:
        verdict = _verdict_of(file, head)
    else:
        with connect(context) as client:
            verdict = client.get("/audit/verify", head=head)
    if as_json:
        show_json(verdict)
    elif verdict["ok"]:
        typer.echo(f"{verdict['entries']} entries, all as they were written.")
        typer.echo(f"Note this head where nobody can change it: {verdict['head']}")
    if not verdict["ok"]:
        raise TwinEdgeError(
            f"the log was tampered with: {verdict['fault']}; "
            f"the {verdict['entries']} entries before it are good"
        )


def _verdict_of(file: Path, noted: str | None) -> dict[str, Any]:
    from twinedge.audit.exported import entry_of, head_of
    from twinedge.audit.model import follow

    lines = file.read_text(encoding="utf-8").splitlines()
    try:
        entries = sorted((entry_of(json.loads(line)) for line in lines), key=lambda e: e.seq)
        verdict = follow(entries, None if noted is None else head_of(noted))
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(f"{file} is not an exported log: {error}") from None
    return {
        "ok": verdict.fault is None,
        "entries": verdict.entries,
        "head": f"{verdict.head.seq}:{verdict.head.hash}",
        "fault": verdict.fault,
    }
