"""The web application: routers and plain routes behind the edge, with one shape of errors."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route, compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from twinedge.kit.clock import SystemClock
from twinedge.kit.errors import TwinEdgeError
from twinedge.web import answers
from twinedge.web.audit import Auditor
from twinedge.web.buckets import RateLimiter
from twinedge.web.edge import Authenticator, Edge
from twinedge.web.idempotency import Idempotency
from twinedge.web.limits import PLANS, Limits
from twinedge.web.openapi import document
from twinedge.web.routing import (
    PUBLIC,
    Router,
    ScopedRoute,
    check_scope,
    declared_scopes,
    scope,
)

PREFIX = "/v1"
_REFERENCE_PAGE = Path(__file__).parent / "reference"

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


class _App(FastAPI):
    """FastAPI behind our edge, which does all that its own wrappers would for each request."""

    edge: Edge

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        await self.edge(scope, receive, send)


def create_app(
    *,
    routers: Sequence[Router],
    authenticator: Authenticator,
    version: str,
    routes: Sequence[BaseRoute] = (),
    openapi_paths: Mapping[str, Any] | None = None,
    extra_routes: Sequence[BaseRoute] = (),
    limits: Limits | None = None,
    limiter: RateLimiter | None = None,
    idempotency: Idempotency | None = None,
    auditor: Auditor | None = None,
    lifespan: Lifespan | None = None,
) -> FastAPI:
    """The application.

    routers: the rooms', mounted under /v1. routes: plain Starlette routes with whole paths, tried
    first because each route tried costs a microsecond; `openapi_paths` describes them. An endpoint
    of theirs that needs no key is marked `@scope(PUBLIC)`; one that needs a key calls
    `check_scope`. extra_routes: what lies outside /v1 (health, metrics, the UI), open to all and
    tried last. limiter: the one whose `charge` the telemetry routes call.
    """
    app = _App(
        title="TwinEdge",
        version=version,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    api: list[BaseRoute] = [*routes]
    for router in routers:
        api += [_mounted(route) for route in router.routes]
    app.router.routes = [*api, *_reference(api, openapi_paths or {}, version), *extra_routes]
    handlers = dict.fromkeys((TwinEdgeError, RequestValidationError, HTTPException), answers.handle)
    app.edge = Edge(
        ExceptionMiddleware(AsyncExitStackMiddleware(app.router), handlers=handlers),
        authenticator=authenticator,
        limiter=limiter or RateLimiter(PLANS["generous"], SystemClock()),
        limits=limits or Limits(),
        is_public=_public_paths(app.router.routes),
        idempotency=idempotency,
        hot=_hot(routes),
        auditor=auditor,
    )
    return app


def _hot(routes: Sequence[BaseRoute]) -> dict[tuple[str, str], ASGIApp]:
    """The plain routes with a fixed path and a declared scope, by method and path."""
    return {
        (method, path): _checked(
            getattr(route, "direct", None) or _direct(route.endpoint), required
        )
        for route in routes
        if isinstance(route, Route)
        for method, path, required in declared_scopes([route])
        if required is not None and "{" not in path
    }


def _direct(endpoint: Callable[[Request], Awaitable[Response]]) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        response = await endpoint(Request(scope, receive, send))
        await response(scope, receive, send)

    return answer


def _checked(app: ASGIApp, required: str) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        check_scope(scope, required)
        await app(scope, receive, send)

    return answer


def _mounted(route: BaseRoute) -> BaseRoute:
    assert isinstance(route, ScopedRoute), "a room's router holds scoped routes only"
    return route.mounted(PREFIX)


def _public_paths(routes: Sequence[BaseRoute]) -> Callable[[str, str], bool]:
    """Whether a method and path under /v1 need no key; asked only when none was good."""
    public: list[tuple[str, re.Pattern[str]]] = [
        (method, compile_path(path)[0])
        for method, path, required in declared_scopes(routes)
        if required == PUBLIC
    ]

    def is_public(method: str, path: str) -> bool:
        return any(method == m and pattern.match(path) for m, pattern in public)

    return is_public


def _reference(
    api: Sequence[BaseRoute], extra_paths: Mapping[str, Any], version: str
) -> list[BaseRoute]:
    """The OpenAPI document, made when first asked for, and the page that shows it."""

    @cache
    def spec() -> dict[str, Any]:
        return document(api, extra_paths, version)

    @scope(PUBLIC)
    async def openapi(_request: Request) -> Response:
        return JSONResponse(await asyncio.to_thread(spec))  # the first time takes 0.7 s

    def page(name: str) -> Callable[[Request], Awaitable[Response]]:
        async def serve(_request: Request) -> Response:
            return FileResponse(_REFERENCE_PAGE / name)

        return serve

    return [
        Route(f"{PREFIX}/openapi.json", openapi),
        Route("/docs", page("index.html")),
        Route("/docs/reference.css", page("reference.css")),
        Route("/docs/reference.js", page("reference.js")),
    ]
