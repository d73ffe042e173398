"""From a draft to stored points: names, kinds, times and sources are checked, new tags made."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twinedge.assets.changes import KindClash
from twinedge.assets.model import KINDS, Name, NewTag, name_fault
from twinedge.assets.service import Register
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Fault, Invalid
from twinedge.telemetry.draft import Draft
from twinedge.telemetry.model import Batch
from twinedge.telemetry.service import Telemetry

SourceExists = Callable[[str], Awaitable[bool]]
"""Whether a data source of this id exists."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a draft; `faults` are the first 100 of the rejected points."""

    accepted: int
    rejected: int
    faults: tuple[Fault, ...]


class Intake:
    """Takes drafts in. A refused draft leaves nothing behind, neither points nor tags."""

    def __init__(
        self, telemetry: Telemetry, register: Register, clock: Clock, source_exists: SourceExists
    ) -> None:
        self._telemetry = telemetry
        self._register = register
        self._clock = clock
        self._source_exists = source_exists

    async def take(self, draft: Draft, *, partial: bool) -> Outcome:
        """Store the draft and publish it; returns when it is on disk.

        All or nothing: raises Invalid with every fault, Conflict if a tag belongs to another data
        source than the point names. With `partial` the good points are stored and the faults
        returned.
        """
        if self._is_plain(draft):
            await self._telemetry.ingest_checked(self._batch(draft))
            return Outcome(len(draft), 0, ())
        await self._check_sources(draft)
        while True:
            _renumber(draft, self._register)
            new_kinds = self._check(draft)
            faults = draft.faults
            if faults and not partial:
                raise Invalid(faults.summary(), faults.shown())
            good = np.flatnonzero(~faults.bad[draft.row])
            wanted = self._wanted(draft, good, new_kinds)
            try:
                if wanted:
                    await self._register.ensure(wanted, same_kind=True)
            except KindClash:
                continue  # another writer made the tag meanwhile: now the check will say so
            _renumber(draft, self._register)
            batch = self._batch(draft)
            await self._telemetry.ingest(batch if len(good) == len(draft) else batch.take(good))
            return Outcome(len(good), faults.rejected, tuple(faults.shown()))

    def _is_plain(self, draft: Draft) -> bool:
        """Whether nothing is new and nothing wrong, as in nearly every request."""
        return (
            not draft.new_names
            and not draft.faults
            and draft.sources is None
            and bool((self._register.kinds_of(draft.series) == draft.kind).all())
            and self._telemetry.all_believable(draft.ts)
        )

    def _check(self, draft: Draft) -> NDArray[np.uint8]:
        """Add the faults of names, kinds, times; returns the kind of every new name."""
        faults, row = draft.faults, draft.row
        new_rows = np.flatnonzero(draft.series < 0)
        self._check_names(draft, new_rows)
        late = np.flatnonzero(~self._telemetry.believable(draft.ts) & ~faults.bad[row])
        faults.add_rows(row[late], "timestamp", lambda _row: "is more than 1 day in the future")
        expected = np.zeros(len(draft), np.uint8)
        new_kinds = np.zeros(len(draft.new_names), np.uint8)
        known = draft.series >= 0
        expected[known] = self._register.kinds_of(draft.series[known])
        if len(new_rows):
            good = new_rows[~faults.bad[row[new_rows]]]
            names, first = np.unique(-1 - draft.series[good], return_index=True)
            new_kinds[names] = draft.kind[good[first]]
            expected[new_rows] = new_kinds[-1 - draft.series[new_rows]]
        clash = np.flatnonzero((expected != draft.kind) & ~faults.bad[row])
        if len(clash):
            kinds = dict(zip(row[clash].tolist(), expected[clash].tolist(), strict=True))
            faults.add_rows(
                row[clash],
                "value",
                lambda at: (
                    f"must be a {KINDS[kinds[at]]}: the tag has held {KINDS[kinds[at]]} "
                    "values since its first point"
                ),
            )
        return new_kinds

    @staticmethod
    def _check_names(draft: Draft, new_rows: NDArray[np.intp]) -> None:
        if len(new_rows) == 0:
            return
        new = -1 - draft.series[new_rows]
        for part, field in enumerate(("asset_id", "tag_name")):
            found = [name_fault(name[part]) for name in draft.new_names]
            if not any(found):
                continue
            flags = np.array([fault is not None for fault in found])
            bad = flags[new]
            rows = draft.row[new_rows[bad]]
            words = dict(zip(rows.tolist(), new[bad].tolist(), strict=True))
            draft.faults.add_rows(
                rows,
                field,
                lambda at, found=found, words=words: found[words[at]],  # type: ignore[misc]
            )

    async def _check_sources(self, draft: Draft) -> None:
        if draft.sources is None:
            return
        exists = {
            id: await self._source_exists(id)
            for id in dict.fromkeys(draft.sources)
            if id is not None
        }
        for index, id in enumerate(draft.sources):
            if id is not None and not exists[id]:
                draft.faults.add(
                    int(draft.row[index]), "data_source_id", f"no data source {id[:64]!r} exists"
                )

    def _wanted(
        self, draft: Draft, good: NDArray[np.intp], new_kinds: NDArray[np.uint8]
    ) -> list[NewTag]:
        """The tags to make, and those to claim for a source."""
        used = np.unique(draft.series[good])
        new = (-1 - used[used < 0]).tolist()
        wanted = {-1 - k: _new_tag(draft.new_names[k], int(new_kinds[k])) for k in sorted(new)}
        if draft.sources is not None:
            for index in good.tolist():
                source, number = draft.sources[index], int(draft.series[index])
                if source is None:
                    continue
                if number >= 0:
                    tag = self._register.by_series(number)
                    asset_id, tag_name, kind = tag.asset_id, tag.tag_name, tag.kind
                    holder = tag.data_source_id
                else:
                    asset_id, tag_name, kind = (
                        wanted[number].asset_id, wanted[number].tag_name, wanted[number].kind
                    )  # fmt: skip
                    holder = wanted[number].data_source_id
                if number in wanted:
                    holder = wanted[number].data_source_id or holder
                if holder is not None and holder != source:
                    field = draft.faults.place(int(draft.row[index]), "data_source_id")
                    message = f"the tag belongs to data source {holder!r}"
                    raise Conflict(f"{field}: {message}", [Fault(field, message)])
                wanted[number] = NewTag(asset_id, tag_name, kind, source)
        return list(wanted.values())

    def _batch(self, draft: Draft) -> Batch:
        return Batch(
            draft.series.astype(np.uint32),
            draft.ts,
            draft.value,
            draft.quality,
            self._clock.now_us(),
            None if draft.text is None else tuple(draft.text),
        )


def _new_tag(name: Name, kind: int) -> NewTag:
    asset_id, tag_name = name
    return NewTag(asset_id, tag_name, KINDS[kind])


def _renumber(draft: Draft, register: Register) -> None:
    """Give new names that have come into being meanwhile their numbers."""
    if not draft.new_names:
        return
    numbers = np.array(
        [register.numbers.get(name, -1 - k) for k, name in enumerate(draft.new_names)], np.int64
    )
    rows = np.flatnonzero(draft.series < 0)
    draft.series[rows] = numbers[-1 - draft.series[rows]]
