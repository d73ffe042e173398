"""Strict JSON agrees with the standard library wherever both accept."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.kit.errors import Invalid
from twinedge.web.strict_json import MAX_DEPTH, parse

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


class TestParse:
    @given(JSON, st.booleans())
    def test_reads_what_json_writes(self, value: Any, ascii_only: bool) -> None:
        assert parse(json.dumps(value, ensure_ascii=ascii_only).encode()) == value

    @given(st.binary())
    def test_any_bytes_are_read_or_refused_with_one_fault(self, body: bytes) -> None:
        faults: list[str] = []
        value: Any = None
        try:
            value = parse(body)
        except Invalid as error:
            faults = [fault.field for fault in error.faults]
        if faults:
            assert faults == ["body"]
        else:
            assert json.loads(body) == value

    @pytest.mark.parametrize("open_close", [b"[]", b'{"a":1}'])
    def test_depth_is_counted_exactly(self, open_close: bytes) -> None:
        def nested(levels: int) -> bytes:
            if open_close == b"[]":
                return b"[" * levels + b"]" * levels
            return b'{"a":' * (levels - 1) + b"{}" + b"}" * (levels - 1)

        parse(nested(MAX_DEPTH))
        with pytest.raises(Invalid, match="nested deeper than 64"):
            parse(nested(MAX_DEPTH + 1))

    def test_many_shallow_lists_are_fine(self) -> None:
        assert len(parse(b"[" + b",".join([b"[[]]"] * 5000) + b"]")) == 5000

    def test_every_nul_is_named_where_it_is(self) -> None:
        with pytest.raises(Invalid) as caught:
            parse(rb'{"a": [1, "x\u0000"], "b": {"c": "\u0000"}, "d\u0000": 1, "e": "\\u0000"}')
        assert [fault.field for fault in caught.value.faults] == ["a[1]", "b.c", "body"]
