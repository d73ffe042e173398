"""The client as a whole: one attribute per noun, and plain verbs for everything else."""

from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from twinedge.client.assets import Assets
from twinedge.client.http import Http
from twinedge.client.keys import Keys
from twinedge.client.sources import Sources
from twinedge.client.telemetry import Telemetry

if TYPE_CHECKING:
    import httpx


class Client:
    """Talks to one TwinEdge server. Not for use by several threads at once.

    base_url: such as http://127.0.0.1:8080; api_key: as shown once when it was made.
    patience_s: how long in all a request waits when the server is busy (429, 503).
    Every call raises ApiError when the server refuses and Unreachable when there is no answer.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        timeout_s: float = 30.0,
        patience_s: float = 15.0,
        transport: "httpx.BaseTransport | None" = None,
    ) -> None:
        self.http = Http(base_url, api_key, timeout_s, patience_s, transport)
        self.sources = Sources(self.http)
        self.telemetry = Telemetry(self.http)
        self.assets = Assets(self.http)
        self.keys = Keys(self.http)

    def get(self, path: str, **params: Any) -> Any:
        """`data` of GET /v1<path>."""
        return self.http.data("GET", f"/v1{path}", params=params)

    def pages(self, path: str, **params: Any) -> Iterator[Any]:
        """Every item of the paged list /v1<path>, newest first."""
        return self.http.pages(f"/v1{path}", params)

    def post(self, path: str, body: Any = None, **params: Any) -> Any:
        """`data` of POST /v1<path>."""
        return self.http.data("POST", f"/v1{path}", body=body, params=params)

    def put(self, path: str, body: Any, **params: Any) -> Any:
        """`data` of PUT /v1<path>."""
        return self.http.data("PUT", f"/v1{path}", body=body, params=params)

    def delete(self, path: str) -> Any:
        """`data` of DELETE /v1<path>."""
        return self.http.data("DELETE", f"/v1{path}")

    def upload(self, path: str, name: str, content: bytes, content_type: str) -> Any:
        """`data` of POST /v1<path> with one file as multipart form."""
        file = {"file": (name, content, content_type)}
        return self.http.data("POST", f"/v1{path}", files=file)

    def health(self) -> dict[str, Any]:
        """What /health/ready says. Raises ApiError (503) while the server cannot work."""
        answer: dict[str, Any] = self.http.send("GET", "/health/ready").json()
        return answer

    def close(self) -> None:
        """Close the connections; the client is of no use afterwards."""
        self.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()
