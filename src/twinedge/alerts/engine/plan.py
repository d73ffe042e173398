"""A rule compiled for the machine: leaves in order, the tree above them, times in microseconds."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from hashlib import sha256

from twinedge.alerts.engine.bands import Band, hold_band, raise_band
from twinedge.alerts.model import (
    AllOf,
    AnyOf,
    Form,
    Leaf,
    Operator,
    Rate,
    Rule,
    Schedule,
    Score,
    Stale,
    Threshold,
)
from twinedge.kit.clock import US

UNKNOWN, FALSE, TRUE = -1, 0, 1
"""Truth of a leaf or a rule. Unknown: no usable value, or its quality is bad."""

Tree = int | tuple[bool, tuple["Tree", ...]]
"""A leaf's number, or (whether all must hold, the parts)."""

FLAP_COUNT = 5
FLAP_WINDOW_US = 300 * US
"""An alert that comes 5 times within 5 minutes flaps: it stays open until as long was quiet."""

_PER_US = {"second": US, "minute": 60 * US, "hour": 3600 * US}


class LeafKind(IntEnum):
    BAND = 0
    STALE = 1
    TEXT = 2
    RATE = 3


@dataclass(frozen=True, slots=True)
class LeafPlan:
    """One comparison. Which fields count depends on the kind; bands are unused for texts."""

    kind: LeafKind
    tag_name: str
    asset_id: str | None
    raise_band: Band
    hold_band: Band
    text: str = ""
    equal: bool = True
    span_us: int = 0
    """STALE: the silence; RATE: the window."""
    per_us: int = US


@dataclass(frozen=True, slots=True)
class Plan:
    """What the machine needs of a rule."""

    rule_id: str
    leaves: tuple[LeafPlan, ...]
    tree: Tree
    duration_us: int
    clear_us: int
    schedule: Schedule | None
    flap_count: int = FLAP_COUNT
    flap_us: int = FLAP_WINDOW_US

    @property
    def fingerprint(self) -> str:
        """The same for plans that decide the same; guards stored states against other plans."""
        return _fingerprint(self)


@lru_cache(maxsize=65_536)
def _fingerprint(plan: Plan) -> str:
    return sha256(repr(plan).encode()).hexdigest()[:16]


ScoreTag = Callable[[str], str | None]
"""The tag name a model's scores are written to; None while it is not deployed."""

NO_TAG = ""
"""The tag name of a score while its model is not deployed; no tag is called so."""
_NO_BAND = Band(0.0, 0.0)


def compile_rule(rule: Rule, score_tag: ScoreTag) -> Plan:
    """The plan. A score of a model that is not deployed looks at a tag that no asset has."""
    leaves: list[LeafPlan] = []
    tree = _tree(rule.condition.form, leaves, score_tag)
    return Plan(
        rule_id=rule.id,
        leaves=tuple(leaves),
        tree=tree,
        duration_us=round(rule.condition.duration_s * US),
        clear_us=round(rule.condition.clear_duration_s * US),
        schedule=rule.schedule,
    )


def judge(tree: Tree, truths: list[int]) -> int:
    """Three-valued: all = the least of its parts, any = the greatest; false < unknown < true."""
    if isinstance(tree, int):
        return truths[tree]
    every, parts = tree
    decisive = FALSE if every else TRUE
    seen_unknown = False
    for part in parts:
        truth = judge(part, truths)
        if truth == decisive:
            return decisive
        seen_unknown |= truth == UNKNOWN
    return UNKNOWN if seen_unknown else (TRUE if every else FALSE)


def possible(tree: Tree, present: list[bool]) -> bool:
    """Whether the rule could ever hold with only these leaves having a series."""
    if isinstance(tree, int):
        return present[tree]
    every, parts = tree
    return (all if every else any)(possible(part, present) for part in parts)


def _tree(form: Form, leaves: list[LeafPlan], score_tag: ScoreTag) -> Tree:
    if isinstance(form, AllOf | AnyOf):
        parts = tuple(_tree(part, leaves, score_tag) for part in form.conditions)
        return (isinstance(form, AllOf), parts)
    leaves.append(_leaf(form, score_tag))
    return len(leaves) - 1


def _leaf(leaf: Leaf, score_tag: ScoreTag) -> LeafPlan:
    if isinstance(leaf, Score):
        tag = score_tag(leaf.model_id) or NO_TAG
        return LeafPlan(LeafKind.BAND, tag, None, raise_band(leaf), hold_band(leaf))
    if isinstance(leaf, Stale):
        span = round(leaf.stale_s * US)
        return LeafPlan(
            LeafKind.STALE, leaf.tag_name, leaf.asset_id, _NO_BAND, _NO_BAND, span_us=span
        )
    if isinstance(leaf, Rate):
        return LeafPlan(
            LeafKind.RATE, leaf.tag_name, leaf.asset_id, raise_band(leaf), raise_band(leaf),
            span_us=round(leaf.window_s * US), per_us=_PER_US[leaf.per],
        )  # fmt: skip
    assert isinstance(leaf, Threshold)
    if isinstance(leaf.value, str):
        equal = leaf.operator is Operator.EQ
        return LeafPlan(
            LeafKind.TEXT, leaf.tag_name, leaf.asset_id, _NO_BAND, _NO_BAND, leaf.value, equal
        )
    bands = raise_band(leaf), hold_band(leaf)
    return LeafPlan(LeafKind.BAND, leaf.tag_name, leaf.asset_id, *bands)
