"""A small application with one of everything, behind the real edge."""

from collections.abc import AsyncIterator
from typing import Annotated, Literal

import httpx
import pytest
from fastapi import Depends, FastAPI, Request, Response, UploadFile
from pydantic import Field
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route

from tests.people import ScopeKeys
from twinedge.kit.clock import ManualClock
from twinedge.kit.errors import NotFound, Unavailable
from twinedge.web.app import create_app
from twinedge.web.buckets import RateLimiter
from twinedge.web.envelope import Body, Item, Many, One, Paging
from twinedge.web.etag import Guard, set_etag
from twinedge.web.limits import PLANS, LargeBody, Limits
from twinedge.web.routing import PUBLIC, Router, check_scope, scope


class Motor(Body):
    kind: Literal["motor"]
    rpm: int = Field(ge=0)


class Pump(Body):
    kind: Literal["pump"]
    litres: float


class NewThing(Body):
    name: str = Field(min_length=1, max_length=20)
    size: int | None = Field(None, ge=1, le=10)
    tags: list[str] = Field(default_factory=list)
    drive: Annotated[Motor | Pump, Field(discriminator="kind")] | None = None
    limit: float | list[float] | None = None
    free: dict[str, object] = Field(default_factory=dict)


class Thing(Item):
    name: str


def things() -> Router:
    router = Router("/things", tag="Things", resource="assets")

    @router.get("")
    async def index(paging: Annotated[Paging, Depends()], kind: str | None = None) -> Many[Thing]:
        return paging.of([], 0)  # type: ignore[return-value]

    @router.post("", status_code=201)
    async def create(body: NewThing, response: Response) -> One[NewThing]:
        response.headers["Location"] = f"/v1/things/{body.name}"
        return One(data=body)

    @router.post("/import", status_code=200)
    async def import_file(file: UploadFile) -> One[int]:
        return One(data=len(await file.read()))

    @router.post("/poke")
    async def poke(request: Request) -> One[int]:
        return One(data=len(await request.body()))

    @router.get("/crash")
    async def crash() -> One[int]:
        raise ZeroDivisionError("the secret is hunter2")

    @router.get("/busy")
    async def busy() -> One[int]:
        raise Unavailable("the disk is slow", retry_after_s=7)

    @router.get("/open")
    @scope(PUBLIC)
    async def open_to_all() -> One[int]:
        return One(data=1)

    @router.get("/{id}")
    async def show(id: str, response: Response) -> One[Thing]:
        if id == "absent":
            raise NotFound.of("thing", id)
        set_etag(response, 3)
        return One(data=Thing(name=id))

    @router.put("/{id}")
    async def put(id: str, body: NewThing, guard: Guard) -> One[Thing]:
        guard.check(3)
        return One(data=Thing(name=id))

    return router


async def _hot(request: Request) -> Response:
    check_scope(request.scope, "write:telemetry")
    return JSONResponse({"data": len(await request.body())})


async def _page(_request: Request) -> Response:
    return Response("<p>" + "hello " * 500, media_type="text/html")


async def _stream(_request: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        for number in range(5):
            yield b"%d " % number * 1000

    return StreamingResponse(pieces(), media_type="text/plain")


KIB = 1024


def application(
    clock: ManualClock, plan: str = "generous", **options: object
) -> tuple[FastAPI, RateLimiter]:
    limiter = RateLimiter(PLANS[plan], clock)  # type: ignore[index]
    app = create_app(
        routers=[things()],
        routes=[Route("/v1/telemetry", _hot, methods=["POST"])],
        extra_routes=[Route("/page", _page), Route("/stream", _stream)],
        authenticator=ScopeKeys(),
        version="1.2.3",
        limiter=limiter,
        limits=Limits(64 * KIB, (LargeBody("/v1/telemetry", 256 * KIB),)),
        **options,  # type: ignore[arg-type]
    )
    return app, limiter


def client_of(app: FastAPI, key: str | None = "admin") -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False),
        base_url="http://test",
        headers={"Authorization": f"Bearer {key}"} if key else {},
    )


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def app(clock: ManualClock) -> FastAPI:
    return application(clock)[0]


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client:
        yield client


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app, None) as client:
        yield client
