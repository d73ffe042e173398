"""Slack, by an incoming webhook."""

import json

from pydantic import SecretStr

from twinedge.alerts.ports import Message
from twinedge.kit.errors import Fault
from twinedge.notifiers.hooks.guard import Guard
from twinedge.web.envelope import Body

_COLOURS = {"critical": "#d32f2f", "warning": "#f57c00", "info": "#1976d2"}
_TEXT_MAX = 2900


class SlackConfig(Body):
    """The webhook's address; it is the secret itself."""

    url: SecretStr


def body_of(message: Message) -> bytes:
    """One coloured attachment with buttons to open and acknowledge."""
    title = _plain(message.title)
    blocks: list[object] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*{title}*"}},
        {"type": "section", "text": {"type": "plain_text", "text": message.text[:_TEXT_MAX]}},
    ]
    buttons = [
        {"type": "button", "text": {"type": "plain_text", "text": label}, "url": url}
        for label, url in (("Open", message.link), ("Acknowledge", message.acknowledge_link))
        if url
    ]
    if buttons:
        blocks.append({"type": "actions", "elements": buttons})
    body = {
        "text": title,
        "attachments": [{"color": _COLOURS[message.severity], "blocks": blocks}],
    }
    return json.dumps(body).encode()


def _plain(text: str) -> str:
    """Slack's own escaping, so that a tag's name cannot ping the channel."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class SlackNotifier:
    kind = "slack"
    config = SlackConfig

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def check(self, config: SlackConfig) -> list[Fault]:
        return await self._guard.faults(config.url.get_secret_value())

    async def send(self, config: SlackConfig, message: Message) -> str:
        headers = {"Content-Type": "application/json"}
        return await self._guard.post(config.url.get_secret_value(), body_of(message), headers)
