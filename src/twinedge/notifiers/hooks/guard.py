"""Requests to addresses that users wrote: only to the public internet, or to hosts allowed by name.

The name is resolved here, every address it has is checked, and the connection goes to the address
that was checked, so a name that changes its answer in between gains nothing. Redirects are not
followed, proxies of the environment not used.
"""

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from twinedge.alerts.model import DeliveryFailed
from twinedge.kit.errors import Fault

TIMEOUT_S = 15.0
LOOKUP_S = 5.0
ANSWER_MAX = 2000
URL_MAX = 2000
_TOO_MANY, _CLIENT, _SERVER, _TIMEOUT = 429, 400, 500, 408

for _talkative in ("httpx", "httpcore"):
    logging.getLogger(_talkative).setLevel(logging.WARNING)  # they log addresses, which are secrets

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Forbidden(DeliveryFailed):
    """The address must not be reached from here."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


@dataclass(frozen=True, slots=True)
class Guard:
    """allowed_hosts: names or addresses (with :port to allow one port only) inside the plant."""

    allowed_hosts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, hosts: Sequence[str]) -> "Guard":
        return cls(frozenset(host.strip().lower() for host in hosts if host.strip()))

    async def resolve(self, url: str) -> tuple[str, str, int]:
        """(host, address to connect to, port). Raises Forbidden or DeliveryFailed with words."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise Forbidden(f"is not a valid address: {error}") from error
        if parts.scheme not in ("http", "https") or not host:
            raise Forbidden("must begin with https:// or http:// and name a host")
        if parts.username is not None:
            raise Forbidden("must not contain a user name or password")
        port = port or (443 if parts.scheme == "https" else 80)
        found = await _lookup(host, port)
        if (
            host.lower() not in self.allowed_hosts
            and f"{host}:{port}".lower() not in self.allowed_hosts
        ):
            for address in found:
                if not is_public(address):
                    raise Forbidden(
                        f"{host} is {address}, an address inside this network; list it in the "
                        "setting webhook_allowed_hosts if that is meant"
                    )
        return host, str(found[0]), port

    async def faults(self, url: str) -> list[Fault]:
        """A fault of `url` when it must not be used; a name not to be found just now is none."""
        if len(url) > URL_MAX:
            return [Fault("url", f"is longer than {URL_MAX} characters")]
        try:
            await self.resolve(url)
        except Forbidden as error:
            return [Fault("url", error.message)]
        except DeliveryFailed:
            return []
        return []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> str:
        """POST; answers status and first words. Raises DeliveryFailed unless it is a 2xx.

        Over within TIMEOUT_S, also when the other side sends a byte now and then.
        """
        try:
            async with asyncio.timeout(TIMEOUT_S):
                return await self._post(url, body, headers)
        except TimeoutError:
            raise DeliveryFailed(f"no answer within {TIMEOUT_S:g} s") from None

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> str:
        host, address, port = await self.resolve(url)
        literal = f"[{address}]" if ":" in address else address
        target = httpx.URL(url).copy_with(host=literal, port=port)
        sent = {**headers, "Host": httpx.URL(url).netloc.decode("ascii")}
        try:
            async with (
                httpx.AsyncClient(
                    timeout=TIMEOUT_S, follow_redirects=False, trust_env=False
                ) as client,
                client.stream(
                    "POST", target, content=body, headers=sent,
                    extensions={"sni_hostname": host},
                ) as answer,
            ):  # fmt: skip
                words = await _first_words(answer)
                return _judge(answer.status_code, words)
        except httpx.HTTPError as error:
            raise DeliveryFailed(f"{host}: {error or type(error).__name__}") from error


def is_public(address: Address) -> bool:
    """Whether the address is on the public internet, seen through every disguise."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address.teredo is not None:
            inner = address.teredo[1]
        if inner is None and address in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def _getaddrinfo(host: str, port: int, **options: Any) -> Coroutine[Any, Any, Any]:
    return asyncio.get_running_loop().getaddrinfo(host, port, **options)


async def _lookup(host: str, port: int) -> list[Address]:
    try:
        async with asyncio.timeout(LOOKUP_S):
            found = await _getaddrinfo(
                host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
            )
    except TimeoutError:
        raise DeliveryFailed(f"{host} cannot be found: the name server does not answer") from None
    except (socket.gaierror, UnicodeError) as error:
        raise DeliveryFailed(f"{host} cannot be found: {error}") from error
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


async def _first_words(answer: httpx.Response) -> str:
    read = b""
    async for piece in answer.aiter_bytes():
        read += piece
        if len(read) >= ANSWER_MAX:
            break
    return " ".join(read[:ANSWER_MAX].decode("utf-8", "replace").split())[:200]


def _judge(status: int, words: str) -> str:
    said = f"{status} {words}".strip()
    if 200 <= status < 300:
        return said
    lasting = _CLIENT <= status < _SERVER and status not in (_TOO_MANY, _TIMEOUT)
    if 300 <= status < _CLIENT:
        raise DeliveryFailed(f"answered {said}; redirects are not followed", permanent=True)
    raise DeliveryFailed(f"answered {said}", permanent=lasting)
