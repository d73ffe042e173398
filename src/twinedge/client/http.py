"""Requests and answers: the envelope opened, errors as exceptions, polite waiting."""

import time
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self

import httpx

from twinedge.client.errors import ApiError, Unreachable
from twinedge.kit.errors import Fault

Params = Mapping[str, str | int | float | bool | list[str] | None]
_PAGE = 100


class Http:
    """One server and one key.

    An answer 429 or 503 is asked again when the server says so, until `patience_s` is used up: both
    mean that nothing was done. Other failures are raised at once.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None,
        timeout_s: float,
        patience_s: float,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base_url = base_url.rstrip("/").removesuffix("/v1")
        headers = {"Accept": "application/json", "User-Agent": "twinedge-client"}
        if api_key is not None:
            headers["Authorization"] = f"Bearer {api_key.strip()}"
        try:
            self._http = httpx.Client(
                base_url=self.base_url,
                headers=headers,
                timeout=timeout_s,
                transport=transport,
                trust_env=False,
            )
        except (httpx.InvalidURL, UnicodeEncodeError) as error:
            raise Unreachable(f"{base_url!r} or the key is not usable: {error}") from None
        self._patience_s = patience_s
        self._sleep = sleep

    def close(self) -> None:
        self._http.close()

    def send(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        body: Any = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> httpx.Response:
        """One request; the answer is a success. Raises ApiError or Unreachable."""
        known = {k: v for k, v in (params or {}).items() if v is not None}
        waited_s = 0.0
        while True:
            try:
                answer = self._http.request(
                    method, path, params=known, json=body, content=content,
                    headers=dict(headers or {}), files=files,
                )  # fmt: skip
            except httpx.TimeoutException:
                raise Unreachable(f"{self.base_url} did not answer in time") from None
            except (httpx.TransportError, httpx.InvalidURL) as error:
                raise Unreachable(f"{self.base_url} cannot be reached: {error}") from None
            if answer.is_success:
                return answer
            refusal = error_of(answer)
            pause_s = refusal.retry_after_s
            if pause_s is None or waited_s + pause_s > self._patience_s:
                raise refusal
            self._sleep(pause_s)
            waited_s += pause_s

    def data(self, method: str, path: str, **kwargs: Any) -> Any:
        """What stands under `data` in the answer."""
        return envelope_of(self.send(method, path, **kwargs))["data"]

    def pages(self, path: str, params: Params | None = None) -> Iterator[Any]:
        """Every item of a paged list, fetched page by page as it is consumed."""
        page = 1
        while True:
            asked = {**(params or {}), "page": page, "per_page": _PAGE}
            answer = envelope_of(self.send("GET", path, params=asked))
            yield from answer["data"]
            if page * _PAGE >= answer["meta"]["total"] or not answer["data"]:
                return
            page += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()


def envelope_of(answer: httpx.Response) -> Any:
    """The JSON of a success. Raises ApiError when something else answered."""
    try:
        read = answer.json()
    except ValueError:
        read = None
    if not isinstance(read, dict) or "data" not in read:
        raise ApiError(
            f"{answer.url} answered, but not as TwinEdge does: is the address right?",
            error_code="not_twinedge",
            http_status=answer.status_code,
        )
    return read


def error_of(answer: httpx.Response) -> ApiError:
    """The error an answer carries; one that is not ours is told by its status."""
    try:
        error = answer.json()["error"]
        message, code = str(error["message"]), str(error["code"])
        faults = [Fault(str(d["field"]), str(d["message"])) for d in error["details"]]
    except (ValueError, KeyError, TypeError):
        message, code = f"the server answered {answer.status_code} {answer.reason_phrase}", ""
        faults = []
    after = answer.headers.get("Retry-After", "")
    return ApiError(
        message,
        faults,
        error_code=code,
        http_status=answer.status_code,
        request_id=answer.headers.get("X-Request-ID"),
        retry_after_s=float(after)
        if after.isdigit() and answer.status_code in {429, 503}
        else None,
    )
