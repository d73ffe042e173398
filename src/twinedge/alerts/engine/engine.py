"""All groups of all rules: numpy filters a batch, the machine judges what is left.

Order: per group the points count in the order of arrival; groups never influence one another.
Guarantee: the transitions are the same however the points are cut into batches and however often
`tick` is called, as long as no point comes later than the grace (see `tick`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.alerts.engine.columns import SeriesColumns, Slots
from twinedge.alerts.engine.machine import NEVER, START, Change, Group, Kind, Phase, Transition
from twinedge.alerts.engine.plan import FALSE, TRUE, UNKNOWN, LeafKind, Plan
from twinedge.alerts.model import GroupKey
from twinedge.kit.clock import US
from twinedge.telemetry.model import Batch, Quality

GRACE_US = 2 * US
"""How long a timer waits for points that are still on their way."""
_PAIRS_MAX = 1_000_000

Binding = tuple[GroupKey, Sequence[int | None]]
"""A group and the series of each leaf; None while the tag does not exist."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The engine's whole state: one row a series, and the groups that are not at rest."""

    at_us: int
    rules: dict[str, str]
    series: NDArray[np.uint32]
    ts: NDArray[np.int64]
    seen: NDArray[np.int64]
    value: NDArray[np.float64]
    lead_us: NDArray[np.int64]
    texts: dict[int, str]
    states: list[tuple[GroupKey, str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class EngineStats:
    rules: int
    groups: int
    points: int
    woken_groups: int
    """How many groups Python had to look at since the start."""


class Engine:
    """Used by one caller at a time; no I/O, no clock of its own."""

    def __init__(self, grace_us: int = GRACE_US) -> None:
        self._grace_us = grace_us
        self._known = SeriesColumns()
        self._texts: dict[int, str] = {}
        self._slots = Slots()
        self._plans: dict[str, Plan] = {}
        self._groups: list[Group | None] = []
        self._free: list[int] = []
        self._by_key: dict[GroupKey, Group] = {}
        self._keys_of: dict[str, set[GroupKey]] = {}
        self._slots_of: list[list[int | None]] = []
        self._deadline = np.full(1024, NEVER, np.int64)
        self._points = 0
        self._woken = 0

    # --- rules -----------------------------------------------------------------------------

    def put(
        self, plan: Plan, bindings: Iterable[Binding], now_us: int | None, anew: bool = False
    ) -> list[Transition]:
        """Add a rule, or change one: groups of an unchanged plan keep their state.

        A group that is open stays open until the new condition says otherwise; one that the rule no
        longer has is cleared. now_us: the wall clock; None while a stored state is about to be
        loaded, then nothing is judged. anew: judge what is held even where nothing changed.
        """
        old = self._plans.get(plan.rule_id)
        self._plans[plan.rule_id] = plan
        wanted = dict(bindings)
        out: list[Transition] = []
        for key in sorted(self._keys_of.get(plan.rule_id, set()) - wanted.keys()):
            if now_us is not None and self._by_key[key].phase in (Phase.ACTIVE, Phase.CLEARING):
                out.append(Transition(key, Kind.CLEARED, now_us, 0, None))
            self._forget(key)
        for key, series in wanted.items():
            group = self._by_key.get(key)
            if group is not None and old == plan:
                out += self._rebind(group, series, now_us, begin=anew)
                continue
            fresh = Group(plan, key)
            if group is not None:
                if group.phase in (Phase.ACTIVE, Phase.CLEARING):
                    fresh.phase = Phase.ACTIVE
                elif group.phase is Phase.BLOCKED:
                    fresh.phase = Phase.BLOCKED
                self._forget(key)
            out += self._add(fresh, series, now_us)
        return out

    def bind(self, binding: Binding, now_us: int | None) -> list[Transition]:
        """Give one group of a known rule its series: a tag came into being."""
        key, series = binding
        group = self._by_key.get(key)
        if group is None:
            return self._add(Group(self._plans[key[0]], key), series, now_us)
        return self._rebind(group, series, now_us)

    def remove(self, rule_id: str) -> None:
        """Forget a rule and everything about it."""
        for key in self._keys_of.pop(rule_id, set()):
            self._forget(key)
        self._plans.pop(rule_id, None)

    def knows(self, rule_id: str) -> bool:
        return rule_id in self._plans

    def hold(self, batch: Batch) -> None:
        """Newest points of series not seen before, so that new rules judge them at once.

        Series that the engine has seen keep what it knows. Their delay is not known: none.
        """
        for row in range(len(batch)):
            series = int(batch.series[row])
            self._known.reach(series)
            if self._known.ts[series] == START and batch.quality[row] != Quality.BAD:
                self._known.ts[series] = self._known.seen[series] = batch.ts[row]
                self._known.value[series] = batch.value[row]
                if batch.text is not None and (text := batch.text[row]) is not None:
                    self._texts[series] = text

    def has_seen(self, series: int) -> bool:
        return series < len(self._known) and bool(self._known.ts[series] != START)

    def block(self, key: GroupKey) -> None:
        """The alert was resolved by hand: silent until the condition has cleared once."""
        group = self._by_key.get(key)
        if group is not None:
            self._sync(group)
            group.block()
            self._write_back(group)

    def reopen(self, key: GroupKey) -> None:
        """The alert is open in the books: the group must be, too."""
        group = self._by_key.get(key)
        if group is not None and group.phase not in (Phase.ACTIVE, Phase.CLEARING):
            group.phase = Phase.ACTIVE
            self._write_back(group)

    # --- time ------------------------------------------------------------------------------

    def feed(self, batch: Batch, replay: bool = False) -> list[Transition]:
        """Judge stored points; timers that were due before a point fire before it.

        replay: the points come from the store, so `arrived_us` says nothing about their delay.
        """
        if not len(batch):
            return []
        series = batch.series.astype(np.intp)
        self._known.reach(int(series.max()))
        pairs = int(self._slots.watched(len(self._known))[series].sum())
        if pairs > _PAIRS_MAX and len(batch) > 1:
            half = np.arange(len(batch)) < len(batch) // 2
            return self.feed(batch.take(half), replay) + self.feed(batch.take(~half), replay)
        self._points += len(batch)
        good = batch.quality != Quality.BAD
        usable = good.copy()
        usable[good] = self._known.accept(series[good], batch.ts[good])
        ts = self._event_times(batch, series, good)
        bad = ~good & (ts >= self._known.ts[series])
        watched = self._slots.watched(len(self._known))
        rows = np.flatnonzero((usable | bad) & (watched[series] > 0))
        out: list[Transition] = []
        if len(rows):
            out = self._judge_rows(batch, series, ts, bad, rows)
        kept = np.flatnonzero(usable)
        self._known.update(series[kept], batch, kept, replay)
        if batch.text is not None:
            for row in kept:
                if (text := batch.text[row]) is not None:
                    self._texts[int(series[row])] = text
        return out

    def tick(self, now_us: int) -> list[Transition]:
        """Fire the timers of groups that hear no further points.

        A group's clock runs on from its newest point by the wall time since that arrived, less the
        grace: so a device whose clock is off, or data that comes late in a lump, fires no timer
        early.
        """
        live = self._slots.live()
        clocks = now_us - self._grace_us - self._known.lead_us[self._slots.series[live]]
        groups = self._slots.group[live]
        due = clocks >= self._deadline[groups]
        latest: dict[int, int] = {}
        for index, clock in zip(groups[due].tolist(), clocks[due].tolist(), strict=True):
            latest[index] = max(latest.get(index, clock), clock)
        out: list[Transition] = []
        for index, clock in latest.items():
            group = self._groups[index]
            assert group is not None
            self._sync(group)
            out += group.advance(clock)
            self._write_back(group)
        return out

    def advance(self, ts: int) -> list[Transition]:
        """Fire every timer due at or before ts of all groups' own time; ends a replay."""
        out: list[Transition] = []
        for index in np.flatnonzero(self._deadline[: len(self._groups)] <= ts):
            group = self._groups[int(index)]
            if group is not None:
                self._sync(group)
                out += group.advance(ts)
                self._write_back(group)
        return out

    @property
    def watches_silence(self) -> bool:
        """Whether any rule waits for a silence."""
        return any(
            leaf.kind is LeafKind.STALE for plan in self._plans.values() for leaf in plan.leaves
        )

    def set_clock(self, jump_us: int) -> None:
        """The system clock was set by so much: the clocks of tags run on as before."""
        self._known.lead_us[self._known.ts != START] += jump_us

    def excuse_silence(self, span_us: int) -> None:
        """Nobody was listening for so long: that time counts for no silence that is not over yet.

        A silence that holds already goes on.
        """
        heard = self._known.seen != START
        self._known.seen[heard] += span_us
        for group in self._by_key.values():
            for plan, leaf in zip(group.plan.leaves, group.leaves, strict=True):
                if leaf.seen != START and (plan.kind is not LeafKind.STALE or leaf.truth != TRUE):
                    leaf.seen += span_us
            self._write_back(group)

    # --- inside ----------------------------------------------------------------------------

    def _event_times(
        self, batch: Batch, series: NDArray[np.intp], good: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Points' own times; the marker of a lost link, stamped by us, in the device's time."""
        lead = self._known.lead_us[series]
        marker = ~good & np.isnan(batch.value) & (np.abs(lead) > self._grace_us)
        return np.where(marker, batch.ts - lead, batch.ts) if marker.any() else batch.ts

    def _judge_rows(
        self, batch: Batch, series: NDArray[np.intp], ts: NDArray[np.int64],
        bad: NDArray[np.bool_], rows: NDArray[np.intp],
    ) -> list[Transition]:  # fmt: skip
        slots = self._slots
        position, slot = slots.of_rows(series[rows], len(self._known))
        row = rows[position]
        value, group = batch.value[row], slots.group[slot]
        truth = slots.truth[slot]
        inside = (slots.low[slot] < value) & (value < slots.high[slot])
        news = np.where(bad[row], truth != -1, (inside != slots.inverted[slot]) != truth)
        news &= bad[row] | slots.silence[slot] | ~np.isnan(value)
        wake = slots.always[slot] | news | (ts[row] >= self._deadline[group])
        if not wake.any():
            return []
        woken = np.zeros(len(self._groups), np.bool_)
        woken[group[wake]] = True
        pairs = np.flatnonzero(woken[group])
        pairs = pairs[np.lexsort((row[pairs], group[pairs]))]
        texts = batch.text
        table = zip(
            group[pairs].tolist(), row[pairs].tolist(), slots.leaf[slot[pairs]].tolist(),
            ts[row[pairs]].tolist(), value[pairs].tolist(), bad[row[pairs]].tolist(),
            strict=True,
        )  # fmt: skip
        out: list[Transition] = []
        for index, points in groupby(table, key=lambda pair: pair[0]):
            group_ = self._groups[index]
            assert group_ is not None
            self._woken += 1
            self._sync(group_)
            leaves = group_.plan.leaves
            for _, moment in groupby(points, key=lambda pair: pair[3]):
                changes = []
                for _, r, leaf, at, number, is_bad in moment:
                    is_text = texts is not None and leaves[leaf].kind is LeafKind.TEXT
                    text = texts[r] if is_text and texts is not None else None
                    changes.append(Change(leaf, at, number, text, is_bad))
                out += group_.apply(changes)
            self._write_back(group_)
        return out

    def _sync(self, group: Group) -> None:
        """Let the group know of the points that were too calm to be shown to it."""
        for leaf, slot in enumerate(self._slots_of[group.index]):
            if slot is not None and group.plan.leaves[leaf].kind in (LeafKind.BAND, LeafKind.STALE):
                self._hold(group, leaf, int(self._slots.series[slot]))

    def _hold(self, group: Group, leaf: int, series: int) -> None:
        if series < len(self._known) and self._known.ts[series] != START:
            is_text = group.plan.leaves[leaf].kind is LeafKind.TEXT
            group.hold(
                leaf, int(self._known.ts[series]), int(self._known.seen[series]),
                float(self._known.value[series]), self._texts.get(series) if is_text else None,
            )  # fmt: skip

    def _write_back(self, group: Group) -> None:
        """Bring the columns up to what the group now waits for."""
        for leaf, slot in enumerate(self._slots_of[group.index]):
            if slot is None:
                continue
            self._slots.truth[slot] = group.leaves[leaf].truth
            if group.plan.leaves[leaf].kind is LeafKind.BAND:
                low, high, inverted = group.band(leaf)
                self._slots.low[slot], self._slots.high[slot] = low, high
                self._slots.inverted[slot] = inverted
        self._deadline[group.index] = group.deadline()

    def _add(
        self, group: Group, series: Sequence[int | None], now_us: int | None
    ) -> list[Transition]:
        if self._free:
            group.index = self._free.pop()
        else:
            group.index = len(self._groups)
            self._groups.append(None)
            self._slots_of.append([])
        if group.index >= len(self._deadline):
            self._deadline = np.concatenate([self._deadline, np.full_like(self._deadline, NEVER)])
        self._groups[group.index] = group
        self._slots_of[group.index] = [None] * len(series)
        self._by_key[group.key] = group
        self._keys_of.setdefault(group.plan.rule_id, set()).add(group.key)
        return self._rebind(group, series, now_us, begin=True)

    def _rebind(
        self, group: Group, series: Sequence[int | None], now_us: int | None, begin: bool = False
    ) -> list[Transition]:
        """Give leaves their series; a group that gets a new one judges what is held."""
        slots = self._slots_of[group.index]
        for leaf, number in enumerate(series):
            old = slots[leaf]
            if number == (None if old is None else int(self._slots.series[old])):
                continue
            if old is not None:
                self._slots.remove(old)
            kind = group.plan.leaves[leaf].kind
            slots[leaf] = (
                None if number is None else self._slots.add(number, group.index, leaf, kind)
            )
            if number is not None:
                self._known.reach(number)
                self._hold(group, leaf, number)
            begin = True
        self._mark_absent(group)
        out: list[Transition] = []
        if begin and now_us is not None:
            leads = [int(self._known.lead_us[number]) for number in series if number is not None]
            clock = now_us - max(leads, default=0)
            for leaf, number in enumerate(series):
                is_silence = group.plan.leaves[leaf].kind is LeafKind.STALE
                if number is not None and is_silence and group.leaves[leaf].seen == START:
                    group.leaves[leaf].seen = clock
            out = group.begin(clock)
        self._write_back(group)
        return out

    def _mark_absent(self, group: Group) -> None:
        """A leaf without a tag does not hold; one whose tag has no value yet is unknown."""
        for leaf, slot in zip(group.leaves, self._slots_of[group.index], strict=True):
            if leaf.ts == START:
                leaf.truth = FALSE if slot is None else UNKNOWN

    def _forget(self, key: GroupKey) -> None:
        group = self._by_key.pop(key)
        for slot in self._slots_of[group.index]:
            if slot is not None:
                self._slots.remove(slot)
        self._slots_of[group.index] = []
        self._groups[group.index] = None
        self._free.append(group.index)
        self._deadline[group.index] = NEVER
        self._keys_of.get(key[0], set()).discard(key)

    # --- keeping ---------------------------------------------------------------------------

    def state(self, key: GroupKey) -> tuple[str, dict[str, Any]] | None:
        """(the plan's fingerprint, the group's state as JSON types), to be stored."""
        group = self._by_key.get(key)
        return None if group is None else (group.plan.fingerprint, group.dump())

    def snapshot(self, at_us: int) -> Snapshot:
        """Everything needed to go on later exactly as from here."""
        rows = np.flatnonzero(self._known.ts != START)
        known = self._known
        return Snapshot(
            at_us=at_us,
            rules={rule_id: plan.fingerprint for rule_id, plan in self._plans.items()},
            series=rows.astype(np.uint32), ts=known.ts[rows], seen=known.seen[rows],
            value=known.value[rows], lead_us=known.lead_us[rows], texts=dict(self._texts),
            states=[
                (key, group.plan.fingerprint, group.dump())
                for key, group in self._by_key.items()
                if not group.is_trivial()
            ],
        )  # fmt: skip

    def restore(
        self, snapshot: Snapshot, journal: Mapping[GroupKey, tuple[str, dict[str, Any]]]
    ) -> list[str]:
        """Load a snapshot and the group states stored since; all rules were `put` before.

        Returns the rules the snapshot does not know (new or changed since): `put` them again.
        """
        if len(snapshot.series):
            self._known.reach(int(snapshot.series.max()))
            self._known.ts[snapshot.series] = snapshot.ts
            self._known.seen[snapshot.series] = snapshot.seen
            self._known.value[snapshot.series] = snapshot.value
            self._known.lead_us[snapshot.series] = snapshot.lead_us
        self._texts |= snapshot.texts
        states = {key: (mark, state) for key, mark, state in snapshot.states} | dict(journal)
        for key, group in self._by_key.items():
            mark, state = states.get(key, ("", {}))
            if mark == group.plan.fingerprint:
                group.load(state)
                self._mark_absent(group)
            elif snapshot.rules.get(key[0]) == group.plan.fingerprint:
                self._sync(group)
                group.relax()
            self._write_back(group)
        return [
            rule_id
            for rule_id, plan in self._plans.items()
            if snapshot.rules.get(rule_id) != plan.fingerprint
        ]

    # --- looking in ------------------------------------------------------------------------

    def last_value(self, key: GroupKey, leaf: int = 0) -> Any:
        """The newest value of a leaf of a group, as people should see it; None if unknown."""
        group = self._by_key.get(key)
        if group is None:
            return None
        self._sync(group)
        return group.shown(leaf)

    def phase(self, key: GroupKey) -> Phase | None:
        group = self._by_key.get(key)
        return None if group is None else group.phase

    def keys(self, rule_id: str) -> list[GroupKey]:
        return sorted(self._keys_of.get(rule_id, ()))

    def leaf_series(self, key: GroupKey) -> list[int]:
        """The series a group looks at."""
        group = self._by_key.get(key)
        if group is None:
            return []
        slots = self._slots_of[group.index]
        return [int(self._slots.series[slot]) for slot in slots if slot is not None]

    def watched_series(self) -> NDArray[np.uint32]:
        """Every series some rule looks at, ascending."""
        return np.unique(self._slots.series[self._slots.live()]).astype(np.uint32)

    def known_until(self, series: NDArray[np.uint32]) -> NDArray[np.int64]:
        """The ts of the newest good point taken of each series; far in the past if none."""
        if len(series):
            self._known.reach(int(series.max()))
        return self._known.ts[series]

    def differs(self, points: Batch) -> NDArray[np.bool_]:
        """Which points say something else than the newest good one taken of their series."""
        series = points.series.astype(np.intp)
        held = self._known.value[series]
        same = (points.value == held) | (np.isnan(points.value) & np.isnan(held))
        other: NDArray[np.bool_] = ~same | (points.quality == Quality.BAD)
        if points.text is not None:
            texts = [self._texts.get(number) for number in series.tolist()]
            other |= np.array([a != b for a, b in zip(points.text, texts, strict=True)])
        return other

    @property
    def plans(self) -> Mapping[str, Plan]:
        return self._plans

    def stats(self) -> EngineStats:
        return EngineStats(len(self._plans), len(self._by_key), self._points, self._woken)
