"""The child process of one training: reads, fits, judges, writes; reports through a pipe."""

import os
import platform
import resource
import signal
import sys
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from twinedge.kit.errors import TwinEdgeError
from twinedge.ml.algorithms import registry
from twinedge.ml.algorithms.model import Task
from twinedge.ml.training.model import Limits, Order

_LIBRARIES = ("numpy", "scikit-learn", "onnx", "onnxruntime")


@dataclass(frozen=True, slots=True)
class Work:
    """What the child gets: plain values only."""

    order: Order
    file: Path
    sha256: str
    directory: Path
    limits: Limits


def run(work: Work, pipe: Connection) -> None:
    """Do the work. Sends ("progress", fraction, words) and in the end ("done", metrics, card) or
    ("failed", words)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    os.nice(5)
    _limit_memory(work.limits.memory_mb)
    try:
        pipe.send(_learn(work, pipe))
    except TwinEdgeError as error:
        pipe.send(("failed", error.message))
    except MemoryError:
        pipe.send(("failed", f"it needs more than {work.limits.memory_mb} MiB of memory"))
    except Exception as error:  # a library's own error is the reason people need to see
        print(repr(error), file=sys.stderr)  # noqa: T201 - the child's log is its stderr
        pipe.send(("failed", f"{type(error).__name__}: {error}"[:1000]))
    finally:
        pipe.close()


def _limit_memory(memory_mb: int) -> None:
    """Cap what may be added to what the fork server has mapped already."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _learn(work: Work, pipe: Connection) -> tuple[str, dict[str, Any], dict[str, Any]]:
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    from twinedge.ml.algorithms import files
    from twinedge.ml.algorithms.fitting import fit
    from twinedge.ml.algorithms.predictor import Predictor
    from twinedge.ml.training.metrics import judge
    from twinedge.ml.training.tables import prepare

    order = work.order
    task = registry.find(order.algorithm).task
    with threadpool_limits(work.limits.threads):
        pipe.send(("progress", 0.05, "reading the dataset"))
        prepared = prepare(work.file, order, task)
        pipe.send(("progress", 0.2, f"learning from {len(prepared.train)} rows"))
        # an anomaly detector learns without the labels; they only judge it
        fitted = fit(order.algorithm, prepared.train, order.target, dict(order.hyperparameters))
        pipe.send(("progress", 0.8, "judging the model"))
        predictor = Predictor(fitted)
        judged = prepared.train if prepared.judge is None else prepared.judge
        metrics = judge(predictor, _capped(judged, order, task), goes_on=prepared.judge is not None)
        metrics["judged_on"] = "training rows" if prepared.judge is None else "held-back rows"
        files.save(fitted, work.directory)
    card = {
        "dataset_sha256": work.sha256,
        "algorithm": order.algorithm,
        "hyperparameters": dict(order.hyperparameters),
        "training_rows": len(prepared.train),
        "judging_rows": 0 if prepared.judge is None else len(prepared.judge),
        "warnings": list(prepared.warnings),
        "libraries": {name: version(name) for name in _LIBRARIES}
        | {"python": platform.python_version()},
    }
    return "done", metrics, card


def _capped(table: Any, order: Order, task: Task) -> Any:
    """A capped target is judged against the capped truth."""
    import numpy as np

    from twinedge.ml.algorithms.model import Table

    cap = float(order.hyperparameters.get("target_cap", 0.0))
    if task is not Task.REGRESSION or not cap:
        return table
    return Table(
        table.names, table.features, np.minimum(table.target, cap), table.groups,
        table.categories, table.classes, table.step_us,
    )  # fmt: skip
