"""Attempts that changed nothing, counted until they are written: a flood of them stays small."""

from dataclasses import replace

from twinedge.audit.model import Record
from twinedge.web.audit import Attempt

KINDS_MAX = 200
"""Different attempts told apart until the next flush; all beyond are one entry."""


class Repeats:
    """Counts equal attempts; `request_id` is the first one's."""

    def __init__(self) -> None:
        self._first: dict[Attempt, Record] = {}
        self._times: dict[Attempt, int] = {}

    def __len__(self) -> int:
        return len(self._first)

    def count(self, at_us: int, attempt: Attempt) -> None:
        """Take in one attempt."""
        kind = replace(attempt, request_id="")
        if kind not in self._first and len(self._first) >= KINDS_MAX:
            kind = Attempt(None, None, "none", "many", "", None, "…", None, "", attempt.status)
            attempt = kind
        self._first.setdefault(kind, Record(at_us, attempt))
        self._times[kind] = self._times.get(kind, 0) + 1

    def take(self) -> list[Record]:
        """All of them in the order of their first time, counted; begins anew."""
        records = [replace(record, times=self._times[kind]) for kind, record in self._first.items()]
        self._first.clear()
        self._times.clear()
        return records
