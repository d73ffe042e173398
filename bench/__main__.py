"""`make bench [ONLY=http,store]`: every benchmark in turn, one at a time."""

import importlib
import os

ALL = (
    "http", "store", "stored", "modbus", "mqtt", "opcua", "again", "alerts", "ml", "scoring",
    "live", "ui",
)  # fmt: skip


def main() -> None:
    chosen = os.environ.get("ONLY", "").split(",") if os.environ.get("ONLY") else ALL
    for name in chosen:
        importlib.import_module(f"bench.{name}").main()


main()
