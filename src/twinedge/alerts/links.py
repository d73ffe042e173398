"""Acknowledge links: signed, expiring, good for one alert."""

import base64
import binascii
import hashlib
import hmac
import json

from twinedge.kit.clock import US
from twinedge.kit.errors import Forbidden

VALID_US = 3 * 86_400 * US
"""Three days: a weekend and a Monday morning."""


class Links:
    """Makes and reads the tokens of acknowledge links with one secret key."""

    def __init__(self, key: bytes, public_url: str | None) -> None:
        self._key = hashlib.sha256(b"acknowledge-link:" + key).digest()
        self._base = public_url.rstrip("/") if public_url else None

    def alert(self, alert_id: str) -> str | None:
        """Where a person sees the alert; None while no public address is configured."""
        return f"{self._base}/alerts/{alert_id}" if self._base else None

    def alerts(self) -> str | None:
        return f"{self._base}/alerts" if self._base else None

    def acknowledge(self, alert_id: str, channel: str, now_us: int) -> str | None:
        """A link whose holder may acknowledge this alert for three days."""
        if not self._base:
            return None
        return f"{self._base}/v1/alert-links/{self.token(alert_id, channel, now_us)}"

    def token(self, alert_id: str, channel: str, now_us: int) -> str:
        body = _encode(json.dumps([alert_id, channel, now_us + VALID_US]).encode())
        return f"{body}.{self._sign(body)}"

    def read(self, token: str, now_us: int) -> tuple[str, str]:
        """(alert id, channel). Raises Forbidden when forged or expired."""
        body, _, mark = token.partition(".")
        if not hmac.compare_digest(mark.encode(), self._sign(body).encode()):
            raise Forbidden("this link is not valid: it was changed or copied only in part")
        try:
            alert_id, channel, expires_us = json.loads(_decode(body))
        except (ValueError, binascii.Error) as error:
            raise Forbidden("this link is not valid") from error
        if now_us >= expires_us:
            raise Forbidden("this link has expired; sign in to acknowledge the alert")
        return alert_id, channel

    def _sign(self, body: str) -> str:
        return _encode(hmac.new(self._key, body.encode(), hashlib.sha256).digest())


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
