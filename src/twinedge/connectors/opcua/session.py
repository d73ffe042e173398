"""One secure channel and session: how it comes into being, and how it ends.

Built from asyncua's single steps instead of its `connect()`: no task of the library runs beside
ours (its watchdog drops slow links, its publish loop has one request in flight and swallows
errors), and the connection test can report each step.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from asyncua import Client, ua
from asyncua.client.ua_client import UASocketState
from asyncua.crypto import security_policies
from asyncua.crypto.uacrypto import CertProperties

from twinedge.connectors.opcua.faults import POLICY_HINT, UntrustedClient, explain, first_of
from twinedge.connectors.opcua.pki import Identity, Pki, first_of_chain, identity_of
from twinedge.connectors.opcua.services import Services
from twinedge.connectors.opcua.settings import OpcuaSettings
from twinedge.kit.errors import TwinEdgeError
from twinedge.sources.model import ConfigFault

POLICY_URI = "http://opcfoundation.org/UA/SecurityPolicy#"
_POLICIES = {
    "Basic256Sha256": security_policies.SecurityPolicyBasic256Sha256,
    "Aes128_Sha256_RsaOaep": security_policies.SecurityPolicyAes128Sha256RsaOaep,
    "Aes256_Sha256_RsaPss": security_policies.SecurityPolicyAes256Sha256RsaPss,
}
CHANNEL_LIFETIME_MS = 600_000
CLOSE_S = 1.0


def silence_library() -> None:
    """asyncua logs a traceback for every event we report in words; an operator may lift this."""
    logger = logging.getLogger("asyncua")
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.CRITICAL + 1)


class Session(Services):
    """A connection to one server; opened once, closed once, never used again after a fault."""

    def __init__(self, settings: OpcuaSettings, pki: Pki) -> None:
        silence_library()
        self._settings = settings
        self._pki = pki
        super().__init__(self._new_client())
        self._closed = False
        self._server_der: bytes | None = None
        self.identity: Identity | None = None

    @property
    def thumbprint(self) -> str | None:
        """Of our own certificate, if one is in use."""
        return self.identity.thumbprint if self.identity else None

    @contextlib.contextmanager
    def in_words(self) -> Iterator[None]:
        """Errors raised inside leave as LinkLost or ConfigFault; our own pass."""
        try:
            yield
        except TwinEdgeError:
            raise
        except BaseExceptionGroup as group:
            raise first_of(group, self._settings, self.thumbprint) from group
        except Exception as error:
            raise explain(error, self._settings, self.thumbprint) from error

    def _new_client(self) -> Any:
        client = Client(self._settings.dial_url, timeout=self._settings.request_s)
        client.session_timeout = self._settings.session_timeout_ms
        client.secure_channel_timeout = CHANNEL_LIFETIME_MS
        client.name = client.description = "TwinEdge"
        client.application_uri = "urn:twinedge:client"
        client.product_uri = "urn:twinedge"
        client.uaclient.pre_request_hook = None
        return client

    # -- from nothing to a session

    async def open(self) -> None:
        """All steps in order. Raises what the library raises; see `faults.explain`."""
        if self._settings.security_mode != "None":
            await self.secure(await self.endpoints())
        await self.dial()
        await self.create()
        await self.sign_in()
        await self.learn()
        await self._remember_server()

    async def endpoints(self) -> list[Any]:
        """What the server offers, asked over an unsecured channel of its own."""
        client = self._new_client()
        try:
            await client.connect_socket()
            await client.send_hello()
            await client.open_secure_channel()
            return list(await client.get_endpoints())
        finally:
            await _hang_up(client)

    def matching(self, endpoints: Sequence[Any]) -> Any | None:
        """The endpoint of the configured mode and policy; None if not offered."""
        mode = ua.MessageSecurityMode[_MODES[self._settings.security_mode]]
        uri = POLICY_URI + self._settings.security_policy
        for endpoint in endpoints:
            if endpoint.SecurityMode == mode and endpoint.SecurityPolicyUri == uri:
                return endpoint
        return None

    async def secure(self, endpoints: Sequence[Any]) -> None:
        """Use the configured policy. Raises ConfigFault: not offered, no or wrong certificate."""
        settings = self._settings
        endpoint = self.matching(endpoints)
        if endpoint is None:
            raise ConfigFault(
                f"The server does not offer {settings.security_mode} with "
                f"{settings.security_policy}",
                hint=f"It offers: {offered(endpoints)}.",
            )
        der = server_certificate(endpoint)
        reason = await asyncio.to_thread(
            self._pki.trusts, settings.host, settings.port, der, settings.server_thumbprint
        )
        if reason is not None:
            raise ConfigFault(f"The server cannot be trusted: {reason}", hint=TRUST_HINT)
        self.identity = await self._own_identity()
        self._client.application_uri = self.identity.application_uri
        try:
            await self._client.set_security(
                _POLICIES[settings.security_policy],
                await asyncio.to_thread(_file, self.identity.certificate),
                await asyncio.to_thread(_file, self.identity.private_key),
                server_certificate=CertProperties(der, "der"),
                mode=ua.MessageSecurityMode[_MODES[settings.security_mode]],
            )
        except (OSError, ValueError, TypeError) as error:
            raise ConfigFault(f"Our certificate or key cannot be used: {error}") from error
        self._server_der = der

    async def _remember_server(self) -> None:
        """Trust at first use: only a server that let us in is remembered."""
        if self._server_der is not None:
            settings = self._settings
            await asyncio.to_thread(
                self._pki.remember, settings.host, settings.port, self._server_der
            )

    async def _own_identity(self) -> Identity:
        settings = self._settings
        try:
            if settings.certificate_path and settings.private_key_path:
                return await asyncio.to_thread(
                    identity_of, Path(settings.certificate_path), Path(settings.private_key_path)
                )
            return await asyncio.to_thread(self._pki.identity)
        except (OSError, ValueError) as error:
            raise ConfigFault(f"Our own certificate cannot be used: {error}") from error

    async def dial(self) -> None:
        """Socket, hello, secure channel."""
        await self._client.connect_socket()
        await self._client.send_hello()
        try:
            await self._client.open_secure_channel()
        except AssertionError as error:
            raise UntrustedClient from error

    async def create(self) -> None:
        """Create the session; not yet signed in. Raises ConfigFault if the server answers that
        it does not offer the mode this channel was opened with."""
        try:
            await self._client.create_session()
        except ua.UaStatusCodeError:
            raise
        except ua.UaError as error:
            if not str(error).startswith("No matching endpoints"):
                raise
            wanted = self._settings.security_mode
            raise ConfigFault(f"The server does not offer {wanted}", hint=POLICY_HINT) from error

    async def sign_in(self) -> None:
        """Activate the session as the configured user."""
        login = self._settings.authentication
        if login.login == "username_password":
            secret = login.password.get_secret_value() if login.password else ""
            await self._client.activate_session(username=login.username, password=secret)
            return
        if login.login == "certificate":
            try:
                certificate = await asyncio.to_thread(_file, Path(login.certificate_path or ""))
                key = await asyncio.to_thread(_file, Path(login.private_key_path or ""))
                await self._client.load_client_certificate(
                    certificate.path_or_content, certificate.extension
                )
                await self._client.load_private_key(key.path_or_content, None, key.extension)
            except (OSError, ValueError, TypeError) as error:
                raise ConfigFault(f"The user certificate cannot be used: {error}") from error
        await self._client.activate_session(certificate=self._client.user_certificate)

    @property
    def sends_plain_password(self) -> bool:
        """Whether the password went over the wire unencrypted (known once a session exists)."""
        if self._settings.authentication.login != "username_password":
            return False
        policy = self._client.server_policy(ua.UserTokenType.UserName).SecurityPolicyUri
        return self._settings.security_mode != "SignAndEncrypt" and policy in {
            None,
            "",
            POLICY_URI + "None",
        }

    async def renew_channel(self) -> None:
        """Renew the channel's keys for ever, at three quarters of their life."""
        while True:
            await asyncio.sleep(self._client.secure_channel_timeout * 0.75 / 1000)
            await self._client.open_secure_channel(renew=True)
            self._client.uaclient.revolve_security_token()

    async def close(self) -> None:
        """Free the session at the server if it answers within a second; never raises."""
        if self._closed:
            return
        self._closed = True
        await _hang_up(self._client)


_MODES = {"None": "None_", "Sign": "Sign", "SignAndEncrypt": "SignAndEncrypt"}
TRUST_HINT = (
    "If the server or its certificate was really replaced, trust the new one: set "
    "server_thumbprint to the thumbprint shown."
)


def server_certificate(endpoint: Any) -> bytes:
    """DER of the endpoint's certificate. Raises ConfigFault if it has none that can be read."""
    try:
        return first_of_chain(endpoint.ServerCertificate or b"")
    except ValueError:
        raise ConfigFault(
            "The server shows no usable certificate for this endpoint",
            hint="Give the server a certificate, or use another security mode.",
        ) from None


def offered(endpoints: Iterable[Any]) -> str:
    """Modes and policies of the server's opc.tcp endpoints, in words."""
    names = {
        f"{endpoint.SecurityMode.name.rstrip('_')} "
        f"{str(endpoint.SecurityPolicyUri).removeprefix(POLICY_URI)}".replace("None None", "None")
        for endpoint in endpoints
        if str(endpoint.EndpointUrl).startswith("opc.tcp")
    }
    return ", ".join(sorted(names)) or "nothing over opc.tcp"


async def _hang_up(client: Any) -> None:
    """Say goodbye if the server listens, then drop the socket at once."""
    uaclient = client.uaclient
    protocol = uaclient.protocol
    if protocol is None:
        return
    try:
        with contextlib.suppress(Exception):  # a goodbye that fails changes nothing
            async with asyncio.timeout(CLOSE_S):
                if uaclient.has_session and protocol.state is UASocketState.OPEN:
                    await uaclient.close_session(True)
                if protocol.state is UASocketState.OPEN:
                    await uaclient.close_secure_channel()
    finally:
        transport = protocol.transport
        uaclient.disconnect_socket()
        if transport is not None:
            transport.abort()


def _file(path: Path) -> CertProperties:
    """A certificate or key with its form told by its content, whatever the file's name."""
    content = path.read_bytes()
    return CertProperties(content, "pem" if b"-----BEGIN" in content else "der")
