"""Addresses of OPC UA nodes: text or object in, one canonical text out. Pure, no library."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Identifier = int | str | UUID | bytes

_NODE = re.compile(
    r"^(?:(?P<how>ns|nsu)=(?P<space>[^;]*);)?(?P<kind>[isgb])=(?P<id>.*?)"
    r"(?:;index=(?P<index>[^;]*))?\Z",
    re.DOTALL,
)
_INDEX = re.compile(r"^\d{1,9}(,\d{1,9})*$")
_HOW = (
    "write a node id such as ns=2;s=Pump1.Temperature, ns=2;i=1001, "
    "or with the namespace's own name nsu=http://vendor.com/plc;s=Pump1.Temperature"
)


@dataclass(frozen=True, slots=True)
class Address:
    """One node, and the element of its value that is meant.

    namespace: index 0…65535 as the server numbers it today, or its URI (survives a renumbering).
    identifier: int (`i=`), str (`s=`), UUID (`g=`) or bytes (`b=`). element: empty for the whole
    value, else one index per dimension of the array, from 0.
    """

    namespace: int | str
    identifier: Identifier
    element: tuple[int, ...] = ()

    def __str__(self) -> str:
        return self.node + (f";index={self.index_range}" if self.element else "")

    @property
    def node(self) -> str:
        """The node without the element, canonical: URI escaped, namespace 0 left out."""
        if isinstance(self.namespace, str):
            space = "nsu=" + self.namespace.replace("%", "%25").replace(";", "%3B") + ";"
        else:
            space = f"ns={self.namespace};" if self.namespace else ""
        match self.identifier:
            case int():
                return f"{space}i={self.identifier}"
            case str():
                return f"{space}s={self.identifier}"
            case UUID():
                return f"{space}g={self.identifier}"
            case bytes():
                return f"{space}b={base64.b64encode(self.identifier).decode()}"

    @property
    def index_range(self) -> str | None:
        """The element as OPC UA's NumericRange; None for the whole value."""
        return ",".join(map(str, self.element)) or None

    def namespace_index(self, namespaces: Sequence[str]) -> int | None:
        """The index in this server's table; None if the server has no such namespace."""
        if isinstance(self.namespace, int):
            return self.namespace
        return namespaces.index(self.namespace) if self.namespace in namespaces else None


def parse(address: str | dict[str, Any]) -> Address:
    """Read an address: `ns=2;s=Pump`, `nsu=http://…;i=5`, with `;index=3` for one array element,
    or `{"node": "ns=2;s=Pump", "index": 3}`. Raises ValueError with a reason and a hint."""
    if isinstance(address, dict):
        return _parse_object(address)
    found = _NODE.match(address.lstrip())
    if found is None:
        raise ValueError(f"{address!r} is no OPC UA node id; {_HOW}")
    namespace = _namespace(found["how"], found["space"])
    return Address(namespace, _identifier(found["kind"], found["id"]), _element(found["index"]))


def _parse_object(address: dict[str, Any]) -> Address:
    unknown = sorted(set(address) - {"node", "index"})
    node, index = address.get("node"), address.get("index")
    if unknown or not isinstance(node, str):
        raise ValueError('an address object looks like {"node": "ns=2;s=Pump", "index": 3}')
    parsed = parse(node)
    if index is None:
        return parsed
    steps = index if isinstance(index, list) else [index]
    if parsed.element or not steps or not all(type(i) is int and 0 <= i < 10**9 for i in steps):
        raise ValueError("index must be a number from 0, or one number per array dimension")
    return Address(parsed.namespace, parsed.identifier, tuple(steps))


def _namespace(how: str | None, space: str | None) -> int | str:
    if how is None or space is None:
        return 0
    if how == "nsu":
        if not space:
            raise ValueError(f"the namespace URI is empty; {_HOW}")
        return space.replace("%3B", ";").replace("%3b", ";").replace("%25", "%")
    if not space.isascii() or not space.isdigit() or int(space) > 65535:
        raise ValueError(f"the namespace index {space!r} is no number from 0 to 65535; {_HOW}")
    return int(space)


def _identifier(kind: str, text: str) -> Identifier:
    if not text:
        raise ValueError(f"nothing follows {kind}=; {_HOW}")
    if kind == "s":
        return text
    if kind == "i":
        if not text.isascii() or not text.isdigit() or int(text) > 0xFFFFFFFF:
            raise ValueError(f"i={text} is no number from 0 to 4294967295; for a name use s={text}")
        return int(text)
    if kind == "g":
        try:
            return UUID(text)
        except ValueError:
            raise ValueError(
                f"g={text} is no GUID such as g=09087e75-8e5e-499b-954f-f2a9603db28a"
            ) from None
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"b={text} is no Base64 text such as b=AQIDBA==") from None


def _element(text: str | None) -> tuple[int, ...]:
    if text is None:
        return ()
    if not _INDEX.match(text):
        raise ValueError(f"index={text} must be a number from 0, for a matrix as in index=1,2")
    return tuple(int(part) for part in text.split(","))
