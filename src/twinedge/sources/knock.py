"""Is anybody there again? A cheap look at a device's port while the next attempt is far off."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlsplit

KNOCK_EVERY_S = 2.0
"""At most; each pause is drawn anew, so that fifty devices are not knocked at in step."""
KNOCK_S = 1.5

Knock = Callable[[str, int], Awaitable[bool]]
"""Whether something accepts a connection at host and port."""


async def knock(host: str, port: int) -> bool:
    """Open a TCP connection and close it again; False after KNOCK_S or a refusal."""
    try:
        async with asyncio.timeout(KNOCK_S):
            _, writer = await asyncio.open_connection(host, port)
    except OSError:  # a TimeoutError is one too
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True


async def door_opens(endpoint: str, knock: Knock) -> None:
    """Return when a port that was closed accepts connections again.

    Waits for ever when it was open all along, for then it is not the network that fails, or when
    the endpoint has no host and port.
    """
    is_closed = False
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    while host and port:
        if await knock(host, port):
            if is_closed:
                return
            break
        is_closed = True
        await asyncio.sleep(random.uniform(KNOCK_EVERY_S / 2, KNOCK_EVERY_S))
    await asyncio.Event().wait()
