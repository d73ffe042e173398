"""Registers to values. Pure, and vectorised: one numpy pass a data type, not one call a tag.

Orders: a 32-bit value of bytes ABCD, most significant first, lies in two registers as AB CD (word
and byte order big), CD AB (word little), BA DC (byte little) or DC BA (both little). Source:
Modbus Application Protocol 1.1b3 says big within a register and nothing of words; the rest is
what vendors do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.sources.model import DataType, Order, TagSpec
from twinedge.telemetry.model import Values

Registers = NDArray[np.uint16]
Matrix = NDArray[np.uint16]
"""One row a tag, one column a register, most significant register first."""

EXACT = 2**53
"""The largest integer up to which every integer is a float64."""

_REGISTERS: dict[DataType, int] = {
    "bool": 1, "int16": 1, "uint16": 1, "bcd16": 1,
    "int32": 2, "uint32": 2, "float32": 2, "bcd32": 2,
    "int64": 4, "uint64": 4, "float64": 4,
}  # fmt: skip
_DTYPE: dict[DataType, str] = {
    "int16": ">i2", "uint16": ">u2", "int32": ">i4", "uint32": ">u4",
    "int64": ">i8", "uint64": ">u8", "float32": ">f4", "float64": ">f8",
}  # fmt: skip

ORDERS: dict[str, tuple[Order, Order]] = {
    "ABCD": ("big", "big"),
    "CDAB": ("little", "big"),
    "BADC": ("big", "little"),
    "DCBA": ("little", "little"),
}
"""Word order and byte order by the usual letters."""


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """Values of n tags in their order. value is NaN where there is a text or no valid value;
    text holds strings, and the digits of unscaled integers beyond 2^53; invalid marks registers
    that hold no value of their type (NaN, infinity, no decimal digit)."""

    value: Values
    text: list[str | None]
    invalid: NDArray[np.bool_]


def registers_of(data_type: DataType, length: int | None) -> int:
    """How many registers a value takes; a string has two characters in each."""
    if data_type == "string":
        return ((length or 1) + 1) // 2
    return _REGISTERS[data_type]


class Decoder:
    """Turns an image of registers into the values of its tags.

    The image is uint16[m], all registers and bits that were read, one behind the other;
    positions[i] is where tag i begins in it. Compiled once, used every scan.
    """

    def __init__(self, tags: Sequence[TagSpec], positions: Sequence[int]) -> None:
        self._size = len(tags)
        self._scale = np.array([1.0 if t.scale is None else t.scale for t in tags], np.float64)
        self._offset = np.array([0.0 if t.offset is None else t.offset for t in tags], np.float64)
        self._is_scaled = bool(np.any(self._scale != 1.0) or np.any(self._offset != 0.0))
        self._groups: list[_Group] = []
        keys: dict[tuple[DataType, Order, Order, int], list[int]] = {}
        for row, tag in enumerate(tags):
            data_type = tag.data_type or "uint16"
            width = registers_of(data_type, tag.length)
            keys.setdefault((data_type, tag.word_order, tag.byte_order, width), []).append(row)
        for (data_type, word_order, byte_order, width), rows in keys.items():
            starts = np.array([positions[row] for row in rows], np.intp)
            index = starts[:, None] + np.arange(width, dtype=np.intp)
            self._groups.append(
                _Group(
                    data_type,
                    np.array(rows, np.intp),
                    index[:, ::-1] if word_order == "little" and data_type != "string" else index,
                    byte_order == "little",
                    np.array([tags[row].bit or 0 for row in rows], np.uint16),
                    tuple(tags[row].length or 1 for row in rows),
                    np.array([tags[row].scale is None for row in rows])
                    & np.array([tags[row].offset is None for row in rows]),
                )
            )

    def decode(self, image: Registers) -> Decoded:
        """Values of all tags; an image position that was not read gives a meaningless value."""
        value = np.full(self._size, np.nan)
        text: list[str | None] = [None] * self._size
        invalid = np.zeros(self._size, np.bool_)
        for group in self._groups:
            words = image[group.index]
            if group.swaps_bytes:
                words = words.byteswap()
            group.decode(words, value, text, invalid)
        if self._is_scaled:
            with np.errstate(all="ignore"):
                value = value * self._scale + self._offset
            overflow = np.isinf(value)
            invalid |= overflow
            value[overflow] = np.nan
        return Decoded(value, text, invalid)


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Tags of one data type and order."""

    data_type: DataType
    rows: NDArray[np.intp]
    index: NDArray[np.intp]
    swaps_bytes: bool
    bits: Registers
    lengths: tuple[int, ...]
    is_plain: NDArray[np.bool_]

    def decode(
        self, words: Matrix, value: Values, text: list[str | None], invalid: NDArray[np.bool_]
    ) -> None:
        match self.data_type:
            case "bool":
                value[self.rows] = (words[:, 0] >> self.bits) & 1
            case "bcd16" | "bcd32":
                value[self.rows], invalid[self.rows] = _from_bcd(words)
            case "string":
                for row, characters, length in zip(self.rows, words, self.lengths, strict=True):
                    text[row] = _to_text(characters, length)
            case _:
                numbers = np.ascontiguousarray(words, ">u2").view(_DTYPE[self.data_type])[:, 0]
                with np.errstate(invalid="ignore"):  # a signalling NaN is data here
                    floats = numbers.astype(np.float64)
                if numbers.dtype.kind == "f":
                    bad = ~np.isfinite(floats)
                    floats[bad] = np.nan
                    invalid[self.rows] = bad
                elif numbers.dtype.itemsize == 8:
                    for i in np.flatnonzero((np.abs(floats) >= EXACT) & self.is_plain):
                        if abs(int(numbers[i])) > EXACT:
                            text[self.rows[i]] = str(int(numbers[i]))
                value[self.rows] = floats


def _from_bcd(words: Matrix) -> tuple[Values, NDArray[np.bool_]]:
    """Four decimal digits a register; a nibble above 9 makes the value invalid."""
    value = np.zeros(len(words))
    invalid = np.zeros(len(words), np.bool_)
    for column in range(words.shape[1]):
        for shift in (12, 8, 4, 0):
            digit = (words[:, column] >> shift) & 15
            invalid |= digit > 9
            value = value * 10 + digit
    value[invalid] = np.nan
    return value, invalid


def _to_text(words: Registers, length: int) -> str:
    """Characters up to the first NUL, without trailing blanks; UTF-8, else Latin-1."""
    raw = words.astype(">u2").tobytes()[:length].split(b"\0", 1)[0]
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return "".join(c for c in text if c.isprintable()).rstrip()


def decode_one(tag: TagSpec, registers: Sequence[int]) -> float | bool | int | str | None:
    """The value of one tag from its own registers; None when they hold none of its type.

    Whole numbers come back as int, beyond 2^53 as digits text.
    """
    decoded = Decoder([tag], [0]).decode(np.array(registers, np.uint16))
    if decoded.invalid[0]:
        return None
    if decoded.text[0] is not None:
        return decoded.text[0]
    number = float(decoded.value[0])
    if tag.data_type == "bool":
        return bool(number)
    is_float = tag.data_type in {"float32", "float64"}
    return number if is_float or not number.is_integer() else int(number)


def alternatives(tag: TagSpec, registers: Sequence[int]) -> dict[str, Any]:
    """What the registers would mean under other types and orders, for the decode assistant.

    Keys are `int16` or `float32 CDAB`; types that need more registers than given are left out, as
    is what holds no value of the type.
    """
    plain = replace(tag, bit=None, scale=None, offset=None, length=None)
    found: dict[str, Any] = {}
    for data_type, width in _REGISTERS.items():
        if width > len(registers) or data_type == "bool":
            continue
        for letters, (word_order, byte_order) in ORDERS.items():
            if width == 1 and word_order == "little":
                continue
            name = f"{data_type} {letters}" if width > 1 else data_type
            if width == 1 and byte_order == "little":
                name += " BA"
            form = replace(plain, data_type=data_type, word_order=word_order, byte_order=byte_order)
            value = decode_one(form, registers[:width])
            if value is not None:
                found[name] = value
    text = decode_one(replace(plain, data_type="string", length=2 * len(registers)), registers)
    if text:
        found["string"] = text
    return found
