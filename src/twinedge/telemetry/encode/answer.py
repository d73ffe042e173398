"""A page as the HTTP answer the client asked for."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

from starlette.responses import Response, StreamingResponse

from twinedge.kit.errors import Invalid
from twinedge.telemetry.encode import rows
from twinedge.telemetry.search import Page

JSON = "application/json"
NDJSON = "application/x-ndjson"
CSV = "text/csv"
ARROW = "application/vnd.apache.arrow.stream"
PARQUET = "application/vnd.apache.parquet"
FORMS = (JSON, NDJSON, CSV, ARROW, PARQUET)

_SLICED: dict[str, Callable[[Page], Iterator[bytes]]] = {
    JSON: rows.json_slices,
    NDJSON: rows.ndjson_slices,
    CSV: rows.csv_slices,
}


def _stream_bytes(page: Page) -> bytes:
    from twinedge.telemetry.encode.arrow import stream_bytes  # Arrow costs 50 MB

    return stream_bytes(page)


def _parquet_bytes(page: Page) -> bytes:
    from twinedge.telemetry.encode.arrow import parquet_bytes

    return parquet_bytes(page)


_WHOLE: dict[str, Callable[[Page], bytes]] = {ARROW: _stream_bytes, PARQUET: _parquet_bytes}


def form_of(accept: str | None) -> str:
    """The best of FORMS for an Accept header; JSON for none and for wildcards.

    Raises Invalid on `Accept` when the client takes none of them.
    """
    if not accept or accept in (JSON, "*/*"):
        return JSON
    best, best_weight = None, 0.0
    for part in accept.split(","):
        media, _, parameters = part.partition(";")
        weight = _weight(parameters)
        form = _matching(media.strip().lower())
        if form is not None and weight > best_weight:
            best, best_weight = form, weight
    if best is None:
        raise Invalid.at("Accept", f"asks for a form we cannot write; known: {', '.join(FORMS)}")
    return best


def _matching(media: str) -> str | None:
    if media in ("*/*", "application/*"):
        return JSON
    if media == "text/*":
        return CSV
    return media if media in FORMS else None


def _weight(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


async def answer(page: Page, form: str) -> Response:
    """The page in that form. Long text forms are streamed, so that other requests get their turn.

    Forms without room for `meta` carry the cursor in the header X-Next-Cursor.
    """
    headers = {} if page.next_cursor is None else {"X-Next-Cursor": page.next_cursor}
    headers["Vary"] = "Accept"
    if form in _WHOLE:
        body = await asyncio.to_thread(_WHOLE[form], page)
        return Response(body, media_type=form, headers=headers)
    media_type = CSV + "; charset=utf-8" if form == CSV else form
    slices = _SLICED[form](page)
    if len(page) <= rows.SLICE_ROWS:
        return Response(b"".join(slices), media_type=media_type, headers=headers)
    return StreamingResponse(_yielding(slices), media_type=media_type, headers=headers)


async def _yielding(slices: Iterator[bytes]) -> AsyncIterator[bytes]:
    for part in slices:
        yield part
        await asyncio.sleep(0)
