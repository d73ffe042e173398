"""An entry of the log, its hash, and what proves a chain of them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

from twinedge.web.audit import Attempt

GENESIS = "0" * 64
"""What the first entry names as the hash before it."""


class Outcome(StrEnum):
    """How an attempt ended, by its status."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


def outcome_of(status: int) -> Outcome:
    """done below 400; failed from 500 on, for which we are to blame; refused in between."""
    if status < HTTPStatus.BAD_REQUEST:
        return Outcome.DONE
    return Outcome.REFUSED if status < HTTPStatus.INTERNAL_SERVER_ERROR else Outcome.FAILED


@dataclass(frozen=True, slots=True)
class Record:
    """An attempt with its moment; `times`: how often the same was tried until the next flush."""

    at_us: int
    attempt: Attempt
    times: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in its place in the chain: `seq` counts from 1 without a gap."""

    seq: int
    record: Record
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain at some moment; noted elsewhere, it shows that nothing was cut off."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of a list; None is any. `outcome`: see `outcome_of`."""

    actor_id: str | None = None
    method: str | None = None
    route: str | None = None
    object_id: str | None = None
    request_id: str | None = None
    outcome: Outcome | None = None
    start_us: int | None = None
    end_us: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What following a chain found. `fault` None: every entry is as it was written."""

    entries: int
    head: Head
    fault: str | None = None


def chained(head: Head, record: Record) -> Entry:
    """The record as the next entry after `head`."""
    seq = head.seq + 1
    return Entry(seq, record, head.hash, hash_of(seq, record, head.hash))


def hash_of(seq: int, record: Record, previous_hash: str) -> str:
    """SHA-256 in hex of the hash before, a line feed, and the entry as a JSON array.

    The array: seq, microseconds, times, then the attempt's fields in their order; compact, in
    UTF-8 without escapes. docs/guide/audit.md says it too, so that anybody can check.
    """
    a = record.attempt
    fields = [
        seq, record.at_us, record.times, a.actor_id, a.actor_name, a.via, a.address,
        a.method, a.route, a.path, a.object_id, a.request_id, a.status,
    ]  # fmt: skip
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous_hash}\n{text}".encode("utf-8", "replace")).hexdigest()


def follow(entries: Iterable[Entry], noted: Head | None = None) -> Verdict:
    """Follow a chain from its first entry, oldest first; stops at the first fault.

    noted: a head written down earlier, which must still lie on the chain.
    """
    head = Head(0, GENESIS)
    for entry in entries:
        if entry.seq != head.seq + 1:
            return Verdict(head.seq, head, f"entry {head.seq + 1} is missing")
        if entry.previous_hash != head.hash:
            fault = f"entry {entry.seq} does not follow entry {head.seq}: one was replaced"
            return Verdict(head.seq, head, fault)
        if entry.hash != hash_of(entry.seq, entry.record, entry.previous_hash):
            return Verdict(head.seq, head, f"entry {entry.seq} was changed")
        head = Head(entry.seq, entry.hash)
        if noted is not None and noted.seq == head.seq and noted.hash != head.hash:
            fault = f"entry {head.seq} is not the one noted: the chain was written anew"
            return Verdict(head.seq, head, fault)
    if noted is not None and noted.seq > head.seq:
        fault = f"the chain ends at entry {head.seq}, but entry {noted.seq} was noted: cut off"
        return Verdict(head.seq, head, fault)
    return Verdict(head.seq, head)
