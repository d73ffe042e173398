"""`python -m twinedge.demo.servers opcua 14840`: one server on loopback, fed through stdin."""

import asyncio
import sys
from importlib import import_module


def main(server: str, port: int) -> None:
    """Run one server until stdin closes."""
    asyncio.run(import_module(f"twinedge.demo.servers.{server}").serve(port))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
