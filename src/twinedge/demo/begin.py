"""What a demo does once its server answers: the plant up, everything made through REST, a model."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from twinedge.client import Client
from twinedge.demo import learning, session, setup
from twinedge.demo.control import Control
from twinedge.demo.director import Director
from twinedge.kit.errors import TwinEdgeError

Say = Callable[[str], None]


async def set_up(
    director: Director, control: Control, data_dir: Path, url: str, key: str, say: Say
) -> int:
    """Make whatever is missing once all three servers take clients; `twinedge demo fault …` finds
    this run by its data directory from then on. Returns how many tags are read live."""
    await director.wait_ready()
    ports = director.ports()
    known = {str(name): port for name, port in ports.items()}
    session.write(
        data_dir,
        session.Session(os.getpid(), url, director.seed, control.port, control.token, known),
    )
    past = await director.past()
    with Client(url, key) as client:
        return await asyncio.to_thread(setup.everything, client, ports, past, say)


async def teach(url: str, key: str, say: Say) -> None:
    """Have the model made; the plant plays on meanwhile, and goes on without it if need be."""
    with Client(url, key) as client:
        try:
            await asyncio.to_thread(learning.teach, client, say)
        except TwinEdgeError as error:
            say(f"the model was not made: {error.message}")
