"""Certificates: our own, made once, and the server certificates we have come to trust.

Layout of the folder: `own/certificate.der` (give this to servers), `own/private_key.pem` (0600),
`servers/<host>_<port>.der` (remembered at first use), `trusted/*.der|pem` (put there by a person).
"""

import contextlib
import hashlib
import os
import re
import socket
import tempfile
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

VALID_DAYS = 3650
"""Ten years: a plant does not renew a client's certificate on every server every year."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Our side of a secure channel; application_uri equals the certificate's URI entry."""

    certificate: Path
    private_key: Path
    application_uri: str
    thumbprint: str


def thumbprint(der: bytes) -> str:
    """SHA-256 of the certificate, lower-case hex."""
    return hashlib.sha256(der).hexdigest()


def sha1_thumbprint(der: bytes) -> str:
    """SHA-1, the form most server consoles show; for people to compare."""
    return hashlib.sha1(der, usedforsecurity=False).hexdigest()


def first_of_chain(der: bytes) -> bytes:
    """The leading certificate of a blob that may be a chain. Raises ValueError if it is none."""
    length = int.from_bytes(der[2:4], "big") + 4
    if len(der) < length or der[:2] != b"\x30\x82":
        raise ValueError("the server's certificate cannot be read")
    return der[:length]


class Pki:
    """The certificates of one installation, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def identity(self) -> Identity:
        """Our own certificate, made at the first call (about 0.2 s; call it off the loop)."""
        certificate = self._folder / "own" / "certificate.der"
        key = self._folder / "own" / "private_key.pem"
        with self._lock:
            if not (certificate.exists() and key.exists()):
                _make_own(certificate, key)
        return identity_of(certificate, key)

    def trusts(self, host: str, port: int, der: bytes, pinned: str | None) -> str | None:
        """Whether this is the certificate to expect of this server; None, or why not in words.

        pinned: the thumbprint of the source's settings; it alone decides when given. Else a file
        in `trusted`, else the certificate remembered for host:port; the first use is trusted.
        """
        if pinned is not None:
            if pinned in {thumbprint(der), sha1_thumbprint(der)}:
                return None
            return (
                f"the server shows the certificate {thumbprint(der)}, "
                f"but server_thumbprint says {pinned}"
            )
        remembered = self._remembered(host, port)
        if remembered is None or remembered == der or der in self._trusted():
            return None
        return (
            f"the server shows the certificate {thumbprint(der)}, "
            f"but {thumbprint(remembered)} was there before"
        )

    def is_known(self, host: str, port: int, der: bytes) -> bool:
        """Whether this certificate was seen or placed before, so that it is no first use."""
        return self._remembered(host, port) == der or der in self._trusted()

    def remember(self, host: str, port: int, der: bytes) -> None:
        """Keep the certificate of a server we have reached, for the next time."""
        path = self._pin(host, port)
        if self._remembered(host, port) != der:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(path, der, 0o644)

    def _pin(self, host: str, port: int) -> Path:
        name = re.sub(r"[^a-z0-9.-]", "-", host.lower())
        return self._folder / "servers" / f"{name}_{port}.der"

    def _remembered(self, host: str, port: int) -> bytes | None:
        try:
            return self._pin(host, port).read_bytes()
        except FileNotFoundError:
            return None

    def _trusted(self) -> set[bytes]:
        folder = self._folder / "trusted"
        ders: set[bytes] = set()
        for path in sorted(folder.glob("*")) if folder.is_dir() else []:
            with contextlib.suppress(ValueError, OSError):  # a stray file trusts nothing
                ders.add(load(path).public_bytes(serialization.Encoding.DER))
        return ders


def load(path: Path) -> x509.Certificate:
    """A certificate file, PEM or DER. Raises OSError or ValueError."""
    content = path.read_bytes()
    if b"-----BEGIN" in content:
        return x509.load_pem_x509_certificate(content)
    return x509.load_der_x509_certificate(content)


def identity_of(certificate: Path, private_key: Path) -> Identity:
    """Use this pair as our identity. Raises OSError, or ValueError with words for a person."""
    loaded = load(certificate)
    if not os.access(private_key, os.R_OK):
        raise FileNotFoundError(f"{private_key} cannot be read")
    try:
        names = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    except x509.ExtensionNotFound:
        uris = []
    if not uris:
        raise ValueError(f"{certificate} has no URI in its subject alternative name")
    der = loaded.public_bytes(serialization.Encoding.DER)
    return Identity(certificate, private_key, uris[0], thumbprint(der))


def _make_own(certificate: Path, key: Path) -> None:
    host = socket.gethostname() or "localhost"
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, f"TwinEdge@{host}"[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "TwinEdge"),
        ]
    )
    now = datetime.now(UTC)
    alternatives: list[x509.GeneralName] = [x509.UniformResourceIdentifier(f"urn:{host}:twinedge")]
    with contextlib.suppress(ValueError):  # a host name that no certificate can carry
        alternatives.append(x509.DNSName(host))
    public = private.public_key()
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=True,
        data_encipherment=True, key_agreement=False, key_cert_sign=True, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(public),
            critical=False,
        )
        .sign(private, hashes.SHA256())
    )
    certificate.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(key, pem, 0o600)
    _write(certificate, made.public_bytes(serialization.Encoding.DER), 0o644)


def _write(path: Path, content: bytes, mode: int) -> None:
    """Whole or not at all, and never readable by others for a moment."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
