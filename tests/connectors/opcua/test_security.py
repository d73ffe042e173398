"""Modes, policies, certificates and users, against asyncua's own server and open62541."""

import stat
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from asyncua import Server, ua
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.server.user_managers import UserManager

from tests.connectors.opcua.plants import PeerProcess, number_tag, open62541, settings
from tests.contracts.connector import RecordingSink, Steps, bind, free_port, running, until
from twinedge.connectors.opcua import OpcuaDriver
from twinedge.connectors.opcua.pki import Identity, Pki, load, sha1_thumbprint, thumbprint
from twinedge.connectors.opcua.settings import OpcuaSettings
from twinedge.sources.model import ConfigFault

MODES = ["Sign", "SignAndEncrypt"]
POLICIES = ["Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"]


@pytest.fixture(scope="session")
def server_identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return Pki(tmp_path_factory.mktemp("server")).identity()


@pytest.fixture(scope="session")
def other_identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return Pki(tmp_path_factory.mktemp("other")).identity()


class OneUser(UserManager):
    def get_user(
        self, iserver: Any, username: Any = None, password: Any = None, certificate: Any = None
    ) -> User | None:
        if (username, password) == ("ann", "s3cret"):
            return User(role=UserRole.User, name="ann")
        return None


class OneCertificate(UserManager):
    """Lets in who signs with the key of one certificate; asyncua has checked the signature."""

    def __init__(self, identity: Identity) -> None:
        self._der = identity.certificate.read_bytes()

    def get_user(
        self, iserver: Any, username: Any = None, password: Any = None, certificate: Any = None
    ) -> User | None:
        return User(role=UserRole.User, name="ann") if certificate == self._der else None


@asynccontextmanager
async def asyncua_server(
    identity: Identity, policies: list[Any] | None = None, users: UserManager | None = None
) -> AsyncIterator[int]:
    """A server in this process with one variable ns=1;s=Temperature; its port."""
    port = free_port()
    server = Server(user_manager=users)
    await server.init()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{port}")
    await server.set_application_uri(identity.application_uri)
    kinds = ua.SecurityPolicyType
    server.set_security_policy(policies or [kinds.NoSecurity, kinds.Basic256Sha256_SignAndEncrypt])
    await server.load_certificate(str(identity.certificate))
    await server.load_private_key(str(identity.private_key))
    await server.nodes.objects.add_variable(ua.NodeId("Temperature", 1), "Temperature", 20.5)
    async with server:
        yield port


async def delivers(driver: OpcuaDriver, config: OpcuaSettings) -> None:
    sink = RecordingSink()
    async with running(driver.link(config, sink), bind(driver, [number_tag("Temperature")])):
        await until(lambda: sink.values(1), 60, "a value")


async def refusal(driver: OpcuaDriver, config: OpcuaSettings) -> ConfigFault:
    link = driver.link(config, RecordingSink())
    try:
        with pytest.raises(ConfigFault) as caught:
            await link.open()
    finally:
        await link.close()
    return caught.value


async def probed(driver: OpcuaDriver, config: OpcuaSettings) -> Steps:
    steps = Steps()
    await driver.probe(config, steps)
    return steps


@asynccontextmanager
async def open62541_secured(
    server: Identity, trusted: list[Path], **more: Any
) -> AsyncIterator[PeerProcess]:
    peer = open62541(
        {
            "port": free_port(),
            "tags": {"Temperature": 20.5},
            "certificate": str(server.certificate),
            "privateKey": str(server.private_key),
            "applicationUri": server.application_uri,
            "trustList": [str(path) for path in trusted],
            **more,
        }
    )
    await peer.start()
    try:
        yield peer
    finally:
        await peer.stop()


class TestModes:
    @pytest.mark.parametrize("mode", MODES)
    @pytest.mark.parametrize("policy", POLICIES)
    async def test_data_flows_from_asyncua(
        self, driver: OpcuaDriver, server_identity: Identity, mode: str, policy: str
    ) -> None:
        wanted = getattr(ua.SecurityPolicyType, policy.replace("_", "") + f"_{mode}")
        async with asyncua_server(server_identity, [wanted]) as port:
            await delivers(driver, settings(port, security_mode=mode, security_policy=policy))

    @pytest.mark.parametrize("mode", MODES)
    @pytest.mark.parametrize("policy", POLICIES)
    async def test_data_flows_from_open62541(
        self, pki_folder: Path, server_identity: Identity, mode: str, policy: str
    ) -> None:
        driver, own = OpcuaDriver(pki_folder), Pki(pki_folder).identity()
        async with open62541_secured(server_identity, [own.certificate]) as peer:
            config = settings(peer.options["port"], security_mode=mode, security_policy=policy)
            await delivers(driver, config)

    async def test_what_is_not_offered_is_told_with_what_is(
        self, driver: OpcuaDriver, server_identity: Identity
    ) -> None:
        async with asyncua_server(server_identity) as port:
            config = settings(port, security_mode="Sign")
            fault = await refusal(driver, config)
            steps = (await probed(driver, config)).steps
        assert "SignAndEncrypt Basic256Sha256" in (fault.hint or "")
        assert (steps[-1].name, steps[-1].ok) == ("security", False)
        assert "SignAndEncrypt Basic256Sha256" in steps[-1].detail

    async def test_none_is_told_apart_where_only_security_is_offered(
        self, driver: OpcuaDriver, server_identity: Identity
    ) -> None:
        kinds = ua.SecurityPolicyType
        only = [kinds.Basic256Sha256_SignAndEncrypt]
        async with asyncua_server(server_identity, only) as port:
            steps = (await probed(driver, settings(port))).steps
            await refusal(driver, settings(port))
        assert (steps[-1].name, steps[-1].ok) == ("security", False)


class TestRenewal:
    @pytest.mark.parametrize("policy", ["None", "Basic256Sha256"])
    async def test_the_channel_outlives_its_keys(
        self,
        pki_folder: Path,
        server_identity: Identity,
        monkeypatch: pytest.MonkeyPatch,
        policy: str,
    ) -> None:
        """Keys of 1.5 s, renewed at three quarters of it, over three lives."""
        monkeypatch.setattr("twinedge.connectors.opcua.session.CHANNEL_LIFETIME_MS", 1500)
        driver, own = OpcuaDriver(pki_folder), Pki(pki_folder).identity()
        sink = RecordingSink()
        async with open62541_secured(server_identity, [own.certificate]) as peer:
            config = settings(
                peer.options["port"],
                security_policy=policy,
                subscription={"publishing_interval_ms": 100},
            )
            tags = bind(driver, [number_tag("Temperature")])
            async with running(driver.link(config, sink), tags) as task:
                await peer.order(tick={"names": 1, "period_s": 0.1})
                began = time.monotonic()
                while time.monotonic() - began < 4.5:
                    seen = len(sink.values(1))
                    await until(lambda seen=seen: len(sink.values(1)) > seen, 60, "more values")
                assert not task.done()


class TestOurCertificate:
    def test_is_made_once_with_a_private_key(self, pki_folder: Path) -> None:
        first, second = Pki(pki_folder).identity(), Pki(pki_folder).identity()
        assert first == second
        assert stat.S_IMODE(first.private_key.stat().st_mode) == 0o600
        assert first.application_uri.startswith("urn:")

    async def test_untrusted_by_the_server_is_said_with_its_thumbprint(
        self, pki_folder: Path, server_identity: Identity, other_identity: Identity
    ) -> None:
        driver, own = OpcuaDriver(pki_folder), Pki(pki_folder).identity()
        async with open62541_secured(server_identity, [other_identity.certificate]) as peer:
            config = settings(peer.options["port"], security_policy="Basic256Sha256")
            fault = await refusal(driver, config)
            steps = (await probed(driver, config)).steps
        assert own.thumbprint in (fault.hint or "")
        assert (steps[-1].name, steps[-1].ok) == ("certificate", False)
        assert own.thumbprint in (steps[-1].hint or "")

    async def test_a_pair_of_the_users_own_is_used(
        self, driver: OpcuaDriver, server_identity: Identity, other_identity: Identity
    ) -> None:
        async with open62541_secured(server_identity, [other_identity.certificate]) as peer:
            config = settings(
                peer.options["port"],
                security_policy="Basic256Sha256",
                certificate_path=str(other_identity.certificate),
                private_key_path=str(other_identity.private_key),
            )
            await delivers(driver, config)

    async def test_a_missing_file_is_a_configuration_fault(
        self, driver: OpcuaDriver, server_identity: Identity
    ) -> None:
        async with asyncua_server(server_identity) as port:
            config = settings(
                port, security_policy="Basic256Sha256",
                certificate_path="/nowhere/c.der", private_key_path="/nowhere/k.pem",
            )  # fmt: skip
            fault = await refusal(driver, config)
        assert "/nowhere/c.der" in fault.message


class TestServerCertificate:
    async def test_the_first_one_is_remembered_and_another_refused(
        self, pki_folder: Path, server_identity: Identity, other_identity: Identity
    ) -> None:
        driver = OpcuaDriver(pki_folder)
        async with asyncua_server(server_identity) as port:
            config = settings(port, security_policy="Basic256Sha256")
            steps = (await probed(driver, config)).steps
            assert "first time" in next(s for s in steps if s.name == "certificate").detail
            assert not (pki_folder / "servers").exists(), "looking is no trusting"
            await delivers(driver, config)
        der = load(server_identity.certificate)
        (pinned,) = (pki_folder / "servers").iterdir()
        assert load(pinned) == der
        pinned.write_bytes(other_identity.certificate.read_bytes())
        async with asyncua_server(server_identity) as port:
            pinned.rename(pinned.with_name(f"127.0.0.1_{port}.der"))
            config = settings(port, security_policy="Basic256Sha256")
            fault = await refusal(driver, config)
            steps = (await probed(driver, config)).steps
            assert thumbprint(server_identity.certificate.read_bytes()) in fault.message
            assert (steps[-1].name, steps[-1].ok) == ("certificate", False)
            print_of = thumbprint(server_identity.certificate.read_bytes())
            assert f"Trust this: {print_of}" in (steps[-1].hint or "")
            trusting = settings(port, security_policy="Basic256Sha256", server_thumbprint=print_of)
            await delivers(driver, trusting)
            await delivers(driver, config)

    async def test_a_wrong_pin_is_refused(
        self, driver: OpcuaDriver, server_identity: Identity
    ) -> None:
        async with asyncua_server(server_identity) as port:
            config = settings(port, security_policy="Basic256Sha256", server_thumbprint="ab" * 32)
            fault = await refusal(driver, config)
        assert "server_thumbprint" in fault.message

    async def test_the_thumbprint_other_tools_show_is_taken(
        self, driver: OpcuaDriver, server_identity: Identity
    ) -> None:
        sha1 = sha1_thumbprint(server_identity.certificate.read_bytes())
        async with asyncua_server(server_identity) as port:
            config = settings(port, security_policy="Basic256Sha256", server_thumbprint=sha1)
            await delivers(driver, config)

    def test_a_file_in_the_trusted_folder_is_taken(
        self, pki_folder: Path, server_identity: Identity, other_identity: Identity
    ) -> None:
        pki = Pki(pki_folder)
        old, new = (it.certificate.read_bytes() for it in (server_identity, other_identity))
        pki.remember("plc", 4840, old)
        assert pki.trusts("plc", 4840, new, None) is not None
        (pki_folder / "trusted").mkdir()
        (pki_folder / "trusted" / "stray.txt").write_text("no certificate")
        (pki_folder / "trusted" / "new.der").write_bytes(new)
        assert pki.trusts("plc", 4840, new, None) is None


class TestUsers:
    @pytest.mark.parametrize("policy", ["None", "Basic256Sha256"])
    async def test_the_right_password_is_let_in(
        self, driver: OpcuaDriver, server_identity: Identity, policy: str
    ) -> None:
        async with asyncua_server(server_identity, users=OneUser()) as port:
            who = {"username": "ann", "password": "s3cret"}
            await delivers(driver, settings(port, security_policy=policy, **who))

    @pytest.mark.parametrize(
        "login", [{"username": "ann", "password": "wrong"}, {"username": "bob"}, {}]
    )
    async def test_others_are_a_configuration_fault_at_asyncua(
        self, driver: OpcuaDriver, server_identity: Identity, login: dict[str, str]
    ) -> None:
        async with asyncua_server(server_identity, users=OneUser()) as port:
            config = settings(port, **login)
            fault = await refusal(driver, config)
            steps = (await probed(driver, config)).steps
        assert "authentication" in (fault.hint or "")
        assert "s3cret" not in fault.message
        assert (steps[-1].name, steps[-1].ok) == ("authenticate", False)

    @pytest.mark.parametrize(
        ("login", "is_in"),
        [
            ({"username": "ann", "password": "s3cret"}, True),
            ({"username": "ann", "password": "wrong"}, False),
            ({}, False),
        ],
    )
    async def test_users_at_open62541(
        self, driver: OpcuaDriver, login: dict[str, str], is_in: bool
    ) -> None:
        peer = open62541(
            {"port": free_port(), "tags": {"Temperature": 1.0}, "user": ["ann", "s3cret"]}
        )
        await peer.start()
        try:
            config = settings(peer.options["port"], **login)
            steps = (await probed(driver, config)).steps
            if is_in:
                await delivers(driver, config)
            else:
                await refusal(driver, config)
        finally:
            await peer.stop()
        step = next(s for s in steps if s.name == "authenticate")
        assert step.ok is is_in
        if is_in:
            assert "unencrypted" in (step.hint or "")


class TestUserCertificate:
    def who(self, certificate: Path, key: Path) -> dict[str, Any]:
        return {
            "authentication": {
                "type": "certificate",
                "certificate_path": str(certificate),
                "private_key_path": str(key),
            }
        }

    @pytest.mark.parametrize("policy", ["None", "Basic256Sha256"])
    async def test_the_right_one_is_let_in(
        self, driver: OpcuaDriver, server_identity: Identity, other_identity: Identity, policy: str
    ) -> None:
        ann = self.who(other_identity.certificate, other_identity.private_key)
        users = OneCertificate(other_identity)
        async with asyncua_server(server_identity, users=users) as port:
            await delivers(driver, settings(port, security_policy=policy, **ann))

    async def test_another_one_is_refused_at_the_sign_in(
        self, driver: OpcuaDriver, server_identity: Identity, other_identity: Identity
    ) -> None:
        bob = self.who(server_identity.certificate, server_identity.private_key)
        users = OneCertificate(other_identity)
        async with asyncua_server(server_identity, users=users) as port:
            config = settings(port, security_policy="Basic256Sha256", **bob)
            fault = await refusal(driver, config)
            steps = (await probed(driver, config)).steps
        assert "refuses the user certificate" in fault.message
        assert "authentication" in (fault.hint or "")
        assert (steps[-1].name, steps[-1].ok) == ("authenticate", False)

    async def test_a_key_of_another_pair_is_refused(
        self, driver: OpcuaDriver, server_identity: Identity, other_identity: Identity
    ) -> None:
        mixed = self.who(other_identity.certificate, server_identity.private_key)
        users = OneCertificate(other_identity)
        async with asyncua_server(server_identity, users=users) as port:
            await refusal(driver, settings(port, security_policy="Basic256Sha256", **mixed))

    async def test_a_file_that_is_no_certificate_is_a_configuration_fault(
        self, driver: OpcuaDriver, server_identity: Identity, tmp_path: Path
    ) -> None:
        (tmp_path / "c.pem").write_text("not a certificate")
        bad = self.who(tmp_path / "c.pem", server_identity.private_key)
        users = OneCertificate(server_identity)
        async with asyncua_server(server_identity, users=users) as port:
            fault = await refusal(driver, settings(port, security_policy="Basic256Sha256", **bad))
        assert "user certificate cannot be used" in fault.message
