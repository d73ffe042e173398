"""Every kind of channel under the contract, each against a real server of another make."""

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from pydantic import BaseModel, SecretStr

from tests.connectors.mqtt.peer import Mosquitto, program
from tests.contracts.connector import free_port
from tests.contracts.notifier import PATIENCE_S, NotifierContract
from tests.notifiers.test_email import Box, mail_server
from tests.notifiers.test_email import server as smtp_server
from tests.notifiers.test_hooks import OPEN, Hook, hook
from twinedge.notifiers import email, mqtt
from twinedge.notifiers.email import EmailConfig, EmailNotifier
from twinedge.notifiers.hooks import guard
from twinedge.notifiers.hooks.slack import SlackConfig, SlackNotifier
from twinedge.notifiers.hooks.teams import TeamsConfig, TeamsNotifier
from twinedge.notifiers.hooks.webhook import WebhookConfig, WebhookNotifier
from twinedge.notifiers.mqtt import MqttConfig, MqttNotifier

FORBIDDEN = ("http://169.254.169.254/", "http://10.0.0.1/x", "ftp://example.com/", "nonsense", "")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second instead of a quarter of a minute."""
    for module in (guard, email, mqtt):
        monkeypatch.setattr(module, "TIMEOUT_S", 1.0)


class HookReceiver:
    """An HTTP server that was told what to answer."""

    refuses_for_good = True
    bad_configs: tuple[dict[str, Any], ...] = (
        {}, {"url": 5}, *({"url": url} for url in FORBIDDEN)
    )  # fmt: skip

    def __init__(self, seen: Hook, notifier: Any, config: BaseModel, *secrets: str) -> None:
        self._seen = seen
        self.notifier, self.config, self.secrets = notifier, config, secrets

    async def received(self, count: int) -> list[str]:
        assert len(self._seen.bodies) >= count
        return [json.dumps(json.loads(body), ensure_ascii=False) for body in self._seen.bodies]

    async def refuse(self, for_good: bool) -> None:
        words = b"410 Gone" if for_good else b"503 Later"
        self._seen.answer = b"HTTP/1.1 " + words + b"\r\nContent-Length: 0\r\n\r\n"

    async def hang(self) -> None:
        self._seen.answer = b""

    async def accept(self) -> None:
        self._seen.answer = Hook.answer
        self._seen.bodies.clear()

    async def stop(self) -> None:
        await self._seen.close()


class TestWebhookContract(NotifierContract):
    @pytest.fixture
    async def receiver(self) -> AsyncIterator[HookReceiver]:
        async with hook() as seen:
            config = WebhookConfig(url=seen.url, secret=SecretStr("s3cret-word"))
            yield HookReceiver(seen, WebhookNotifier(OPEN), config, "s3cret-word")


class TestSlackContract(NotifierContract):
    @pytest.fixture
    async def receiver(self) -> AsyncIterator[HookReceiver]:
        async with hook() as seen:
            url = f"{seen.url}&token=s3cret-word"
            config = SlackConfig(url=SecretStr(url))
            yield HookReceiver(seen, SlackNotifier(OPEN), config, "s3cret-word")


class TestTeamsContract(NotifierContract):
    @pytest.fixture
    async def receiver(self) -> AsyncIterator[HookReceiver]:
        async with hook() as seen:
            url = f"{seen.url}&sig=s3cret-word"
            config = TeamsConfig(url=SecretStr(url))
            yield HookReceiver(seen, TeamsNotifier(OPEN), config, "s3cret-word")


class MailReceiver:
    """aiosmtpd behind a login."""

    secrets = ("s3cret-word",)
    refuses_for_good = True
    config = EmailConfig(to=["a@plant.example"])
    bad_configs = ({}, {"to": []}, {"to": "a@b"}, {"to": ["nobody"]}, {"to": ["a@b"] * 51})

    def __init__(self, box: Box, port: int, stop: Any) -> None:
        self._box, self._stop = box, stop
        self.notifier = EmailNotifier(
            smtp_server(port, tls="none", username="u", password="s3cret-word")
        )

    async def received(self, count: int) -> list[str]:
        assert len(self._box.mails) >= count
        texts = []
        for _, raw in self._box.mails:
            mail = message_from_bytes(raw, policy=policy.default)
            texts.append(f"{mail['Message-ID']} {mail['Subject']}\n{mail.get_content()}")
        return texts

    async def refuse(self, for_good: bool) -> None:
        self._box.answer = "554 no thanks" if for_good else "451 come back"

    async def hang(self) -> None:
        self._box.answer = "hang"

    async def accept(self) -> None:
        self._box.answer = None

    async def stop(self) -> None:
        await asyncio.to_thread(self._stop)


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
class TestEmailContract(NotifierContract):
    @pytest.fixture
    async def receiver(self) -> AsyncIterator[MailReceiver]:
        def check(
            server: Any, session: Any, envelope: Any, mechanism: Any, data: Any
        ) -> AuthResult:
            return AuthResult(success=data.password == b"s3cret-word", handled=False)

        options = {"authenticator": check, "auth_require_tls": False, "auth_required": True}
        with mail_server(**options) as (box, port):
            yield MailReceiver(box, port, box.close)


class BrokerReceiver:
    """mosquitto, with someone who listens."""

    secrets = ("s3cret-word",)
    refuses_for_good = False
    bad_configs = (
        {}, {"host": "h"}, {"host": "h", "topic": "a/#"}, {"host": "h", "topic": "a/+/b"},
        {"host": "h", "topic": ""}, {"host": "h", "topic": "t", "port": 0},
    )  # fmt: skip

    def __init__(self, broker: Mosquitto, listener: subprocess.Popen[str]) -> None:
        self._broker, self._listener = broker, listener
        self.notifier = MqttNotifier()
        self.config = MqttConfig(
            host="127.0.0.1", port=broker.port, topic="plant/alerts", username="u",
            password=SecretStr("s3cret-word"),
        )  # fmt: skip

    async def received(self, count: int) -> list[str]:
        found: list[str] = []
        while len(found) < count:
            line = await _line(self._listener)
            found += [line] if line.startswith("{") else []
        return found

    async def refuse(self, for_good: bool) -> None:
        self._broker.freeze()

    async def hang(self) -> None:
        self._broker.freeze()

    async def accept(self) -> None:
        self._broker.thaw()

    async def stop(self) -> None:
        await self._broker.stop()


class TestMqttContract(NotifierContract):
    @pytest.fixture
    async def receiver(self, tmp_path: Path) -> AsyncIterator[BrokerReceiver]:
        broker = Mosquitto(tmp_path, free_port())
        await broker.start()
        command = [
            program("stdbuf"), "-oL", program("mosquitto_sub"), "-p", str(broker.port),
            "-t", "plant/#", "-d",
        ]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as listener:  # noqa: ASYNC220
            try:
                await _until_subscribed(listener)
                yield BrokerReceiver(broker, listener)
            finally:
                broker.thaw()
                listener.kill()
                await broker.stop()


async def _until_subscribed(listener: subprocess.Popen[str]) -> None:
    while "SUBACK" not in await _line(listener):
        continue


async def _line(listener: subprocess.Popen[str]) -> str:
    assert listener.stdout is not None
    async with asyncio.timeout(PATIENCE_S):
        return await asyncio.to_thread(listener.stdout.readline)
