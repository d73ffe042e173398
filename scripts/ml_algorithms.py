"""Write the list of algorithms into docs/reference/ml.md, from the registry.

    .venv/bin/python scripts/ml_algorithms.py

tests/test_docs.py fails when the page lags behind.
"""

from pathlib import Path

from twinedge.ml.algorithms.catalogue import CATALOGUE
from twinedge.ml.algorithms.model import Algorithm, Hyperparameter
from twinedge.ml.algorithms.preprocessing import as_written, default_plan

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "ml.md"
BEGIN, END = "<!-- algorithms: written by scripts/ml_algorithms.py -->", "<!-- algorithms end -->"


def section() -> str:
    """Every algorithm with its hyperparameters, as Markdown."""
    return "\n\n".join([BEGIN, *map(_algorithm, CATALOGUE), END])


def _algorithm(algorithm: Algorithm) -> str:
    star = ", recommended" if algorithm.recommended else ""
    written = as_written(
        default_plan(algorithm, {h.name: h.default for h in algorithm.hyperparameters})
    )
    usual = [f"scaling {written['scaling']}"]
    if written["rolling"]:
        rolled = written["rolling"]
        usual.append(f"rolling {', '.join(rolled['statistics'])} over {rolled['window']} rows")
    if written["interactions"]:
        usual.append("interactions")
    if written["lags"]:
        usual.append("lags by its hyperparameters")
    lines = [
        f"### `{algorithm.id}`",
        "",
        f"{algorithm.title} ({algorithm.task.value}{star}). {algorithm.description}",
        f"Preprocessing unless told otherwise: {', '.join(usual)}.",
        "",
        "| hyperparameter | type | default | range | meaning |",
        "| --- | --- | --- | --- | --- |",
        *map(_row, algorithm.hyperparameters),
    ]
    return "\n".join(lines)


def _row(h: Hyperparameter) -> str:
    default = str(h.default).lower() if h.type == "boolean" else f"{h.default:g}"
    ends = "" if h.minimum is None or h.maximum is None else f"{h.minimum:g} … {h.maximum:g}"
    return f"| `{h.name}` | {h.type} | {default} | {ends} | {h.description} |"


def page(text: str) -> str:
    """The page with its list brought up to date."""
    before, _, rest = text.partition(BEGIN)
    return before + section() + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text()))
