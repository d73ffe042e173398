"""Reading publish responses from the wire straight into columns.

asyncua builds some ten objects a value (30 000 values per core-second); here the common scalars
are unpacked by one `struct` call a value, and only odd values (arrays, dates, structures) go
through asyncua's own decoder. Layout: OPC UA Part 6, 5.2. Measured by `bench/opcua.py`.
"""

from dataclasses import dataclass, field
from struct import Struct
from typing import Any

from asyncua import ua
from asyncua.common.utils import Buffer, NotEnoughData
from asyncua.ua.ua_binary import variant_from_binary

PUBLISH_RESPONSE = 829
DATA_CHANGE = 811
STATUS_CHANGE = 820
_FILETIME_EPOCH = 116_444_736_000_000_000
_NEVER = 0x7FFF_FFFF_FFFF_FFFF
"""Servers write this for the end of time."""


class Garbled(Exception):
    """Bytes that are no publish response."""


@dataclass(slots=True)
class Publication:
    """One publish response. The columns hold one entry a value, in the server's order.

    handle: our client handle. value: bool, int, float, str, None, or what asyncua makes of the
    rest (lists for arrays). code: the OPC UA status. source_us, server_us: microseconds since 1970
    UTC, 0 where missing. ended: the status with which the server ended the subscription.
    A keep-alive has no values and needs no acknowledgement (is_keep_alive).
    """

    subscription: int = 0
    sequence: int = 0
    is_keep_alive: bool = True
    ended: int | None = None
    handle: list[int] = field(default_factory=list)
    value: list[Any] = field(default_factory=list)
    code: list[int] = field(default_factory=list)
    source_us: list[int] = field(default_factory=list)
    server_us: list[int] = field(default_factory=list)


_U16 = Struct("<H").unpack_from
_U32 = Struct("<I").unpack_from
_I32 = Struct("<i").unpack_from
_I64 = Struct("<q").unpack_from
_FORMATS = {
    1: "?",
    2: "b",
    3: "B",
    4: "h",
    5: "H",
    6: "i",
    7: "I",
    8: "q",
    9: "Q",
    10: "f",
    11: "d",
}
_SCALARS = {kind: Struct("<" + code) for kind, code in _FORMATS.items()}
_WITH_SOURCE = {
    # mask 0x05: value and source time; 0x0D: and server time. The two bytes are mask and type.
    0x05 | kind << 8: Struct(f"<IBB{code}q")
    for kind, code in _FORMATS.items()
}
_WITH_BOTH = {0x0D | kind << 8: Struct(f"<IBB{code}qq") for kind, code in _FORMATS.items()}
_STRING = 12


def publication(data: bytes) -> Publication:
    """Read one PublishResponse, from its type id on. Raises Garbled.

    A service fault is no publish response; asyncua raises it before.
    """
    try:
        return _publication(data)
    except (IndexError, ValueError, NotEnoughData, ua.UaError) as error:
        raise Garbled(str(error)) from error
    except Exception as error:  # struct.error, and whatever asyncua raises on odd bytes
        raise Garbled(repr(error)) from error


def _publication(data: bytes) -> Publication:
    kind, at = _node_id(data, 0)
    if kind != PUBLISH_RESPONSE:
        raise Garbled(f"type {kind} instead of a publish response")
    at = _response_header(data, at)
    out = Publication()
    (out.subscription,) = _U32(data, at)
    (available,) = _I32(data, at + 4)
    at += 8 + 4 * max(available, 0) + 1  # the sequence numbers, then MoreNotifications
    (out.sequence,) = _U32(data, at)
    (count,) = _I32(data, at + 12)  # behind the publish time
    at += 16
    for _ in range(max(count, 0)):
        kind, at = _node_id(data, at)
        encoding = data[at]
        (length,) = _I32(data, at + 1) if encoding else (0,)
        body = at + (5 if encoding else 1)
        if length < 0 or body + length > len(data):
            raise Garbled("a notification is longer than its message")
        out.is_keep_alive = False
        if kind == DATA_CHANGE:
            _data_change(data, body, out)
        elif kind == STATUS_CHANGE:
            (out.ended,) = _U32(data, body)
        at = body + length
    return out


def _data_change(data: bytes, at: int, out: Publication) -> None:
    (count,) = _I32(data, at)
    at += 4
    handles, values, codes = out.handle, out.value, out.code
    sources, servers = out.source_us, out.server_us
    for _ in range(max(count, 0)):
        layout = data[at + 4] | data[at + 5] << 8
        both = _WITH_BOTH.get(layout)
        if both is not None:
            handle, _, _, value, source, server = both.unpack_from(data, at)
            at += both.size
            codes.append(0)
            servers.append(_micros(server))
        else:
            one = _WITH_SOURCE.get(layout)
            if one is not None:
                handle, _, _, value, source = one.unpack_from(data, at)
                at += one.size
                codes.append(0)
                servers.append(0)
            else:
                handle, value, code, source, server, at = _any_item(data, at)
                codes.append(code)
                servers.append(_micros(server))
        handles.append(handle)
        values.append(value)
        sources.append(_micros(source))


def _any_item(data: bytes, at: int) -> tuple[int, Any, int, int, int, int]:
    """One monitored item of any layout: handle, value, status, both times raw, next position."""
    (handle,) = _U32(data, at)
    mask = data[at + 4]
    at += 5
    value: Any = None
    code = source = server = 0
    if mask & 0x01:
        value, at = _variant(data, at)
    if mask & 0x02:
        (code,) = _U32(data, at)
        at += 4
    if mask & 0x04:
        (source,) = _I64(data, at)
        at += 8
    if mask & 0x10:
        at += 2  # picoseconds
    if mask & 0x08:
        (server,) = _I64(data, at)
        at += 8
    if mask & 0x20:
        at += 2
    return handle, value, code, source, server, at


def _variant(data: bytes, at: int) -> tuple[Any, int]:
    kind = data[at]
    scalar = _SCALARS.get(kind)
    if scalar is not None:
        return scalar.unpack_from(data, at + 1)[0], at + 1 + scalar.size
    if kind == _STRING:
        return _string(data, at + 1)
    buffer = Buffer(data, at)
    variant = variant_from_binary(buffer)
    return variant.Value, buffer.cur_pos


def _string(data: bytes, at: int) -> tuple[str | None, int]:
    (length,) = _I32(data, at)
    at += 4
    if length < 0:
        return None, at
    if at + length > len(data):
        raise Garbled("a text is longer than its message")
    return data[at : at + length].decode("utf-8", "replace"), at + length


def _micros(filetime: int) -> int:
    """Microseconds since 1970 of a FILETIME; 0 for the two ends of time."""
    if filetime <= 0 or filetime == _NEVER:
        return 0
    return (filetime - _FILETIME_EPOCH) // 10


def _node_id(data: bytes, at: int) -> tuple[int, int]:
    """A numeric node id of namespace 0, as type ids are; -1 for any other kind."""
    form = data[at] & 0x3F
    if form == 0:
        return data[at + 1], at + 2
    if form == 1:
        identifier = _U16(data, at + 2)[0]
        return (identifier if data[at + 1] == 0 else -1), at + 4
    if form == 2:
        identifier = _U32(data, at + 3)[0]
        return (identifier if _U16(data, at + 1)[0] == 0 else -1), at + 7
    if form == 4:
        return -1, at + 19
    if form in {3, 5}:
        return -1, at + 7 + max(_I32(data, at + 3)[0], 0)
    raise Garbled(f"node id of form {form}")


def _response_header(data: bytes, at: int) -> int:
    """Skip timestamp, handle, result, diagnostics, string table and additional header."""
    at = _diagnostics(data, at + 16)
    (count,) = _I32(data, at)
    at += 4
    for _ in range(max(count, 0)):
        _, at = _string(data, at)
    _, at = _node_id(data, at)
    if data[at]:
        at += 4 + max(_I32(data, at + 1)[0], 0)
    return at + 1


def _diagnostics(data: bytes, at: int) -> int:
    """Skip one DiagnosticInfo; asked for by nobody, but a server may send it."""
    mask = data[at]
    at += 1 + 4 * (mask & 0x0F).bit_count()
    if mask & 0x10:
        _, at = _string(data, at)
    if mask & 0x20:
        at += 4
    return _diagnostics(data, at) if mask & 0x40 else at
