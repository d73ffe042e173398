"""Every error as the API's error answer."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match

from twinedge.kit.errors import (
    Conflict,
    Fault,
    Forbidden,
    Invalid,
    NotFound,
    PreconditionFailed,
    RateLimited,
    TooLarge,
    TwinEdgeError,
    Unauthorized,
    Unavailable,
    UnsupportedMediaType,
)
from twinedge.web.faults import from_pydantic

MAX_DETAILS = 100
"""Faults listed in an answer; the message tells how many there are."""

_log = structlog.get_logger(__name__)
_KINDS: tuple[type[TwinEdgeError], ...] = (
    Invalid, Unauthorized, Forbidden, NotFound, Conflict, PreconditionFailed, TooLarge,
    UnsupportedMediaType, RateLimited, Unavailable, TwinEdgeError,
)  # fmt: skip
_CODES = {kind.status: kind.code for kind in _KINDS} | {405: "method_not_allowed"}


def answer_to(error: Exception, request_id: str) -> Response:
    """The answer to any exception; what is not ours becomes a 500 and is logged, once."""
    if isinstance(error, HTTPException) and isinstance(error.__cause__, TwinEdgeError):
        error = error.__cause__  # FastAPI wraps what reading the body raised
    if isinstance(error, RequestValidationError):
        faults = from_pydantic(error.errors(), error.body)
        return answer(400, "validation_error", _summary(faults), faults)
    if isinstance(error, TwinEdgeError) and error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        message = _summary(error.faults, error.message)
        return _ours(error, message)
    if isinstance(error, TwinEdgeError) and isinstance(error, Unavailable):
        return _ours(error, error.message)
    if isinstance(error, HTTPException):
        code = _CODES.get(error.status_code, "validation_error")
        return answer(error.status_code, code, str(error.detail), headers=error.headers)
    _log.error("request failed", exc_info=error)
    message = f"something went wrong inside TwinEdge; its log tells more under {request_id}"
    return answer(500, "internal_error", message)


async def handle(connection: HTTPConnection, error: Exception) -> Response:
    """`answer_to` as Starlette's exception handler; also words 404 and 405 of the router."""
    if isinstance(error, HTTPException) and error.__cause__ is None:
        if error.status_code == HTTPStatus.NOT_FOUND:
            return answer(404, "not_found", f"there is nothing at {connection.scope['path']}")
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and isinstance(connection, Request):
            return _method_not_allowed(connection)
    request_id: str = connection.scope.get("state", {}).get("request_id", "")
    return answer_to(error, request_id)


def answer(
    status: int,
    code: str,
    message: str,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
    **extra: int,
) -> Response:
    """The error envelope of API.md 1."""
    details = [{"field": fault.field, "message": fault.message} for fault in faults[:MAX_DETAILS]]
    error: dict[str, Any] = {"code": code, "message": message, "details": details, **extra}
    text = json.dumps({"error": error}, ensure_ascii=False, separators=(",", ":"))
    body = text.encode("utf-8", "replace")  # a lone surrogate of the client's must not break it
    return Response(body, status, headers, "application/json")


def _ours(error: TwinEdgeError, message: str) -> Response:
    headers: dict[str, str] = {}
    extra: dict[str, int] = {}
    if isinstance(error, Unauthorized):
        headers["WWW-Authenticate"] = "Bearer"
    elif isinstance(error, RateLimited):
        extra["retry_after"] = error.retry_after_s
        headers["Retry-After"] = str(error.retry_after_s)
    elif isinstance(error, Unavailable):
        headers["Retry-After"] = str(error.retry_after_s)
    elif isinstance(error, TooLarge):
        headers["Connection"] = "close"  # do not wait for the rest of a body nobody reads
    return answer(error.status, error.code, message, error.faults, headers, **extra)


def _summary(faults: Sequence[Fault], message: str | None = None) -> str:
    """The message of an error with these faults; it counts them when not all are listed."""
    if message is None:
        if len(faults) == 1:
            return f"{faults[0].field} {faults[0].message}"
        message = f"{len(faults)} things are wrong in this request"
    elif len(faults) == 1 and message == faults[0].message:
        message = f"{faults[0].field}: {message}"  # a predicate needs its subject
    elif len(faults) == 1 and faults[0].message not in message:
        message = f"{message}: {faults[0].field} {faults[0].message}"
    if len(faults) > MAX_DETAILS:
        message += f" ({len(faults)} faults in all, the first {MAX_DETAILS} are listed)"
    return message


def _method_not_allowed(request: Request) -> Response:
    """405 with every method of the path, also when each has a route of its own.

    `/rules/export` also looks like `/rules/{id}`: only the routes of the most literal path count.
    """
    routes = [r for r in request.app.routes if r.matches(request.scope)[0] is Match.PARTIAL]
    literal = min(map(_literalness, routes), default=None)
    allowed: set[str] = set()
    for route in routes:
        if _literalness(route) == literal:
            allowed |= getattr(route, "methods", None) or set()
    methods = ", ".join(sorted(allowed))
    message = f"{request.method} is not possible here; possible: {methods}"
    return answer(405, "method_not_allowed", message, headers={"Allow": methods})


def _literalness(route: BaseRoute) -> tuple[int, int]:
    """The smaller, the more of the route's path is written out."""
    path: str = getattr(route, "path", "")
    return -path.count("/"), path.count("{")
