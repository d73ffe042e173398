"""What datasets need from others."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from twinedge.ml.datasets.model import LabelQuery

UsedBy = Callable[[Sequence[str]], Awaitable[Mapping[str, Sequence[str]]]]
"""Ids of what needs each of these datasets right now; datasets nobody needs may be left out."""


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A period of trouble of an asset, [start_us, end_us).

    tag_name: the one tag it says something about; None: the whole asset.
    """

    asset_id: str
    start_us: int
    end_us: int
    tag_name: str | None = None


class Labels(Protocol):
    """Where people and rules have said that something was wrong."""

    async def spans(
        self, query: LabelQuery, asset_ids: Sequence[str], start_us: int, end_us: int
    ) -> Sequence[LabelledSpan]:
        """Periods of these assets that touch [start_us, end_us), any order."""
        ...


class NoLabels:
    """Without alerts and annotations there are no labels."""

    async def spans(
        self, query: LabelQuery, asset_ids: Sequence[str], start_us: int, end_us: int
    ) -> Sequence[LabelledSpan]:
        return ()
