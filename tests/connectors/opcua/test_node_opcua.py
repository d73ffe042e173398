"""The connector contract and the odd habits of node-opcua, a server in JavaScript."""

import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.opcua.plants import OpcuaPlant, PeerProcess, number_tag, settings
from tests.contracts.connector import (
    ConnectorContract,
    Plant,
    RecordingSink,
    Steps,
    bind,
    free_port,
    running,
    until,
)
from twinedge.connectors.opcua import OpcuaDriver
from twinedge.sources.model import ConfigFault

NODE = Path(__file__).parent / "node"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module", autouse=True)
def installed() -> None:
    """node-opcua is installed at first use; without npm or a registry there is none."""
    done = subprocess.run([str(NODE / "install.sh")], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"node-opcua is not there and cannot be installed: {done.stderr.strip()[:200]}")


@asynccontextmanager
async def node_opcua(**more: Any) -> AsyncIterator[PeerProcess]:
    tags = {"Temperature": 20.0, "Pressure": 1.0}
    options = {"port": free_port(), "tags": tags, **more}
    peer = PeerProcess(["node", str(NODE / "server.mjs")], options)
    await peer.start()
    try:
        yield peer
    finally:
        await peer.stop()


class TestNodeOpcuaContract(ConnectorContract):
    @pytest.fixture
    async def plant(self, driver: OpcuaDriver, pki_folder: Path) -> AsyncIterator[Plant]:
        async with node_opcua(pki=str(pki_folder)) as peer:
            yield OpcuaPlant(peer, driver)


class TestSecurity:
    @pytest.mark.parametrize(
        "policy", ["Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"]
    )
    async def test_data_flows_encrypted(self, driver: OpcuaDriver, policy: str) -> None:
        async with node_opcua(user=["ann", "s3cret"]) as peer:
            config = settings(
                peer.options["port"], security_policy=policy, username="ann", password="s3cret"
            )
            sink = RecordingSink()
            tags = bind(driver, [number_tag("Temperature")])
            async with running(driver.link(config, sink), tags):
                await until(lambda: sink.values(1), 60, "a value")

    async def test_a_wrong_password_is_the_login(self, driver: OpcuaDriver) -> None:
        async with node_opcua(user=["ann", "s3cret"]) as peer:
            steps = Steps()
            config = settings(peer.options["port"], username="ann", password="wrong")
            await driver.probe(config, steps)
        assert (steps.steps[-1].name, steps.steps[-1].ok) == ("authenticate", False)

    async def test_an_untrusted_client_certificate_is_said_as_such(
        self, driver: OpcuaDriver
    ) -> None:
        """This server drops the channel without a reason; the library then fails on an assert."""
        async with node_opcua(trustAll=False) as peer:
            config = settings(peer.options["port"], security_policy="Basic256Sha256")
            steps = Steps()
            await driver.probe(config, steps)
            link = driver.link(config, RecordingSink())
            with pytest.raises(ConfigFault) as caught:
                await link.open()
            await link.close()
        assert (steps.steps[-1].name, steps.steps[-1].ok) == ("certificate", False)
        assert "thumbprint" in (caught.value.hint or "")


class TestLimits:
    async def test_a_server_of_few_operations_a_call_is_obeyed(self, driver: OpcuaDriver) -> None:
        names = {f"T{n}": float(n) for n in range(50)}
        async with node_opcua(tags=names, limit=7) as peer:
            sink = RecordingSink()
            tags = bind(driver, [number_tag(name) for name in names])
            async with running(driver.link(settings(peer.options["port"]), sink), tags):
                await until(
                    lambda: {int(s) for b in sink.batches for s in b.series} == set(range(1, 51)),
                    15,
                    "a value of every tag",
                )
        assert sink.faults == {}
