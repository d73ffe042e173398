"""The plant's Modbus TCP server: tanks, valves and boiler as the PLC of a tank farm has them."""

import logging
import struct

from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from twinedge.demo.servers.feed import Frame, Value, announce, frames
from twinedge.demo.tags import (
    MODBUS_STRIDE,
    MODBUS_UNIT,
    REGISTERS_OF,
    PlantTag,
    Table,
    tags_of_server,
)

_TABLE_OF_FUNCTION: dict[int, Table] = {
    1: "coil", 2: "discrete_input", 3: "holding_register", 4: "input_register",
}  # fmt: skip


def registers(tag: PlantTag, value: Value) -> list[int]:
    """A reading as its registers, high word first (a bit table: one entry, 0 or 1)."""
    if tag.wire == "bool":
        return [int(bool(value))]
    assert isinstance(value, int | float)
    if tag.wire == "float32":
        packed = struct.pack(">f", value)
    elif tag.wire == "uint32":
        packed = struct.pack(">I", int(value))
    else:
        raw = round(value / (tag.scale or 1.0))
        packed = struct.pack(">h", max(-32768, min(32767, raw)))
    return list(struct.unpack(f">{len(packed) // 2}H", packed))


class Image:
    """The PLC's memory: four tables, and the machines that answer nothing at present."""

    def __init__(self) -> None:
        self._tags = tags_of_server("modbus")
        self._words: dict[tuple[Table, int], int] = {}
        self._owner: dict[int, str] = {}
        self._silent: frozenset[str] = frozenset()
        for tag in self._tags:
            assert tag.table is not None
            assert tag.offset is not None
            self._owner[tag.offset // MODBUS_STRIDE] = tag.asset_id
            for i in range(REGISTERS_OF[tag.wire]):
                self._words[tag.table, tag.offset + i] = 0

    def show(self, frame: Frame) -> None:
        """Take over one frame."""
        silent = set()
        for tag, value in zip(self._tags, frame.values, strict=True):
            if value is None:
                silent.add(tag.asset_id)
                continue
            assert tag.table is not None
            assert tag.offset is not None
            for i, word in enumerate(registers(tag, value)):
                self._words[tag.table, tag.offset + i] = word
        self._silent = frozenset(silent)

    def read(self, table: Table, offset: int, count: int) -> list[int] | ExcCodes:
        """Words of a span; exception 4 if it touches a silent machine, 2 if it leaves the map."""
        words = []
        for place in range(offset, offset + count):
            if (table, place) not in self._words:
                return ExcCodes.ILLEGAL_ADDRESS
            if self._owner[place // MODBUS_STRIDE] in self._silent:
                return ExcCodes.DEVICE_FAILURE
            words.append(self._words[table, place])
        return words


class _Memory:
    """Answers pymodbus from the image; everything is read only."""

    def __init__(self, image: Image) -> None:
        self._image = image

    def device_ids(self) -> list[int]:
        return [MODBUS_UNIT]

    async def async_getValues(  # noqa: N802  (pymodbus calls it so)
        self, device_id: int, func_code: int, address: int, count: int = 1
    ) -> list[int] | list[bool] | ExcCodes:
        if device_id != MODBUS_UNIT:
            return ExcCodes.GATEWAY_NO_RESPONSE
        words = self._image.read(_TABLE_OF_FUNCTION[func_code], address, count)
        if isinstance(words, ExcCodes) or func_code > 2:
            return words
        return [bool(word) for word in words]

    async def async_setValues(  # noqa: N802
        self, device_id: int, func_code: int, address: int, values: list[int] | list[bool]
    ) -> ExcCodes:
        return ExcCodes.ILLEGAL_FUNCTION


async def serve(port: int) -> None:
    """Serve on loopback until stdin closes."""
    logging.getLogger("pymodbus").setLevel(logging.CRITICAL)
    feed = frames("modbus")
    first = await anext(feed, None)
    if first is None:
        return
    image = Image()
    image.show(first)
    blank = SimDevice(MODBUS_UNIT, [SimData(0, datatype=DataType.REGISTERS)])
    server = ModbusTcpServer(blank, address=("127.0.0.1", port))
    server.context = _Memory(image)
    if not await server.listen():
        raise OSError(f"port {port} on 127.0.0.1 is taken")
    announce(port)
    try:
        async for frame in feed:
            image.show(frame)
    finally:
        await server.shutdown()
