"""Algorithms by id, and their hyperparameters checked and completed."""

import math
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from twinedge.kit.errors import Fault, Invalid
from twinedge.ml.algorithms.catalogue import CATALOGUE
from twinedge.ml.algorithms.model import Algorithm, Hyperparameter, Setting

ALGORITHMS: Mapping[str, Algorithm] = {algorithm.id: algorithm for algorithm in CATALOGUE}


def find(id: str) -> Algorithm:
    """The algorithm of this id. Raises Invalid on `algorithm` that lists them all."""
    if id not in ALGORITHMS:
        known = ", ".join(ALGORITHMS)
        raise Invalid.at("algorithm", f"unknown algorithm {id!r}; known are: {known}")
    return ALGORITHMS[id]


def complete(algorithm: Algorithm, given: Mapping[str, Any]) -> dict[str, Setting]:
    """The hyperparameters, filled with defaults. Raises Invalid with every fault."""
    known = {h.name: h for h in algorithm.hyperparameters}
    faults: list[Fault] = []
    for name, value in given.items():
        fault = _fault(known[name], value) if name in known else _unknown(name, list(known))
        if fault is not None:
            faults.append(Fault(f"hyperparameters.{name}", fault))
    if faults:
        raise Invalid("; ".join(f"{f.field} {f.message}" for f in faults[:3]), faults)
    filled: dict[str, Setting] = {name: h.default for name, h in known.items()}
    for name, value in given.items():
        filled[name] = float(value) if known[name].type == "number" else value
    return filled


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"is not a hyperparameter of this algorithm; {hint}known are: {', '.join(known)}"


def _fault(wanted: Hyperparameter, value: Any) -> str | None:
    """Why the value will not do; None when it will."""
    if wanted.type == "boolean":
        return None if isinstance(value, bool) else "must be true or false"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value):
        return "must be a number"
    if wanted.type == "integer" and not isinstance(value, int):
        return "must be a whole number"
    if wanted.minimum is not None and value < wanted.minimum:
        return f"must be at least {wanted.minimum:g}"
    if wanted.maximum is not None and value > wanted.maximum:
        return f"must be at most {wanted.maximum:g}"
    return None
