"""The room's loop: refusals are counted for a while, then written down."""

import asyncio

from twinedge.audit.service import Audit

FLUSH_S = 60.0


async def tend(audit: Audit, interval_s: float = FLUSH_S) -> None:
    """Run until cancelled; a failing disk is the log's own affair and told there."""
    while True:
        await asyncio.sleep(interval_s)
        await audit.flush()
