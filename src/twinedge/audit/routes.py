"""/audit: who changed what, for admins."""

from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field

from twinedge.audit.exported import head_of
from twinedge.audit.model import Entry, Outcome, Wanted, outcome_of
from twinedge.audit.service import Audit
from twinedge.kit.errors import Invalid
from twinedge.web.envelope import Item, Many, Moment, One, Paging
from twinedge.web.routing import Router, scope
from twinedge.web.span import span_of

ADMIN = "admin"


class EntryItem(Item):
    """One entry."""

    seq: int = Field(description="Its place in the chain, from 1 without a gap")
    at: Moment
    actor_id: str | None = Field(description="The key; null for a stranger and the server itself")
    actor_name: str | None
    via: str = Field(description="`key`, `session`, or `none`")
    address: str
    method: str = Field(description="Also `WEBSOCKET` (a refused socket) and `START` (the server)")
    route: str | None = Field(description="Such as `/v1/dashboards/{id}`; null: refused before")
    path: str = Field(description="Of the thing, a new one's too", examples=["/v1/dashboards/d-1"])
    object_id: str | None
    request_id: str
    status: int
    outcome: Outcome
    times: int = Field(description="How often; above 1 only for attempts that changed nothing")
    previous_hash: str
    hash: str


class VerdictItem(Item):
    """What following the chain found."""

    ok: bool
    entries: int = Field(description="Good ones, from the first on")
    head: str = Field(description="`seq:hash` of the last good one; note it where it is safe")
    fault: str | None = Field(description="The first fault, in plain words")


class _Filters:
    """The list's filters."""

    def __init__(
        self,
        actor_id: Annotated[str | None, Query(max_length=64)] = None,
        method: Annotated[str | None, Query(max_length=16, examples=["DELETE"])] = None,
        route: Annotated[
            str | None, Query(max_length=200, examples=["/v1/dashboards/{id}"])
        ] = None,
        object_id: Annotated[str | None, Query(max_length=200)] = None,
        request_id: Annotated[str | None, Query(max_length=128)] = None,
        outcome: Outcome | None = None,
        start: Annotated[str | None, Query(description="From this moment on")] = None,
        end: Annotated[str | None, Query(description="Before this moment")] = None,
    ) -> None:
        start_us, end_us = span_of(start, end)
        self.wanted = Wanted(
            actor_id, method and method.upper(), route, object_id, request_id,
            outcome, start_us, end_us,
        )  # fmt: skip


def router(audit: Audit) -> Router:
    """The room's routes."""
    router = Router("/audit", tag="Audit", resource="audit")

    @router.get("")
    @scope(ADMIN)
    async def list_entries(
        filters: Annotated[_Filters, Depends()], paging: Annotated[Paging, Depends()]
    ) -> Many[EntryItem]:
        """Changes and refusals, newest first."""
        entries, total = await audit.list(filters.wanted, paging.offset, paging.per_page)
        return Many(data=[_item(entry) for entry in entries], meta=paging.meta(total))

    @router.get("/verify")
    @scope(ADMIN)
    async def verify(
        head: Annotated[
            str | None, Query(description="A `head` noted earlier: it must still be on the chain")
        ] = None,
    ) -> One[VerdictItem]:
        """Follow the chain of hashes through every entry."""
        try:
            noted = None if head is None else head_of(head)
        except ValueError as error:
            raise Invalid.at("head", str(error)) from None
        verdict = await audit.verify(noted)
        return One(
            data=VerdictItem(
                ok=verdict.fault is None,
                entries=verdict.entries,
                head=f"{verdict.head.seq}:{verdict.head.hash}",
                fault=verdict.fault,
            )
        )

    return router


def _item(entry: Entry) -> EntryItem:
    a = entry.record.attempt
    return EntryItem(
        seq=entry.seq, at=entry.record.at_us, actor_id=a.actor_id, actor_name=a.actor_name,
        via=a.via, address=a.address, method=a.method, route=a.route, path=a.path,
        object_id=a.object_id, request_id=a.request_id, status=a.status,
        outcome=outcome_of(a.status), times=entry.record.times,
        previous_hash=entry.previous_hash, hash=entry.hash,
    )  # fmt: skip
