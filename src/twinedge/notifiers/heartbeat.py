"""The dead-man's switch: a GET to an outside watcher, which calls people when it stays away."""

import httpx
import structlog

log = structlog.get_logger(__name__)
TIMEOUT_S = 10.0


class UrlHeartbeat:
    """url comes from the settings of the machine, not from users, so it is not guarded."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._failing = False

    async def beat(self) -> None:
        """One GET; failure is logged once, and once again when it works."""
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False) as client:
                (await client.get(self._url)).raise_for_status()
        except httpx.HTTPError as error:
            if not self._failing:
                log.warning("the heartbeat does not get through", error=str(error))
            self._failing = True
            return
        if self._failing:
            log.info("the heartbeat gets through again")
        self._failing = False
