"""Leave out values that hardly moved; pure, one call a batch."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twinedge.kit.clock import US
from twinedge.sources.model import Deadband
from twinedge.telemetry.model import Batch, Micros, Qualities, Values

MAX_SILENCE_S = 60.0
"""A value that rests inside its deadband is stored at least this often, as a heartbeat."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """Which rows of a batch to store, and what the filter remembers once they are."""

    keep: NDArray[np.bool_]
    slots: NDArray[np.intp]
    """The filter's places of the series concerned; the columns below belong to them."""
    value: Values
    ts: Micros
    quality: Qualities
    seen: NDArray[np.bool_]


class DeadbandFilter:
    """Remembers the last stored point of every series that has a deadband.

    A row passes when its series has no deadband, nothing is stored yet, the quality changed, it has
    no number (a text, a bad-quality marker), it is at least the deadband away from the last
    stored value, or `max_silence_s` of its own time went by (backwards too: a late point corrects
    history). percent is of the last stored value. `judge` changes nothing; `accept` remembers a
    verdict once its rows are stored, so that a batch that could not be stored can come again.
    """

    def __init__(self, bands: Mapping[int, Deadband], max_silence_s: float = MAX_SILENCE_S) -> None:
        order = sorted(bands)
        self._series = np.array(order, np.uint32)
        self._absolute = np.array(
            [bands[n].value if bands[n].type == "absolute" else 0.0 for n in order], np.float64
        )
        self._fraction = np.array(
            [bands[n].value / 100 if bands[n].type == "percent" else 0.0 for n in order], np.float64
        )
        self._value = np.full(len(order), np.nan)
        self._ts = np.zeros(len(order), np.int64)
        self._quality = np.zeros(len(order), np.uint8)
        self._seen = np.zeros(len(order), np.bool_)
        self._silence_us = round(max_silence_s * US)

    def judge(self, batch: Batch) -> Verdict | None:
        """Which rows to store; None when no row's series has a deadband (store them all)."""
        if not len(self._series):
            return None
        slot = np.searchsorted(self._series, batch.series)
        slot[slot == len(self._series)] = 0
        rows = np.flatnonzero(self._series[slot] == batch.series)
        if not len(rows):
            return None
        slots, place = np.unique(slot[rows], return_inverse=True)
        verdict = Verdict(
            np.ones(len(batch), np.bool_),
            slots,
            self._value[slots],
            self._ts[slots],
            self._quality[slots],
            self._seen[slots],
        )
        for nth in _occurrences(place):
            self._judge_once(verdict, batch, rows[nth], place[nth])
        return verdict

    def accept(self, verdict: Verdict) -> None:
        """The rows of this verdict are stored."""
        self._value[verdict.slots] = verdict.value
        self._ts[verdict.slots] = verdict.ts
        self._quality[verdict.slots] = verdict.quality
        self._seen[verdict.slots] = verdict.seen

    def inherit(self, old: "DeadbandFilter") -> None:
        """Take over what another filter remembers, for the series both know."""
        _, mine, theirs = np.intersect1d(self._series, old._series, return_indices=True)
        self._value[mine], self._ts[mine] = old._value[theirs], old._ts[theirs]
        self._quality[mine], self._seen[mine] = old._quality[theirs], old._seen[theirs]

    def _judge_once(
        self,
        verdict: Verdict,
        batch: Batch,
        rows: NDArray[np.intp],
        place: NDArray[np.intp],
    ) -> None:
        """Judge rows of which no two share a series, against what the verdict remembers."""
        value, ts, quality = batch.value[rows], batch.ts[rows], batch.quality[rows]
        last = verdict.value[place]
        slot = verdict.slots[place]
        band = np.maximum(self._absolute[slot], np.abs(last) * self._fraction[slot])
        with np.errstate(invalid="ignore"):
            moved = np.abs(value - last)
            rests = (moved < band) | (moved == 0)
        passes = ~(
            rests
            & verdict.seen[place]
            & (quality == verdict.quality[place])
            & (np.abs(ts - verdict.ts[place]) < self._silence_us)
        )
        verdict.keep[rows] = passes
        stored = place[passes]
        verdict.value[stored], verdict.ts[stored] = value[passes], ts[passes]
        verdict.quality[stored], verdict.seen[stored] = quality[passes], True


def _occurrences(slot: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Split positions so that the nth part holds the nth occurrence of every value."""
    order = np.argsort(slot, kind="stable")
    ordered = slot[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    counts = np.diff(np.r_[starts, len(ordered)])
    rank = np.arange(len(ordered)) - np.repeat(starts, counts)
    if not rank.any():
        return [np.arange(len(slot))]
    by_rank = np.argsort(rank, kind="stable")
    return np.split(order[by_rank], np.cumsum(np.bincount(rank))[:-1])
