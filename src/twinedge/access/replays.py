"""Answers remembered under an `Idempotency-Key`, in the metadata database.

At most once: while the first request runs, a second is refused. An attempt whose process died is
given up after LEASE_S. Bodies are sealed, because an answer may show a secret once (a new key).
"""

import hashlib

from sqlalchemy.orm import Session

from twinedge.access import store
from twinedge.db.database import Database
from twinedge.db.vault import Vault
from twinedge.kit.clock import US, Clock
from twinedge.kit.errors import Conflict
from twinedge.web.idempotency import Answer

KEPT_S = 86_400
LEASE_S = 300


class Replays:
    """Implements `web.idempotency.Idempotency`."""

    def __init__(self, db: Database, vault: Vault, clock: Clock) -> None:
        self._db = db
        self._vault = vault
        self._clock = clock

    async def begin(self, owner: str, path: str, key: str, fingerprint: str) -> Answer | None:
        id = _id(owner, path, key)
        now_us = self._clock.now_us()

        def work(s: Session) -> store.ReplayRow | None:
            row = store.find_replay(s, id)
            if row is not None and row.created_us > now_us - KEPT_S * US:
                if row.fingerprint != fingerprint:
                    raise Conflict("this Idempotency-Key was already used with another request")
                if row.status is not None:
                    return row
                if row.created_us > now_us - LEASE_S * US:
                    raise Conflict("the first request with this Idempotency-Key still runs")
            store.put_replay(s, id, fingerprint, now_us)
            return None

        row = await self._db.write(work)
        if row is None or row.status is None:
            return None
        body = self._vault.unseal(row.sealed_body, _where(id)).encode("latin-1")
        return Answer(row.status, tuple((name, value) for name, value in row.headers), body)

    async def finish(self, owner: str, path: str, key: str, answer: Answer) -> None:
        id = _id(owner, path, key)
        sealed = self._vault.seal(answer.body.decode("latin-1"), _where(id))
        headers = [[name, value] for name, value in answer.headers]
        await self._db.write(lambda s: store.finish_replay(s, id, answer.status, headers, sealed))

    async def abandon(self, owner: str, path: str, key: str) -> None:
        id = _id(owner, path, key)
        await self._db.write(lambda s: store.drop_replay(s, id))

    async def purge(self) -> None:
        """Forget what is older than a day."""
        before_us = self._clock.now_us() - KEPT_S * US
        await self._db.write(lambda s: store.purge_replays(s, before_us))


def _id(owner: str, path: str, key: str) -> str:
    return hashlib.sha256("\0".join((owner, path, key)).encode()).hexdigest()


def _where(id: str) -> str:
    return f"idempotency/{id}/sealed_body"
