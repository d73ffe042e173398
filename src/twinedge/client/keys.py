"""API keys."""

from collections.abc import Iterator, Sequence
from typing import Any, cast
from urllib.parse import quote

from twinedge.client.http import Http
from twinedge.client.model import Key, NewKey

_PATH = "/v1/api-keys"


class Keys:
    """`client.keys`; needs the scope `admin`."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def list(self) -> Iterator[Key]:
        """Every key, newest first; the keys themselves are never shown again."""
        return self._http.pages(_PATH)

    def create(self, name: str, scopes: Sequence[str], expires_at: str | None = None) -> NewKey:
        """Make a key; keep `key` of the answer, it is shown this once."""
        body: dict[str, Any] = {"name": name, "scopes": list(scopes)}
        if expires_at is not None:
            body["expires_at"] = expires_at
        return cast(NewKey, self._http.data("POST", _PATH, body=body))

    def revoke(self, id: str) -> dict[str, Any]:
        """The key is refused from now on."""
        return cast(dict[str, Any], self._http.data("DELETE", f"{_PATH}/{quote(id, safe='')}"))

    def rotate(self, id: str) -> NewKey:
        """Replace the key by a new one with the same name and scopes."""
        path = f"{_PATH}/{quote(id, safe='')}/rotate"
        return cast(NewKey, self._http.data("POST", path))
