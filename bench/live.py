"""How the live socket keeps up: many clients, one of which stops reading.

    python -m bench.live --clients 1000 --rate 20 --seconds 10

Server and clients are a process each. Prints the share of points each good client got, the
server's CPU seconds and memory, and what became of the stalled client.
"""

import argparse
import asyncio
import json
import multiprocessing
import resource
import socket
import time
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing.connection import Connection
from tempfile import TemporaryDirectory

import uvicorn
from websockets.asyncio.client import connect

from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import SystemClock
from twinedge.telemetry.latest import LatestCache
from twinedge.telemetry.live import LiveHub
from twinedge.telemetry.live_routes import live_routes
from twinedge.telemetry.model import batch_of
from twinedge.telemetry.stream import Stream
from twinedge.web.app import create_app


@dataclass(frozen=True)
class Anyone:
    id: str = "key-1"
    name: str = "bench"

    def may(self, scope: str) -> bool:
        return True


class Open:
    """Lets everybody in."""

    def authenticate(self, method: str, headers: object) -> Anyone:
        return Anyone()

    def authenticate_token(self, token: str) -> Anyone:
        return Anyone()


async def serve(pipe: Connection, rate: float, seconds: float) -> None:
    """Run the server; publish when told to, then report."""
    clock, stream, latest = SystemClock(), Stream(), LatestCache()
    with TemporaryDirectory() as folder, socket.socket() as listener:
        db = Database(f"sqlite:///{folder}/meta.db")
        db.migrate()
        register = Register(db, clock)
        (tag,) = await register.ensure([NewTag("Pump_001", "temperature", Kind.NUMBER)])
        # a tick shorter than the interval of points, so that each point is a message of its own
        hub = LiveHub(stream, register, lambda s: latest.get(s, 0), clock, tick_s=0.25 / rate)
        routes = live_routes(hub, Open(), lambda _scope: None)
        app = create_app(routers=[], authenticator=Open(), version="bench", extra_routes=routes)
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app,
            log_config=None,
            lifespan="off",
            ws="websockets-sansio",
            ws_per_message_deflate=False,
        )
        server = uvicorn.Server(config)
        tasks = [asyncio.create_task(server.serve([listener])), asyncio.create_task(hub.run())]
        while not server.started:
            await asyncio.sleep(0.01)
        pipe.send(listener.getsockname()[1])
        await asyncio.to_thread(pipe.recv)
        before, start_s = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
        for number in range(int(rate * seconds)):
            now_us = clock.now_us()
            batch = batch_of([tag.series], [now_us], [float(number)], [0], now_us)
            latest.apply(batch)
            stream.publish(batch)
            await asyncio.sleep(max(0.0, start_s + (number + 1) / rate - time.monotonic()))
        after = resource.getrusage(resource.RUSAGE_SELF)
        cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        pipe.send((cpu_s, after.ru_maxrss / 1024))
        await asyncio.to_thread(pipe.recv)
        server.should_exit = server.force_exit = True
        await asyncio.wait(tasks, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        tasks[1].cancel()
        db.close()


def server_process(pipe: Connection, rate: float, seconds: float) -> None:
    asyncio.run(serve(pipe, rate, seconds))


async def drive(pipe: Connection, clients: int, rate: float, seconds: float) -> None:
    """Connect, count what each client gets, print."""
    url = f"ws://127.0.0.1:{pipe.recv()}/v1/ws?token=x"
    sockets = [await connect(url, compression=None, proxy=None) for _ in range(clients)]
    got = [0] * clients
    delays: list[float] = []
    for each in sockets:
        await each.send('{"type":"subscribe","channel":"telemetry"}')
        await each.recv()
    sockets[0].transport.pause_reading()

    async def read(index: int) -> None:
        async for text in sockets[index]:
            message = json.loads(text)
            got[index] += len(message["data"]) if message["type"] == "data" else 0
            if index == clients - 1:
                delays.append(time.monotonic())

    readers = [asyncio.create_task(read(index)) for index in range(1, clients)]
    pipe.send("go")
    cpu_s, rss_mib = await asyncio.to_thread(pipe.recv)
    await asyncio.sleep(1)
    wanted = int(rate * seconds) * (clients - 1)
    print(f"clients {clients} (one stalled), {rate:g} points/s for {seconds:g} s")
    print(f"points got: {sum(got)} of {wanted} = {sum(got) / wanted:.2%}")
    print(f"fewest of one good client: {min(got[1:])} of {int(rate * seconds)}")
    print(f"server: {cpu_s:.2f} CPU s, {rss_mib:.0f} MiB")
    pauses = [b - a for a, b in pairwise(delays)]
    print(f"longest pause between two messages at the last client: {max(pauses):.3f} s")
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    pipe.send("stop")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seconds", type=float, default=10)
    asked = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(
        target=server_process, args=(theirs, asked.rate, asked.seconds), daemon=True
    )
    child.start()
    asyncio.run(drive(ours, asked.clients, asked.rate, asked.seconds))
    child.join(10)


if __name__ == "__main__":
    main()
