"""Keys and sessions: making, checking and ending them.

Every live key and session is held in memory, so checking one never asks the database. Changes go to
the database first. `refresh` brings in what another process changed.
"""

import asyncio
import hmac
import os
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from twinedge.access import store
from twinedge.access.model import (
    ADMIN,
    ENVIRONMENT_KEY_ID,
    MIN_ENVIRONMENT_KEY,
    ApiKey,
    BrowserSession,
    KeyPrincipal,
    NewKey,
    claimed_id,
    csrf_of,
    digest_of,
    new_secret,
    scope_faults,
)
from twinedge.db.database import Database
from twinedge.kit.clock import US, Clock, to_iso
from twinedge.kit.errors import Conflict, Fault, Forbidden, Invalid, NotFound, Unauthorized
from twinedge.kit.ids import new_id

COOKIE = "twinedge_session"
SESSION_S = 7 * 86_400
_COOKIE = re.compile(rb"(?:^|;\s*)twinedge_session=([A-Za-z0-9_-]{20,100})(?:;|$)")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_log = structlog.get_logger(__name__)

Revoked = Callable[[str], None]
"""Called with the id of a key that ended: revoked, rotated or expired."""


class Access:
    """The keys of one installation. Call `refresh` (or `bootstrap`) before the first request."""

    def __init__(self, db: Database, clock: Clock, session_s: int = SESSION_S) -> None:
        self._db = db
        self._clock = clock
        self._session_s = session_s
        self._digests: dict[str, str] = {}
        self._keys: dict[str, ApiKey] = {}
        self._principals: dict[str, KeyPrincipal] = {}
        self._sessions: dict[str, BrowserSession] = {}
        self._used_us: dict[str, int] = {}
        self._expired_told: set[str] = set()
        self._listeners: list[Revoked] = []

    def on_revoked(self, callback: Revoked) -> None:
        """Be told, in the event loop, of each key that ended; sockets are closed by it."""
        self._listeners.append(callback)

    # checking

    def authenticate(self, method: str, headers: Mapping[bytes, bytes]) -> KeyPrincipal:
        """Who sent a request with these headers (lower-case names).

        A key in `Authorization` wins over a session cookie. Raises Unauthorized, or Forbidden when
        a session's unsafe request lacks its `X-CSRF-Token`.
        """
        authorization = headers.get(b"authorization")
        if authorization is not None:
            kind, _, token = authorization.decode("latin-1").partition(" ")
            if kind.lower() != "bearer" or not token.strip():
                raise Unauthorized("the Authorization header must read: Bearer <key>")
            return self.authenticate_token(token.strip())
        cookie = cookie_of(headers)
        if cookie is None:
            raise Unauthorized("send a key: Authorization: Bearer <key>")
        principal = self._session_principal(cookie)
        if method not in _SAFE_METHODS:
            sent = headers.get(b"x-csrf-token", b"")
            if not hmac.compare_digest(sent, csrf_of(cookie).encode()):
                raise Forbidden("the header X-CSRF-Token is missing or not this session's")
        return principal

    def authenticate_token(self, token: str) -> KeyPrincipal:
        """The holder of a key's text. Raises Unauthorized: unknown, revoked, expired."""
        digest = digest_of(token)
        for id in (claimed_id(token), ENVIRONMENT_KEY_ID):
            if hmac.compare_digest(digest, self._digests.get(id, "")):
                return self._living(id)
        raise Unauthorized("this key is not valid")

    def still_valid(self, key_id: str) -> bool:
        """Whether a key that authenticated before would do so now."""
        key = self._keys.get(key_id)
        return key is not None and not self._expired(key)

    def _session_principal(self, cookie: str) -> KeyPrincipal:
        session = self._sessions.get(digest_of(cookie))
        if session is None or session.expires_us <= self._clock.now_us():
            raise Unauthorized("this session has ended; sign in again")
        principal = self._living(session.key_id)
        return KeyPrincipal(principal.id, principal.name, principal.scopes, session)

    def _living(self, id: str) -> KeyPrincipal:
        key = self._keys[id]
        now_us = self._clock.now_us()
        if key.expires_us is not None and key.expires_us <= now_us:
            raise Unauthorized(f"this key expired at {to_iso(key.expires_us)}")
        self._used_us[id] = now_us
        return self._principals[id]

    def _expired(self, key: ApiKey) -> bool:
        return key.expires_us is not None and key.expires_us <= self._clock.now_us()

    # keys

    async def list(self, offset: int, limit: int) -> tuple[list[ApiKey], int]:
        """A page of the keys that are not revoked, newest first; and how many there are."""
        keys, total = await self._db.read(lambda s: store.page_of_keys(s, offset, limit))
        return [self._with_use(key) for key in keys], total

    async def get(self, id: str) -> ApiKey:
        row = await self._db.read(lambda s: store.find_key(s, id))
        if row is None:
            raise NotFound.of("API key", id)
        return self._with_use(row.to_key())

    async def create(self, wanted: NewKey) -> tuple[ApiKey, str]:
        """A new key and its text, which is not kept and cannot be shown again.

        Raises Invalid for unknown scopes or an expiry in the past, Conflict for a taken id.
        """
        now_us = self._clock.now_us()
        faults = scope_faults(wanted.scopes)
        if wanted.expires_us is not None and wanted.expires_us <= now_us:
            faults.append(Fault("expires_at", "must be in the future"))
        if faults:
            raise Invalid("this key cannot be made", faults)
        scopes = tuple(dict.fromkeys(wanted.scopes))
        id = wanted.id or new_id("key")
        key = ApiKey(id, wanted.name, scopes, now_us, wanted.expires_us, None)
        token = new_secret(id)
        await self._add(key, token)
        return key, token

    async def delete(self, id: str) -> None:
        """Revoke a key: it, its sessions and its sockets end now.

        Raises Conflict for the last admin key, and for the one of the environment.
        """
        now_us = self._clock.now_us()

        def work(s: Session) -> None:
            row = self._changeable(s, id)
            if ADMIN in row.scopes and not store.admins_besides(s, id, now_us):
                raise Conflict("this is the last admin key; make another one first")
            store.revoke(s, row, now_us)

        await self._db.write(work)
        self._forget(id)

    async def rotate(self, id: str) -> tuple[ApiKey, str]:
        """Give a key a new secret; the old one, its sessions and its sockets end now."""
        token = new_secret(id)

        def work(s: Session) -> ApiKey:
            row = self._changeable(s, id)
            row.digest = digest_of(token)
            store.end_sessions(s, id)
            return row.to_key()

        key = await self._db.write(work)
        self._forget(id)
        self._remember(digest_of(token), key)
        return self._with_use(key), token

    @staticmethod
    def _changeable(s: Session, id: str) -> store.KeyRow:
        row = store.find_key(s, id)
        if row is None:
            raise NotFound.of("API key", id)
        if id == ENVIRONMENT_KEY_ID:
            raise Conflict("this key is set by TWINEDGE_API_KEY; change it there and restart")
        return row

    # sessions

    async def sign_in(self, token: str) -> tuple[KeyPrincipal, str]:
        """Open a session with a key: the principal, and the cookie to set. Raises Unauthorized."""
        principal = self.authenticate_token(token)
        cookie = secrets.token_urlsafe(32)
        expires_us = self._clock.now_us() + self._session_s * US
        key_expires_us = self._keys[principal.id].expires_us
        session = BrowserSession(principal.id, min(expires_us, key_expires_us or expires_us))
        await self._db.write(lambda s: store.add_session(s, digest_of(cookie), session))
        self._sessions[digest_of(cookie)] = session
        return KeyPrincipal(principal.id, principal.name, principal.scopes, session), cookie

    async def sign_out(self, cookie: str) -> None:
        """End a session; an unknown one has ended already."""
        self._sessions.pop(digest_of(cookie), None)
        await self._db.write(lambda s: store.end_session(s, digest_of(cookie)))

    # start and upkeep

    async def bootstrap(self, env_key: str | None, key_file: Path) -> str | None:
        """See that there is an admin key; answers a new one's text, to be shown once, else None.

        env_key: becomes the admin key (16 characters or more), in place of the one the environment
        set before. Without it, and without any admin key, one is made and written to `key_file`
        with mode 0600. An environment key that is no longer set ends.
        """
        if env_key is not None and len(env_key) < MIN_ENVIRONMENT_KEY:
            message = f"must have at least {MIN_ENVIRONMENT_KEY} characters"
            raise Invalid.at("TWINEDGE_API_KEY", message)
        await self._db.write(lambda s: self._set_environment_key(s, env_key))
        now_us = self._clock.now_us()
        admins = await self._db.read(lambda s: store.admins_besides(s, "", now_us))
        token: str | None = None
        if not admins:
            id = new_id("key")
            token = new_secret(id)
            # File first: a crash in between leaves a useless file, not an unknown admin key.
            await asyncio.to_thread(_write_private, key_file, token)
            await self._add(ApiKey(id, "admin", (ADMIN,), now_us, None, None), token)
        await self.refresh()
        return token

    def _set_environment_key(self, s: Session, env_key: str | None) -> None:
        row = s.get(store.KeyRow, ENVIRONMENT_KEY_ID)
        now_us = self._clock.now_us()
        if env_key is None:
            if row is not None and row.revoked_us is None:
                store.revoke(s, row, now_us)
            return
        digest = digest_of(env_key)
        if row is None:
            name = "TWINEDGE_API_KEY"
            store.add_key(s, ApiKey(ENVIRONMENT_KEY_ID, name, (ADMIN,), now_us, None, None), digest)
        elif row.digest != digest or row.revoked_us is not None:
            row.digest, row.revoked_us = digest, None
            store.end_sessions(s, ENVIRONMENT_KEY_ID)

    async def refresh(self) -> None:
        """Read keys and sessions anew; listeners hear of keys that ended meanwhile."""
        now_us = self._clock.now_us()
        keys = await self._db.read(store.live_keys)
        sessions = await self._db.read(lambda s: store.all_sessions(s, now_us))
        now_valid = {key.id: digest for digest, key in keys}
        for id, digest in list(self._digests.items()):
            if now_valid.get(id) != digest:
                self._forget(id)
        for digest, key in keys:
            self._remember(digest, key)
        self._sessions = sessions

    async def flush(self) -> None:
        """Write down when keys were last used, and end what has expired."""
        used, self._used_us = self._used_us, {}
        now_us = self._clock.now_us()

        def work(s: Session) -> None:
            store.mark_used(s, used)
            store.purge_sessions(s, now_us)

        try:
            await self._db.write(work)
        except BaseException:
            self._used_us = used | self._used_us
            raise
        for id, moment_us in used.items():
            if id in self._keys:
                self._keys[id] = _used(self._keys[id], moment_us)
        for key in list(self._keys.values()):
            if self._expired(key) and key.id not in self._expired_told:
                self._expired_told.add(key.id)
                self._tell(key.id)
        self._sessions = {d: s for d, s in self._sessions.items() if s.expires_us > now_us}

    async def _add(self, key: ApiKey, token: str) -> None:
        digest = digest_of(token)

        def work(s: Session) -> None:
            if s.get(store.KeyRow, key.id) is not None:
                raise Conflict(f"an API key with the id {key.id!r} exists already, or did once")
            store.add_key(s, key, digest)

        await self._db.write(work)
        self._remember(digest, key)

    def _remember(self, digest: str, key: ApiKey) -> None:
        self._digests[key.id] = digest
        self._keys[key.id] = key
        self._principals[key.id] = KeyPrincipal(key.id, key.name, frozenset(key.scopes))

    def _forget(self, id: str) -> None:
        self._digests.pop(id, None)
        self._sessions = {d: s for d, s in self._sessions.items() if s.key_id != id}
        self._keys.pop(id, None)
        self._principals.pop(id, None)
        self._tell(id)

    def _tell(self, id: str) -> None:
        for callback in self._listeners:
            try:
                callback(id)
            except Exception:
                _log.exception("closing what a revoked key had open failed", key=id)

    def _with_use(self, key: ApiKey) -> ApiKey:
        return _used(key, self._used_us.get(key.id, key.last_used_us))


def cookie_of(headers: Mapping[bytes, bytes]) -> str | None:
    """The session cookie among a request's headers."""
    found = _COOKIE.search(headers.get(b"cookie", b""))
    return found.group(1).decode("ascii") if found else None


def _used(key: ApiKey, moment_us: int | None) -> ApiKey:
    return ApiKey(key.id, key.name, key.scopes, key.created_us, key.expires_us, moment_us)


def _write_private(path: Path, token: str) -> None:
    """Write the key for its owner's eyes only, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(token + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
