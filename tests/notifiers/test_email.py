"""Mail against real SMTP servers (aiosmtpd): plain, STARTTLS, TLS, login, refusals."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from pathlib import Path
from socket import create_connection

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import ValidationError

from twinedge.alerts.model import DeliveryFailed
from twinedge.alerts.ports import Message
from twinedge.notifiers.email import EmailConfig, EmailNotifier, SmtpServer

MESSAGE = Message(
    "msg-1", "raised", "critical", "[CRITICAL] Hot\r\nBcc: x@evil", "85 °C\n.\nend", {}, 0
)
TO = EmailConfig(to=["a@plant.example", "b@plant.example"])


def _nothing() -> None:
    pass


class Box:
    """Keeps what arrives; `answer` instead of accepting when set, `hang`: never."""

    def __init__(self) -> None:
        self.close: Callable[[], None] = _nothing
        self.mails: list[tuple[list[str], bytes]] = []
        self.answer: str | None = None

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        if self.answer == "hang":
            await asyncio.Event().wait()
        if self.answer is not None:
            return self.answer
        self.mails.append((envelope.rcpt_tos, envelope.content))
        return "250 taken"


def certificate(path: Path) -> ssl.SSLContext:
    """A certificate for 127.0.0.1, signed by itself; its PEM is written to `path`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(built.public_bytes(pem))
    (path.parent / "key.pem").write_bytes(private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, path.parent / "key.pem")
    return context


class _Port(Controller):
    """Takes any free port."""

    def __init__(self, box: Box, factory: Callable[[], SMTP], tls: ssl.SSLContext | None) -> None:
        super().__init__(box, hostname="127.0.0.1", port=0, ssl_context=tls)
        self._factory = factory

    def factory(self) -> SMTP:
        return self._factory()

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        with create_connection((self.hostname, self.port), 5.0) as plain:
            if self.ssl_context is None:
                plain.recv(1024)
                return
            anyone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
            with anyone.wrap_socket(plain) as secure:
                secure.recv(1024)


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None, **options: object) -> Iterator[tuple[Box, int]]:
    box = Box()
    controller = _Port(box, lambda: SMTP(box, **options), tls)
    controller.start()
    stopped = False

    def stop() -> None:
        nonlocal stopped
        if not stopped:
            controller.stop()
        stopped = True

    box.close = stop
    try:
        yield box, controller.port
    finally:
        stop()


def server(port: int, **more: object) -> SmtpServer:
    return SmtpServer("127.0.0.1", port, sender="twinedge@plant.example", **more)  # type: ignore


class TestSend:
    async def test_plain(self) -> None:
        with mail_server() as (box, port):
            answer = await EmailNotifier(server(port, tls="none")).send(TO, MESSAGE)
        assert "taken" in answer
        ((to, raw),) = box.mails
        mail = message_from_bytes(raw, policy=policy.default)
        assert to == ["a@plant.example", "b@plant.example"]
        assert mail["Subject"] == "[CRITICAL] Hot Bcc: x@evil"
        assert mail["Bcc"] is None
        assert mail["Message-ID"] == "<msg-1@plant.example>"
        assert mail["Importance"] == "high"
        assert mail.get_content().splitlines() == ["85 °C", ".", "end"]

    @pytest.mark.parametrize("tls", ["starttls", "tls"])
    async def test_encrypted(self, tmp_path: Path, tls: str) -> None:
        ca = tmp_path / "ca.pem"
        context = certificate(ca)
        options = {"tls_context": context, "require_starttls": True} if tls == "starttls" else {}
        with mail_server(context if tls == "tls" else None, **options) as (box, port):
            await EmailNotifier(server(port, tls=tls, ca_file=str(ca))).send(TO, MESSAGE)
        assert len(box.mails) == 1

    async def test_untrusted_certificate_is_refused(self, tmp_path: Path) -> None:
        context = certificate(tmp_path / "ca.pem")
        with (
            mail_server(tls_context=context, require_starttls=True) as (box, port),
            pytest.raises(DeliveryFailed, match=r"127\.0\.0\.1") as failure,
        ):
            await EmailNotifier(server(port)).send(TO, MESSAGE)
        assert not failure.value.permanent
        assert box.mails == []

    @pytest.mark.filterwarnings("ignore:Requiring AUTH")
    async def test_login(self) -> None:
        def check(server, session, envelope, mechanism, data) -> AuthResult:
            return AuthResult(success=data.password == b"right", handled=False)

        options = {"authenticator": check, "auth_require_tls": False, "auth_required": True}
        with mail_server(**options) as (box, port):
            good = server(port, tls="none", username="u", password="right")
            await EmailNotifier(good).send(TO, MESSAGE)
            bad = server(port, tls="none", username="u", password="wrong")
            with pytest.raises(DeliveryFailed, match="535") as failure:
                await EmailNotifier(bad).send(TO, MESSAGE)
        assert not failure.value.permanent
        assert len(box.mails) == 1


class TestFailure:
    @pytest.mark.parametrize(
        ("answer", "permanent"), [("554 no thanks", True), ("451 come back", False)]
    )
    async def test_refused(self, answer: str, permanent: bool) -> None:
        with mail_server() as (box, port):
            box.answer = answer
            with pytest.raises(DeliveryFailed, match=answer[:3]) as failure:
                await EmailNotifier(server(port, tls="none")).send(TO, MESSAGE)
        assert failure.value.permanent is permanent

    async def test_nobody_there(self) -> None:
        probe = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port = probe.sockets[0].getsockname()[1]
        probe.close()
        await probe.wait_closed()
        with pytest.raises(DeliveryFailed, match="mail server"):
            await EmailNotifier(server(port, tls="none")).send(TO, MESSAGE)

    async def test_no_server_set(self) -> None:
        with pytest.raises(DeliveryFailed, match="smtp_host"):
            await EmailNotifier(SmtpServer(None)).send(TO, MESSAGE)

    @pytest.mark.parametrize("to", ["nobody", "a@b\r\nRCPT TO:x", "Name <a@b>", "a b@c", "@c", ""])
    def test_bad_addresses(self, to: str) -> None:
        with pytest.raises(ValidationError):
            EmailConfig(to=[to])
