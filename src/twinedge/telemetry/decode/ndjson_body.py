"""NDJSON bodies: one point a line, as `GET /telemetry` writes them; a fast and a strict reading."""

import asyncio
from collections.abc import Mapping

import msgspec

from twinedge.assets.model import Name
from twinedge.kit.errors import Invalid
from twinedge.telemetry.decode.point import Columns, Doubt, Point
from twinedge.telemetry.decode.strict import MALFORMED, bound, gathered, point_of_json, reason
from twinedge.telemetry.draft import Draft, Faults, Numbering

_LINES = msgspec.json.Decoder(Point)
_SLICE_BYTES = 200_000


async def decode_ndjson(
    body: bytes, known: Mapping[Name, int], now_us: int, max_points: int
) -> Draft:
    """Read the lines; blank ones are left out. Faults of lines are in the draft.

    Raises Invalid when a line is not JSON, TooLarge over max_points.
    """
    try:
        return await _fast(body, Columns(Numbering(known), now_us), max_points)
    except (*MALFORMED, Doubt):
        return await _strict(body, Columns(Numbering(known), now_us), max_points)


async def _fast(body: bytes, columns: Columns, max_points: int) -> Draft:
    start = total = 0
    while start < len(body):
        cut = body.find(b"\n", start + _SLICE_BYTES)
        end = len(body) if cut < 0 else cut
        part = body[start:end]
        points = _LINES.decode_lines(part)
        if len(points) != sum(map(bool, map(bytes.strip, part.split(b"\n")))):
            raise Doubt  # two on a line, or one over several
        total += len(points)
        bound(total, max_points)
        columns.add(points)
        start = end + 1
        await asyncio.sleep(0)
    return columns.draft()


async def _strict(body: bytes, columns: Columns, max_points: int) -> Draft:
    lines = [(n, line) for n, line in enumerate(body.split(b"\n"), 1) if line.strip()]
    bound(len(lines), max_points)

    def read(row: int, faults: Faults) -> Point | None:
        number, line = lines[row]
        try:
            line.decode()  # parts left raw are not looked at by msgspec
            return point_of_json(line, row, faults)
        except MALFORMED as error:
            raise Invalid.at(f"line[{number}]", f"is not valid JSON: {reason(error)}") from None

    return await gathered(read, columns, Faults(len(lines), [n for n, _ in lines]))
