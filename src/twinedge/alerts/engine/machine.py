"""The state machine of one group (one rule on one asset), pure and in event time.

Guarantee: what it decides depends only on the accepted points in their order, never on when or in
what portions they come, nor on how often `advance` is called in between: timers fire at their own
event time, before any later point is looked at. A point at the very moment a timer is due counts
before the timer.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from math import isnan
from typing import Any

from twinedge.alerts.engine.plan import FALSE, TRUE, UNKNOWN, LeafKind, LeafPlan, Plan, judge
from twinedge.alerts.model import GroupKey, Value
from twinedge.alerts.schedules import covers, next_change

NEVER = 2**63 - 1
START = -(2**63)
_RING_PARTS = 512


class Phase(IntEnum):
    NORMAL = 0
    PENDING = 1
    """The condition holds, but not yet for long enough."""
    ACTIVE = 2
    CLEARING = 3
    """Open; the condition no longer holds, but not yet for long enough."""
    BLOCKED = 4
    """Resolved by hand while the condition held; waits until it has cleared once."""


_OPEN_BAND = (Phase.ACTIVE, Phase.CLEARING, Phase.BLOCKED)


class Kind(StrEnum):
    RAISED = "raised"
    RETURNED = "returned"
    """The condition holds again before the alert had cleared."""
    FLAPPING = "flapping"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Transition:
    """Something people care about happened to a group at ts (event time)."""

    key: GroupKey
    kind: Kind
    ts: int
    leaf: int
    """The leaf that tells why: the first that holds, else the first."""
    value: Value | None
    """Its value; for a rate of change the rate."""


@dataclass(frozen=True, slots=True)
class Change:
    """A point for one leaf of a group. Booleans are 0 and 1; text only for text leaves."""

    leaf: int
    ts: int
    value: float
    text: str | None = None
    bad: bool = False


class LeafState:
    """What a leaf remembers."""

    __slots__ = ("held", "rate", "ring", "seen", "text", "truth", "ts", "value")

    def __init__(self) -> None:
        self.ts = START
        """Of the newest good point."""
        self.seen = START
        """Since when silence counts: the newest good point, or later when nobody was listening."""
        self.value = float("nan")
        self.text: str | None = None
        self.rate = float("nan")
        self.truth = UNKNOWN
        self.held = False
        self.ring: deque[tuple[int, float]] = deque()


class Group:
    """One rule on one asset."""

    __slots__ = (
        "as_of", "boundary", "flapping", "in_schedule", "index", "key", "leaves", "paused_us",
        "phase", "plan", "raises", "since", "span_us", "truth",
    )  # fmt: skip

    def __init__(self, plan: Plan, key: GroupKey) -> None:
        self.plan = plan
        self.key = key
        self.index = -1
        self.leaves = [LeafState() for _ in plan.leaves]
        self.phase = Phase.NORMAL
        self.truth = UNKNOWN
        self.as_of = START
        """The group's own clock; never goes back."""
        self.since = NEVER
        self.span_us = 0
        self.paused_us = -1
        """How much of the span had passed when the truth became unknown; -1 while it runs."""
        self.raises: deque[int] = deque(maxlen=plan.flap_count)
        self.flapping = False
        self.boundary = START
        self.in_schedule = True

    # --- input -----------------------------------------------------------------------------

    def apply(self, changes: Sequence[Change]) -> list[Transition]:
        """Points of one moment, taken as simultaneous. Late and repeated ones change nothing.

        Late: older than the newest good point of the same leaf. One with the same ts and another
        value replaces it. A point older than the group's clock counts from that clock on.
        """
        out: list[Transition] = []
        seen = False
        for change in changes:
            if not self._accepts(change):
                continue
            leaf = self.leaves[change.leaf]
            if leaf.ts == START and not change.bad:  # its clock says nothing of the time before
                leaf.seen = max(leaf.seen, change.ts)
            if not seen:
                out = self.advance(max(self.as_of, change.ts) - 1)
                self.as_of = max(self.as_of, change.ts)
                seen = True
            self._set(change)
        if seen:
            self._judge(self.as_of, out)
        return out

    def advance(self, ts: int) -> list[Transition]:
        """Fire every timer due at or before ts, in order, each at its own time."""
        out: list[Transition] = []
        while (due := self.deadline()) <= ts:
            self.as_of = max(self.as_of, due)
            self._judge(self.as_of, out)
        return out

    def begin(self, now: int) -> list[Transition]:
        """Judge the values held; after the rule came into being or was changed.

        What holds or is silent already is dated now (event time), never before the rule.
        """
        self.relax()
        truths = [
            int(leaf.seen != START and leaf.seen + plan.span_us <= now)
            if plan.kind is LeafKind.STALE
            else leaf.truth
            for plan, leaf in zip(self.plan.leaves, self.leaves, strict=True)
        ]
        held = max(leaf.ts for leaf in self.leaves)
        at = now if judge(self.plan.tree, truths) == TRUE else held
        self.as_of = max(self.as_of, at)
        out = self.advance(self.as_of - 1)
        self._judge(self.as_of, out)
        return out

    def hold(self, leaf: int, ts: int, seen: int, value: float, text: str | None) -> None:
        """Take a newest point over as if it had been applied; the phase stays."""
        plan, state = self.plan.leaves[leaf], self.leaves[leaf]
        self.as_of = max(self.as_of, ts)
        is_silent = plan.kind is LeafKind.STALE and state.truth == TRUE
        if ts > state.ts or not is_silent:  # only a newer point ends a silence
            state.seen = max(state.seen, seen)
        if ts <= state.ts:
            return
        state.ts, state.value, state.text = ts, value, text
        if plan.kind is LeafKind.RATE:
            _keep(state, plan.span_us)
            state.rate = _rate(state, plan)

    def block(self) -> None:
        """Resolved by hand: silent until the condition has cleared once."""
        if self.phase in (Phase.ACTIVE, Phase.CLEARING):
            self.phase = Phase.BLOCKED if self.truth != FALSE else Phase.NORMAL
            self.since, self.paused_us, self.flapping = NEVER, -1, False
            if self.phase is Phase.NORMAL:
                self._rest_leaves()

    def deadline(self) -> int:
        """When the next timer is due; NEVER without one."""
        due = NEVER
        if self.phase in (Phase.PENDING, Phase.CLEARING) and self.paused_us < 0:
            due = self.since + self.span_us
        for plan, leaf in zip(self.plan.leaves, self.leaves, strict=True):
            if plan.kind is LeafKind.STALE and leaf.truth != TRUE and leaf.seen != START:
                due = min(due, leaf.seen + plan.span_us)
        if self.plan.schedule is not None and self.boundary != START:
            due = min(due, self.boundary)
        return due

    def band(self, leaf: int) -> tuple[float, float, bool]:
        """The band that keeps this leaf's truth as it is, or flips it: (low, high, inverted)."""
        plan, state = self.plan.leaves[leaf], self.leaves[leaf]
        band = plan.hold_band if self.phase in _OPEN_BAND and state.held else plan.raise_band
        return band.low, band.high, band.inverted

    def relax(self) -> None:
        """Judge the leaves by the values held, as if their quality were good."""
        for plan, leaf in zip(self.plan.leaves, self.leaves, strict=True):
            if plan.kind is LeafKind.STALE and leaf.seen != START:
                leaf.truth = FALSE
            elif plan.kind is not LeafKind.STALE and leaf.ts != START:
                leaf.truth = self._leaf_truth(plan, leaf)

    # --- leaves ----------------------------------------------------------------------------

    def _accepts(self, change: Change) -> bool:
        leaf = self.leaves[change.leaf]
        if change.ts < leaf.ts:
            return False
        if change.bad:
            is_stale = self.plan.leaves[change.leaf].kind is LeafKind.STALE
            return not is_stale and (leaf.truth != UNKNOWN or bool(leaf.ring))
        same = change.value == leaf.value or isnan(change.value)
        repeated = change.ts == leaf.ts and same and change.text == leaf.text
        return not repeated or leaf.truth == UNKNOWN

    def _set(self, change: Change) -> None:
        plan, leaf = self.plan.leaves[change.leaf], self.leaves[change.leaf]
        if change.bad:
            if plan.kind is not LeafKind.STALE:
                leaf.truth = UNKNOWN
                leaf.ring.clear()
            return
        leaf.ts = change.ts
        leaf.seen = max(leaf.seen, change.ts)
        leaf.value, leaf.text = change.value, change.text
        if plan.kind is LeafKind.RATE:
            _keep(leaf, plan.span_us)
            leaf.rate = _rate(leaf, plan)
        if plan.kind is not LeafKind.STALE:
            leaf.truth = self._leaf_truth(plan, leaf)

    def _leaf_truth(self, plan: LeafPlan, leaf: LeafState) -> int:
        if plan.kind is LeafKind.TEXT:
            return UNKNOWN if leaf.text is None else int((leaf.text == plan.text) == plan.equal)
        value = leaf.rate if plan.kind is LeafKind.RATE else leaf.value
        if isnan(value):
            leaf.held = False
            return UNKNOWN
        kept = self.phase in _OPEN_BAND and leaf.held and plan.hold_band.holds(value)
        leaf.held = kept or plan.raise_band.holds(value)
        return int(leaf.held)

    def _rest_leaves(self) -> None:
        """Judge every known leaf by the band that fits the phase."""
        for plan, leaf in zip(self.plan.leaves, self.leaves, strict=True):
            if plan.kind is not LeafKind.STALE and leaf.truth != UNKNOWN:
                leaf.truth = self._leaf_truth(plan, leaf)

    # --- the rule --------------------------------------------------------------------------

    def _judge(self, ts: int, out: list[Transition]) -> None:
        for plan, leaf in zip(self.plan.leaves, self.leaves, strict=True):
            if plan.kind is LeafKind.STALE and leaf.seen != START:
                leaf.truth = int(leaf.seen + plan.span_us <= ts)
        truth = judge(self.plan.tree, [leaf.truth for leaf in self.leaves])
        if self.plan.schedule is not None and ts != START:  # before the first point is no time
            if ts >= self.boundary:
                self.in_schedule = covers(self.plan.schedule, ts)
                change = next_change(self.plan.schedule, ts)
                self.boundary = NEVER if change is None else change
            if not self.in_schedule:
                truth = FALSE
        self.truth = truth
        self._turn(ts, truth, out)
        self._complete(ts, out)

    def _turn(self, ts: int, truth: int, out: list[Transition]) -> None:
        """Move on by the new truth."""
        phase = self.phase
        if phase is Phase.NORMAL and truth == TRUE:
            self._wait(Phase.PENDING, ts, self.plan.duration_us)
        elif phase is Phase.ACTIVE and truth == FALSE:
            self._wait(Phase.CLEARING, ts, self._clear_span(ts, out))
        elif phase is Phase.BLOCKED and truth == FALSE:
            self._rest()
        elif phase in (Phase.PENDING, Phase.CLEARING):
            waited_for = TRUE if phase is Phase.PENDING else FALSE
            if truth == UNKNOWN:
                if self.paused_us < 0:
                    self.paused_us = ts - self.since
            elif truth == waited_for:
                if self.paused_us >= 0:
                    self.since, self.paused_us = ts - self.paused_us, -1
            elif phase is Phase.PENDING:
                self._rest()
            else:
                self.phase, self.since, self.paused_us = Phase.ACTIVE, NEVER, -1
                self.raises.append(ts)
                out.append(self._transition(Kind.RETURNED, ts))

    def _complete(self, ts: int, out: list[Transition]) -> None:
        """End a wait that is over."""
        if self.paused_us >= 0 or self.since == NEVER or self.since + self.span_us > ts:
            return
        if self.phase is Phase.PENDING:
            self.phase, self.since, self.flapping = Phase.ACTIVE, NEVER, False
            self.raises.append(ts)
            out.append(self._transition(Kind.RAISED, ts))
        elif self.phase is Phase.CLEARING:
            out.append(self._transition(Kind.CLEARED, ts))
            self._rest()

    def _clear_span(self, ts: int, out: list[Transition]) -> int:
        full = len(self.raises) == self.plan.flap_count
        if not full or self.raises[0] <= ts - self.plan.flap_us:
            return self.plan.clear_us
        if not self.flapping:
            self.flapping = True
            out.append(self._transition(Kind.FLAPPING, ts))
        return max(self.plan.clear_us, self.plan.flap_us)

    def _wait(self, phase: Phase, ts: int, span_us: int) -> None:
        self.phase, self.since, self.span_us, self.paused_us = phase, ts, span_us, -1

    def _rest(self) -> None:
        self.phase, self.since, self.paused_us = Phase.NORMAL, NEVER, -1
        self.flapping = False
        self._rest_leaves()

    def _transition(self, kind: Kind, ts: int) -> Transition:
        index = next((i for i, leaf in enumerate(self.leaves) if leaf.truth == TRUE), 0)
        return Transition(self.key, kind, ts, index, self.shown(index))

    def shown(self, index: int) -> Value | None:
        """The value of a leaf as people should see it."""
        plan, leaf = self.plan.leaves[index], self.leaves[index]
        if leaf.text is not None:
            return leaf.text
        value = leaf.rate if plan.kind is LeafKind.RATE else leaf.value
        return None if isnan(value) else value

    # --- keeping ---------------------------------------------------------------------------

    def is_trivial(self) -> bool:
        """Whether a new group fed the last values would be the same: nothing worth keeping."""
        plan = self.plan
        return (
            self.phase is Phase.NORMAL
            and not self.raises
            and len(plan.leaves) == 1
            and plan.leaves[0].kind in (LeafKind.BAND, LeafKind.STALE)
            and plan.schedule is None
            and (self.leaves[0].seen == START or self.leaves[0].ts != START)
        )

    def dump(self) -> dict[str, Any]:
        """The state as JSON types; exact (NaN becomes None)."""
        return {
            "phase": int(self.phase), "truth": self.truth, "as_of": self.as_of,
            "since": self.since, "span": self.span_us, "paused": self.paused_us,
            "raises": list(self.raises), "flapping": self.flapping,
            "leaves": [_dump_leaf(leaf) for leaf in self.leaves],
        }  # fmt: skip

    def load(self, raw: dict[str, Any]) -> None:
        """Take over a dumped state of the same plan."""
        self.phase, self.truth, self.as_of = Phase(raw["phase"]), raw["truth"], raw["as_of"]
        self.since, self.span_us, self.paused_us = raw["since"], raw["span"], raw["paused"]
        self.raises = deque(raw["raises"], maxlen=self.plan.flap_count)
        self.flapping = raw["flapping"]
        for leaf, state in zip(self.leaves, raw["leaves"], strict=True):
            _load_leaf(leaf, state)
        if self.plan.schedule is not None and self.as_of != START:
            self.in_schedule = covers(self.plan.schedule, self.as_of)
            change = next_change(self.plan.schedule, self.as_of)
            self.boundary = NEVER if change is None else change


def _keep(leaf: LeafState, window_us: int) -> None:
    """Remember the point; at most ~512 a window, and one at least a window old.

    Of closer points only the first of each 1/512 of the window is kept, which moves the base of
    the rate by less than that.
    """
    ring = leaf.ring
    if ring and ring[-1][0] == leaf.ts:
        ring.pop()
    ring.append((leaf.ts, leaf.value))
    if len(ring) > 2 and ring[-1][0] - ring[-3][0] < window_us // _RING_PARTS:
        del ring[-2]
    while len(ring) > 1 and ring[1][0] <= leaf.ts - window_us:
        ring.popleft()


def _rate(leaf: LeafState, plan: LeafPlan) -> float:
    base_ts, base = leaf.ring[0]
    if base_ts > leaf.ts - plan.span_us:
        return float("nan")
    return (leaf.value - base) * plan.per_us / (leaf.ts - base_ts)


def _number(value: float) -> float | None:
    return None if isnan(value) else value


def _dump_leaf(leaf: LeafState) -> list[Any]:
    return [
        leaf.ts, leaf.seen, _number(leaf.value), leaf.text, _number(leaf.rate),
        leaf.truth, leaf.held, [list(point) for point in leaf.ring],
    ]  # fmt: skip


def _load_leaf(leaf: LeafState, raw: list[Any]) -> None:
    nan = float("nan")
    leaf.ts, leaf.seen = raw[0], raw[1]
    leaf.value = nan if raw[2] is None else raw[2]
    leaf.text = raw[3]
    leaf.rate = nan if raw[4] is None else raw[4]
    leaf.truth, leaf.held = raw[5], raw[6]
    leaf.ring = deque((point[0], point[1]) for point in raw[7])
