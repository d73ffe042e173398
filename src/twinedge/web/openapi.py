"""The OpenAPI document: what FastAPI derives, plus our error model, security and plain routes."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from twinedge.web.routing import PUBLIC, SIGNED_IN, declared_scopes

_WORDS = {
    400: "The request is wrong; `details` lists every fault with its field",
    401: "No valid key",
    403: "The key lacks the scope, or the session its CSRF token",
    404: "No such thing",
    409: "The state of the thing does not allow this, or the id or name is taken",
    412: "`If-Match` names another version than the stored one",
    413: "The body is too large",
    415: "Content-Type or Content-Encoding is not one this route reads",
    429: "Too many requests; come back after `retry_after` seconds",
    500: "Something went wrong inside; the message carries the request id",
    503: "Not now; come back after `Retry-After` seconds",
}
_CODES = [
    "validation_error", "unauthorized", "forbidden", "not_found", "method_not_allowed", "conflict",
    "precondition_failed", "payload_too_large", "unsupported_media_type", "rate_limited",
    "internal_error", "service_unavailable",
]  # fmt: skip
ERROR_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "details"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "enum": _CODES},
                "message": {"type": "string"},
                "details": {
                    "type": "array",
                    "maxItems": 100,
                    "items": {
                        "type": "object",
                        "required": ["field", "message"],
                        "additionalProperties": False,
                        "properties": {
                            "field": {"type": "string", "examples": ["config.port"]},
                            "message": {"type": "string", "examples": ["must be at most 65535"]},
                        },
                    },
                },
                "retry_after": {"type": "integer", "description": "Seconds; on 429 only"},
            },
        }
    },
}
_DESCRIPTION = (
    "Every answer is an object with `data`, and for lists `meta`; every error is an object "
    "with `error`. Sign requests with `Authorization: Bearer <key>`."
)
_METHODS = {"get", "put", "post", "delete", "patch"}


def document(
    routes: Sequence[BaseRoute], extra_paths: Mapping[str, Any], version: str
) -> dict[str, Any]:
    """OpenAPI 3.1 of these routes; `extra_paths` describes the plain Starlette ones by path."""
    spec = get_openapi(title="TwinEdge", version=version, description=_DESCRIPTION, routes=routes)
    spec["paths"] = {**copy.deepcopy(dict(extra_paths)), **spec["paths"]}
    components = spec.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    schemas["Error"] = ERROR_SCHEMA
    components["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "An API key"},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "twinedge_session",
            "description": "The browser's session; unsafe methods also need `X-CSRF-Token`",
        },
    }
    spec["security"] = [{"key": []}, {"session": []}]
    scopes = {(method.lower(), path): scope for method, path, scope in declared_scopes(routes)}
    plain = {_without_convertors(path): path for _, path, _ in declared_scopes(routes)}
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            if method in _METHODS:
                scope = scopes.get((method, plain.get(path, path)))
                _complete(operation, path, method, scope)
    return spec


def _complete(operation: dict[str, Any], path: str, method: str, scope: str | None) -> None:
    """Add the errors that can occur, and the scope."""
    answers = operation.setdefault("responses", {})
    answers.pop("422", None)
    for success in answers.values():
        if success.get("description") == "Successful Response":
            success["description"] = "Done"
    declared = {int(status) for status in answers if status.isdigit() and int(status) >= 400}
    for status in sorted(declared | _errors(operation, path, method, scope)):
        answers[str(status)] = _error_answer(status) | answers.get(str(status), {})
    if scope == PUBLIC:
        operation["security"] = []
    elif scope not in {None, SIGNED_IN}:
        words = operation.get("description", "")
        operation["description"] = f"{words}\n\nScope: `{scope}`".strip()
        operation["x-scope"] = scope


def _errors(operation: dict[str, Any], path: str, method: str, scope: str | None) -> set[int]:
    parameters = operation.get("parameters", [])
    statuses = [400, 429, 500, 503]
    if scope != PUBLIC:
        statuses += [401, 403]
    if "{" in path:
        statuses.append(404)
    if method != "get":
        statuses.append(409)
    if any(parameter["name"].lower() == "if-match" for parameter in parameters):
        statuses.append(412)
    if "requestBody" in operation:
        statuses += [404, 413, 415]
    return set(statuses)


def _error_answer(status: int) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": _WORDS[status],
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }
    if status in {429, 503}:
        answer["headers"] = {
            "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}}
        }
    return answer


def _without_convertors(path: str) -> str:
    """`/assets/{id:path}` as OpenAPI writes it, `/assets/{id}`."""
    parts = path.split("{")
    return "{".join(
        [parts[0]]
        + [
            part[: part.index("}")].partition(":")[0] + part[part.index("}") :]
            for part in parts[1:]
        ]
    )
