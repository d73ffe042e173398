"""Runs queued jobs, one at a time, each in a child of the fork server."""

import asyncio
import multiprocessing
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from twinedge.ml.jobs import JobStatus, work_off
from twinedge.ml.training.child import Work, run
from twinedge.ml.training.model import Limits, Training
from twinedge.ml.training.ports import Shelf, Tables
from twinedge.ml.training.service import Trainings

_POLL_S = 0.05
_REPORT_S = 0.2
_SILENT_S = 0.9
_PRELOAD = [
    "numpy", "sklearn.ensemble", "pyarrow.parquet", "onnx", "onnxruntime", "skops.io",
    "twinedge.ml.training.child", "twinedge.ml.training.judging", "twinedge.ml.training.tables",
    "twinedge.ml.algorithms.fitting", "sklearn.linear_model", "scipy.ndimage",
]  # fmt: skip


class TrainingWorker:
    """Takes the oldest job, watches its child, hands the model to the shelf.

    A cancelled job's child is terminated within 0.1 s. One job at a time; the rest wait in the
    database, so their number has no bound in memory.
    """

    def __init__(
        self, trainings: Trainings, tables: Tables, shelf: Shelf, limits: Limits, scratch: Path
    ) -> None:
        self._trainings = trainings
        self._tables = tables
        self._shelf = shelf
        self._limits = limits
        self._scratch = scratch
        self._task: asyncio.Task[None] | None = None
        self._context = multiprocessing.get_context("forkserver")

    async def start(self) -> None:
        """Recover what a restart left, then work."""
        await asyncio.to_thread(shutil.rmtree, self._scratch, ignore_errors=True)
        # read by the fork server when it loads numpy: a pool that is larger than what the memory
        # cap lets start would wait for its threads for ever
        for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
            os.environ[name] = str(self._limits.threads)
        # before anyone starts the fork server, which is one for all: without it every child would
        # import for itself, two seconds of CPU each
        self._context.set_forkserver_preload(_PRELOAD)
        await self._trainings.recover()
        work = work_off(self._trainings, self._run, "training")
        self._task = asyncio.create_task(work, name="trainings")

    async def stop(self) -> None:
        """End the child, if there is one; its job begins again with the next start."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            await self._trainings.put_back()

    async def _run(self, job: Training) -> None:
        if made := await self._shelf.made_by(job.id):  # a stop fell between model and job
            await self._end(job, *made)
            return
        file, sha256 = await self._tables.file(job.dataset_id, job.order.dataset_version)
        directory = self._scratch / job.id
        order = job.order
        base = self._shelf.folder_of(order.base_model_id or "") if order.goes_on else None
        work = Work(order, file, sha256, directory, self._limits, base)
        ours, theirs = self._context.Pipe(duplex=False)
        child = self._context.Process(target=run, args=(work, theirs), daemon=True)
        await self._begin(job, child)
        theirs.close()
        try:
            answer = await self._watch(job, child, ours)
        finally:
            if child.is_alive():
                child.kill()
            await asyncio.to_thread(child.join)
            ours.close()
        if answer is None:
            return
        if answer[0] == "failed":
            await self._trainings.fail(job.id, answer[1])
            return
        model_id = await self._shelf.add(job, directory, answer[1], answer[2])
        await self._end(job, model_id, answer[1])

    async def _end(self, job: Training, model_id: str, metrics: Mapping[str, Any]) -> None:
        await self._trainings.finish(
            job.id, JobStatus.SUCCEEDED, "done", metrics=metrics, model_id=model_id
        )

    async def _begin(self, job: Training, child: Any) -> None:
        """Start the process; the first one waits for the fork server to load its libraries."""
        begun = asyncio.create_task(asyncio.to_thread(child.start))
        waited = 0.0
        while not (await asyncio.wait({begun}, timeout=_SILENT_S))[0]:
            waited += _SILENT_S
            await self._trainings.report(job.id, 0.0, f"starting a process ({waited:.0f} s)")
        await begun

    async def _watch(self, job: Training, child: Any, pipe: Connection) -> Any:
        """The child's last word; None when the job was cancelled.

        Progress is written as it comes, at most five times a second; when a fit is silent, the
        seconds it has taken are written once a second.
        """
        loop = asyncio.get_running_loop()
        started = reported = loop.time()
        share, words, news = 0.0, "starting", False
        while True:
            if job.id in self._trainings.cancelled:
                self._trainings.cancelled.discard(job.id)
                return None
            now = loop.time()
            if now > started + self._limits.time_s:
                return "failed", f"it took longer than {self._limits.time_s:g} seconds"
            try:
                while pipe.poll():
                    kind, *said = pipe.recv()
                    if kind == "progress":
                        (share, words), news = said, True
                    elif kind == "log":
                        await self._trainings.log(job.id, *said)
                    elif kind == "warnings":
                        await self._trainings.warn(job.id, said[0])
                    else:
                        return kind, *said
            except EOFError:
                return "failed", _exit_words(child.exitcode, self._limits.memory_mb)
            quiet = now - reported
            if (news and quiet >= _REPORT_S) or quiet >= _SILENT_S:
                text = words if news else f"{words} ({now - started:.0f} s)"
                await self._trainings.report(job.id, share, text)
                reported, news = now, False
            await asyncio.sleep(_POLL_S)


def _exit_words(code: int | None, memory_mb: int) -> str:
    return (
        f"the training process ended without an answer (exit code {code}); it may have needed "
        f"more than {memory_mb} MiB of memory"
    )
