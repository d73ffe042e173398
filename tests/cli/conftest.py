"""A scripted server on loopback, and the command line run in this process."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from twinedge.cli.main import run


class Api:
    """Answers by (method, path); remembers what was asked."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], tuple[int, Any]] = {}
        self.asked: list[tuple[str, str, dict[str, list[str]], Any]] = []
        self.keys = {"secret"}
        self.url = ""

    def on(self, method: str, path: str, answer: Any, status: int = 200) -> None:
        self.answers[method, path] = (status, answer)

    def listing(self, path: str, items: list[Any]) -> None:
        meta = {"page": 1, "per_page": 100, "total": len(items)}
        self.on("GET", path, {"data": items, "meta": meta})

    def answer(self, method: str, target: str, token: str, body: bytes) -> tuple[int, Any]:
        parts = urlsplit(target)
        read = json.loads(body) if body else None
        self.asked.append((method, parts.path, parse_qs(parts.query), read))
        if token not in self.keys and parts.path.startswith("/v1"):
            return 401, _error("unauthorized", "this key is not known")
        missing = (404, _error("not_found", f"{parts.path} not found"))
        return self.answers.get((method, parts.path), missing)


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "details": []}}


@pytest.fixture
def api() -> Iterator[Api]:
    scripted = Api()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, answer = scripted.answer(self.command, self.path, token, body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    for method in ("GET", "POST", "PUT", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.handle_any)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    scripted.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield scripted
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Ran:
    """What a command did."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err


Cli = Callable[..., Ran]


@pytest.fixture
def cli(
    api: Api, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> Cli:
    """Run `twinedge …` against the scripted server, in an empty directory, with its key."""
    monkeypatch.chdir(tmp_path)
    for name in ("TWINEDGE_URL", "TWINEDGE_API_KEY", "TWINEDGE_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str, key: str | None = "secret", url: str | None = None) -> Ran:
        where = ["--url", url or api.url] + ([] if key is None else ["--key", key])
        monkeypatch.setattr("sys.argv", ["twinedge", *where, *arguments])
        with pytest.raises(SystemExit) as ended:
            run()
        out, err = capsys.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0 if code is None else 1, out, err)

    return call
