"""Figures as a table for people and JSON for machines."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. `higher_is_better` tells which way ratios and targets read."""

    subject: str
    name: str
    value: float
    unit: str
    target: float | None = None
    higher_is_better: bool = True
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.target is None:
            return ""
        met = self.value >= self.target if self.higher_is_better else self.value <= self.target
        return "met" if met else "missed"


def show(title: str, figures: list[Figure]) -> None:
    """Print the table, ratios against the same figure of peers, and write JSON beside it."""
    ours = {f.name: f.value for f in figures if f.subject == "twinedge"}
    table = Table(
        "what", "who", "value", "unit", "target", "", "ours / theirs", "note", title=title
    )
    for f in sorted(figures, key=lambda f: (f.name, f.subject != "twinedge")):
        ratio = ""
        if f.subject != "twinedge" and f.name in ours and f.value:
            ratio = f"{ours[f.name] / f.value:.2f}"
        target = "" if f.target is None else f"{f.target:,g}"
        value = f"{f.value:,.0f}" if f.value >= 1000 else f"{f.value:,.3g}"
        table.add_row(f.name, f.subject, value, f.unit, target, f.verdict, ratio, f.note)
    Console(width=160).print(table)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{title.split(maxsplit=1)[0].strip(':').lower()}.json"
    path.write_text(json.dumps([asdict(f) for f in figures], indent=2) + "\n")
    print(f"written: {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")
