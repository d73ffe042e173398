"""The connector contract against open62541."""

from collections.abc import AsyncIterator

import pytest

from tests.connectors.opcua.plants import OpcuaPlant, open62541
from tests.contracts.connector import ConnectorContract, Plant, free_port
from twinedge.connectors.opcua import OpcuaDriver


class TestOpen62541Contract(ConnectorContract):
    @pytest.fixture
    async def plant(self, driver: OpcuaDriver) -> AsyncIterator[Plant]:
        tags = {"Temperature": 20.0, "Pressure": 1.0}
        peer = open62541({"port": free_port(), "tags": tags})
        await peer.start()
        try:
            yield OpcuaPlant(peer, driver)
        finally:
            await peer.stop()
