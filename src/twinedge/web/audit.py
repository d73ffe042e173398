"""Which requests the audit log hears of, and what it is told of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from starlette.types import Scope

from twinedge.web.buckets import address_of

PATH_MAX = 200
_REFUSED = frozenset({401, 403})
_NOT_TRIED = frozenset({405})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request that changed something, tried to, or was refused.

    route: its template, such as `/v1/dashboards/{id}`; None when it was refused before routing.
    path: of the thing, a new one's too. object_id: the thing's id, where the path or Location has
    one. Neither holds the query, which may carry a secret.
    """

    actor_id: str | None
    actor_name: str | None
    via: str
    address: str
    method: str
    route: str | None
    path: str
    object_id: str | None
    request_id: str
    status: int


class Auditor(Protocol):
    """The audit log, as the edge sees it."""

    async def ready(self) -> None:
        """Raise Unavailable while nothing can be written down: what cannot be audited waits."""
        ...

    async def note(self, attempt: Attempt) -> None:
        """Write the attempt down; a success is on disk when this returns. Never raises."""
        ...


def attempt_of(
    scope: Scope, status: int, headers: Iterable[tuple[bytes, bytes]] = ()
) -> Attempt | None:
    """What to tell of a request that is about to be answered so; None when there is nothing.

    Told are refusals (401, 403) and whatever came to a route that changes something. Not told:
    what only asks (scope `read:…`) and points stored, of which there are millions.
    """
    route = scope.get("route")
    required: str = getattr(route, "required_scope", "")
    changes = route is not None and scope.get("method") not in {"GET", "HEAD", "OPTIONS"}
    if required.startswith("read:") or not getattr(route, "is_audited", True):
        changes = False
    if status not in _REFUSED and (not changes or status in _NOT_TRIED):
        return None
    principal = scope["state"].get("principal")
    has_key = any(name == b"authorization" for name, _ in scope["headers"])
    parameters: dict[str, str] = scope.get("path_params", {}) if route is not None else {}
    ids = {name: str(value) for name, value in parameters.items() if name.endswith("id")}
    template = getattr(route, "path_format", None)
    path: str = scope["path"] if template is None else template
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    object_id = next(reversed(ids.values()), None)
    made = next((value for name, value in headers if name == b"location"), None)
    if made is not None and status == 201:
        path = made.decode("latin-1")
        object_id = path.rpartition("/")[2]
    return Attempt(
        actor_id=principal.id if principal is not None else None,
        actor_name=principal.name if principal is not None else None,
        via="key" if has_key else "session" if principal is not None else "none",
        address=address_of(scope),
        method=scope.get("method", "WEBSOCKET"),
        route=template,
        path=_printable(path),
        object_id=None if object_id is None else _printable(object_id),
        request_id=scope["state"].get("request_id", ""),
        status=status,
    )


def _printable(text: str) -> str:
    return text.replace("\0", "\ufffd")[:PATH_MAX]
