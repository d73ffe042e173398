"""Which groups a rule has: one for every asset whose tags can make its condition hold."""

from collections.abc import Iterable, Sequence

import numpy as np

from twinedge.alerts.engine.engine import Binding
from twinedge.alerts.engine.plan import LeafPlan, Plan, possible
from twinedge.alerts.model import Rule
from twinedge.assets.model import Tag
from twinedge.assets.service import Register


class Binder:
    """Finds groups for rules by tag name; follows the register."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._assets: dict[str, dict[str, str | None]] = {}
        """tag name -> asset -> the data source the tag belongs to."""
        self.newest = 0
        """The highest series number seen."""
        self._version = -1

    def find_changed(self) -> list[Tag]:
        """Tags that are new, or belong to another source than at the last call."""
        if self._version == self._register.version:
            return []
        self._version = self._register.version
        return self._take(self._register.select())

    def find_new(self, newest: int) -> list[Tag]:
        """The tags up to this series number not seen before; much cheaper than `find_changed`."""
        coming = np.arange(self.newest + 1, newest + 1, dtype=np.uint32)
        knows, by_series = self._register.knows, self._register.by_series
        return self._take([by_series(int(n)) for n in coming if knows(np.array([n]))])

    def _take(self, tags: Iterable[Tag]) -> list[Tag]:
        changed = []
        for tag in tags:
            self.newest = max(self.newest, tag.series)
            assets = self._assets.setdefault(tag.tag_name, {})
            if tag.asset_id not in assets or assets[tag.asset_id] != tag.data_source_id:
                assets[tag.asset_id] = tag.data_source_id
                changed.append(tag)
        return changed

    def bindings(self, rule: Rule, plan: Plan) -> list[Binding]:
        """The groups of the rule with the series of each leaf; none while no tag exists.

        A leaf with its own asset_id looks there, all others at the group's asset. If every leaf
        has its own, there is one group, named after the rule's asset or the first leaf's.
        """
        found = (self.binding(rule, plan, asset) for asset in self._assets_of(rule, plan))
        return [binding for binding in found if binding is not None]

    def binding(self, rule: Rule, plan: Plan, asset: str) -> Binding | None:
        """The group of the rule on one asset, if its tags can make the condition hold."""
        series = [self._series(rule, leaf, asset) for leaf in plan.leaves]
        usable = possible(plan.tree, [number is not None for number in series])
        return ((rule.id, asset), series) if usable else None

    def assets_concerned(self, rule: Rule, plan: Plan, tag: Tag) -> Sequence[str]:
        """The assets whose group looks at this tag; empty if the rule does not care."""
        named = [leaf for leaf in plan.leaves if leaf.tag_name == tag.tag_name]
        if any(leaf.asset_id == tag.asset_id for leaf in named):
            return self._assets_of(rule, plan)
        if any(leaf.asset_id is None for leaf in named) and rule.asset_id in (None, tag.asset_id):
            return [tag.asset_id]
        return []

    def _assets_of(self, rule: Rule, plan: Plan) -> list[str]:
        free = [leaf for leaf in plan.leaves if leaf.asset_id is None]
        if not free:
            return [rule.asset_id or plan.leaves[0].asset_id or ""]
        if rule.asset_id is not None:
            return [rule.asset_id]
        names = dict.fromkeys(leaf.tag_name for leaf in free)
        return list(dict.fromkeys(a for name in names for a in self._assets.get(name, ())))

    def _series(self, rule: Rule, leaf: LeafPlan, asset: str) -> int | None:
        tag = self._register.find(leaf.asset_id or asset, leaf.tag_name)
        if tag is None:
            return None
        wanted = rule.data_source_id
        if wanted is not None and leaf.asset_id is None and tag.data_source_id != wanted:
            return None
        return tag.series
