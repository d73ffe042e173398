"""Data sources and their tags."""

from collections.abc import Iterator, Sequence
from typing import Any, cast
from urllib.parse import quote

from twinedge.client.http import Http
from twinedge.client.model import ConnectionReport, Node, Source

_PATH = "/v1/data-sources"


class Sources:
    """`client.sources`."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def list(self, type: str | None = None, status: str | None = None) -> Iterator[Source]:
        """Every source, newest first."""
        return self._http.pages(_PATH, {"type": type, "status": status})

    def get(self, id: str) -> Source:
        return cast(Source, self._http.data("GET", _at(id)))

    def create(self, body: dict[str, Any]) -> Source:
        """Create from a body as the API writes it: name, type, config, and perhaps id and tags."""
        return cast(Source, self._http.data("POST", _PATH, body=body))

    def update(self, id: str, body: dict[str, Any]) -> Source:
        """Replace name, config and enabled; tags stay."""
        return cast(Source, self._http.data("PUT", _at(id), body=body))

    def delete(self, id: str) -> dict[str, Any]:
        """Stop and remove the source; its history stays."""
        return cast(dict[str, Any], self._http.data("DELETE", _at(id)))

    def test(self, id: str) -> ConnectionReport:
        """Try the connection step by step; a failing device is `ok: False`, not an error."""
        return cast(ConnectionReport, self._http.data("POST", f"{_at(id)}/test"))

    def browse(self, id: str, node: str | None = None, search: str | None = None) -> Sequence[Node]:
        """What the device offers below a node (None: at the top)."""
        params = {"node": node, "search": search}
        return cast(Sequence[Node], self._http.data("GET", f"{_at(id)}/browse", params=params))

    def tags(self, id: str) -> Iterator[dict[str, Any]]:
        """Every tag of the source."""
        return self._http.pages(f"{_at(id)}/tags")

    def add_tags(self, id: str, tags: Sequence[dict[str, Any]]) -> Any:
        """Add tags, all or none."""
        return self._http.data("POST", f"{_at(id)}/tags", body={"tags": list(tags)})


def _at(id: str) -> str:
    return f"{_PATH}/{quote(id, safe='')}"
