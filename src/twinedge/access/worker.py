"""The room's long loop: last uses to disk, expired keys and old answers away."""

import asyncio

import structlog

from twinedge.access.replays import Replays
from twinedge.access.service import Access

INTERVAL_S = 15.0
_log = structlog.get_logger(__name__)


async def tend(access: Access, replays: Replays, interval_s: float = INTERVAL_S) -> None:
    """Run until cancelled. A database that fails for a while is told once, and tried again.

    Also brings in keys that another process changed, at most `interval_s` late.
    """
    failing = False
    while True:
        await asyncio.sleep(interval_s)
        try:
            await access.flush()
            await access.refresh()
            await replays.purge()
        except Exception:
            if not failing:
                _log.exception("upkeep of keys failed; it is tried again")
            failing = True
        else:
            failing = False
