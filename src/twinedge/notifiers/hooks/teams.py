"""Microsoft Teams, by a workflow webhook that takes an adaptive card."""

import json

from pydantic import SecretStr

from twinedge.alerts.ports import Message
from twinedge.kit.errors import Fault
from twinedge.notifiers.hooks.guard import Guard
from twinedge.web.envelope import Body

_COLOURS = {"critical": "attention", "warning": "warning", "info": "accent"}
_TEXT_MAX = 15_000


class TeamsConfig(Body):
    """The workflow's address; it is the secret itself."""

    url: SecretStr


def body_of(message: Message) -> bytes:
    """One adaptive card; texts are plain, line by line."""
    lines = [line for line in message.text[:_TEXT_MAX].split("\n") if line.strip()]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
            {
                "type": "TextBlock", "text": message.title, "weight": "bolder", "wrap": True,
                "size": "medium", "color": _COLOURS[message.severity],
            },
            *({"type": "TextBlock", "text": line, "wrap": True, "spacing": "none"}
              for line in lines),
        ],
        "actions": [
            {"type": "Action.OpenUrl", "title": label, "url": url}
            for label, url in (("Open", message.link), ("Acknowledge", message.acknowledge_link))
            if url
        ],
    }  # fmt: skip
    kind = "application/vnd.microsoft.card.adaptive"
    body = {"type": "message", "attachments": [{"contentType": kind, "content": card}]}
    return json.dumps(body).encode()


class TeamsNotifier:
    kind = "teams"
    config = TeamsConfig

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def check(self, config: TeamsConfig) -> list[Fault]:
        return await self._guard.faults(config.url.get_secret_value())

    async def send(self, config: TeamsConfig, message: Message) -> str:
        headers = {"Content-Type": "application/json"}
        return await self._guard.post(config.url.get_secret_value(), body_of(message), headers)
