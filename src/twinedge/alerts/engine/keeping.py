"""An engine's snapshot as bytes: msgpack of columns, deflated. Belongs in a thread."""

import zlib

import msgspec
import numpy as np

from twinedge.alerts.engine.engine import Snapshot

_FORMAT = 1


def encode(snapshot: Snapshot) -> bytes:
    """The snapshot as bytes; `decode` gives an equal one."""
    body = [
        _FORMAT,
        snapshot.at_us,
        snapshot.rules,
        snapshot.series.tobytes(),
        snapshot.ts.tobytes(),
        snapshot.seen.tobytes(),
        snapshot.value.tobytes(),
        snapshot.lead_us.tobytes(),
        snapshot.texts,
        snapshot.states,
    ]
    return zlib.compress(msgspec.msgpack.encode(body), 1)


def decode(raw: bytes) -> Snapshot | None:
    """The snapshot, or None when it was written in another format."""
    body = msgspec.msgpack.decode(zlib.decompress(raw), strict=False)
    if body[0] != _FORMAT:
        return None
    return Snapshot(
        at_us=body[1],
        rules=body[2],
        series=np.frombuffer(body[3], np.uint32),
        ts=np.frombuffer(body[4], np.int64),
        seen=np.frombuffer(body[5], np.int64),
        value=np.frombuffer(body[6], np.float64),
        lead_us=np.frombuffer(body[7], np.int64),
        texts={int(series): text for series, text in body[8].items()},
        states=[((key[0], key[1]), mark, state) for key, mark, state in body[9]],
    )
