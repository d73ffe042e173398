"""The plant's OPC UA server: pumps and motors as objects with their tags as variables."""

import logging
from datetime import UTC, datetime

from asyncua import Server, ua

from twinedge.demo.servers.feed import Frame, announce, frames
from twinedge.demo.tags import MACHINES, OPCUA_NAMESPACE, PlantTag, tags_of_server

_UNITS_NAMESPACE = "http://www.opcfoundation.org/UA/units/un/cefact"
_TYPES = {
    "float64": ua.VariantType.Double,
    "bool": ua.VariantType.Boolean,
    "string": ua.VariantType.String,
    "uint32": ua.VariantType.UInt32,
}


async def serve(port: int) -> None:
    """Serve on loopback until stdin closes."""
    logging.getLogger("asyncua").setLevel(logging.ERROR)
    server = Server()
    await server.init()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{port}/twinedge/demo")
    server.set_server_name("TwinEdge demo plant")
    server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
    nodes = await _build(server)
    feed = frames("opcua")
    first = await anext(feed, None)
    if first is None:
        return
    await _show(server, nodes, first)
    async with server:
        announce(port)
        async for frame in feed:
            await _show(server, nodes, frame)


async def _build(server: Server) -> list[tuple[ua.NodeId, ua.VariantType]]:
    """Plant → machine → tag; returns the tags' nodes in frame order."""
    index = await server.register_namespace(OPCUA_NAMESPACE)
    plant = await server.nodes.objects.add_object(ua.NodeId("plant", index), f"{index}:DemoPlant")
    folders = {}
    for machine in MACHINES:
        if machine.server == "opcua":
            node_id = ua.NodeId(machine.asset_id, index)
            folder = await plant.add_object(node_id, f"{index}:{machine.asset_id}")
            text = ua.LocalizedText(machine.name)
            await folder.write_attribute(
                ua.AttributeIds.Description, ua.DataValue(ua.Variant(text))
            )
            folders[machine.asset_id] = folder
    nodes = []
    for tag in tags_of_server("opcua"):
        kind = _TYPES[tag.wire]
        node = await folders[tag.asset_id].add_variable(
            ua.NodeId(tag.key, index), f"{index}:{tag.tag_name}", _blank(kind), varianttype=kind
        )
        await _add_unit(node, tag)
        nodes.append((node.nodeid, kind))
    return nodes


async def _add_unit(node: object, tag: PlantTag) -> None:
    if tag.unit is not None:
        unit = ua.EUInformation()
        unit.NamespaceUri = _UNITS_NAMESPACE
        unit.DisplayName = ua.LocalizedText(tag.unit)
        await node.add_property(  # type: ignore[attr-defined]
            ua.NodeId(f"{tag.key}.EngineeringUnits", 0), "0:EngineeringUnits", unit
        )


def _blank(kind: ua.VariantType) -> float | bool | str:
    blanks: dict[str, float | bool | str] = {"Boolean": False, "String": "", "UInt32": 0}
    return blanks.get(kind.name, 0.0)


async def _show(
    server: Server, nodes: list[tuple[ua.NodeId, ua.VariantType]], frame: Frame
) -> None:
    """Write one frame; a machine that dropped out keeps no value and says BadNoCommunication."""
    moment = datetime.fromtimestamp(frame.ts / 1e6, UTC).replace(tzinfo=None)
    for (node_id, kind), value in zip(nodes, frame.values, strict=True):
        if value is None:
            shown = ua.DataValue(
                Value=ua.Variant(_blank(kind), kind),
                StatusCode=ua.StatusCode(ua.UInt32(ua.StatusCodes.BadNoCommunication)),
                SourceTimestamp=moment,
                ServerTimestamp=moment,
            )
        else:
            shown = ua.DataValue(
                Value=ua.Variant(value, kind), SourceTimestamp=moment, ServerTimestamp=moment
            )
        await server.write_attribute_value(node_id, shown)
