"""Keys, principals, and the shape of a key's text."""

import hashlib
import secrets
from dataclasses import dataclass

from twinedge.kit.errors import Fault
from twinedge.web.routing import SCOPES

ADMIN = "admin"
ENVIRONMENT_KEY_ID = "key-environment"
"""The admin key that the environment variable TWINEDGE_API_KEY sets; only changed there."""
MIN_ENVIRONMENT_KEY = 16
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret. Moments in microseconds; `expires_us` None: never."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_us: int
    expires_us: int | None
    last_used_us: int | None


@dataclass(frozen=True, slots=True)
class NewKey:
    """What a caller asks for."""

    name: str
    scopes: tuple[str, ...]
    id: str | None = None
    expires_us: int | None = None


@dataclass(frozen=True, slots=True)
class BrowserSession:
    """A browser that signed in with a key; ends with the key or at `expires_us`."""

    key_id: str
    expires_us: int


@dataclass(frozen=True, slots=True)
class KeyPrincipal:
    """Who is asking: the holder of a key, by the key itself or in a session opened with it."""

    id: str
    name: str
    scopes: frozenset[str]
    session: BrowserSession | None = None

    def may(self, scope: str) -> bool:
        return scope in self.scopes or ADMIN in self.scopes


def new_secret(id: str) -> str:
    """The text of a new key, `te_<id>_<secret>`; the secret has 238 bits of chance."""
    return f"te_{id}_" + "".join(secrets.choice(_ALPHABET) for _ in range(40))


def claimed_id(token: str) -> str:
    """The id a key's text claims; empty for a text of another form."""
    return token[3:].rpartition("_")[0] if token.startswith("te_") else ""


def digest_of(token: str) -> str:
    """What is stored of a key or session: its SHA-256. Enough, because the secrets are random."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def csrf_of(cookie: str) -> str:
    """The CSRF token of a session: follows from its cookie, which no script can read."""
    return hashlib.sha256(b"csrf " + cookie.encode("utf-8", "surrogatepass")).hexdigest()


def scope_faults(scopes: tuple[str, ...]) -> list[Fault]:
    """One fault for each text that is no scope."""
    known = ", ".join(SCOPES)
    return [
        Fault(f"scopes[{index}]", f"{scope[:80]!r} is not a scope; scopes are: {known}")
        for index, scope in enumerate(scopes)
        if scope not in SCOPES
    ]
