"""`twinedge serve`: bind, say where, run until a signal, stop within five seconds."""

import os
import signal
import socket
import sys

import uvicorn

from twinedge.app.corked import CorkedProtocol
from twinedge.app.instance import Instance
from twinedge.app.lock import DirectoryLock
from twinedge.config import Settings
from twinedge.kit.errors import Conflict

_GRACE_S = 3
"""How long open requests may take after SIGTERM; the store closes after them."""
_SWITCH_S = 0.0005
"""After how long a busy thread lets another one run. The event loop is the busy one, and the
writer comes back from the disk once a commit: with Python's 5 ms, 6 ms of each commit were waiting
for its turn, with this 0.5 ms (docs/decisions/single-points.md)."""


def serve(settings: Settings) -> None:
    """Run the server in this process until SIGTERM or SIGINT.

    Raises Conflict when the data directory or the port is taken.
    """
    sys.setswitchinterval(_SWITCH_S)
    os.umask(0o077)  # whatever we write is for this user alone
    lock = DirectoryLock(settings.data_dir)
    lock.acquire()
    try:
        listener = _bind(settings.host, settings.port)
        port = listener.getsockname()[1]
        instance = Instance(settings, lambda new_key: _say_where(settings, port, new_key))
        config = uvicorn.Config(
            instance.web,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE_S,
            timeout_keep_alive=75,
            http=CorkedProtocol,
            ws="websockets-sansio",
            ws_max_size=64 * 1024,
            ws_per_message_deflate=False,
            ssl_certfile=settings.tls_certificate,
            ssl_keyfile=settings.tls_key,
        )
        # uvicorn raises the signal again after its clean stop; by then it has been obeyed
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: None)
        uvicorn.Server(config).run([listener])
    finally:
        lock.release()


def _bind(host: str, port: int) -> socket.socket:
    """Bind before anything else starts, so that a taken port costs nothing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise Conflict(f"cannot listen on {host}:{port}: {error.strerror}") from None
    listener.set_inheritable(True)
    return listener


def _say_where(settings: Settings, port: int, new_key: str | None) -> None:
    """The first lines a person sees. At the first start they tell the admin key: itself to a
    terminal, only its place to a log file or journal, which others may read."""
    scheme = "https" if settings.tls_certificate else "http"
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    lines = [f"TwinEdge listens on {scheme}://{host}:{port}  (data in {settings.data_dir})"]
    if new_key is not None:
        place = f"in {settings.admin_key_file}, readable by this user alone"
        if sys.stdout.isatty():
            lines += [f"Admin key, shown this once: {new_key}", f"It is also kept {place}."]
        else:
            lines.append(f"The new admin key is kept {place}.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
