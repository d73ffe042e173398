"""/system/demo: start, watch and end the simulated plant, for admins."""

from fastapi import Request
from pydantic import Field

from twinedge.app.demo import DemoPlant, DemoState, DemoStatus
from twinedge.kit.errors import Conflict
from twinedge.web.envelope import Body, Item, One
from twinedge.web.routing import Router, scope

ADMIN = "admin"


class StartDemo(Body):
    """How the plant is to be."""

    seed: int = Field(1, ge=0, le=1_000_000, description="Same seed, same plant")


class DemoItem(Item):
    """How the simulated plant stands."""

    state: DemoState
    step: str = Field(description="What is being made, in plain words")
    error: str | None = Field(description="Why it failed, in plain words")
    is_ours: bool = Field(description="It was started here before and may be again")


def router(plant: DemoPlant) -> Router:
    """The routes."""
    router = Router("/system/demo", tag="System", resource="system")

    @router.get("")
    @scope(ADMIN)
    async def get_demo() -> One[DemoItem]:
        """How the simulated plant stands."""
        return One(data=_item(plant.status()))

    @router.post("", status_code=202)
    @scope(ADMIN)
    async def start_demo(body: StartDemo, request: Request) -> One[DemoItem]:
        """Start three simulated protocol servers and make sources, rules and a dashboard for them.

        Refused (409) beside data sources or values that are not the demo's.
        """
        if request.url.scheme != "http":
            raise Conflict("the demo plant reaches this server over plain HTTP only; this is TLS")
        host, port = request.scope["server"]
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        return One(data=_item(plant.start(url, body.seed)))

    @router.delete("")
    @scope(ADMIN)
    async def stop_demo() -> One[DemoItem]:
        """End the simulated plant; everything made for it stays."""
        await plant.stop()
        status = plant.status()
        if status.state is DemoState.RUNNING:
            raise Conflict("it was started by `twinedge demo`: end it there, with Ctrl-C")
        return One(data=_item(status))

    return router


def _item(status: DemoStatus) -> DemoItem:
    return DemoItem(
        state=status.state, step=status.step, error=status.error, is_ours=status.is_ours
    )
