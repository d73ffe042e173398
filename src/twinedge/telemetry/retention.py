"""Retention: points older than the setting go, a whole day at a time where possible."""

import asyncio

import structlog

from twinedge.kit.clock import US, Clock, to_iso
from twinedge.telemetry.model import Range
from twinedge.telemetry.service import Telemetry

INTERVAL_S = 3600.0
_DAY_US = 86_400 * US
_log = structlog.get_logger(__name__)


async def keep_days(
    telemetry: Telemetry, clock: Clock, days: int, interval_s: float = INTERVAL_S
) -> None:
    """Delete points older than `days` whole UTC days, now and every hour, until cancelled.

    Cut at midnight UTC, so that the store drops day tables instead of deleting rows. A store that
    cannot just now is asked again an hour later.
    """
    while True:
        today_us = clock.now_us() // _DAY_US * _DAY_US
        cutoff_us = today_us - days * _DAY_US
        try:
            removed = await telemetry.delete(None, Range(None, cutoff_us))
        except Exception:
            _log.exception("retention failed; it is tried again", before=to_iso(cutoff_us))
        else:
            if removed:
                _log.info("old points deleted", points=removed, before=to_iso(cutoff_us))
        await asyncio.sleep(interval_s)
