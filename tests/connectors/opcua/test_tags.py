"""What a tag may say, and what kind it will be."""

from typing import Any

import pytest

from twinedge.assets.model import Kind
from twinedge.connectors.opcua.tags import check_tag, kind_of
from twinedge.kit.errors import Invalid
from twinedge.sources.model import TagSpec


def tag(address: Any = "ns=2;s=A", **more: Any) -> TagSpec:
    return TagSpec(address, "pump", "speed", **more)


class TestCheckTag:
    def test_an_object_becomes_text(self) -> None:
        given = tag({"node": "ns=2;s=A", "index": 3})
        assert check_tag(given).address == "ns=2;s=A;index=3"

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            (tag("A"), "address"),
            (tag(data_type="bcd16"), "data_type"),
            (tag(length=5), "length"),
            (tag(word_order="little"), "word_order"),
            (tag(byte_order="little"), "byte_order"),
            (tag(bit=64), "bit"),
            (tag(bit=1, data_type="float64"), "data_type"),
            (tag(bit=1, scale=2.0), "scale"),
            (tag(data_type="string", offset=1.0), "offset"),
        ],
    )
    def test_what_does_not_apply_is_refused_on_its_field(self, given: TagSpec, field: str) -> None:
        with pytest.raises(Invalid) as caught:
            check_tag(given)
        assert [fault.field for fault in caught.value.faults] == [field]

    def test_all_faults_come_at_once(self) -> None:
        with pytest.raises(Invalid) as caught:
            check_tag(tag("A", length=5, bit=-1))
        assert {fault.field for fault in caught.value.faults} == {"address", "length", "bit"}


class TestKindOf:
    @pytest.mark.parametrize(
        ("given", "kind"),
        [
            (tag(), None),
            (tag(data_type="bool"), Kind.BOOLEAN),
            (tag(bit=3), Kind.BOOLEAN),
            (tag(data_type="string"), Kind.TEXT),
            (tag(data_type="int64"), Kind.NUMBER),
            (tag(scale=2.0), Kind.NUMBER),
        ],
    )
    def test_follows_from_the_settings(self, given: TagSpec, kind: Kind | None) -> None:
        assert kind_of(given) is kind
