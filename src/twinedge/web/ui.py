"""Serves the built web UI at `/`: files as `npm run build` leaves them, the page for the rest."""

import mimetypes
from http import HTTPStatus
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
_FOREVER = "public, max-age=31536000, immutable"
_HASHED = "files/"
_RESERVED = ("v1", "docs", "health", "metrics")
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_NOT_BUILT = """<!doctype html><html lang="en"><title>TwinEdge</title>
<body style="font:16px/1.5 system-ui;max-width:36rem;margin:10vh auto;padding:0 1rem">
<h1>The web UI is not built yet</h1>
<p>The API works: see <a href="/docs">its reference</a>. To build the UI, run this in the source
tree and load the page again:</p>
<pre>cd ui &amp;&amp; npm ci &amp;&amp; npm run build</pre></body></html>"""


def ui_routes(static: Path = STATIC) -> list[BaseRoute]:
    """Routes for everything outside the API; to be tried last.

    Hashed assets may be kept for ever, the page is asked for again each time. A path that is no
    file answers the page, since the UI has routes of its own. Nothing below the API's prefixes is
    the UI's, so that an unknown path there is a 404 and a wrong method a 405.
    """

    async def serve(request: Request) -> Response:
        path: str = request.path_params["path"]
        file = _file(static, path)
        if file is not None:
            return _answer(request, file, _FOREVER if path.startswith(_HASHED) else "no-cache")
        if path.startswith(_HASHED):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        page = static / "index.html"
        if not page.is_file():
            return HTMLResponse(_NOT_BUILT, 503, {"cache-control": "no-store"})
        return _answer(request, page, "no-cache")

    return [_Page("/{path:path}", serve, methods=["GET", "HEAD"])]


class _Page(Route):
    """Matches everything but what is the API's."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["path"].lstrip("/").partition("/")[0] in _RESERVED:
            return Match.NONE, {}
        return super().matches(scope)


def _file(static: Path, path: str) -> Path | None:
    """The built file at this path, never one outside the folder."""
    if not path or "\0" in path or path.endswith((".br", ".gz")):
        return None
    file = (static / path).resolve()
    return file if file.is_relative_to(static.resolve()) and file.is_file() else None


def _answer(request: Request, file: Path, cache: str) -> Response:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    headers = {"cache-control": cache}
    accepted = request.headers.get("accept-encoding", "")
    for encoding, suffix in _ENCODINGS:
        packed = file.with_name(file.name + suffix)
        if encoding in accepted and packed.is_file():
            headers["content-encoding"] = encoding
            return FileResponse(packed, media_type=kind, headers=headers)
    return FileResponse(file, media_type=kind, headers=headers)
