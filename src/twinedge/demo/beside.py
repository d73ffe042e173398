"""`python -m twinedge.demo.beside URL DATA_DIR SEED`: the plant beside a server that runs already.

For the server itself, which starts it as a child. The first line of stdin is a key, needed until
everything is made; when stdin closes, the plant ends, however the server died. What it does is told
on stdout, one JSON object a line: {"step": words}, then {"live": tags}, then {"done": true}; or
{"error": words} before it gives up.
"""

import asyncio
import json
import sys
from pathlib import Path

from twinedge.demo import begin, session
from twinedge.demo.control import Control
from twinedge.demo.director import Director
from twinedge.kit.errors import TwinEdgeError

_KEY_MAX_BYTES = 1024


async def play(url: str, data_dir: Path, seed: int) -> None:
    """Play until stdin closes; returns when every child is gone."""
    parent = await _stdin()
    key = (await parent.readline()).decode().strip()
    log_dir = data_dir / "logs"
    log_dir.mkdir(parents=True, exist_ok=True)
    director = Director(seed, session.choose_ports(data_dir), log_dir)
    async with Control(director) as control:
        making = asyncio.create_task(_make(director, control, data_dir, url, key))
        ended = asyncio.create_task(parent.read())
        tasks: set[asyncio.Task[object]] = {making, ended, asyncio.create_task(director.run())}
        try:
            waiting = tasks
            while not ended.done():
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _make(director: Director, control: Control, data_dir: Path, url: str, key: str) -> None:
    live = await begin.set_up(director, control, data_dir, url, key, lambda it: _tell(step=it))
    _tell(live=live)
    await begin.teach(url, key, lambda it: _tell(step=it))
    _tell(done=True)


async def _stdin() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=_KEY_MAX_BYTES)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


def _tell(**news: object) -> None:
    sys.stdout.write(json.dumps(news) + "\n")
    sys.stdout.flush()


def main(url: str, data_dir: str, seed: str) -> None:
    """Play; what goes wrong is told as the last line."""
    try:
        asyncio.run(play(url, Path(data_dir), int(seed)))
    except (TwinEdgeError, TimeoutError, OSError) as error:
        _tell(error=error.message if isinstance(error, TwinEdgeError) else str(error) or "timeout")
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:4])
