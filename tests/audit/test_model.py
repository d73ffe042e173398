"""The chain: every way to tamper with it is found, and named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.audit.model import (
    GENESIS,
    Entry,
    Head,
    Outcome,
    Record,
    chained,
    follow,
    hash_of,
    outcome_of,
)
from twinedge.web.audit import Attempt

texts = st.text(max_size=20)
maybe = st.none() | texts
attempts = st.builds(
    Attempt, maybe, maybe, texts, texts, texts, maybe, texts, maybe, texts, st.integers(100, 599)
)
records = st.builds(Record, st.integers(0, 2**53), attempts, st.integers(1, 1000))


def chain_of(records: list[Record]) -> list[Entry]:
    entries: list[Entry] = []
    head = Head(0, GENESIS)
    for record in records:
        entry = chained(head, record)
        entries.append(entry)
        head = Head(entry.seq, entry.hash)
    return entries


class TestFollow:
    @given(records=st.lists(records, max_size=5))
    def test_what_was_appended_is_proved(self, records: list[Record]) -> None:
        entries = chain_of(records)
        verdict = follow(entries)
        assert verdict.fault is None
        assert verdict.entries == len(records)
        assert verdict.head.hash == (entries[-1].hash if entries else GENESIS)

    @given(records=st.lists(records, min_size=1, max_size=5), data=st.data())
    def test_a_changed_field_of_any_entry_is_found(
        self, records: list[Record], data: st.DataObject
    ) -> None:
        entries = chain_of(records)
        index = data.draw(st.integers(0, len(entries) - 1))
        record = entries[index].record
        fields = [*sorted(Attempt.__slots__), "at_us", "times"]
        field = data.draw(st.sampled_from(fields))
        if field in {"at_us", "times"}:
            forged = replace(record, **{field: getattr(record, field) + 1})
        else:
            value = getattr(record.attempt, field)
            other = value + 1 if field == "status" else f"{value}x"
            forged = replace(record, attempt=replace(record.attempt, **{field: other}))
        entries[index] = replace(entries[index], record=forged)
        assert follow(entries).fault == f"entry {index + 1} was changed"

    @given(records=st.lists(records, min_size=2, max_size=5), data=st.data())
    def test_a_removed_entry_is_found(self, records: list[Record], data: st.DataObject) -> None:
        entries = chain_of(records)
        index = data.draw(st.integers(0, len(entries) - 2))
        del entries[index]
        assert follow(entries).fault == f"entry {index + 1} is missing"

    def test_an_entry_forged_with_a_fitting_hash_breaks_what_follows(self) -> None:
        record = Record(1, Attempt("k", "Ada", "key", "::1", "PUT", None, "/", None, "r", 200))
        entries = chain_of([record, record, record])
        forged = replace(record, at_us=2)
        middle = replace(
            entries[1], record=forged, hash=hash_of(2, forged, entries[1].previous_hash)
        )
        fault = follow([entries[0], middle, entries[2]]).fault
        assert fault == "entry 3 does not follow entry 2: one was replaced"

    def test_only_a_noted_head_shows_a_cut_end_or_a_chain_written_anew(self) -> None:
        record = Record(1, Attempt("k", "Ada", "key", "::1", "PUT", None, "/", None, "r", 200))
        entries = chain_of([record, record, record])
        noted = Head(3, entries[2].hash)
        assert follow(entries, noted).fault is None
        assert follow(entries[:2]).fault is None
        cut = follow(entries[:2], noted).fault
        assert cut == "the chain ends at entry 2, but entry 3 was noted: cut off"
        anew = chain_of([record, record, replace(record, at_us=9)])
        assert follow(anew).fault is None
        fault = follow(anew, noted).fault
        assert fault == "entry 3 is not the one noted: the chain was written anew"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, Outcome.DONE), (303, Outcome.DONE), (401, Outcome.REFUSED), (409, Outcome.REFUSED),
     (500, Outcome.FAILED), (503, Outcome.FAILED)],
)  # fmt: skip
def test_the_outcome_follows_from_the_status(status: int, outcome: Outcome) -> None:
    assert outcome_of(status) is outcome
