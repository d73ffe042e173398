"""How scikit-learn's fits are run: what they go on from, and telling how far they are.

How far is known from what scikit-learn prints when it is asked to be verbose.
"""

import io
import re
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from twinedge.ml.algorithms.model import UnsuitableData

Tell = Callable[[float, str], None]
"""Takes the share of the work done, 0..1, and words."""
_MOST_TREES = 1000


@dataclass(frozen=True, slots=True)
class Run:
    """tell: who listens; start: a fitted estimator to go on from. None: nobody, and anew."""

    tell: Tell | None = None
    start: Any = None


ANEW = Run()
_STEPS = re.compile(r"(\d+)(?:/| of )(\d+)|Iteration (\d+)")
"""Boosting prints [3/300], forests "building tree 3 of 100", networks "Iteration 3"."""


class _Tap(io.TextIOBase):
    """Reads lines of progress; everything else that is printed is dropped."""

    def __init__(self, tell: Tell, rounds: int) -> None:
        self._tell = tell
        self._rounds = rounds

    def write(self, text: str) -> int:
        found = _STEPS.search(text)
        if found:
            done = int(found[1] or found[3])
            of = int(found[2] or self._rounds)
            self._tell(min(done / max(of, 1), 1.0), f"step {done} of {of}")
        return len(text)


def run_fit(estimator: Any, run: Run, *data: Any) -> Any:
    """estimator.fit(*data), or that of the estimator it goes on from; answers the fitted one."""
    from sklearn.exceptions import ConvergenceWarning

    if run.start is not None:
        estimator = _going_on(run.start, estimator, *data)
    with warnings.catch_warnings():
        # rounds are the user's own choice, and the metrics tell how good the result is
        warnings.simplefilter("ignore", ConvergenceWarning)
        settings = estimator.get_params()
        if run.tell is None or "verbose" not in settings:
            return estimator.fit(*data)
        tap = _Tap(run.tell, int(settings.get("max_iter") or 1))
        estimator.set_params(verbose=2)
        with redirect_stdout(tap), redirect_stderr(tap):
            estimator.fit(*data)
        return estimator.set_params(verbose=settings["verbose"])


def _going_on(start: Any, fresh: Any, x: Any, y: Any = None) -> Any:
    """The estimator `start` with the settings of `fresh`: forests keep their trees and get as many
    new ones, networks keep their weights. Raises UnsuitableData where it cannot go on."""
    from sklearn.base import is_classifier

    settings = fresh.get_params()
    if type(start) is not type(fresh):
        raise UnsuitableData(f"warm_start: the model holds a {type(start).__name__}")
    if start.n_features_in_ != x.shape[1]:
        raise UnsuitableData(
            f"warm_start: the model learned from {start.n_features_in_} prepared columns, these "
            f"are {x.shape[1]}"
        )
    if is_classifier(start) and set(start.classes_.tolist()) != set(y.tolist()):
        raise UnsuitableData("warm_start: these rows have other classes than the model")
    if "n_estimators" in settings:
        settings["n_estimators"] += len(start.estimators_)
        if settings["n_estimators"] > _MOST_TREES:
            raise UnsuitableData(
                f"warm_start: it would have {settings['n_estimators']} trees, at most "
                f"{_MOST_TREES} are allowed; train it anew"
            )
    return start.set_params(**settings | {"warm_start": True})
