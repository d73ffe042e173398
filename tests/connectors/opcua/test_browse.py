"""Browsing, searching and reading once, against asyncua's own server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from asyncua import Server, ua
from asyncua.server.internal_session import InternalSession

from tests.connectors.opcua.plants import settings
from tests.contracts.connector import RecordingSink, bind, free_port, running, until
from twinedge.assets.model import Kind
from twinedge.connectors.opcua import OpcuaDriver
from twinedge.kit.errors import Invalid
from twinedge.sources.model import Node, TagSpec
from twinedge.sources.ports import BoundTag, Link

URI = "http://vendor.com/plc"
NSU = f"nsu={URI};"


async def build(server: Server) -> dict[str, Any]:
    """Objects/Plant with one variable of every kind, and a folder of 25 pumps."""
    space = await server.register_namespace(URI)
    plant = await server.nodes.objects.add_object(ua.NodeId("Plant", space), "Plant")
    kinds = ua.VariantType
    made: dict[str, Any] = {}
    for name, value, kind in (
        ("Bool", True, kinds.Boolean),
        ("Byte", 200, kinds.Byte),
        ("Int64", 2**60 + 1, kinds.Int64),
        ("Float", 1.5, kinds.Float),
        ("String", "läuft", kinds.String),
        ("Localized", ua.LocalizedText("offen", "de"), kinds.LocalizedText),
        ("Time", datetime(2026, 1, 6, tzinfo=UTC), kinds.DateTime),
        ("Array", [1.0, 2.0, 3.0], kinds.Double),
        ("Null", None, kinds.Null),
        ("NaN", float("nan"), kinds.Double),
        ("Struct", ua.Argument(Name="x"), kinds.ExtensionObject),
        ("Word", 0b1010, kinds.UInt16),
    ):
        node = ua.NodeId(name, space)
        made[name] = await plant.add_variable(node, name, value, kind)
    numeric = ua.NodeId(4711, space)
    analog = await plant.add_variable(numeric, "Pressure", 4.2, kinds.Double)
    await analog.write_attribute(
        ua.AttributeIds.Description,
        ua.DataValue(ua.Variant(ua.LocalizedText("Suction pressure"), kinds.LocalizedText)),
    )
    await analog.add_property(
        ua.NodeId("eu", space),
        "0:EngineeringUnits",
        ua.EUInformation(DisplayName=ua.LocalizedText("bar")),
    )
    made["Opaque"] = await plant.add_variable(ua.NodeId(b"\x01\x02", space), "Opaque", 8.0)
    pumps = await plant.add_folder(ua.NodeId("Pumps", space), "Pumps")
    for number in range(25):
        pump = await pumps.add_object(ua.NodeId(f"P{number}", space), f"Pump {number}")
        await pump.add_variable(ua.NodeId(f"P{number}.Speed", space), "Speed", float(number))
    return made


@asynccontextmanager
async def plc() -> AsyncIterator[tuple[int, dict[str, Any]]]:
    server = Server()
    await server.init()
    port = free_port()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{port}")
    server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
    made = await build(server)
    async with server:
        yield port, made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_port() -> AsyncIterator[int]:
    """One server for the questions, which change nothing: it takes a second to start."""
    async with plc() as (port, _):
        yield port


@pytest_asyncio.fixture(loop_scope="module")
async def link(driver: OpcuaDriver, shared_port: int) -> AsyncIterator[Link]:
    link = driver.link(settings(shared_port), RecordingSink())
    try:
        await link.open()
        yield link
    finally:
        await link.close()


def tag(name: str, **more: Any) -> TagSpec:
    return TagSpec(f"{NSU}s={name}", "plant", name, **more)


@pytest.mark.asyncio(loop_scope="module")
class TestChildren:
    async def test_the_root_is_the_objects_folder_with_the_server_last(self, link: Link) -> None:
        nodes = await link.browse(None, None, 100)
        assert nodes[-1].name == "Server"
        plant = next(node for node in nodes if node.name == "Plant")
        assert plant == Node(f"{NSU}s=Plant", "Plant", has_children=True)

    async def test_variables_tell_type_value_unit_and_description(self, link: Link) -> None:
        nodes = {it.name: it for it in await link.browse(f"{NSU}s=Plant", None, 100)}
        told = {name: (it.data_type, it.value) for name, it in nodes.items()}
        assert told["Bool"] == ("bool", True)
        assert told["Byte"] == ("uint16", 200)
        assert told["Int64"] == ("int64", str(2**60 + 1))
        assert told["Float"] == ("float32", 1.5)
        assert told["String"] == ("string", "läuft")
        assert told["Localized"] == ("string", "offen")
        assert told["Time"] == ("string", "2026-01-06T00:00:00Z")
        assert told["Struct"][1] is None
        pressure = nodes["Pressure"]
        assert (pressure.unit, pressure.description) == ("bar", "Suction pressure")
        assert pressure.address == f"{NSU}i=4711"
        assert nodes["Opaque"].address == f"{NSU}b=AQI="
        assert nodes["Pumps"].address is None
        assert nodes["Bool"].has_children is False

    async def test_an_array_opens_into_its_elements(self, link: Link) -> None:
        nodes = {it.name: it for it in await link.browse(f"{NSU}s=Plant", None, 100)}
        elements = await link.browse(nodes["Array"].node, None, 2)
        assert (nodes["Array"].has_children, nodes["Array"].address) == (True, None)
        assert nodes["Array"].data_type == "float64[]"
        assert [(it.address, it.value, it.data_type) for it in elements] == [
            (f"{NSU}s=Array;index=0", 1.0, "float64"),
            (f"{NSU}s=Array;index=1", 2.0, "float64"),
        ]

    async def test_the_limit_holds(self, link: Link) -> None:
        assert len(await link.browse(f"{NSU}s=Pumps", None, 10)) == 10
        assert len(await link.browse(f"{NSU}s=Pumps", None, 100)) == 25

    @pytest.mark.parametrize("node", ["nonsense", "nsu=urn:gone;s=x", "ns=2;s=NoSuchNode"])
    async def test_a_wrong_node_is_a_fault_of_the_question(self, link: Link, node: str) -> None:
        with pytest.raises(Invalid) as caught:
            await link.browse(node, None, 10)
        assert [fault.field for fault in caught.value.faults] == ["node"]


@pytest.mark.asyncio(loop_scope="module")
class TestSearch:
    async def test_finds_by_part_of_a_name_and_shows_the_path(self, link: Link) -> None:
        nodes = await link.browse(None, "pump 7", 10)
        (speed,) = await link.browse(nodes[0].node, "SPEED", 10)
        assert [node.name for node in nodes] == ["Plant/Pumps/Pump 7"]
        assert (speed.name, speed.value) == ("Speed", 7.0)

    async def test_finds_by_address(self, link: Link) -> None:
        nodes = await link.browse(None, "P24.Speed", 10)
        assert [node.address for node in nodes] == [f"{NSU}s=P24.Speed"]

    async def test_the_limit_holds(self, link: Link) -> None:
        assert len(await link.browse(None, "speed", 5)) == 5

    async def test_what_is_not_there_is_an_empty_list(self, link: Link) -> None:
        assert await link.browse(f"{NSU}s=Plant", "no such name", 5) == []

    async def test_a_slow_server_is_cut_off(
        self, link: Link, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("twinedge.connectors.opcua.browse.SEARCH_S", 0.0)
        assert await link.browse(None, "speed", 5) == []


@pytest.mark.asyncio(loop_scope="module")
class TestRead:
    async def test_each_address_has_its_answer(self, link: Link) -> None:
        asked = [
            tag("Bool"), tag("Byte"), tag("Int64"), tag("String"), tag("Localized"),
            tag("Array"), TagSpec(f"{NSU}s=Array;index=1", "a", "b"), tag("Null"), tag("Struct"),
            tag("Word", bit=1), tag("Float", scale=2.0, offset=1.0), tag("Gone"),
            TagSpec("nsu=urn:gone;s=x", "a", "b"), TagSpec("nonsense", "a", "b"),
            tag("String", data_type="float64"), tag("NaN"),
        ]  # fmt: skip
        got = await link.read(asked)
        assert len(got) == len(asked)
        values = [it.value for it in got]
        assert values[:5] == [True, 200, str(2**60 + 1), "läuft", "offen"]
        assert (values[6], values[9], values[10]) == (2.0, True, 4.0)
        errors = {at: it.error for at, it in enumerate(got) if it.error}
        assert set(errors) == {5, 7, 8, 11, 12, 13, 14, 15}
        assert "index=0" in (errors[5] or "")
        assert "BadNodeIdUnknown" in (errors[11] or "")
        assert "urn:gone" in (errors[12] or "")
        assert all(it.value is None and it.quality == "bad" for it in got if it.error)
        assert got[0].ts is not None
        assert (got[0].data_type, got[1].data_type) == ("bool", "uint16")

    async def test_nothing_asked_is_nothing_answered(self, link: Link) -> None:
        assert await link.read([]) == []


class TestKindsOverTheLink:
    async def test_every_kind_arrives_and_misfits_fault_alone(self, driver: OpcuaDriver) -> None:
        sink = RecordingSink()
        wanted = {
            1: (Kind.BOOLEAN, tag("Bool")), 2: (Kind.NUMBER, tag("Byte")),
            3: (Kind.NUMBER, tag("Int64")), 4: (Kind.TEXT, tag("String")),
            5: (Kind.TEXT, tag("Localized")), 6: (Kind.NUMBER, tag("String")),
            7: (Kind.NUMBER, TagSpec(f"{NSU}s=Array;index=2", "a", "b")),
            8: (Kind.NUMBER, tag("Struct")), 9: (Kind.BOOLEAN, tag("Word", bit=3)),
            10: (Kind.NUMBER, tag("Null")), 11: (Kind.NUMBER, tag("Array")),
            12: (Kind.TEXT, tag("Time")),
        }  # fmt: skip
        tags = [BoundTag(series, kind, spec) for series, (kind, spec) in wanted.items()]
        async with plc() as (port, made), running(driver.link(settings(port), sink), tags):
            await until(lambda: len(sink.faults) == 4, 60, "four faults")
            await until(lambda: sink.batches, 60, "values")
            await made["Array"].write_value([1.0, 2.0, 30.0])
            await until(lambda: 30.0 in sink.values(7), 60, "the changed element")
        assert set(sink.faults) == {6, 8, 10, 11}
        texts = {
            int(series): text
            for batch in sink.batches
            for series, text in zip(batch.series, batch.text or [None] * len(batch), strict=True)
        }
        assert texts[3] == str(2**60 + 1)
        assert (texts[4], texts[5], texts[12]) == ("läuft", "offen", "2026-01-06T00:00:00Z")
        # once, or twice when the server was so slow that the values were old
        assert [set(sink.values(n)) for n in (1, 2, 9)] == [{1.0}, {200.0}, {1.0}]

    async def test_a_bad_status_is_a_fault_until_the_value_is_good_again(
        self, driver: OpcuaDriver
    ) -> None:
        sink = RecordingSink()
        tags = bind(driver, [tag("Float", interval_ms=100)])
        async with plc() as (port, made), running(driver.link(settings(port), sink), tags):
            await until(lambda: sink.values(1), 60, "a value")
            bad = ua.StatusCode(ua.StatusCodes.BadSensorFailure)
            await made["Float"].write_value(ua.DataValue(StatusCode=bad))
            await until(lambda: 1 in sink.faults, 60, "a fault")
            assert "sensor has failed" in sink.faults[1]
            await made["Float"].write_value(2.5, ua.VariantType.Float)
            await until(lambda: sink.values(1)[-1] == 2.5, 60, "a good value")
            assert sink.faults == {}

    async def test_a_moved_namespace_is_found_at_the_next_connect(
        self, driver: OpcuaDriver
    ) -> None:
        for before in ([], ["urn:other"]):
            server = Server()
            await server.init()
            port = free_port()
            server.set_endpoint(f"opc.tcp://127.0.0.1:{port}")
            server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
            for uri in before:
                await server.register_namespace(uri)
            await build(server)
            sink = RecordingSink()
            async with (
                server,
                running(driver.link(settings(port), sink), bind(driver, [tag("Float")])),
            ):
                await until(lambda sink=sink: set(sink.values(1)) == {1.5}, 60, "the value")


class TestManyTags:
    async def test_small_operation_limits_are_kept(
        self, driver: OpcuaDriver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The server answers BadTooManyOperations to more than a few; halves are tried."""
        sink = RecordingSink()
        calls: list[int] = []
        original = InternalSession.create_monitored_items

        async def few(self: Any, params: Any) -> Any:
            calls.append(len(params.ItemsToCreate))
            if len(params.ItemsToCreate) > 4:
                raise ua.UaStatusCodeError(ua.StatusCodes.BadTooManyOperations)
            return await original(self, params)

        monkeypatch.setattr(InternalSession, "create_monitored_items", few)
        tags = bind(driver, [tag(f"P{n}.Speed") for n in range(25)])
        async with plc() as (port, _), running(driver.link(settings(port), sink), tags):
            seen = lambda: {int(series) for batch in sink.batches for series in batch.series}  # noqa: E731
            await until(lambda: len(seen()) == 25, 60, "all tags")
        assert max(calls) == 25
        assert sum(n for n in calls if n <= 4) == 25
