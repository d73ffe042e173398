"""Entries and heads as the API writes them, read back."""

import re
from collections.abc import Mapping
from typing import Any

from twinedge.audit.model import Entry, Head, Record
from twinedge.kit.clock import from_iso
from twinedge.web.audit import Attempt

_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


def entry_of(item: Mapping[str, Any]) -> Entry:
    """An item of `GET /v1/audit`. Raises KeyError or ValueError for anything else."""
    attempt = Attempt(**{name: item[name] for name in Attempt.__slots__})
    record = Record(from_iso(item["at"]), attempt, item["times"])
    return Entry(item["seq"], record, item["previous_hash"], item["hash"])


def head_of(text: str) -> Head:
    """A head written `seq:hash`. Raises ValueError with a reason in plain words."""
    found = _HEAD.fullmatch(text)
    if found is None:
        raise ValueError("must read seq:hash, as an earlier answer said it")
    return Head(int(found[1]), found[2])
