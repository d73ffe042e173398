"""What the demo says on the terminal."""

import time
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from twinedge.demo.setup import place_of
from twinedge.demo.tags import MODBUS_UNIT, ServerName, plant_tags


class Screen:
    """Steps while it starts, and the greeting once it stands."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began_s = time.monotonic()

    def say(self, step: str) -> None:
        """One step, with the seconds since the start."""
        spent_s = time.monotonic() - self._began_s
        self._console.print(f"[dim]{spent_s:5.1f} s[/dim]  {step}", highlight=False)

    def greet(
        self, url: str, key: str, data_dir: Path, ports: Mapping[ServerName, int], live: int
    ) -> None:
        """Where to look, which key to use, and what to try."""
        self.say(f"{live} of {len(plant_tags())} tags are read live")
        places = "\n".join(
            f"    {title:<11} {address}"
            for title, address in (
                ("OPC UA", place_of("opcua", ports["opcua"])["endpoint"]),
                ("Modbus TCP", f"127.0.0.1:{ports['modbus']}, unit {MODBUS_UNIT}"),
                ("MQTT", place_of("mqtt", ports["mqtt"])["broker_url"]),
            )
        )
        self._console.print(
            f"""
  [bold green]The demo plant is running.[/bold green]

    [bold]{url}[/bold]          web page; the API is described at {url}/docs
    admin key   [bold]{key}[/bold]
                also in {data_dir / "admin.key"}

  Ask it something:

    curl -H "Authorization: Bearer {key}" \\
      "{url}/v1/telemetry/latest?asset_id=Pump_001"

  The devices, for your own tools:

{places}

  Break something, in another terminal:

    twinedge demo fault bearing_wear Pump_001     let a bearing wear out
    twinedge demo faults                          what is wrong now, what can be
    twinedge demo stop modbus                     kill the Modbus server; start brings it back

  A fault comes by itself after a minute or so; `twinedge demo quiet` gives an hour without.
  Ctrl-C ends everything.
""",
            highlight=False,
            soft_wrap=True,
        )
