"""What several callers want of the register, joined into one transaction; no I/O."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from twinedge.assets.model import Name, NewTag, Tag
from twinedge.kit.errors import Conflict


class KindClash(Conflict):
    """A tag wanted exists with another kind of values."""


class Changes:
    """Tags to make and tags to claim. `add` takes a caller's wishes whole or not at all."""

    def __init__(self, find: Callable[[Name], Tag | None]) -> None:
        self._find = find
        self.new: dict[Name, NewTag] = {}
        self.claimed: dict[Name, Tag] = {}

    def __bool__(self) -> bool:
        return bool(self.new or self.claimed)

    def wants_nothing(self, wanted: Sequence[NewTag], *, same_kind: bool) -> bool:
        """Whether all of `wanted` is there already. Raises like `add`."""
        self.add(wanted, same_kind=same_kind)
        return not self

    def add(self, wanted: Sequence[NewTag], *, same_kind: bool) -> None:
        """Add what is missing of `wanted` to what earlier callers want.

        Raises KindClash (if `same_kind`) and Conflict; then nothing was added.
        """
        new: dict[Name, NewTag] = {}
        claimed: dict[Name, Tag] = {}
        for want in wanted:
            name = (want.asset_id, want.tag_name)
            tag = (
                claimed.get(name)
                or self.claimed.get(name)
                or self._find(name)
                or new.get(name)
                or self.new.get(name)
            )
            if tag is None:
                new[name] = want
                continue
            if same_kind and tag.kind is not want.kind:
                raise KindClash(f"tag {tag.tag_name!r} of {tag.asset_id!r} is {tag.kind}")
            if not want.data_source_id or tag.data_source_id == want.data_source_id:
                continue
            if tag.data_source_id is not None:
                raise Conflict(
                    f"tag {tag.tag_name!r} of asset {tag.asset_id!r} already belongs to data "
                    f"source {tag.data_source_id!r}"
                )
            if isinstance(tag, Tag):
                claimed[name] = replace(tag, data_source_id=want.data_source_id)
            else:
                new[name] = replace(tag, data_source_id=want.data_source_id)
        self.new.update(new)
        self.claimed.update(claimed)
