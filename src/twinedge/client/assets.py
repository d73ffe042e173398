"""Assets and their tags."""

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import quote

from twinedge.client.http import Http
from twinedge.client.model import Asset

_PATH = "/v1/assets"


class Assets:
    """`client.assets`."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def list(self) -> Iterator[Asset]:
        """Every asset with its tags, newest first."""
        return self._http.pages(_PATH)

    def get(self, id: str) -> Asset:
        return cast(Asset, self._http.data("GET", _at(id)))

    def put(self, id: str, **fields: Any) -> Asset:
        """Set name, description, type, parent, properties, units."""
        return cast(Asset, self._http.data("PUT", _at(id), body=fields))


def _at(id: str) -> str:
    return f"{_PATH}/{quote(id, safe='')}"
