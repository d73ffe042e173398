"""Tables about a running demo."""

from typing import Any

from rich.console import Console
from rich.table import Table

from twinedge.demo.faults import CLASSES, machines_for


def fault_report(console: Console, status: dict[str, Any]) -> None:
    """What is wrong, what comes, what can be made to happen."""
    if status["faults"]:
        now = Table("fault", "machine", "severity", "ends", title="Wrong now", title_justify="left")
        for fault in status["faults"]:
            now.add_row(fault["kind"], fault["asset_id"], f"{fault['severity']:.0%}", _ends(fault))
        console.print(now)
    else:
        console.print("Nothing is wrong now.")
    coming = status["next_fault"]
    if coming is not None:
        console.print(f"Next by itself: {coming['kind']} of {coming['asset_id']} "
                      f"in {_span(coming['starts_in_s'])}.")  # fmt: skip
    possible = Table("fault", "what happens", "to", title="Can happen", title_justify="left")
    for kind, about in CLASSES.items():
        machines = machines_for(kind)
        shown = ", ".join(machines[:4]) + (", …" if len(machines) > 4 else "")
        possible.add_row(kind, about.effect, shown)
    console.print(possible)
    console.print("Make one happen: twinedge demo fault bearing_wear Pump_001", highlight=False)


def status_report(console: Console, status: dict[str, Any]) -> None:
    """The servers, and the plant's age and seed."""
    table = Table("server", "state", "port", "process", "restarts")
    for server in status["servers"]:
        pid = "" if server["pid"] is None else str(server["pid"])
        table.add_row(
            server["name"], server["state"], str(server["port"]), pid, str(server["restarts"])
        )
    console.print(table)
    console.print(f"Seed {status['seed']}, running for {_span(status['elapsed_s'])}.")


def _ends(fault: dict[str, Any]) -> str:
    if fault["ends_in_s"] is None:
        return "when mended"
    return "recovering" if fault["ends_in_s"] == 0 else f"in {_span(fault['ends_in_s'])}"


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
