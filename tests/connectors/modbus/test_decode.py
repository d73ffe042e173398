import math
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.connectors.modbus.decode import ORDERS, Decoder, alternatives, decode_one
from twinedge.sources.model import DataType, TagSpec

FORMATS: dict[DataType, str] = {
    "int16": ">h", "uint16": ">H", "int32": ">i", "uint32": ">I",
    "int64": ">q", "uint64": ">Q", "float32": ">f", "float64": ">d",
}  # fmt: skip


def integers(form: str) -> st.SearchStrategy[int]:
    bits = struct.calcsize(form) * 8
    if form[-1].isupper():
        return st.integers(0, 2**bits - 1)
    return st.integers(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


@st.composite
def values(draw: st.DrawFn) -> tuple[DataType, Any]:
    data_type = draw(st.sampled_from(list(FORMATS)))
    if data_type.startswith("float"):
        width = 32 if data_type == "float32" else 64
        return data_type, draw(st.floats(width=width, allow_nan=False, allow_infinity=False))
    return data_type, draw(integers(FORMATS[data_type]))


def encode(data_type: DataType, value: Any, letters: str) -> list[int]:
    """Registers of a value as a device with these orders would hold them, by hand."""
    raw = struct.pack(FORMATS[data_type], value)
    words = [raw[at : at + 2] for at in range(0, len(raw), 2)]
    if letters in {"CDAB", "DCBA"}:
        words.reverse()
    if letters in {"BADC", "DCBA"}:
        words = [word[::-1] for word in words]
    return [int.from_bytes(word, "big") for word in words]


def tag(data_type: DataType, letters: str = "ABCD", **more: Any) -> TagSpec:
    word_order, byte_order = ORDERS[letters]
    return TagSpec(
        "40001", "a", "t", data_type=data_type, word_order=word_order, byte_order=byte_order, **more
    )


class TestDecoder:
    @given(values(), st.sampled_from(list(ORDERS)))
    def test_round_trip_of_every_number_type_and_order(
        self, value: tuple[DataType, Any], letters: str
    ) -> None:
        data_type, number = value
        found = decode_one(tag(data_type, letters), encode(data_type, number, letters))
        if isinstance(number, int) and abs(number) > 2**53:
            assert found == str(number)
        else:
            assert found == number

    @given(st.lists(st.tuples(values(), st.sampled_from(list(ORDERS))), max_size=30))
    def test_many_tags_at_once_are_each_as_alone(
        self, wanted: list[tuple[tuple[DataType, Any], str]]
    ) -> None:
        tags, image, positions = [], [], []
        for (data_type, number), letters in wanted:
            tags.append(tag(data_type, letters))
            positions.append(len(image))
            image += encode(data_type, number, letters)
        decoded = Decoder(tags, positions).decode(np.array(image, np.uint16))
        assert decoded.value.tolist() == [float(number) for (_, number), _ in wanted]
        assert not decoded.invalid.any()

    @given(st.integers(0, 99_999_999))
    def test_bcd(self, number: int) -> None:
        high, low = int(f"{number // 10_000:04d}", 16), int(f"{number % 10_000:04d}", 16)
        assert decode_one(tag("bcd32"), [high, low]) == number
        assert decode_one(tag("bcd32", "CDAB"), [low, high]) == number
        assert decode_one(tag("bcd16"), [low]) == number % 10_000

    @pytest.mark.parametrize("register", [0xA000, 0x0A00, 0x00A0, 0x000F])
    def test_what_is_no_decimal_digit_is_invalid(self, register: int) -> None:
        decoded = Decoder([tag("bcd16")], [0]).decode(np.array([register], np.uint16))
        assert decoded.invalid.tolist() == [True]
        assert math.isnan(decoded.value[0])

    @given(st.integers(0, 0xFFFF), st.integers(0, 15))
    def test_bits(self, register: int, bit: int) -> None:
        assert decode_one(tag("bool", bit=bit), [register]) is bool(register >> bit & 1)

    @given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20))
    def test_strings(self, text: str) -> None:
        raw = text.encode().ljust(20, b"\0")
        registers = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, 20, 2)]
        swapped = [(r & 0xFF) << 8 | r >> 8 for r in registers]
        assert decode_one(tag("string", length=20), registers) == text
        assert decode_one(tag("string", "BADC", length=20), swapped) == text

    def test_a_string_of_odd_length_and_blanks(self) -> None:
        assert decode_one(tag("string", length=3), [0x4142, 0x4344]) == "ABC"
        assert decode_one(tag("string", length=4), [0x4142, 0x2020]) == "AB"
        assert decode_one(tag("string", length=2), [0xE4F6]) == "äö"

    @pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
    def test_floats_that_are_no_numbers_are_invalid(self, value: float) -> None:
        assert decode_one(tag("float32"), encode("float32", value, "ABCD")) is None

    def test_scale_and_offset(self) -> None:
        assert decode_one(tag("int16", scale=0.5, offset=-10.0), [100]) == 40
        big = encode("uint64", 2**60, "ABCD")
        assert decode_one(tag("uint64", scale=1.0), big) == 2**60

    def test_a_scale_that_overflows_is_invalid(self) -> None:
        assert decode_one(tag("float64", scale=1e308), encode("float64", 1e10, "ABCD")) is None


class TestAlternatives:
    def test_names_the_order_that_makes_sense(self) -> None:
        found = alternatives(tag("uint16"), encode("float32", 65.5, "CDAB"))
        assert found["float32 CDAB"] == 65.5
        assert found["int16"] == 0
        assert "int64 ABCD" not in found

    @given(st.lists(st.integers(0, 0xFFFF), min_size=1, max_size=4))
    def test_any_registers_have_some_meaning(self, registers: list[int]) -> None:
        found = alternatives(tag("uint16"), registers)
        assert found["uint16"] == registers[0]
        assert all(value is not None for value in found.values())
