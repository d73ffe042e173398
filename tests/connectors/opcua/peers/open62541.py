"""An OPC UA server of another make (open62541, through PyPI o6), run as a process of its own.

    python open62541.py '{"port": 4840, "tags": {"Temperature": 20.5}}'

Prints a line "ready", then obeys lines of JSON on its input: {"set": name, "value": v},
{"delete": name}, {"add": name, "value": v}, {"tick": {"names": n, "period_s": s}}; answers "ok".
"""

import json
import logging
import sys
import threading
import time
from typing import Any

import o6

URI = "urn:test:plant"
TYPES: dict[str, Any] = {
    "double": o6.Double, "int32": o6.Int32, "int64": o6.Int64, "uint64": o6.UInt64,
    "boolean": o6.Boolean, "string": o6.String, "byte": o6.Byte, "float": o6.Float,
}  # fmt: skip


class Users(o6.AccessControl):
    """One user, told by the options."""

    def __init__(self, username: str, password: str) -> None:
        super().__init__(anonymous=False, username=True)
        self._user = (username, password)

    def activateSession(  # noqa: N802 - the name is the library's
        self, endpoint: Any, certificate: Any, session: Any, token: Any
    ) -> None:
        given = getattr(token, "userName", None), getattr(token, "password", b"")
        password = bytes(given[1]).decode() if not isinstance(given[1], str) else given[1]
        if (str(given[0]), password) != self._user:
            raise o6.StatusCodeError(o6.StatusCode.BAD_IDENTITY_TOKEN_REJECTED)


def main() -> None:
    options = json.loads(sys.argv[1])
    logger = logging.getLogger("peer")
    logger.setLevel(logging.CRITICAL)
    more: dict[str, Any] = {
        name: options[name]
        for name in ("certificate", "privateKey", "trustList", "secureOnly", "applicationUri")
        if name in options
    }
    if "user" in options:
        more["accessControl"] = Users(*options["user"])
        more["allowNonePolicyPassword"] = True
    server = o6.Server(port=options["port"], logger=logger, **more)
    o6.ns.namespace("plant", uri=URI, version="1.0")
    nodes: dict[str, Any] = {}

    def add(name: str, value: Any, type_name: str = "double") -> None:
        kind = TYPES[type_name]
        nodes[name] = server.addVariable(
            name, server.objectsNode, kind(value), nodeId=f"ns=1;s={name}"
        )

    for name, value in options["tags"].items():
        if isinstance(value, list):
            add(name, value[1], value[0])
        else:
            add(name, value)
    server.start()
    print("ready", flush=True)

    def tick(count: int, period_s: float) -> None:
        number, due = 0.0, time.monotonic()
        names = list(nodes)[:count]
        while True:
            number += 1.0
            for name in names:
                nodes[name](number)
            due += period_s
            time.sleep(max(0.0, due - time.monotonic()))

    for line in sys.stdin:
        order = json.loads(line)
        if "set" in order:
            nodes[order["set"]](order["value"])
        elif "add" in order:
            add(order["add"], order["value"])
        elif "delete" in order:
            server.deleteNode(f"ns=1;s={order['delete']}")
        elif "tick" in order:
            args = (order["tick"]["names"], order["tick"]["period_s"])
            threading.Thread(target=tick, args=args, daemon=True).start()
        print("ok", flush=True)


main()
