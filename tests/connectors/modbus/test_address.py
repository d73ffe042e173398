import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.connectors.modbus.address import Address, Table, parse
from twinedge.kit.errors import Invalid

addresses = st.builds(
    Address,
    st.sampled_from(list(Table)),
    st.integers(0, 65535),
    st.none() | st.integers(0, 255),
)


class TestParse:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("40001", Address(Table.HOLDING_REGISTER, 0)),
            ("400001", Address(Table.HOLDING_REGISTER, 0)),
            ("4x00001", Address(Table.HOLDING_REGISTER, 0)),
            ("4X1", Address(Table.HOLDING_REGISTER, 0)),
            ("465536", Address(Table.HOLDING_REGISTER, 65535)),
            ("30010", Address(Table.INPUT_REGISTER, 9)),
            ("10001", Address(Table.DISCRETE_INPUT, 0)),
            ("00001", Address(Table.COIL, 0)),
            (" 40002 ", Address(Table.HOLDING_REGISTER, 1)),
            ("3!40001", Address(Table.HOLDING_REGISTER, 0, 3)),
            ("40001.5", Address(Table.HOLDING_REGISTER, 0, None, 5)),
            ("holding_register:0", Address(Table.HOLDING_REGISTER, 0)),
            ("7!input:12", Address(Table.INPUT_REGISTER, 12, 7)),
            ({"table": "holding_register", "offset": 0}, Address(Table.HOLDING_REGISTER, 0)),
            ({"table": "coils", "offset": 3, "unit_id": 9}, Address(Table.COIL, 3, 9)),
        ],
    )
    def test_reads_every_notation(self, written: str | dict[str, object], meant: Address) -> None:
        assert parse(written) == meant

    @pytest.mark.parametrize(
        "written",
        [
            "", "1", "50001", "40000", "4x65537", "465537", "40001.16", "00001.1", "256!40001",
            "40001;drop", "４0001", "-40001", "holding_register:70000", "holding:-1", "a" * 5000,
        ],
    )  # fmt: skip
    def test_refuses_what_is_none(self, written: str) -> None:
        with pytest.raises(Invalid) as caught:
            parse(written)
        assert [fault.field for fault in caught.value.faults] == ["address"]

    def test_names_every_fault_of_an_object(self) -> None:
        with pytest.raises(Invalid) as caught:
            parse({"table": "holdng_register", "offset": -1, "unit_id": True, "lenght": 2})
        faults = {fault.field: fault.message for fault in caught.value.faults}
        assert set(faults) == {
            "address.table", "address.offset", "address.unit_id", "address.lenght"
        }  # fmt: skip
        assert "holding_register" in faults["address.table"]

    @given(addresses)
    def test_the_canonical_text_means_the_same(self, address: Address) -> None:
        assert parse(str(address)) == address

    @given(st.text())
    def test_any_text_is_an_address_or_invalid(self, text: str) -> None:
        faults: list[str] = []
        try:
            parse(text)
        except Invalid as error:
            faults = [fault.field for fault in error.faults]
        assert faults in ([], ["address"])
