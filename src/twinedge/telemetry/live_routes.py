"""`/v1/ws`: the live socket. Its messages are described in docs/reference/websocket.md."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import msgspec
from starlette.routing import WebSocketRoute
from starlette.types import Scope
from starlette.websockets import WebSocket, WebSocketDisconnect

from twinedge.kit.errors import Fault, Forbidden, Invalid, RateLimited, TwinEdgeError, Unauthorized
from twinedge.telemetry.live import LiveHub
from twinedge.telemetry.live_channels import CHANNELS, Request, Topic, read_request
from twinedge.telemetry.live_client import NOT_SIGNED_IN, TOO_SLOW, Client
from twinedge.web.routing import Principal

FORBIDDEN = 4403
TOO_MANY = 4429
CLIENTS_MAX = 5000
TOPICS_MAX = 100
MESSAGE_MAX = 16_384
MESSAGES_PER_S = 20
BURST = 60
SIGN_IN_S = 10.0
STALL_S = 10.0
"""A client that takes nothing for so long is closed."""


class Doorman(Protocol):
    """Knows keys and sessions."""

    def authenticate(self, method: str, headers: Mapping[bytes, bytes]) -> Principal:
        """By the headers: a key or a session cookie. Raises Unauthorized."""
        ...

    def authenticate_token(self, token: str) -> Principal:
        """By a key's text. Raises Unauthorized."""
        ...


class _Closed(Exception):
    """The connection is to be closed with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def live_routes(
    hub: LiveHub, doorman: Doorman, on_failed: Callable[[Scope], None]
) -> list[WebSocketRoute]:
    """The route. on_failed: counts a refused key, and raises RateLimited after too many."""

    async def live(socket: WebSocket) -> None:
        await socket.accept()
        try:
            if len(hub) >= CLIENTS_MAX:
                raise _Closed(TOO_MANY, f"{CLIENTS_MAX} clients are connected already")
            principal, welcome, greeting = await _admit(socket, doorman, on_failed)
            with hub.join(principal, welcome) as client:
                if greeting is not None:
                    client.answer(
                        hub.frame("authenticated", None, None, greeting.get("request_id"))
                    )
                await _serve(socket, hub, client)
                raise _Closed(*(client.ended or (1000, "")))
        except _Closed as end:
            await _close(socket, end)
        except WebSocketDisconnect:
            return

    return [WebSocketRoute("/v1/ws", live)]


async def _close(socket: WebSocket, end: _Closed) -> None:
    try:
        async with asyncio.timeout(1):
            await socket.close(end.code, end.reason[:100])
    except (TimeoutError, RuntimeError, WebSocketDisconnect):
        return  # gone already, or so stuck that it will not hear why


async def _admit(
    socket: WebSocket, doorman: Doorman, on_failed: Callable[[Scope], None]
) -> tuple[Principal, Callable[[], object], Mapping[str, Any] | None]:
    """Who is there, how to ask again, and the `authenticate` message if one was sent."""
    headers = dict(socket.scope["headers"])
    token = socket.query_params.get("token")
    message: Mapping[str, Any] | None = None
    if token is None and (b"authorization" in headers or b"cookie" in headers):
        if b"authorization" not in headers and not _same_origin(headers):
            raise _Closed(FORBIDDEN, "the page is of another origin")
        try:
            principal = doorman.authenticate("GET", headers)
        except Unauthorized as error:
            if b"authorization" in headers:
                raise _refused(socket, error, on_failed) from None
        else:
            return principal, lambda: doorman.authenticate("GET", headers), None
    if token is None:
        try:
            async with asyncio.timeout(SIGN_IN_S):
                message = _decoded(await _text(socket))
        except (TimeoutError, Invalid):
            message = {}
        given = message.get("token")
        if message.get("type") != "authenticate" or not isinstance(given, str):
            reason = "send token in the query, or a message of type authenticate with token"
            raise _Closed(NOT_SIGNED_IN, reason)
        token = given
    key = token
    try:
        return doorman.authenticate_token(key), lambda: doorman.authenticate_token(key), message
    except Unauthorized as error:
        raise _refused(socket, error, on_failed) from None


def _refused(socket: WebSocket, error: Unauthorized, on_failed: Callable[[Scope], None]) -> _Closed:
    try:
        on_failed(socket.scope)
    except RateLimited as limited:
        return _Closed(TOO_MANY, limited.message)
    return _Closed(NOT_SIGNED_IN, error.message)


def _same_origin(headers: Mapping[bytes, bytes]) -> bool:
    """A browser always sends Origin; a page elsewhere must not use the visitor's cookie."""
    origin = headers.get(b"origin", b"")
    return origin.partition(b"://")[2] == headers.get(b"host") and bool(origin)


async def _serve(socket: WebSocket, hub: LiveHub, client: Client) -> None:
    """Send and receive until either side ends it."""
    tasks = {
        asyncio.create_task(_send(socket, client)),
        asyncio.create_task(_receive(socket, hub, client)),
    }
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _send(socket: WebSocket, client: Client) -> None:
    while (frame := await client.next()) is not None:
        try:
            async with asyncio.timeout(STALL_S):
                await socket.send_text(frame)
        except TimeoutError:
            client.end(TOO_SLOW, f"took nothing for {STALL_S:.0f} s")


async def _receive(socket: WebSocket, hub: LiveHub, client: Client) -> None:
    loop = asyncio.get_running_loop()
    tokens, filled_s = float(BURST), loop.time()
    while True:
        text = await _text(socket)
        now_s = loop.time()
        tokens = min(BURST, tokens + (now_s - filled_s) * MESSAGES_PER_S) - 1
        filled_s = now_s
        if tokens < 0:
            raise _Closed(TOO_MANY, f"more than {MESSAGES_PER_S} messages a second")
        _answer(hub, client, text)


def _answer(hub: LiveHub, client: Client, text: str) -> None:
    message: Mapping[str, Any] = {}
    try:
        message = _decoded(text)
        _obey(hub, client, read_request(message), message.get("request_id"))
    except TwinEdgeError as error:
        details = [{"field": fault.field, "message": fault.message} for fault in error.faults]
        data = {"code": error.code, "message": error.message, "details": details}
        channel = message.get("channel")
        shown = channel if isinstance(channel, str) and channel in CHANNELS else None
        client.answer(hub.frame("error", shown, data, _sane(message.get("request_id"))))


def _obey(hub: LiveHub, client: Client, request: Request, request_id: object) -> None:
    if request_id is not None and _sane(request_id) is None:
        raise Invalid.at("request_id", "must be a text of at most 200 characters or a number")
    if request.topic is None:
        client.answer(hub.frame("pong", None, None, request_id))
        return
    topic = request.topic
    data = {"filters": {name: list(values) for name, values in topic.filters}}
    if request.type == "unsubscribe":
        hub.unsubscribe(client, topic)
        client.answer(hub.frame("unsubscribed", topic.channel, data, request_id))
        return
    needed = CHANNELS[topic.channel].scope
    if not client.principal.may(needed):
        raise Forbidden(f"this key lacks the scope {needed!r}")
    if len(client.topics) >= TOPICS_MAX and topic not in client.topics:
        fault = Fault("channel", f"{TOPICS_MAX} subscriptions are open already")
        raise Invalid("too many subscriptions", [fault])
    client.answer(hub.frame("subscribed", topic.channel, data, request_id))
    _begin(hub, client, topic, request)


def _begin(hub: LiveHub, client: Client, topic: Topic, request: Request) -> None:
    hub.subscribe(client, topic, request.since_seq)
    if request.snapshot and topic.channel == "telemetry":
        hub.snapshot(client, topic)


def _sane(request_id: object) -> object:
    if isinstance(request_id, str):
        return request_id if len(request_id) <= 200 else None
    if isinstance(request_id, bool) or not isinstance(request_id, int | float):
        return None
    return request_id


def _decoded(text: str) -> Mapping[str, Any]:
    if len(text) > MESSAGE_MAX:
        raise Invalid.at("message", f"is longer than {MESSAGE_MAX} characters")
    try:
        message = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Invalid.at("message", "is not valid JSON") from None
    if not isinstance(message, dict):
        raise Invalid.at("message", "must be a JSON object")
    return message


async def _text(socket: WebSocket) -> str:
    """The next message as text; a binary one is read as UTF-8."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1000))
    text: str | None = message.get("text")
    return (message.get("bytes") or b"").decode("utf-8", "replace") if text is None else text
