from typing import Any

import pytest

from twinedge.assets.model import Kind
from twinedge.connectors.modbus.settings import ModbusSettings
from twinedge.connectors.modbus.tag import check, kind
from twinedge.kit.errors import Invalid
from twinedge.sources.model import TagSpec

SETTINGS = ModbusSettings(host="plc")


def spec(address: str | dict[str, Any] = "40001", **more: Any) -> TagSpec:
    return TagSpec(address, "a", "t", **more)


class TestCheck:
    @pytest.mark.parametrize(
        ("tag", "address", "data_type", "bit"),
        [
            (spec("4x00001"), "40001", "uint16", None),
            (spec("40001.3"), "40001", "bool", 3),
            (spec("40001", data_type="bool"), "40001", "bool", 0),
            (spec("00007"), "00007", "bool", None),
            (spec("1!40001"), "40001", "uint16", None),
            (spec("2!40001", data_type="float32"), "2!40001", "float32", None),
            (spec({"table": "input_register", "offset": 4}), "30005", "uint16", None),
        ],
    )
    def test_fills_in_what_follows(
        self, tag: TagSpec, address: str, data_type: str, bit: int | None
    ) -> None:
        checked = check(SETTINGS, tag)
        assert (checked.address, checked.data_type, checked.bit) == (address, data_type, bit)
        assert check(SETTINGS, checked) == checked

    @pytest.mark.parametrize(
        ("tag", "fields"),
        [
            (spec(data_type="string"), ["length"]),
            (spec(data_type="string", length=251), ["length"]),
            (spec(length=3), ["length"]),
            (spec("00001", data_type="uint16"), ["data_type"]),
            (spec("00001", bit=1), ["bit"]),
            (spec(bit=16), ["bit"]),
            (spec("40001.3", bit=4), ["bit"]),
            (spec(bit=1, data_type="uint16"), ["data_type"]),
            (spec(data_type="bool", scale=2.0), ["scale"]),
            (spec(scale=0.0), ["scale"]),
            (spec(offset=float("nan")), ["offset"]),
            (spec("465536", data_type="float32"), ["address"]),
            (spec(interval_ms=99), ["interval_ms"]),
            (spec(scale=0.0, interval_ms=1, length=2), ["length", "scale", "interval_ms"]),
        ],
    )
    def test_names_every_fault(self, tag: TagSpec, fields: list[str]) -> None:
        with pytest.raises(Invalid) as caught:
            check(SETTINGS, tag)
        assert [fault.field for fault in caught.value.faults] == fields

    def test_a_value_longer_than_a_request_is_refused(self) -> None:
        with pytest.raises(Invalid) as caught:
            check(ModbusSettings(host="plc", max_registers=2), spec(data_type="float64"))
        assert [fault.field for fault in caught.value.faults] == ["data_type"]


class TestKind:
    @pytest.mark.parametrize(
        ("tag", "expected"),
        [
            (spec(), Kind.NUMBER),
            (spec("00001"), Kind.BOOLEAN),
            (spec("40001.1"), Kind.BOOLEAN),
            (spec(data_type="string", length=4), Kind.TEXT),
            (spec(data_type="float32"), Kind.NUMBER),
        ],
    )
    def test_is_known_before_the_first_value(self, tag: TagSpec, expected: Kind) -> None:
        assert kind(tag) is expected
        assert kind(check(SETTINGS, tag)) is expected
