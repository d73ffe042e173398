"""The connection test: each step on its own, in words, on a connection of its own."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from asyncua import ua
from cryptography import x509

from twinedge.connectors.opcua.faults import explain
from twinedge.connectors.opcua.pki import Pki, sha1_thumbprint, thumbprint
from twinedge.connectors.opcua.session import (
    TRUST_HINT,
    Session,
    offered,
    server_certificate,
)
from twinedge.connectors.opcua.settings import DEFAULT_PORT, OpcuaSettings
from twinedge.sources.model import ConfigFault
from twinedge.sources.ports import Probe

TOTAL_S = 9.0
"""The whole test; the caller's own deadline is 10 s."""

T = TypeVar("T")

_PORT_HINT = f"Is the server running, and is the port right? OPC UA's usual one is {DEFAULT_PORT}."
_BUILD_INFO = (ua.NodeId(2262), ua.NodeId(2261), ua.NodeId(2264), ua.NodeId(2259))
"""Manufacturer, product and version of the server, and its state."""


@dataclass(slots=True)
class _Failed(Exception):
    """A step has failed and was reported; the test ends."""

    step: str


async def run_probe(settings: OpcuaSettings, pki: Pki, probe: Probe) -> None:
    """Report the steps until one fails; at most TOTAL_S. Trusts nothing: looking is no trusting."""
    session = Session(settings, pki)
    try:
        await _Test(settings, pki, session, probe).run()
    except _Failed:
        return
    finally:
        await session.close()


class _Test:
    def __init__(self, settings: OpcuaSettings, pki: Pki, session: Session, probe: Probe) -> None:
        self._settings = settings
        self._pki = pki
        self._session = session
        self._probe = probe
        self._end_s = time.monotonic() + TOTAL_S

    async def run(self) -> None:
        settings = self._settings
        await self._step("resolve", self._resolve, "Check the host name, or use the IP address.")
        await self._step("connect", self._connect, _PORT_HINT)
        endpoints = await self._step("hello", self._hello, "Is this the port of an OPC UA server?")
        await self._step("security", lambda: self._security(endpoints), None)
        if settings.security_mode != "None":
            await self._step("certificate", lambda: self._certificate(endpoints), None)
        await self._step("authenticate", self._authenticate, None)
        await self._step("read", self._read, None)

    async def _step(
        self,
        name: str,
        action: Callable[[], Awaitable[tuple[T, str, str | None]]],
        hint: str | None,
    ) -> T:
        """Run one step; its action answers (result, detail, hint). Raises _Failed."""
        started = time.monotonic()
        try:
            async with asyncio.timeout(max(self._end_s - started, 0.1)):
                result, detail, advice = await action()
        except Exception as error:
            told = explain(error, self._settings, self._session.thumbprint)
            own_hint = told.hint if isinstance(told, ConfigFault) else None
            self._probe.step(name, False, _ms(started), told.message, own_hint or hint)
            raise _Failed(name) from error
        self._probe.step(name, True, _ms(started), detail, advice)
        return result

    async def _resolve(self) -> tuple[None, str, None]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(
            self._settings.host, self._settings.port, type=socket.SOCK_STREAM
        )
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        return None, f"{self._settings.host} is {', '.join(addresses[:4])}", None

    async def _connect(self) -> tuple[None, str, None]:
        async with asyncio.timeout(self._settings.request_s):
            _, writer = await asyncio.open_connection(self._settings.host, self._settings.port)
        writer.transport.abort()
        return None, f"Port {self._settings.port} is open", None

    async def _hello(self) -> tuple[list[Any], str, None]:
        endpoints = await self._session.endpoints()
        name = next((e.Server.ApplicationName.Text for e in endpoints if e.Server), None)
        return endpoints, f"{name or 'The server'} answers in OPC UA", None

    async def _security(self, endpoints: list[Any]) -> tuple[None, str, str | None]:
        settings = self._settings
        wanted: str = settings.security_mode
        if wanted != "None":
            wanted += f" with {settings.security_policy}"
        if self._session.matching(endpoints) is None:
            raise ConfigFault(
                f"The server does not offer {wanted}. It offers: {offered(endpoints)}",
                hint="Choose one of these as security_mode and security_policy.",
            )
        advice = None
        if settings.security_mode == "None":
            advice = "Values travel unsigned and unencrypted; prefer SignAndEncrypt."
        return None, f"{wanted} is offered. All offers: {offered(endpoints)}", advice

    async def _certificate(self, endpoints: list[Any]) -> tuple[None, str, str | None]:
        der = server_certificate(self._session.matching(endpoints))
        shown = _described(der)
        try:
            await self._session.secure(endpoints)
        except ConfigFault as fault:
            advice = f"{TRUST_HINT} Trust this: {thumbprint(der)}"
            raise ConfigFault(f"{fault.message}. {shown}", hint=fault.hint and advice) from fault
        await self._session.dial()
        await self._session.create()
        settings = self._settings
        known = settings.server_thumbprint is not None or await asyncio.to_thread(
            self._pki.is_known, settings.host, settings.port, der
        )
        if known:
            return None, f"Known. {shown}", None
        advice = (
            "Compare the thumbprint with the one the server shows. It is remembered at the first "
            "connection; to accept only this one, set server_thumbprint. "
            f"Trust this: {thumbprint(der)}"
        )
        return None, f"Seen for the first time. {shown}", advice

    async def _authenticate(self) -> tuple[None, str, str | None]:
        if self._settings.security_mode == "None":
            await self._session.dial()
            await self._session.create()
        await self._session.sign_in()
        login = self._settings.authentication
        who = {
            "anonymous": "Signed in anonymously",
            "username_password": f"Signed in as {login.username}",
            "certificate": "Signed in with the user certificate",
        }[login.login]
        advice = None
        if self._session.sends_plain_password:
            advice = "The password travels unencrypted; use security_mode SignAndEncrypt."
        return None, who, advice

    async def _read(self) -> tuple[None, str, None]:
        await self._session.learn()
        answers = await self._session.read(
            [(node, ua.AttributeIds.Value, None) for node in _BUILD_INFO]
        )
        *build, state = [a.Value.Value if a.Value is not None else None for a in answers]
        product = " ".join(str(word) for word in build if word) or "The server"
        running = "is running" if state in {0, None} else f"is in state {_state(state)}"
        count = len(self._session.namespaces)
        return None, f"{product} {running}; {count} namespaces", None


def _state(state: Any) -> str:
    try:
        return str(ua.ServerState(state).name)
    except ValueError:
        return str(state)


def _described(der: bytes) -> str:
    """Subject, validity and both thumbprints of a certificate."""
    try:
        certificate = x509.load_der_x509_certificate(der)
    except ValueError:
        return f"SHA-256 {thumbprint(der)}, SHA-1 {sha1_thumbprint(der)}"
    until = certificate.not_valid_after_utc
    expired = " (EXPIRED)" if until < datetime.now(UTC) else ""
    return (
        f"Server certificate {certificate.subject.rfc4514_string()}, valid until "
        f"{until:%Y-%m-%d}{expired}, SHA-256 {thumbprint(der)}, SHA-1 {sha1_thumbprint(der)}"
    )


def _ms(started_s: float) -> float:
    return round((time.monotonic() - started_s) * 1000, 3)
