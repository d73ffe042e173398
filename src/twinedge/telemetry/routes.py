"""POST and GET /telemetry, GET /telemetry/latest: plain Starlette routes, for their speed.

They are registered before all others. Each declares its scope like the routers of other rooms do.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twinedge.assets.model import Name
from twinedge.assets.service import Register
from twinedge.kit.clock import US, Clock
from twinedge.kit.errors import UnsupportedMediaType
from twinedge.telemetry.decode.csv_body import decode_csv
from twinedge.telemetry.decode.few import FEW_BYTES, few_rows
from twinedge.telemetry.decode.json_body import decode_json
from twinedge.telemetry.decode.line_protocol import PRECISIONS, decode_lines
from twinedge.telemetry.decode.ndjson_body import decode_ndjson
from twinedge.telemetry.draft import Draft
from twinedge.telemetry.encode.answer import ARROW, CSV, JSON, NDJSON, answer, form_of
from twinedge.telemetry.encode.rows import json_rows, to_json
from twinedge.telemetry.intake import Intake, SourceExists
from twinedge.telemetry.query import Parameters, read_query, split_names
from twinedge.telemetry.search import Page, Search
from twinedge.telemetry.service import Telemetry
from twinedge.web.routing import check_scope

Charge = Callable[[Scope, int], None]
"""Takes so many points off the rate limit of a request; raises RateLimited."""
Endpoint = Callable[[Request], Awaitable[Response]]
LINES = "text/plain"
"""What Telegraf and InfluxDB's clients send line protocol as."""
_PLAIN = (b"content-type", b"application/json")


@dataclass(frozen=True, slots=True)
class TelemetryLimits:
    """How many points one request may bring."""

    json_points: int = 50_000
    arrow_points: int = 1_000_000


class ScopedRoute(Route):
    """A plain route that declares its scope, checked before the request is read."""

    def __init__(
        self,
        path: str,
        endpoint: Endpoint,
        *,
        method: str,
        scope: str,
        direct: ASGIApp | None = None,
    ) -> None:
        """direct: the same endpoint without request and response objects, for the hot path."""
        super().__init__(path, endpoint, methods=[method], include_in_schema=False)
        self.required_scope = scope
        self.is_audited = False  # points are data, not changes of how the plant is run
        self.direct = direct
        if self.methods is not None:
            self.methods.discard("HEAD")

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] in (self.methods or ()):
            check_scope(scope, self.required_scope)
            if self.direct is not None:
                await self.direct(scope, receive, send)
                return
        await super().handle(scope, receive, send)


def routes(
    telemetry: Telemetry,
    register: Register,
    clock: Clock,
    source_exists: SourceExists,
    charge: Charge,
    limits: TelemetryLimits | None = None,
) -> list[Route]:
    """The room's routes, paths and all; register them first."""
    room = _Endpoints(telemetry, register, clock, source_exists, charge, limits)
    write, read = "write:telemetry", "read:telemetry"
    direct = room.ingest_direct
    return [
        ScopedRoute("/v1/telemetry", room.ingest, method="POST", scope=write, direct=direct),
        ScopedRoute("/v1/telemetry/latest", room.latest, method="GET", scope=read),
        ScopedRoute("/v1/telemetry", room.query, method="GET", scope=read),
        ScopedRoute("/v1/telemetry/ingest", room.ingest, method="POST", scope=write, direct=direct),
    ]


class _Endpoints:
    def __init__(
        self,
        telemetry: Telemetry,
        register: Register,
        clock: Clock,
        source_exists: SourceExists,
        charge: Charge,
        limits: TelemetryLimits | None,
    ) -> None:
        self._telemetry = telemetry
        self._register = register
        self._clock = clock
        self._charge = charge
        self._limits = limits or TelemetryLimits()
        self._intake = Intake(telemetry, register, clock, source_exists)
        self._search = Search(telemetry)

    async def ingest(self, request: Request) -> Response:
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        known = ("partial", "precision") if media == LINES else ("partial",)
        parameters = Parameters(request.query_params.multi_items(), known)
        partial = parameters.one("partial", _true_or_false)
        precision = parameters.one("precision", _precision)
        parameters.raise_faults()
        decode = self._decoder(media, precision or "ns")
        draft = await decode(await request.body())
        self._charge(request.scope, len(draft.faults.bad))
        outcome = await self._intake.take(draft, partial=partial is True)
        if not partial:
            return Response(b'{"data":{"accepted":%d}}' % outcome.accepted, media_type=JSON)
        errors = [{"field": f.field, "message": f.message} for f in outcome.faults]
        data = {"accepted": outcome.accepted, "rejected": outcome.rejected, "errors": errors}
        return Response(to_json({"data": data}), media_type=JSON)

    async def ingest_direct(self, scope: Scope, receive: Receive, send: Send) -> None:
        """`ingest`, with a short way for few plain points; all else takes the ordinary one."""
        if scope["query_string"] or _PLAIN not in scope["headers"]:
            await self._ordinary(scope, receive, send)
            return
        message = await receive()
        body = message.get("body", b"")
        rows = None
        if not message.get("more_body", False) and 0 < len(body) <= FEW_BYTES:
            rows = few_rows(body, self._register, self._clock.now_us())
        if not rows:
            await self._ordinary(scope, _replay(message, receive), send)
            return
        self._charge(scope, len(rows))
        await self._telemetry.ingest_rows(rows)
        answer = b'{"data":{"accepted":%d}}' % len(rows)
        headers = [(b"content-length", b"%d" % len(answer)), (b"content-type", JSON.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async def _ordinary(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.ingest(Request(scope, receive, send))
        await response(scope, receive, send)

    async def query(self, request: Request) -> Response:
        form = form_of(request.headers.get("accept"))
        query = read_query(request.query_params.multi_items(), self._register)
        return await answer(await self._search.run(query), form)

    async def latest(self, request: Request) -> Response:
        parameters = Parameters(request.query_params.multi_items(), ("asset_id", "tags"), ("tags",))
        asset_id = parameters.one("asset_id", str)
        if asset_id == "":
            parameters.fault("asset_id", "must not be empty")
        elif asset_id is None:
            parameters.fault("asset_id", "is required")
        wanted = split_names(parameters.all("tags"), self._register.has_tag_name)
        parameters.raise_faults()
        assert asset_id is not None
        tags = {tag.tag_name: tag for tag in self._register.of_asset(asset_id)}
        chosen = [tags[name] for name in wanted if name in tags] if wanted else [*tags.values()]
        batch = self._telemetry.latest(np.array([tag.series for tag in chosen], np.uint32))
        page = Page(
            tags={tag.series: tag for tag in chosen},
            series=batch.series,
            ts=batch.ts,
            quality=batch.quality,
            columns={"value": batch.value},
            raw=True,
            limit=len(batch),
            next_cursor=None,
            text=batch.text,
        )
        ages = self._clock.now_us() - batch.ts
        body = ",".join(
            [
                f'{row[:-1]},"age_seconds":{age}}}'
                for row, age in zip(
                    json_rows(page, slice(None)), (ages / US).round(3).tolist(), strict=True
                )
            ]
        )
        return Response(f'{{"data":[{body}]}}'.encode(), media_type=JSON)

    def _decoder(self, media: str, precision: str) -> Callable[[bytes], Awaitable[Draft]]:
        """What reads a body of this form; imported when first asked for, Arrow costs 50 MB."""
        numbers, now_us = self._register.numbers, self._clock.now_us()
        most = self._limits.json_points
        if media == JSON:
            return lambda body: decode_json(body, numbers, now_us, most)
        if media in {NDJSON, "application/ndjson"}:
            return lambda body: decode_ndjson(body, numbers, now_us, most)
        if media == CSV:
            return lambda body: decode_csv(body, numbers, self._kind_of, now_us, most)
        if media == LINES:
            return lambda body: decode_lines(body, numbers, now_us, most, precision)
        if media == ARROW:
            from twinedge.telemetry.decode.arrow_body import decode_arrow

            return lambda body: decode_arrow(body, numbers, now_us, self._limits.arrow_points)
        forms = ", ".join((JSON, NDJSON, CSV, LINES))
        raise UnsupportedMediaType(
            f"Content-Type is {media[:80]!r}; send {forms} or {ARROW}"
            if media
            else f"Content-Type is missing; send {forms} or {ARROW}"
        )

    def _kind_of(self, name: Name) -> int | None:
        number = self._register.numbers.get(name)
        return None if number is None else int(self._register.kinds[number])


def _replay(first: Message, receive: Receive) -> Receive:
    """`receive` that gives a message taken from it once more."""
    waiting = [first]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again


def _precision(text: str) -> str:
    if text not in PRECISIONS:
        raise ValueError(f"must be one of: {', '.join(PRECISIONS)}")
    return text


def _true_or_false(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("must be true or false")
    return text == "true"
