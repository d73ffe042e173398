"""Routers whose routes each declare a scope, checked before anything of the request is read.

    router = Router("/data-sources", tag="Data sources", resource="data_sources")

    @router.post("/{id}/test")
    @scope("read:data_sources")          # else: GET needs read:, all others write:
    async def test(id: str) -> One[TestReport]: ...

The middleware puts a `Principal` into `request.state.principal`; a route whose scope it lacks
answers 403, an unknown query parameter 400, before the handler's dependencies run.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Protocol, TypeVar

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from twinedge.kit.errors import Fault, Forbidden, Invalid

PUBLIC = "public"
"""The scope of the few routes that need no key."""

F = TypeVar("F", bound=Callable[..., Any])


class Principal(Protocol):
    """Who is asking."""

    id: str
    name: str

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
    """A route that knows its scope and its query parameters."""

    required_scope: str

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        check_scope(scope, self.required_scope)
        known = self._query_names
        faults = [
            Fault(
                key,
                f"is not a query parameter here; known are: {', '.join(sorted(known)) or 'none'}",
            )
            for key in Request(scope).query_params
            if key not in known
        ]
        if faults:
            raise Invalid("unknown query parameter", faults)
        await super().handle(scope, receive, send)

    @cached_property
    def _query_names(self) -> frozenset[str]:
        return frozenset(_query_names(self.dependant))


def _query_names(dependant: Dependant) -> Iterator[str]:
    yield from (parameter.alias for parameter in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _query_names(inner)


def check_scope(scope: Scope, required: str) -> None:
    """Raise Forbidden when the request's principal lacks the scope."""
    if required == PUBLIC:
        return
    principal: Principal = scope["state"]["principal"]
    if not principal.may(required):
        raise Forbidden(f"this key lacks the scope {required!r}")


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
