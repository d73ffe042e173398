"""The engine once more, slow and obvious: it lives through every second, one after the other."""

from dataclasses import dataclass, field

from twinedge.alerts.model import (
    AllOf,
    AnyOf,
    Condition,
    Form,
    Operator,
    Rate,
    Rule,
    Stale,
    Threshold,
)

Arrival = tuple[str, int, float | str, bool]
"""(tag name, second, value, whether its quality is bad)"""


@dataclass(frozen=True)
class Stop:
    """TwinEdge was down for so long; everything due until then had been judged."""

    second: int
    span: int


Event = tuple[str, int]
"""(what, second)"""

FLAPS, FLAP_S = 5, 300


def limit_holds(operator: Operator, value, limit) -> bool:
    return {
        Operator.GT: lambda: value > limit,
        Operator.GTE: lambda: value >= limit,
        Operator.LT: lambda: value < limit,
        Operator.LTE: lambda: value <= limit,
        Operator.EQ: lambda: value == limit,
        Operator.NEQ: lambda: value != limit,
        Operator.BETWEEN: lambda: limit[0] <= value <= limit[1],
        Operator.OUTSIDE: lambda: value < limit[0] or value > limit[1],
    }[operator]()


def has_cleared(leaf: Threshold, value: float) -> bool:
    """Whether a value that was beyond the limit has gone back far enough."""
    op, limit, dead = leaf.operator, leaf.value, leaf.deadband
    if leaf.clear_value is not None and leaf.clear_value != limit:
        return value <= leaf.clear_value if op in ("gt", "gte") else value >= leaf.clear_value
    if not dead:
        return not limit_holds(op, value, limit)
    if op in ("gt", "gte"):
        return value <= limit - dead
    if op in ("lt", "lte"):
        return value >= limit + dead
    if op == "between":
        return value < limit[0] - dead or value > limit[1] + dead
    return limit[0] + dead <= value <= limit[1] - dead


@dataclass
class Leaf:
    spec: Threshold | Rate | Stale
    truth: bool | None = None
    held: bool = False
    good: list[tuple[int, float | str]] = field(default_factory=list)
    since_bad: int = 0
    heard: int = -1
    """Since when silence counts."""

    def is_silent(self, second: int) -> bool:
        return self.heard >= 0 and second - self.heard >= self.spec.stale_s


class SlowEngine:
    """One rule on one asset."""

    def __init__(self, rule: Rule) -> None:
        self.condition: Condition = rule.condition
        self.leaves: list[Leaf] = []
        self.tree = self._grow(rule.condition.form)
        self.phase = "normal"
        self.waited = 0
        self.span = 0
        self.truth: bool | None = None
        self.comings: list[int] = []
        self.events: list[Event] = []
        self.flapping = False

    def _grow(self, form: Form):
        if isinstance(form, AllOf | AnyOf):
            return (isinstance(form, AllOf), [self._grow(part) for part in form.conditions])
        self.leaves.append(Leaf(form))
        return self.leaves[-1]

    def run(self, arrivals: list[list[Arrival] | Stop], end: int) -> list[Event]:
        """arrivals: lists of simultaneous points, and stops, in the order they come in."""
        moments: list[tuple[int, list[tuple[Leaf, Arrival]] | Stop]] = []
        newest: dict[int, tuple[int, float | str]] = {}
        usable: set[int] = set()
        clock = -1
        for together in arrivals:
            if isinstance(together, Stop):
                clock = max(clock, together.second)
                moments.append((clock, together))
                continue
            accepted = []
            for arrival in together:
                tag, ts, value, bad = arrival
                for number, leaf in enumerate(self.leaves):
                    if leaf.spec.tag_name != tag:
                        continue
                    if ts < newest.get(number, (-1, 0.0))[0]:
                        continue
                    if bad and number not in usable:
                        continue
                    if bad:
                        usable.discard(number)
                    else:
                        newest[number] = (ts, value)
                        if not isinstance(leaf.spec, Stale):
                            usable.add(number)
                    accepted.append((leaf, arrival))
            if accepted:
                clock = max(clock, accepted[0][1][1])
                moments.append((clock, accepted))
        for second in range(end + 1):
            self._second_passes()
            due = [changes for at, changes in moments if at == second]
            for changes in due or [[]]:
                if isinstance(changes, Stop):
                    self._judge(second)
                    self._miss(changes.span, second)
                    continue
                for leaf, (_, ts, value, bad) in changes:
                    self._see(leaf, ts, value, bad)
                self._judge(second)
        return self.events

    def _miss(self, span: int, second: int) -> None:
        """Nobody listened for so long: what is not silent yet gets that time for nothing."""
        for leaf in self.leaves:
            if leaf.heard >= 0 and not (isinstance(leaf.spec, Stale) and leaf.is_silent(second)):
                leaf.heard += span

    def _second_passes(self) -> None:
        wanted = {"pending": True, "clearing": False}.get(self.phase)
        if wanted is not None and self.truth is wanted:
            self.waited += 1

    def _see(self, leaf: Leaf, ts: int, value: float | str, bad: bool) -> None:
        if not bad:
            leaf.heard = max(leaf.heard, ts)
        if isinstance(leaf.spec, Stale):
            if not bad:
                leaf.good.append((ts, value))
            return
        if bad:
            leaf.truth = None
            leaf.since_bad = len(leaf.good)
            return
        if leaf.good and leaf.good[-1][0] == ts:
            leaf.good.pop()
            leaf.since_bad = min(leaf.since_bad, len(leaf.good))
        leaf.good.append((ts, value))
        leaf.truth = self._leaf_truth(leaf)

    def _leaf_truth(self, leaf: Leaf) -> bool | None:
        spec, (ts, value) = leaf.spec, leaf.good[-1]
        if isinstance(spec, Rate):
            old = [p for p in leaf.good[leaf.since_bad :] if p[0] <= ts - spec.window_s]
            if not old:
                leaf.held = False
                return None
            per = {"second": 1, "minute": 60, "hour": 3600}[spec.per]
            rate = (value - old[-1][1]) * per / (ts - old[-1][0])
            leaf.held = limit_holds(spec.operator, rate, spec.value)
            return leaf.held
        sticky = self.phase in ("active", "clearing", "blocked") and leaf.held
        leaf.held = limit_holds(spec.operator, value, spec.value) or (
            sticky and not has_cleared(spec, value)
        )
        return leaf.held

    def _value(self, node, second: int) -> bool | None:
        if isinstance(node, Leaf):
            if isinstance(node.spec, Stale):
                return node.is_silent(second) if node.heard >= 0 else None
            return node.truth
        every, parts = node
        values = [self._value(part, second) for part in parts]
        if (not every) in values:
            return not every
        return None if None in values else every

    def _judge(self, second: int) -> None:
        self.truth = self._value(self.tree, second)
        if self.phase == "normal" and self.truth:
            self.phase, self.waited, self.span = "pending", 0, self.condition.duration_s
        elif self.phase == "pending" and self.truth is False:
            self._rest()
        elif self.phase == "active" and self.truth is False:
            self.phase, self.waited, self.span = "clearing", 0, self.condition.clear_duration_s
            recent = [t for t in self.comings if t > second - FLAP_S]
            if len(recent) >= FLAPS:
                if not self.flapping:
                    self.events.append(("flapping", second))
                self.flapping = True
                self.span = max(self.span, FLAP_S)
        elif self.phase == "clearing" and self.truth:
            self.phase = "active"
            self.comings.append(second)
            self.events.append(("returned", second))
        elif self.phase == "blocked" and self.truth is False:
            self._rest()
        if self.phase == "pending" and self.truth and self.waited >= self.span:
            self.phase, self.flapping = "active", False
            self.comings.append(second)
            self.events.append(("raised", second))
        elif self.phase == "clearing" and self.truth is False and self.waited >= self.span:
            self.events.append(("cleared", second))
            self._rest()

    def _rest(self) -> None:
        self.phase, self.flapping = "normal", False
        for leaf in self.leaves:
            if leaf.truth is not None and isinstance(leaf.spec, Threshold):
                leaf.truth = self._leaf_truth(leaf)
