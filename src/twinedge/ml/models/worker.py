"""The scorer: deployed models watch the stream and write their scores back as telemetry.

Guarantees: rows of an asset are scored in time order; a model or asset that fails is set aside,
named in its standing and tried again, and disturbs no other. Scores are on disk before the state
behind them, which is kept every few seconds; after a kill the telemetry since then is read again,
and a score that is stored already is not written twice: nothing is lost or doubled. When the
stream's queue overflowed (a million points behind), the same replay makes up for it.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np
import structlog

from twinedge.kit.clock import Clock
from twinedge.kit.errors import TwinEdgeError, Unavailable
from twinedge.ml.models.deployments import Deployments
from twinedge.ml.models.model import Model, Prediction
from twinedge.ml.models.standing import ModelStanding
from twinedge.ml.models.watch import Point, Watch, batch_from
from twinedge.ml.models.watching import Key, Watching, stored
from twinedge.telemetry.model import Batch, Series
from twinedge.telemetry.service import Telemetry
from twinedge.telemetry.stream import Subscription

SAVE_S = 3.0
"""How often states are kept; the telemetry since then is read again after a kill."""
_SLICE = 10_000
_RETRY_S = 1.0
_AGAIN_S = 30.0
"""When what failed is tried again."""
_log = structlog.get_logger(__name__)


class _Inbox:
    """The subscription's batches in their order; `next` is done when there are some."""

    def __init__(self, subscription: Subscription) -> None:
        self._subscription = subscription
        self.next = asyncio.create_task(subscription.get())

    def take(self) -> list[Batch]:
        """All that wait; what `next` holds came before what is queued."""
        first: list[Batch] = []
        if self.next.done():
            first = [batch for batch in (self.next.result(),) if batch is not None]
            self.next = asyncio.create_task(self._subscription.get())
        return first + self._subscription.drain()

    def take_gap(self) -> int:
        """Points that were dropped since the last call."""
        return self._subscription.take_gap()


class ModelWorker:
    """The scorer of all deployed models. tell: hears every prediction that was written."""

    def __init__(
        self, deployments: Deployments, watching: Watching, telemetry: Telemetry, clock: Clock,
        tell: Callable[[Prediction], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._deployments = deployments
        self._watching = watching
        self._telemetry = telemetry
        self._clock = clock
        self.tell = tell
        self._changed = asyncio.Event()
        deployments.on_change(self._changed.set)
        self._watches: dict[Key, Watch] = {}
        self._by_series: dict[int, list[Watch]] = {}
        self._series = np.empty(0, np.uint32)
        self._in_flight: Sequence[Watch] = ()
        """Scored, and the scores not stored yet: a state of theirs must not be kept."""
        self._tags_version = -1
        self._saved_s = 0.0
        self._again_s: float | None = None
        self._task: asyncio.Task[None] | None = None
        self.scored_rows = 0
        """Rows scored since the start."""

    async def start(self) -> None:
        """Watch from now on, after catching up with what was stored meanwhile."""
        self._changed.set()
        self._deployments.scorer_runs(True)
        self._task = asyncio.create_task(self._work(), name="scorer")

    async def stop(self) -> None:
        """Stop; the states are kept."""
        self._deployments.scorer_runs(False)
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            await self._save()

    async def _work(self) -> None:
        with self._telemetry.stream.subscribe("ml") as subscription:
            inbox = _Inbox(subscription)
            changed = asyncio.create_task(self._changed.wait())
            try:
                while True:
                    await asyncio.wait(
                        {changed, inbox.next}, timeout=SAVE_S, return_when=asyncio.FIRST_COMPLETED
                    )
                    try:
                        await self._turn(inbox)
                    except Exception:  # whatever the database raises; the scorer goes on
                        _log.exception("scorer_turn_failed")
                        self._forget()  # then what this turn had is read again
                        self._again_s = self._clock.monotonic_s() + _RETRY_S
                    if changed.done():
                        changed = asyncio.create_task(self._changed.wait())
            finally:
                changed.cancel()
                inbox.next.cancel()

    async def _turn(self, inbox: "_Inbox") -> None:
        """One round: take changes up, score what came, keep states when it is time."""
        now_s = self._clock.monotonic_s()
        if inbox.take_gap():
            _log.warning("scorer_fell_behind")
            self._forget()  # then what was missed is read again
            self._changed.set()
        taken = inbox.take()
        is_due = self._again_s is not None and now_s >= self._again_s
        if self._changed.is_set() or is_due or self._watching.version != self._tags_version:
            self._changed.clear()
            await self._look(taken)
        await self._take([*taken, *inbox.take()])
        if now_s - self._saved_s >= SAVE_S:
            self._saved_s = now_s
            await self._save()

    # --- what is watched -----------------------------------------------------------------------

    async def _look(self, waiting_points: Sequence[Batch]) -> None:
        """Learn what is deployed, and on which assets. Points that wait are taken after this."""
        waiting = self._deployments.news()
        await self._save()  # so that a watch built anew begins where the old one is
        self._again_s = None
        self._tags_version = self._watching.version
        board = self._deployments.board
        found: dict[Key, Watch] = {}
        fresh: list[Watch] = []
        models = await self._deployments.deployed()
        for id in board.keys() - {model.id for model in models}:
            del board[id]
        for model in models:
            standing = board.setdefault(model.id, ModelStanding())
            try:
                for key, watch in (await self._watching.of_model(model, self._watches)).items():
                    found[key] = watch
                    if key not in self._watches:
                        fresh.append(watch)
                standing.error = None
            except Exception as error:  # a damaged model stops no other
                self._blame_model(model, standing, error)
                continue
            mine = {w.asset_id: w.standing for k, w in found.items() if k[0] == model.id}
            for asset_id, old in standing.assets.items():
                if old.error is not None and asset_id in mine:  # until it is seen to work again
                    mine[asset_id].error, mine[asset_id].error_us = old.error, old.error_us
            standing.assets = mine
        self._watches = found
        self._index()
        self._deployments.monitors = {
            model.id: [w.monitor for k, w in found.items() if k[0] == model.id and w.monitor]
            for model in models
        }
        for watch in fresh:
            await self._catch_up(watch, waiting_points)
        for event in waiting:
            event.set()

    def _forget(self) -> None:
        """Score nothing more until the watches are rebuilt from their kept states."""
        self._watches = {}
        self._index()

    def _index(self) -> None:
        self._by_series = {}
        for watch in self._watches.values():
            for series in watch.inputs:
                self._by_series.setdefault(series, []).append(watch)
        self._series = np.array(sorted(self._by_series), np.uint32)

    async def _catch_up(self, watch: Watch, waiting_points: Sequence[Batch]) -> None:
        """Score what was stored since the state's position, or since the deployment.

        A watch that begins stops before the points that wait: they may be older than they seem
        (a new asset that brings its past along), and none of them may come late.
        """
        try:
            end = None
            if watch.position_us is None:
                end = _oldest(waiting_points, np.array(list(watch.inputs), np.uint32))
            async for page in self._watching.missed(watch, end):
                for point in page:
                    watch.take(*point)
                if watch.rows:
                    await self._score([watch])
        except Exception as error:
            self._set_aside(watch, error)

    def _set_aside(self, watch: Watch, error: Exception) -> None:
        """Stop a watch that failed, name the reason, and try again later from its kept state."""
        words = error.message if isinstance(error, TwinEdgeError) else repr(error)[:300]
        watch.standing.error, watch.standing.error_us = words, self._clock.now_us()
        _log.exception("scoring_failed", model=watch.model.id, asset=watch.asset_id, exc_info=error)
        self._watches = {key: w for key, w in self._watches.items() if w is not watch}
        self._index()
        self._again_s = self._again_s or self._clock.monotonic_s() + _AGAIN_S

    def _blame_model(self, model: Model, standing: ModelStanding, error: Exception) -> None:
        words = error.message if isinstance(error, TwinEdgeError) else repr(error)[:300]
        standing.error, standing.error_us = words, self._clock.now_us()
        _log.exception("model_not_watching", model=model.id, exc_info=error)
        self._again_s = self._again_s or self._clock.monotonic_s() + _AGAIN_S

    # --- scoring -------------------------------------------------------------------------------

    async def _take(self, batches: Sequence[Batch]) -> None:
        """Hand points to their watches, then score the rows that became whole.

        Slices of `_SLICE` points, so that the loop is never held for long.
        """
        for batch in batches:
            rows = np.flatnonzero(np.isin(batch.series, self._series))
            rows = rows[np.argsort(batch.ts[rows], kind="stable")]
            for start in range(0, len(rows), _SLICE):
                touched: dict[int, Watch] = {}
                for point in stored(batch.take(rows[start : start + _SLICE])):
                    for watch in self._by_series.get(point[0], ()):
                        if watch.take(*point):
                            touched[id(watch)] = watch
                if touched:
                    await self._score(list(touched.values()))

    async def _score(self, watches: Sequence[Watch]) -> None:
        """Score waiting rows and write all that comes of it in one batch."""
        self._in_flight = watches
        points: list[Point] = []
        told: list[Prediction] = []
        for watch in watches:
            self.scored_rows += len(watch.rows)
            try:
                written, news = watch.score()
            except Exception as error:  # one model's fault is not another's
                self._set_aside(watch, error)
                continue
            points += written
            told += news
            if not watch.is_known:
                self._saved_s = 0.0
        if points:
            await self._write(points)
        self._in_flight = ()
        for prediction in told:
            self.tell(prediction)

    async def _write(self, points: Sequence[Point]) -> None:
        """Store the points. A full store or disk is waited for; the stream's queue is the bound."""
        batch = batch_from(points, self._clock.now_us())
        while True:
            try:
                await self._telemetry.ingest(batch)
                return
            except Unavailable as error:
                _log.warning("scores_wait_for_the_store", error=error.message)
                await asyncio.sleep(_RETRY_S)

    async def _save(self) -> None:
        """Keep the states that have moved since the last time."""
        moved = [
            w for w in self._watches.values()
            if not (w.is_saved or w.position_us is None or w in self._in_flight)
        ]  # fmt: skip
        states: dict[str, dict[str, tuple[int, str]]] = {}
        for watch in moved:
            assert watch.position_us is not None
            kept = (watch.position_us, watch.to_json())
            states.setdefault(watch.model.id, {})[watch.asset_id] = kept
            watch.is_saved = watch.is_known = True
        if states:
            await self._deployments.keep(states)


def _oldest(batches: Sequence[Batch], series: Series) -> int | None:
    """The earliest time of any of these series' points."""
    times = [batch.ts[np.isin(batch.series, series)] for batch in batches]
    return min((int(ts.min()) for ts in times if len(ts)), default=None)
