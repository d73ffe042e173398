"""`/v1/api-keys` and `/v1/session`."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import Field, WithJsonSchema
from starlette.types import Scope

from twinedge.access.model import ApiKey, KeyPrincipal, NewKey, csrf_of
from twinedge.access.service import COOKIE, SESSION_S, Access, cookie_of
from twinedge.kit.errors import Unauthorized
from twinedge.kit.ids import ID_PATTERN
from twinedge.web.envelope import Body, Deleted, Item, Many, Moment, MomentIn, One, Paging
from twinedge.web.routing import PUBLIC, SCOPES, SIGNED_IN, Router, principal_of, scope

ADMIN = "admin"

ScopeName = Annotated[str, WithJsonSchema({"type": "string", "enum": list(SCOPES)})]
"""One of the scopes; the service names them all when it is not."""


class NewKeyBody(Body):
    """A key to make."""

    id: Annotated[str, Field(pattern=ID_PATTERN)] | None = None
    name: str = Field(min_length=1, max_length=200, examples=["Line 3 gateway"])
    scopes: list[ScopeName] = Field(min_length=1, max_length=50, examples=[["write:telemetry"]])
    expires_at: MomentIn | None = Field(
        None, description="In the future; empty: never", examples=["2099-12-31T00:00:00Z"]
    )


class KeyItem(Item):
    """A key without its secret."""

    id: str
    name: str
    scopes: list[str]
    created_at: Moment
    expires_at: Moment | None
    last_used_at: Moment | None


class ShownKey(KeyItem):
    """A key with its text, which is shown this once."""

    key: str


class SignIn(Body):
    """A browser signs in with a key."""

    api_key: str = Field(min_length=1, max_length=500)


class SessionItem(Item):
    """Who is asking, and what they may do."""

    key_id: str
    name: str
    scopes: list[str]
    csrf_token: str | None = Field(
        description="To be sent as `X-CSRF-Token` on POST, PUT and DELETE; null without a session"
    )
    expires_at: Moment | None


def router(access: Access) -> Router:
    """Keys, for admins."""
    router = Router("/api-keys", tag="Keys", resource="api_keys")

    @router.get("")
    @scope(ADMIN)
    async def list_keys(paging: Annotated[Paging, Depends()]) -> Many[KeyItem]:
        """All keys that are not revoked, newest first."""
        keys, total = await access.list(paging.offset, paging.per_page)
        return Many(data=[_item(key) for key in keys], meta=paging.meta(total))

    @router.post("", status_code=201)
    @scope(ADMIN)
    async def create_key(body: NewKeyBody, response: Response) -> One[ShownKey]:
        """Make a key. Its text is in this answer only."""
        wanted = NewKey(body.name, tuple(body.scopes), body.id, body.expires_at)
        key, token = await access.create(wanted)
        response.headers["Location"] = f"/v1/api-keys/{key.id}"
        return One(data=_shown(key, token))

    @router.get("/{id}")
    @scope(ADMIN)
    async def get_key(id: str) -> One[KeyItem]:
        """One key."""
        return One(data=_item(await access.get(id)))

    @router.delete("/{id}")
    @scope(ADMIN)
    async def delete_key(id: str) -> One[Deleted]:
        """Revoke a key; its sessions and sockets end at once."""
        await access.delete(id)
        return One(data=Deleted(id=id, note="the key is revoked and its id stays taken"))

    @router.post("/{id}/rotate")
    @scope(ADMIN)
    async def rotate_key(id: str) -> One[ShownKey]:
        """Give the key a new secret; the old one ends at once."""
        key, token = await access.rotate(id)
        return One(data=_shown(key, token))

    return router


def session_router(access: Access, on_failed_sign_in: Callable[[Scope], None]) -> Router:
    """The browser's session. `on_failed_sign_in` counts, and raises RateLimited after too many."""
    router = Router("/session", tag="Session", resource="session")

    @router.post("", status_code=201, responses={401: {"description": "This key is not valid"}})
    @scope(PUBLIC)
    async def sign_in(body: SignIn, request: Request, response: Response) -> One[SessionItem]:
        """Sign a browser in: sets an http-only cookie and answers the CSRF token."""
        try:
            principal, cookie = await access.sign_in(body.api_key.strip())
        except Unauthorized:
            on_failed_sign_in(request.scope)
            raise
        request.state.principal = principal
        response.headers["Location"] = "/v1/session"
        response.set_cookie(
            COOKIE,
            cookie,
            max_age=SESSION_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return One(data=_session(principal, cookie))

    @router.get("")
    @scope(SIGNED_IN)
    async def get_session(request: Request) -> One[SessionItem]:
        """Who is asking, by key or by session."""
        return One(data=_session(_principal(request), cookie_of(dict(request.headers.raw))))

    @router.delete("")
    @scope(SIGNED_IN)
    async def sign_out(request: Request, response: Response) -> One[Deleted]:
        """End the session; a key stays valid."""
        cookie = cookie_of(dict(request.headers.raw))
        if cookie is not None:
            await access.sign_out(cookie)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return One(data=Deleted(id="session"))

    return router


def _principal(request: Request) -> KeyPrincipal:
    principal = principal_of(request)
    assert isinstance(principal, KeyPrincipal), "this room's service authenticates every request"
    return principal


def _item(key: ApiKey) -> KeyItem:
    return KeyItem(
        id=key.id,
        name=key.name,
        scopes=list(key.scopes),
        created_at=key.created_us,
        expires_at=key.expires_us,
        last_used_at=key.last_used_us,
    )


def _shown(key: ApiKey, token: str) -> ShownKey:
    return ShownKey(**_item(key).__dict__, key=token)


def _session(principal: KeyPrincipal, cookie: str | None) -> SessionItem:
    session = principal.session
    return SessionItem(
        key_id=principal.id,
        name=principal.name,
        scopes=sorted(principal.scopes),
        csrf_token=csrf_of(cookie) if session and cookie else None,
        expires_at=session.expires_us if session else None,
    )
