"""A generic webhook: JSON, signed with HMAC-SHA256 over time and body."""

import hashlib
import hmac
import json
import time
from typing import Annotated

from pydantic import Field, SecretStr

from twinedge.alerts.ports import Message
from twinedge.kit.clock import to_iso
from twinedge.kit.errors import Fault
from twinedge.notifiers.hooks.guard import Guard
from twinedge.web.envelope import Body


class WebhookConfig(Body):
    """Where to, and the secret both sides know."""

    url: Annotated[str, Field(min_length=1, max_length=2000)]
    secret: SecretStr | None = None


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """The signature: `sha256=` and the hex HMAC-SHA256 of `<timestamp>.<body>`."""
    mac = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"sha256={mac.hexdigest()}"


def body_of(message: Message) -> bytes:
    """The same bytes for every try of a message."""
    body = {
        "id": message.id,
        "event": message.event,
        "created_at": to_iso(message.created_us),
        "severity": message.severity,
        "title": message.title,
        "text": message.text,
        "link": message.link,
        "acknowledge_link": message.acknowledge_link,
        **message.payload,
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


class WebhookNotifier:
    """POSTs the message; any 2xx is a success."""

    kind = "webhook"
    config = WebhookConfig

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def check(self, config: WebhookConfig) -> list[Fault]:
        return await self._guard.faults(config.url)

    async def send(self, config: WebhookConfig, message: Message) -> str:
        body = body_of(message)
        timestamp = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "TwinEdge",
            "X-TwinEdge-Delivery": message.id,
            "X-TwinEdge-Event": message.event,
            "X-TwinEdge-Timestamp": str(timestamp),
        }
        if config.secret is not None:
            secret = config.secret.get_secret_value()
            headers["X-TwinEdge-Signature"] = sign(secret, timestamp, body)
        return await self._guard.post(config.url, body, headers)
