"""How far a fit is, from what scikit-learn prints when it is asked to be verbose."""

import io
import re
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

Tell = Callable[[float, str], None] | None
"""Takes the share of the work done, 0..1, and words; None: nobody listens."""

_STEPS = re.compile(r"(\d+)(?:/| of )(\d+)|Iteration (\d+)")
"""Boosting prints [3/300], forests "building tree 3 of 100", networks "Iteration 3"."""


class _Tap(io.TextIOBase):
    """Reads lines of progress; everything else that is printed is dropped."""

    def __init__(self, tell: Callable[[float, str], None], rounds: int) -> None:
        self._tell = tell
        self._rounds = rounds

    def write(self, text: str) -> int:
        found = _STEPS.search(text)
        if found:
            done = int(found[1] or found[3])
            of = int(found[2] or self._rounds)
            self._tell(min(done / max(of, 1), 1.0), f"step {done} of {of}")
        return len(text)


def fit_telling(estimator: Any, tell: Tell, *data: Any) -> Any:
    """estimator.fit(*data), telling how far it is where the estimator can say so."""
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        # rounds are the user's own choice, and the metrics tell how good the result is
        warnings.simplefilter("ignore", ConvergenceWarning)
        settings = estimator.get_params()
        if tell is None or "verbose" not in settings:
            return estimator.fit(*data)
        tap = _Tap(tell, int(settings.get("max_iter") or 1))
        estimator.set_params(verbose=2)
        with redirect_stdout(tap), redirect_stderr(tap):
            estimator.fit(*data)
        return estimator.set_params(verbose=settings["verbose"])
