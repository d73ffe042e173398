"""HTTP channels against a real server, and the guard against forbidden addresses."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

import pytest
from pydantic import SecretStr

from twinedge.alerts.model import DeliveryFailed
from twinedge.alerts.ports import Message
from twinedge.notifiers.hooks import guard as guard_module
from twinedge.notifiers.hooks.guard import Guard, is_public
from twinedge.notifiers.hooks.slack import SlackConfig, SlackNotifier
from twinedge.notifiers.hooks.teams import TeamsConfig, TeamsNotifier
from twinedge.notifiers.hooks.webhook import WebhookConfig, WebhookNotifier, sign

MESSAGE = Message(
    "msg-1", "raised", "warning", "[WARNING] <!channel> Hot", "85 °C", {"alert": {"id": "al-1"}}, 0,
    "https://plant.example/alerts/al-1", "https://plant.example/v1/alert-links/x",
)  # fmt: skip


@dataclass
class Hook:
    """What the server saw, and what it answers."""

    port: int = 0
    answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    """Empty: never."""
    goes_on: bool = False
    """Whether the connection stays open after the answer."""
    server: asyncio.Server | None = None
    heads: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?a=1"

    async def close(self) -> None:
        assert self.server is not None
        self.server.close()


@asynccontextmanager
async def hook() -> AsyncIterator[Hook]:
    seen = Hook()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = [line.partition(": ") for line in head.split("\r\n")[1:]]
            headers = {name.lower(): value for name, _, value in lines if name}
            seen.heads.append(headers)
            seen.bodies.append(await reader.readexactly(int(headers["content-length"])))
            writer.write(seen.answer)
            if seen.goes_on or not seen.answer:
                await reader.read()  # until the other side has had enough
        finally:
            writer.close()

    seen.server = await asyncio.start_server(serve, "127.0.0.1", 0)
    seen.port = seen.server.sockets[0].getsockname()[1]
    async with seen.server:
        yield seen


OPEN = Guard.of(["127.0.0.1"])


def _names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """What the name server answers, one question after the other; returns what was asked."""
    left, asked = list(answers), []

    async def lookup(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        found = left.pop(0)
        if not found:
            raise socket.gaierror("Name or service not known")
        return [(0, 0, 0, "", (address, port)) for address in found]

    monkeypatch.setattr(guard_module, "_getaddrinfo", lookup)
    return asked


class TestWebhook:
    async def test_signed_json(self) -> None:
        async with hook() as seen:
            config = WebhookConfig(url=seen.url, secret=SecretStr("s3cret"))
            answer = await WebhookNotifier(OPEN).send(config, MESSAGE)
        assert answer == "200 ok"
        (head,), (body,) = seen.heads, seen.bodies
        assert head["host"] == f"127.0.0.1:{seen.port}"
        assert head["x-twinedge-delivery"] == "msg-1"
        expected = sign("s3cret", int(head["x-twinedge-timestamp"]), body)
        assert head["x-twinedge-signature"] == expected
        told = json.loads(body)
        assert (told["id"], told["event"], told["alert"]) == ("msg-1", "raised", {"id": "al-1"})

    @pytest.mark.parametrize(
        ("status", "permanent"),
        [("500 Oops", False), ("429 Slow", False), ("404 Gone", True), ("302 Found", True)],
    )
    async def test_answers(self, status: str, permanent: bool) -> None:
        async with hook() as seen:
            location = b"Location: http://127.0.0.1:1/\r\n"
            seen.answer = (
                f"HTTP/1.1 {status}\r\n".encode() + location + b"Content-Length: 0\r\n\r\n"
            )
            with pytest.raises(DeliveryFailed, match=status[:3]) as failure:
                await WebhookNotifier(OPEN).send(WebhookConfig(url=seen.url), MESSAGE)
        assert failure.value.permanent is permanent
        assert len(seen.bodies) == 1


class TestChats:
    async def test_slack_escapes_and_links(self) -> None:
        async with hook() as seen:
            await SlackNotifier(OPEN).send(SlackConfig(url=SecretStr(seen.url)), MESSAGE)
        body = json.loads(seen.bodies[0])
        assert body["text"] == "[WARNING] &lt;!channel&gt; Hot"
        assert len(body["attachments"][0]["blocks"][-1]["elements"]) == 2

    async def test_teams_card(self) -> None:
        async with hook() as seen:
            await TeamsNotifier(OPEN).send(TeamsConfig(url=SecretStr(seen.url)), MESSAGE)
        card = json.loads(seen.bodies[0])["attachments"][0]["content"]
        assert card["type"] == "AdaptiveCard"
        assert card["body"][1]["text"] == "85 °C"


class TestGuard:
    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1/", "http://localhost:8080/", "http://10.0.0.1/", "http://[::1]/",
            "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://0.0.0.0/",
            "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[fe80::1]/",
            "http://2130706433/", "http://0x7f.1/", "ftp://example.com/", "file:///etc/passwd",
            "http://user:pw@example.com/", "nonsense", "http://", "http://[::1",
        ],
    )  # fmt: skip
    async def test_forbidden(self, url: str) -> None:
        (fault,) = await Guard().faults(url)
        assert fault.field == "url"

    async def test_allowed_by_name_and_port_only(self) -> None:
        guard = Guard.of(["localhost:9000"])
        assert await guard.faults("http://localhost:9000/x") == []
        assert await guard.faults("http://localhost:9001/x") != []

    async def test_checked_again_when_sending(self) -> None:
        async with hook() as seen:
            with pytest.raises(DeliveryFailed, match="inside this network"):
                await WebhookNotifier(Guard()).send(WebhookConfig(url=seen.url), MESSAGE)
        assert seen.bodies == []

    async def test_a_name_that_changes_its_answer_gains_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """DNS rebinding: public when saved, ours when sent; and one bad address among good ones."""
        async with hook() as seen:
            url = f"http://evil.example:{seen.port}/"
            _names(monkeypatch, ["93.184.216.34"], ["127.0.0.1"], ["93.184.216.34", "::1"])
            assert await Guard().faults(url) == []
            for _ in range(2):
                with pytest.raises(DeliveryFailed, match="inside this network") as failure:
                    await WebhookNotifier(Guard()).send(WebhookConfig(url=url), MESSAGE)
                assert failure.value.permanent
        assert seen.bodies == []

    async def test_the_connection_goes_to_the_address_that_was_checked(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with hook() as seen:
            lookups = _names(monkeypatch, ["127.0.0.1"])
            guard = Guard.of([f"plant.example:{seen.port}"])
            url = f"http://plant.example:{seen.port}/"
            await WebhookNotifier(guard).send(WebhookConfig(url=url), MESSAGE)
        assert seen.heads[0]["host"] == f"plant.example:{seen.port}"
        assert lookups == ["plant.example"]

    async def test_a_name_that_cannot_be_found_is_no_fault_but_fails_for_now(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _names(monkeypatch, [], [])
        assert await Guard().faults("http://gone.example/") == []
        with pytest.raises(DeliveryFailed, match="cannot be found") as failure:
            await WebhookNotifier(Guard()).send(WebhookConfig(url="http://gone.example/"), MESSAGE)
        assert not failure.value.permanent

    async def test_an_answer_byte_by_byte_is_given_up(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(guard_module, "TIMEOUT_S", 0.5)
        async with hook() as seen:
            seen.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"
            seen.goes_on = True
            with pytest.raises(DeliveryFailed, match=r"within 0\.5 s"):
                await WebhookNotifier(OPEN).send(WebhookConfig(url=seen.url), MESSAGE)

    @pytest.mark.parametrize(
        ("address", "public"),
        [("8.8.8.8", True), ("100.64.0.1", False), ("224.0.0.1", False), ("2002:7f00:1::", False),
         ("2606:4700::1111", True), ("fd00::1", False), ("240.0.0.1", False)],
    )  # fmt: skip
    def test_is_public(self, address: str, public: bool) -> None:
        assert is_public(ip_address(address)) is public
