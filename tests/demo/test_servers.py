"""The three servers, read by protocol clients over real sockets."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import gmqtt
import pytest
from asyncua import Client, ua
from gmqtt.mqtt.constants import MQTTv311
from hypothesis import given
from hypothesis import strategies as st
from pymodbus.client import AsyncModbusTcpClient

from tests.demo.conftest import Bench
from twinedge.demo.faults import FaultKind
from twinedge.demo.servers.feed import read_frame, write_frame
from twinedge.demo.servers.modbus import registers
from twinedge.demo.tags import OPCUA_NAMESPACE, PlantTag, plant_tags, tags_of_server
from twinedge.kit.clock import to_iso

logging.getLogger("asyncua").setLevel(logging.CRITICAL)


async def until(truth: Callable[[], Awaitable[bool]], timeout_s: float = 60.0) -> None:
    """Wait for what a server shows."""
    async with asyncio.timeout(timeout_s):
        while not await truth():
            await asyncio.sleep(0.02)


def tag_of(key: str) -> PlantTag:
    return next(tag for tag in plant_tags() if tag.key == key)


class TestFeed:
    @given(st.integers(), st.lists(st.none() | st.booleans() | st.text()
                                   | st.floats(allow_nan=False, allow_infinity=False)))  # fmt: skip
    def test_a_frame_comes_through_as_it_was(self, ts: int, values: list[Any]) -> None:
        line = write_frame(ts, values)
        assert line.count(b"\n") == 1
        frame = read_frame(line)
        assert (frame.ts, list(frame.values)) == (ts, values)


@pytest.mark.asyncio(loop_scope="module")
class TestOpcua:
    async def test_every_tag_is_there_with_value_time_and_unit(self, opcua: Bench) -> None:
        opcua.send()
        url = f"opc.tcp://127.0.0.1:{opcua.child.port}/twinedge/demo"
        async with Client(url) as client:
            space = await client.get_namespace_index(OPCUA_NAMESPACE)
            flow = client.get_node(f"ns={space};s=Pump_001.flow")

            async def arrived() -> bool:
                return (await flow.read_value()) == opcua.sent["Pump_001.flow"]

            await until(arrived)
            for tag in tags_of_server("opcua"):
                node = client.get_node(f"ns={space};s={tag.key}")
                read = await node.read_data_value()
                assert read.Value is not None
                assert read.Value.Value == opcua.sent[tag.key]
                assert read.SourceTimestamp is not None
                assert read.SourceTimestamp.timestamp() == opcua.ts / 1e6
            unit = await (await flow.get_child("0:EngineeringUnits")).read_value()
            assert unit.DisplayName.Text == "m³/h"

    async def test_browses_as_plant_machine_tag(self, opcua: Bench) -> None:
        url = f"opc.tcp://127.0.0.1:{opcua.child.port}/twinedge/demo"
        async with Client(url) as client:
            space = await client.get_namespace_index(OPCUA_NAMESPACE)
            plant = await client.nodes.objects.get_child(f"{space}:DemoPlant")
            machines = [(await n.read_browse_name()).Name for n in await plant.get_children()]
            assert machines == ["Pump_001", "Pump_002", "Pump_003",
                                "Motor_001", "Motor_002", "Motor_003"]  # fmt: skip
            pump = await plant.get_child(f"{space}:Pump_001")
            assert len(await pump.get_children()) == 14

    async def test_a_dropped_out_machine_has_a_bad_status_and_its_neighbour_a_good_one(
        self, opcua: Bench
    ) -> None:
        opcua.send({(FaultKind.DROPOUT, "Pump_001"): 1.0})
        url = f"opc.tcp://127.0.0.1:{opcua.child.port}/twinedge/demo"
        async with Client(url) as client:
            space = await client.get_namespace_index(OPCUA_NAMESPACE)
            silent = client.get_node(f"ns={space};s=Pump_001.flow")

            async def is_bad() -> bool:
                read = await silent.read_data_value(raise_on_bad_status=False)
                return bool(read.StatusCode.value == ua.StatusCodes.BadNoCommunication)

            await until(is_bad)
            well = client.get_node(f"ns={space};s=Pump_002.flow")
            assert (await well.read_data_value()).StatusCode.is_good()


@pytest.mark.asyncio(loop_scope="module")
class TestModbus:
    async def test_every_tag_reads_back_from_its_registers(self, modbus: Bench) -> None:
        modbus.send()
        client = AsyncModbusTcpClient("127.0.0.1", port=modbus.child.port)
        assert await client.connect()
        try:
            level = tag_of("Tank_001.level")

            async def arrived() -> bool:
                return await self.read(client, level) == pytest.approx(modbus.sent[level.key])

            await until(arrived)
            for tag in tags_of_server("modbus"):
                tolerance = (tag.scale or 0) / 2 + 1e-9
                assert await self.read(client, tag) == pytest.approx(
                    modbus.sent[tag.key], rel=1e-6, abs=tolerance
                ), tag.key
        finally:
            client.close()

    async def test_a_place_off_the_map_is_exception_2_and_a_foreign_unit_11(
        self, modbus: Bench
    ) -> None:
        modbus.send()
        client = AsyncModbusTcpClient("127.0.0.1", port=modbus.child.port)
        assert await client.connect()
        try:
            off = await client.read_holding_registers(60_000, count=1, device_id=1)
            assert off.exception_code == 2
            foreign = await client.read_input_registers(0, count=2, device_id=9)
            assert foreign.exception_code == 11
            written = await client.write_register(0, 5, device_id=1)
            assert written.exception_code == 1
        finally:
            client.close()

    async def test_a_dropped_out_machine_answers_exception_4_and_its_neighbour_values(
        self, modbus: Bench
    ) -> None:
        modbus.send({(FaultKind.DROPOUT, "Tank_001"): 1.0})
        client = AsyncModbusTcpClient("127.0.0.1", port=modbus.child.port)
        assert await client.connect()
        try:
            silent, well = tag_of("Tank_001.level"), tag_of("Tank_002.level")

            async def is_silent() -> bool:
                answer = await client.read_input_registers(silent.offset or 0, count=2, device_id=1)
                return bool(answer.isError()) and answer.exception_code == 4

            await until(is_silent)
            assert await self.read(client, well) == pytest.approx(modbus.sent[well.key])
        finally:
            client.close()

    @staticmethod
    async def read(client: AsyncModbusTcpClient, tag: PlantTag) -> Any:
        assert tag.offset is not None
        count = 2 if tag.wire in {"float32", "uint32"} else 1
        if tag.table == "coil":
            return (await client.read_coils(tag.offset, count=1, device_id=1)).bits[0]
        if tag.table == "discrete_input":
            return (await client.read_discrete_inputs(tag.offset, count=1, device_id=1)).bits[0]
        if tag.table == "holding_register":
            answer = await client.read_holding_registers(tag.offset, count=count, device_id=1)
        else:
            answer = await client.read_input_registers(tag.offset, count=count, device_id=1)
        assert not answer.isError(), answer
        types = {"float32": client.DATATYPE.FLOAT32, "uint32": client.DATATYPE.UINT32,
                 "int16": client.DATATYPE.INT16}  # fmt: skip
        return client.convert_from_registers(answer.registers, types[tag.wire]) * (tag.scale or 1)


class TestRegisters:
    def test_a_value_beyond_its_register_stops_at_the_limit(self) -> None:
        position = tag_of("Valve_001.position")
        assert registers(position, 1e9) == [32767]
        assert registers(position, -1e9) == [32768]


@pytest.mark.asyncio(loop_scope="module")
class TestMqtt:
    MACHINES = tuple(dict.fromkeys(tag.asset_id for tag in tags_of_server("mqtt")))

    async def test_every_machine_publishes_its_tags_with_their_time(self, mqtt: Bench) -> None:
        received = await self.listen(mqtt, self.MACHINES)
        for tag in tags_of_server("mqtt"):
            assert received[tag.asset_id][tag.tag_name] == mqtt.sent[tag.key]

    async def test_a_dropped_out_machine_is_silent(self, mqtt: Bench) -> None:
        others = [machine for machine in self.MACHINES if machine != "Meter_001"]
        assert "Meter_001" not in await self.listen(mqtt, others, silent="Meter_001")

    @pytest.mark.parametrize(
        ("level", "answer"), [(5, "2003008400"), (3, "20020001"), (9, "20020001")]
    )
    async def test_a_client_of_another_version_is_told_at_once(
        self, mqtt: Bench, level: int, answer: str
    ) -> None:
        properties = "0821" + "1388" + "1100015180" if level == 5 else ""
        rest = f"00044d515454{level:02x}02000a{properties}000178"
        connect = bytes.fromhex(f"10{len(rest) // 2:02x}{rest}")
        assert (await self.exchange(mqtt, connect)).hex() == answer

    @pytest.mark.parametrize(
        "garbage", [b"", b"\x10", b"\x10\xff\xff\xff\xff\xff", b"GET / HTTP\r\n"]
    )
    async def test_garbage_is_hung_up_on_and_harms_nobody(
        self, mqtt: Bench, garbage: bytes
    ) -> None:
        assert await self.exchange(mqtt, garbage) in {b"", bytes.fromhex("20020001")}
        await self.listen(mqtt, self.MACHINES)

    @staticmethod
    async def exchange(mqtt: Bench, sent: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", mqtt.child.port)
        try:
            writer.write(sent)
            if len(sent) < 12:
                writer.write_eof()
            return await asyncio.wait_for(reader.read(), 60)
        finally:
            writer.close()

    @staticmethod
    async def listen(
        mqtt: Bench, machines: Sequence[str], silent: str | None = None
    ) -> dict[str, dict[str, Any]]:
        """What one frame brings a subscriber, by machine, when all of these have been heard."""
        received: dict[str, dict[str, Any]] = {}
        subscribed, complete = asyncio.Event(), asyncio.Event()
        frame_time = to_iso(mqtt.ts + 1_000_000)  # retained messages of earlier frames come first

        def on_message(client: Any, topic: str, payload: bytes, *_: object) -> int:
            message = json.loads(payload)
            if message["timestamp"] == frame_time:
                received[topic.split("/")[1]] = message
            if set(machines) <= received.keys():
                complete.set()
            return 0

        client = gmqtt.Client("listener")
        client.on_message = on_message
        client.on_subscribe = lambda *_: subscribed.set()
        await client.connect("127.0.0.1", mqtt.child.port, version=MQTTv311)
        try:
            client.subscribe("plant/#", qos=1)
            async with asyncio.timeout(60):
                await subscribed.wait()
                mqtt.send({(FaultKind.DROPOUT, silent): 1.0} if silent is not None else {})
                await complete.wait()
        finally:
            await client.disconnect()
        return received
