"""E-mail over SMTP: STARTTLS or TLS, through the mail server of the settings."""

import asyncio
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from typing import Annotated, Literal

import aiosmtplib
from pydantic import AfterValidator, Field

from twinedge.alerts.model import DeliveryFailed
from twinedge.alerts.ports import Message
from twinedge.kit.errors import Fault
from twinedge.web.envelope import Body

TIMEOUT_S = 15.0
_PERMANENT = 500


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The mail server. tls: `starttls` (587), `tls` (465), or `none` for a relay next door.

    ca_file: whom to trust besides the system; None is the system only.
    """

    host: str | None
    port: int = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password: str | None = None
    sender: str = "twinedge@localhost"
    ca_file: str | None = None


def _address(text: str) -> str:
    name, address = parseaddr(text)
    plain = address == text and not name and text.isascii() and text.isprintable()
    local, _, domain = text.rpartition("@")
    if not plain or not local or not domain or " " in text:
        raise ValueError(f"{text!r} is not an e-mail address")
    return text


Address = Annotated[str, Field(max_length=254), AfterValidator(_address)]


class EmailConfig(Body):
    """Who gets the mail."""

    to: Annotated[list[Address], Field(min_length=1, max_length=50)]


class EmailNotifier:
    """One mail to all recipients; the message's id is the Message-ID, so repeats are told."""

    kind = "email"
    config = EmailConfig

    def __init__(self, server: SmtpServer) -> None:
        self._server = server

    async def check(self, config: EmailConfig) -> list[Fault]:
        return []

    async def send(self, config: EmailConfig, message: Message) -> str:
        """Hand over to the mail server, within TIMEOUT_S; answers its last words."""
        try:
            async with asyncio.timeout(TIMEOUT_S):
                return await self._send(config, message)
        except TimeoutError:
            raise DeliveryFailed(f"the mail server took longer than {TIMEOUT_S:g} s") from None

    async def _send(self, config: EmailConfig, message: Message) -> str:
        server = self._server
        if server.host is None:
            raise DeliveryFailed("no mail server is set (smtp_host)")
        mail = _mail(config, message, server.sender)
        context = None
        if server.tls != "none":
            context = ssl.create_default_context(cafile=server.ca_file)
        try:
            errors, answer = await aiosmtplib.send(
                mail,
                sender=server.sender,
                recipients=config.to,
                hostname=server.host,
                port=server.port,
                username=server.username,
                password=server.password,
                use_tls=server.tls == "tls",
                start_tls=server.tls == "starttls",
                tls_context=context,
                timeout=TIMEOUT_S,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            words = "; ".join(f"{one.recipient}: {one.message}" for one in error.recipients)
            permanent = all(one.code >= _PERMANENT for one in error.recipients)
            raise DeliveryFailed(f"refused by the mail server: {words}", permanent) from error
        except aiosmtplib.SMTPResponseException as error:
            # a refused login may be put right by a person: keep trying
            permanent = error.code >= _PERMANENT and not isinstance(
                error, aiosmtplib.SMTPAuthenticationError
            )
            words = f"the mail server answered {error.code}: {error.message}"
            raise DeliveryFailed(words, permanent) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            where = f"{server.host}:{server.port}"
            raise DeliveryFailed(f"mail server {where}: {error}") from error
        if errors:
            raise DeliveryFailed(f"refused for {', '.join(errors)}")
        return answer


def _mail(config: EmailConfig, message: Message, sender: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = " ".join(message.title.split())
    mail["From"] = sender
    mail["To"] = ", ".join(config.to)
    mail["Date"] = formatdate(message.created_us / 1_000_000)
    domain = sender.rpartition("@")[2] or "localhost"
    mail["Message-ID"] = f"<{message.id}@{domain}>"
    mail["X-TwinEdge-Delivery"] = message.id
    mail["Auto-Submitted"] = "auto-generated"
    if message.severity == "critical":
        mail["Importance"] = "high"
    mail.set_content(message.text)
    return mail
