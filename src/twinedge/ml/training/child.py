"""The child process of one training: reads, fits, judges, writes; reports through a pipe."""

import json
import os
import platform
import resource
import signal
import sys
import threading
import time
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from twinedge.kit.errors import TwinEdgeError
from twinedge.ml.algorithms import registry
from twinedge.ml.algorithms.model import Table, Task
from twinedge.ml.algorithms.preprocessing import as_written
from twinedge.ml.training.model import Limits, Order

_LIBRARIES = ("numpy", "scikit-learn", "onnx", "onnxruntime")
_FIT_FROM, _FIT_TO = 0.1, 0.85
"""Shares of the whole between which the fit lies."""
_LOOK_S = 0.2
_JUDGED = 10_000


@dataclass(frozen=True, slots=True)
class Work:
    """What the child gets: plain values only."""

    order: Order
    file: Path
    sha256: str
    directory: Path
    limits: Limits
    base: Path | None = None
    """Folder of the model that is learned on from."""


def run(work: Work, pipe: Connection) -> None:
    """Do the work. Sends ("progress", share, words), ("log", level, words), ("warnings", texts),
    and in the end ("done", metrics, card) or ("failed", words)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    os.nice(5)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    _limit_memory(work.limits.memory_mb)
    try:
        pipe.send(_learn(work, _Line(pipe)))
    except TwinEdgeError as error:
        pipe.send(("failed", error.message))
    except MemoryError:
        pipe.send(("failed", f"it needs more than {work.limits.memory_mb} MiB of memory"))
    except Exception as error:  # a library's own error is the reason people need to see
        print(repr(error), file=sys.stderr)  # noqa: T201 - the child's log is its stderr
        pipe.send(("failed", f"{type(error).__name__}: {error}"[:1000]))
    finally:
        pipe.close()


def _end_with_parent(parent: int) -> None:
    """Never outlive the fork server, which ends with the server, even by kill -9."""
    while os.getppid() == parent:
        time.sleep(_LOOK_S)
    os._exit(1)


class _Line:
    """What the child tells; steps of a fit at most five times a second."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._told = 0.0

    def phase(self, share: float, words: str) -> None:
        """A new part of the work begins; it is logged too."""
        self._pipe.send(("progress", share, words))
        self._pipe.send(("log", "info", words))

    def warnings(self, texts: tuple[str, ...]) -> None:
        self._pipe.send(("warnings", texts))

    def log(self, words: str) -> None:
        self._pipe.send(("log", "info", words))

    def step(self, share: float, words: str) -> None:
        """How far the fit is, 0..1: it is the middle of the whole."""
        now = time.monotonic()
        if now - self._told > _LOOK_S:
            self._told = now
            whole = _FIT_FROM + share * (_FIT_TO - _FIT_FROM)
            self._pipe.send(("progress", whole, f"learning, {words}"))


def _limit_memory(memory_mb: int) -> None:
    """Cap what may be added to what the fork server has mapped already."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _learn(work: Work, line: _Line) -> tuple[str, dict[str, Any], dict[str, Any]]:
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    from twinedge.ml.algorithms import files
    from twinedge.ml.algorithms.fitting import fit
    from twinedge.ml.algorithms.predictor import Predictor
    from twinedge.ml.algorithms.running import Run
    from twinedge.ml.training.judging import judge
    from twinedge.ml.training.tables import prepare

    order = work.order
    task = registry.find(order.algorithm).task
    with threadpool_limits(work.limits.threads):
        line.phase(0.02, "reading the dataset")
        prepared = prepare(work.file, order, task)
        train = prepared.train
        line.warnings(prepared.warnings)
        line.phase(_FIT_FROM, f"learning from {len(train)} rows of {len(train.names)} features")
        # an anomaly detector learns without the labels; they only judge it
        params = dict(order.hyperparameters)
        started = time.process_time()
        start = None if work.base is None else files.load_estimator(work.base)
        fitted = fit(
            order.algorithm, train, order.target, params, order.plan, order.budget,
            Run(line.step, start),
        )  # fmt: skip
        fit_cpu_s = time.process_time() - started
        line.log(f"learned in {fit_cpu_s:.1f} s of CPU, {_size_of(fitted.onnx)}")
        if fitted.blueprint.threshold is not None:
            line.log(f"threshold {fitted.blueprint.threshold:g}{_budget_words(order)}")
        judged, raw = prepared.judge, None
        if judged is None:  # then the training rows judge; a detector has scored them all already
            raw = fitted.training_raw
            judged = _latest(train) if raw is None else train
        line.phase(_FIT_TO, f"judging on {len(judged)} rows")
        metrics, curves = judge(
            Predictor(fitted), _capped(judged, order, task), _capped(train, order, task),
            goes_on=prepared.judge is not None, raw=raw,
        )  # fmt: skip
        metrics["judged_on"] = "training rows" if prepared.judge is None else "held-back rows"
        line.phase(0.97, "writing the model")
        files.save(fitted, work.directory)
        (work.directory / "curves.json").write_text(json.dumps(curves, allow_nan=False))
    card = {
        "dataset_sha256": work.sha256,
        "dataset_version": order.dataset_version,
        "algorithm": order.algorithm,
        "hyperparameters": params,
        "preprocessing": as_written(order.plan),
        "alarm_budget": None if order.budget is None else asdict(order.budget),
        "seed": order.seed,
        "base_model_id": order.base_model_id,
        "warm_start": order.goes_on,
        "training_rows": len(train),
        "judging_rows": 0 if prepared.judge is None else len(prepared.judge),
        "cpu_seconds": round(time.process_time(), 3),
        "warnings": list(prepared.warnings),
        "libraries": {name: version(name) for name in _LIBRARIES}
        | {"python": platform.python_version()},
    }
    return "done", metrics, card


def _latest(train: Table) -> Table:
    """The training rows that judge when none are held back: the last 10 000."""
    return train.rows(np.arange(len(train))[-_JUDGED:])


def _size_of(onnx: bytes) -> str:
    return f"{len(onnx) / 1024:.0f} KiB of ONNX"


def _budget_words(order: Order) -> str:
    if order.budget is None:
        return ""
    if order.budget.rate is not None:
        return f", for false alarms on {order.budget.rate:.2%} of normal rows"
    return f", for {order.budget.per_week:g} false alarms a week"


def _capped(table: Table, order: Order, task: Task) -> Table:
    """A capped target is judged against the capped truth."""
    cap = float(order.hyperparameters.get("target_cap", 0.0))
    if task is not Task.REGRESSION or not cap or table.target is None:
        return table
    return replace(table, target=table.target.clip(max=cap))
