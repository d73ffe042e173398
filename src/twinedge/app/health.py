"""`/health/live` and `/health/ready`: for service managers and load balancers, without a key."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from twinedge.db.database import Database
from twinedge.sources.worker import Supervisor
from twinedge.telemetry.ports import TelemetryStore

_DEADLINE_S = 2.0


class Health:
    """Live: the process answers. Ready: the database answers and the store is not degraded.

    A dead device never makes the product unready; the sources are listed by state only.
    """

    def __init__(self, db: Database, store: TelemetryStore, supervisor: Supervisor) -> None:
        self._db = db
        self._store = store
        self._supervisor = supervisor

    def routes(self) -> list[Route]:
        return [Route("/health/live", self._live), Route("/health/ready", self._ready)]

    async def _live(self, _request: Request) -> JSONResponse:
        return JSONResponse({"status": "live"})

    async def _ready(self, _request: Request) -> JSONResponse:
        checks = {
            "database": await _check(self._db.ping),
            "store": self._store.stats().degraded or "ok",
        }
        ready = all(state == "ok" for state in checks.values())
        return JSONResponse(
            {
                "status": "ready" if ready else "degraded",
                "checks": checks,
                "sources": self._supervisor.state_counts(),
            },
            status_code=200 if ready else 503,
        )


async def _check(probe: Callable[[], Awaitable[None]]) -> str:
    try:
        async with asyncio.timeout(_DEADLINE_S):
            await probe()
    except TimeoutError:
        return f"no answer within {_DEADLINE_S:g} s"
    except Exception as error:  # whatever the driver raises means: not ready
        return f"fails: {type(error).__name__}"
    return "ok"
