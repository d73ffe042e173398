"""Routers whose routes each declare a scope, checked before anything of the request is read.

    router = Router("/data-sources", tag="Data sources", resource="data_sources")

    @router.post("/{id}/test")
    @scope("read:data_sources")          # else: GET needs read:, all others write:
    async def test(id: str) -> One[TestReport]: ...

The middleware puts a `Principal` into `request.state.principal`; a route whose scope it lacks
answers 403, an unknown query parameter 400, another Content-Type than the route's 415, before the
handler's dependencies run.
"""

import copy
from collections.abc import Callable, Coroutine, Iterator, Sequence
from functools import cached_property
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qsl

from fastapi import APIRouter, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, compile_path
from starlette.types import Receive, Scope, Send

from twinedge.kit.errors import Fault, Forbidden, Invalid, UnsupportedMediaType
from twinedge.web.strict_json import StrictRequest

PUBLIC = "public"
"""The scope of the few routes that need no key."""
RESOURCES = ("data_sources", "telemetry", "dashboards", "alerts", "ml", "assets")
SCOPES = (
    *(f"{verb}:{resource}" for resource in RESOURCES for verb in ("read", "write")),
    "admin",
)
"""Every scope a key can hold; `admin` holds all the others."""
SIGNED_IN = "signed_in"
"""The scope of routes that any valid key or session may use."""

F = TypeVar("F", bound=Callable[..., Any])


class Principal(Protocol):
    """Who is asking."""

    @property
    def id(self) -> str:
        """The key's id; a browser session has that of the key it was opened with."""
        ...

    @property
    def name(self) -> str:
        """For people: the key's name."""
        ...

    def may(self, scope: str) -> bool:
        """Whether the scope, such as `read:telemetry`, is held (`admin` holds all)."""
        ...


def scope(name: str) -> Callable[[F], F]:
    """Declare the scope of an endpoint other than its router's default."""

    def mark(endpoint: F) -> F:
        endpoint.__twinedge_scope__ = name  # type: ignore[attr-defined]
        return endpoint

    return mark


def principal_of(request: Request) -> Principal:
    """Who sent this request; on every route but public ones."""
    principal: Principal = request.state.principal
    return principal


class ScopedRoute(APIRoute):
    """A route that knows its scope, its query parameters and its Content-Type."""

    required_scope: str

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] in (self.methods or ()):
            check_scope(scope, self.required_scope)
            check_query(scope, self._query_names)
            self._check_content_type(Headers(scope=scope))
        await super().handle(scope, receive, send)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            return await answer(StrictRequest(request.scope, request.receive, request._send))

        return strictly

    def mounted(self, prefix: str) -> "ScopedRoute":
        """The same route below a prefix."""
        twin = copy.copy(self)
        twin.path = prefix + self.path
        twin.path_regex, twin.path_format, twin.param_convertors = compile_path(twin.path)
        return twin

    def _check_content_type(self, headers: Headers) -> None:
        if self._media_types is None or headers.get("content-length") == "0":
            return
        if "content-length" not in headers and "transfer-encoding" not in headers:
            return
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in self._media_types:
            raise UnsupportedMediaType(
                f"Content-Type is {kind[:80]!r}; send {' or '.join(self._media_types)}"
                if kind
                else f"Content-Type is missing; send {' or '.join(self._media_types)}"
            )

    @cached_property
    def _media_types(self) -> tuple[str, ...] | None:
        """What the route reads; None when it reads no body or looks at it itself."""
        if self.body_field is None:
            return None
        if isinstance(self.body_field.field_info, params.Form):
            return ("multipart/form-data",)
        return ("application/json",)

    @cached_property
    def _query_names(self) -> frozenset[str]:
        return frozenset(
            field.alias
            for field in get_flat_params(self.dependant)
            if isinstance(field.field_info, params.Query)
        )


def check_scope(scope: Scope, required: str) -> None:
    """Raise Forbidden when the request's principal lacks the scope."""
    if required == PUBLIC:
        return
    principal: Principal = scope["state"]["principal"]
    if required != SIGNED_IN and not principal.may(required):
        raise Forbidden(f"this key lacks the scope {required!r}")


def check_query(scope: Scope, known: frozenset[str]) -> None:
    """Raise Invalid naming each query parameter that is not known here, or cannot be a value."""
    if "\0" in scope["path"]:
        raise Invalid("the path contains the character NUL")
    query: bytes = scope["query_string"]
    if not query:
        return
    faults: list[Fault] = []
    names = f"known are: {', '.join(sorted(known))}" if known else "there are none"
    for key, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if key not in known:
            faults.append(Fault(key, f"is not a query parameter here; {names}"))
        elif "\0" in value:
            faults.append(Fault(key, "must not contain the character NUL"))
    if faults:
        raise Invalid("this query cannot be understood", faults)


class Router(APIRouter):
    """A room's routes under one prefix. `resource` is the scopes' noun."""

    def __init__(self, prefix: str, *, tag: str, resource: str) -> None:
        super().__init__(prefix=prefix, tags=[tag], route_class=ScopedRoute)
        self._resource = resource

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **kwargs: Any) -> None:
        super().add_api_route(path, endpoint, **kwargs)
        route = self.routes[-1]
        assert isinstance(route, ScopedRoute)
        default = ("read:" if route.methods == {"GET"} else "write:") + self._resource
        route.required_scope = getattr(endpoint, "__twinedge_scope__", default)


def declared_scopes(routes: Sequence[BaseRoute]) -> Iterator[tuple[str, str, str | None]]:
    """`(method, path, scope)` of every HTTP route; the scope is None where none is declared."""
    for route in routes:
        methods: set[str] = getattr(route, "methods", None) or set()
        endpoint = getattr(route, "endpoint", None)
        declared = getattr(endpoint, "__twinedge_scope__", None)
        required: str | None = getattr(route, "required_scope", declared)
        for method in sorted(methods - {"HEAD"}):
            yield method, getattr(route, "path", ""), required
