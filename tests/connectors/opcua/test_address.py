"""Addresses: what is read, what is written, what is refused."""

import contextlib
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.connectors.opcua.address import Address, parse

GUID = "09087e75-8e5e-499b-954f-f2a9603db28a"


class TestParse:
    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("ns=2;s=Pump1.Temperature", Address(2, "Pump1.Temperature")),
            ("i=2258", Address(0, 2258)),
            ("ns=0;i=85", Address(0, 85)),
            ("ns=3;i=4294967295", Address(3, 4294967295)),
            (f"ns=1;g={GUID}", Address(1, UUID(GUID))),
            ("ns=1;b=AQIDBA==", Address(1, b"\x01\x02\x03\x04")),
            ("nsu=http://vendor.com/plc;s=A", Address("http://vendor.com/plc", "A")),
            ("nsu=urn:a%3Bb%25c;i=1", Address("urn:a;b%c", 1)),
            ('ns=3;s="DB_1"."x;y=z"', Address(3, '"DB_1"."x;y=z"')),
            ("ns=2;s=Profile;index=3", Address(2, "Profile", (3,))),
            ("ns=2;s=Matrix;index=1,2", Address(2, "Matrix", (1, 2))),
            ("  ns=2;s=led by blanks", Address(2, "led by blanks")),
            ("ns=2;s=line\nbreak", Address(2, "line\nbreak")),
        ],
    )
    def test_reads(self, text: str, address: Address) -> None:
        assert parse(text) == address

    @pytest.mark.parametrize(
        ("given_object", "address"),
        [
            ({"node": "ns=2;s=A"}, Address(2, "A")),
            ({"node": "ns=2;s=A", "index": 3}, Address(2, "A", (3,))),
            ({"node": "ns=2;s=A", "index": [1, 2]}, Address(2, "A", (1, 2))),
        ],
    )
    def test_reads_objects(self, given_object: dict[str, Any], address: Address) -> None:
        assert parse(given_object) == address

    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            ("", "write a node id"),
            ("Temperature", "ns=2;s="),
            ("ns=2", "write a node id"),
            ("ns=2;s=", "nothing follows s="),
            ("ns=x;s=A", "0 to 65535"),
            ("ns=65536;s=A", "0 to 65535"),
            ("ns=-1;s=A", "0 to 65535"),
            ("nsu=;s=A", "URI is empty"),
            ("i=abc", "s=abc"),
            ("i=4294967296", "4294967295"),
            ("i=-1", "number from 0"),
            ("i=１", "number from 0"),
            ("g=not-a-guid", "GUID"),
            ("b=###", "Base64"),
            ("x=1", "write a node id"),
            ("ns=2;s=A;index=", "index="),
            ("ns=2;s=A;index=x", "index="),
            ("40001", "write a node id"),
        ],
    )
    def test_refuses_in_words(self, text: str, hint: str) -> None:
        with pytest.raises(ValueError, match=r".") as caught:
            parse(text)
        assert hint in str(caught.value)

    @pytest.mark.parametrize(
        "given_object",
        [
            {}, {"node": 5}, {"node": "ns=2;s=A", "extra": 1}, {"node": "ns=2;s=A", "index": -1},
            {"node": "ns=2;s=A", "index": []}, {"node": "ns=2;s=A", "index": True},
            {"node": "ns=2;s=A", "index": "3"}, {"node": "ns=2;s=A;index=1", "index": 1},
            {"node": "nonsense"}, {"table": "holding_register", "offset": 0},
        ],
    )  # fmt: skip
    def test_refuses_objects(self, given_object: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=r"."):
            parse(given_object)

    @given(st.text())
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        with contextlib.suppress(ValueError):
            assert parse(str(parse(text))) == parse(text)


addresses = st.builds(
    Address,
    st.integers(0, 65535) | st.text(min_size=1),
    st.integers(0, 0xFFFFFFFF)
    | st.text(min_size=1).filter(lambda text: ";index=" not in text)
    | st.uuids()
    | st.binary(min_size=1),
    st.lists(st.integers(0, 999_999), max_size=3).map(tuple),
)


class TestText:
    @given(addresses)
    def test_what_is_written_is_read_back(self, address: Address) -> None:
        assert parse(str(address)) == address

    @given(addresses)
    def test_is_canonical(self, address: Address) -> None:
        assert str(parse(str(address))) == str(address)


class TestNamespaceIndex:
    def test_an_index_is_itself(self) -> None:
        assert Address(7, "A").namespace_index(["a"]) == 7

    def test_a_uri_is_looked_up_at_each_connect(self) -> None:
        address = parse("nsu=urn:plc;s=A")
        assert address.namespace_index(["http://opcfoundation.org/UA/", "urn:me", "urn:plc"]) == 2
        assert address.namespace_index(["http://opcfoundation.org/UA/", "urn:plc"]) == 1

    def test_a_missing_uri_is_none(self) -> None:
        assert parse("nsu=urn:gone;s=A").namespace_index(["urn:plc"]) is None
