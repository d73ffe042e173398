"""Which server the commands talk to, and with which key."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import typer

from twinedge.kit.errors import Unauthorized

if TYPE_CHECKING:
    from twinedge.client import Client

DEFAULT_URL = "http://127.0.0.1:8080"
KEY_FILE = "admin.key"
_USUAL_DIRS = (Path("data"), Path("data/demo"))


@dataclass(frozen=True, slots=True)
class Connection:
    """What the options before the command say."""

    url: str
    key: str | None
    data_dir: Path | None


def connect(context: typer.Context) -> "Client":
    """A client for this command; use it in a `with`. Raises Unauthorized when no key is found.

    Without --key, the admin key of --data-dir is taken, and for a server on this machine also that
    of ./data or ./data/demo, whichever the server knows. No key of here is sent anywhere else.
    """
    from twinedge.client import ApiError, Client

    connection = cast(Connection, context.find_root().obj)
    if connection.key is not None:
        return Client(connection.url, connection.key)
    found = list(_local_keys(connection))
    if not found:
        raise Unauthorized(
            f"no API key for {connection.url}: there is no {KEY_FILE} in "
            f"{connection.data_dir or 'data or data/demo'}"
        )
    for key in found[:-1]:
        client = Client(connection.url, key)
        try:
            next(client.keys.list(), None)
            return client
        except ApiError as error:
            client.close()
            if error.http_status != Unauthorized.status:
                raise
    return Client(connection.url, found[-1])


def _local_keys(connection: Connection) -> Iterator[str]:
    if connection.data_dir is not None:
        places: tuple[Path, ...] = (connection.data_dir,)
    else:
        places = _USUAL_DIRS if _is_here(connection.url) else ()
    for place in places:
        try:
            yield (place / KEY_FILE).read_text().strip()
        except OSError:
            continue


def _is_here(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
