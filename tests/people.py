"""Who asks, where a room is tested without the access room."""

from collections.abc import Mapping
from dataclasses import dataclass

from twinedge.kit.errors import Unauthorized
from twinedge.web.routing import Principal


@dataclass(frozen=True)
class Person:
    """Someone who holds these scopes; `admin` holds all."""

    id: str = "key-1"
    name: str = "owner"
    scopes: frozenset[str] = frozenset({"admin"})

    def may(self, scope: str) -> bool:
        return scope in self.scopes or "admin" in self.scopes


class OneKey:
    """Knows the reference's key and nobody else."""

    def authenticate(self, method: str, headers: Mapping[bytes, bytes]) -> Principal:
        if headers.get(b"authorization") != b"Bearer YOUR_API_KEY":
            raise Unauthorized("no valid key")
        return Person()


class OpenDoor:
    """Takes everyone, with or without a key, for one person with these scopes."""

    def __init__(self, *scopes: str, name: str = "owner") -> None:
        self.person = Person(name=name, scopes=frozenset(scopes))

    def authenticate(self, method: str, headers: Mapping[bytes, bytes]) -> Principal:
        return self.person


class ScopeKeys:
    """Believes any `Bearer <scope>,<scope>` but `wrong`."""

    def authenticate(self, method: str, headers: Mapping[bytes, bytes]) -> Principal:
        kind, _, token = headers.get(b"authorization", b"").decode().partition(" ")
        if kind != "Bearer":
            raise Unauthorized("no valid key")
        return self.authenticate_token(token)

    def authenticate_token(self, token: str) -> Principal:
        if token in {"", "wrong"}:
            raise Unauthorized("no valid key")
        return Person(token, token, frozenset(token.split(",")))
