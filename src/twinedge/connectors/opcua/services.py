"""The service calls on an open session, in pieces the server can take."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from asyncua import ua
from asyncua.ua.ua_binary import struct_from_binary

from twinedge.connectors.opcua import wire

T = TypeVar("T")
R = TypeVar("R")

MAX_ITEMS_PER_CALL = 1000
"""Many servers refuse more; small calls also keep a slow server from expiring the subscription."""
SERVER_STATE = ua.NodeId(2259)
NAMESPACE_ARRAY = ua.NodeId(2255)
_LIMITS = {
    "read": ua.NodeId(11705),
    "browse": ua.NodeId(11710),
    "monitor": ua.NodeId(11714),
    "translate": ua.NodeId(11712),
}
"""Where a server keeps its operation limits."""
_TOO_BIG = {
    ua.StatusCodes.BadTooManyOperations,
    ua.StatusCodes.BadRequestTooLarge,
    ua.StatusCodes.BadResponseTooLarge,
    ua.StatusCodes.BadEncodingLimitsExceeded,
}


@dataclass(slots=True)
class Limits:
    """Most operations the server takes in one call."""

    read: int = MAX_ITEMS_PER_CALL
    browse: int = MAX_ITEMS_PER_CALL
    monitor: int = MAX_ITEMS_PER_CALL
    translate: int = MAX_ITEMS_PER_CALL


class Services:
    """What can be asked on a session. Every call but `publish` has the request's deadline."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.namespaces: list[str] = []
        self.limits = Limits()

    async def learn(self) -> None:
        """Read the namespace table and the operation limits, in one call."""
        nodes = [NAMESPACE_ARRAY, *_LIMITS.values()]
        answers = await self._read_call([_read_id(node, ua.AttributeIds.Value) for node in nodes])
        namespaces, *limits = [a.Value.Value if a.Value is not None else None for a in answers]
        self.namespaces = [str(uri) for uri in namespaces or []]
        for name, limit in zip(_LIMITS, limits, strict=True):
            if isinstance(limit, int) and limit > 0:
                setattr(self.limits, name, min(limit, MAX_ITEMS_PER_CALL))

    async def read(self, wanted: Sequence[tuple[Any, Any, str | None]]) -> list[Any]:
        """DataValues of (node id, attribute, index range or None), in order, in chunks."""
        ids = [_read_id(node, attribute, span) for node, attribute, span in wanted]
        return await self._chunked(ids, "read", self._read_call)

    async def ping(self) -> None:
        """Ask for the server's state; an answer of any kind is a sign of life."""
        await self._read_call([_read_id(SERVER_STATE, ua.AttributeIds.Value)])

    async def _read_call(self, ids: Sequence[Any]) -> list[Any]:
        parameters = ua.ReadParameters()
        parameters.TimestampsToReturn = ua.TimestampsToReturn.Both
        parameters.NodesToRead = list(ids)
        return list(await self._client.uaclient.read(parameters))

    async def browse(self, descriptions: Sequence[Any], most: int) -> list[Any]:
        """BrowseResults, in order; `most` references a node (0 = all the server gives at once)."""

        async def call(part: Sequence[Any]) -> list[Any]:
            parameters = ua.BrowseParameters()
            parameters.RequestedMaxReferencesPerNode = most
            parameters.NodesToBrowse = list(part)
            return list(await self._client.uaclient.browse(parameters))

        return await self._chunked(descriptions, "browse", call)

    async def browse_next(self, points: Sequence[bytes], release: bool) -> list[Any]:
        """Go on at continuation points, or give them back."""

        async def call(part: Sequence[bytes]) -> list[Any]:
            parameters = ua.BrowseNextParameters()
            parameters.ReleaseContinuationPoints = release
            parameters.ContinuationPoints = list(part)
            return list(await self._client.uaclient.browse_next(parameters))

        return await self._chunked(points, "browse", call)

    async def translate(self, paths: Sequence[Any]) -> list[Any]:
        """BrowsePathResults, in order."""
        return await self._chunked(
            paths, "translate", self._client.uaclient.translate_browsepaths_to_nodeids
        )

    async def create_subscription(self, parameters: Any) -> Any:
        """The server's revised parameters. Past asyncua's own method: that starts its publish
        loop, and ours is wanted."""
        request = ua.CreateSubscriptionRequest()
        request.Parameters = parameters
        data = await self._protocol().send_request(request)
        response = struct_from_binary(ua.CreateSubscriptionResponse, data)
        response.ResponseHeader.ServiceResult.check()
        return response.Parameters

    async def delete_subscription(self, subscription: int) -> None:
        await self._client.uaclient.delete_subscriptions([subscription])

    async def create_items(self, subscription: int, requests: Sequence[Any]) -> list[Any]:
        """MonitoredItemCreateResults, in order."""

        async def call(part: Sequence[Any]) -> list[Any]:
            parameters = ua.CreateMonitoredItemsParameters()
            parameters.SubscriptionId = subscription
            parameters.TimestampsToReturn = ua.TimestampsToReturn.Both
            parameters.ItemsToCreate = list(part)
            return list(await self._client.uaclient.create_monitored_items(parameters))

        return await self._chunked(requests, "monitor", call)

    async def delete_items(self, subscription: int, items: Sequence[int]) -> None:
        async def call(part: Sequence[int]) -> list[Any]:
            parameters = ua.DeleteMonitoredItemsParameters()
            parameters.SubscriptionId = subscription
            parameters.MonitoredItemIds = list(part)
            return list(await self._client.uaclient.delete_monitored_items(parameters))

        await self._chunked(items, "monitor", call)

    async def publish(self, acknowledge: Sequence[tuple[int, int]]) -> wire.Publication:
        """Wait for the next notification or keep-alive of any subscription.

        acknowledge: (subscription, sequence) pairs. The wait has no deadline of its own: the
        link's watch on silence ends it. Raises wire.Garbled.
        """
        request = ua.PublishRequest()
        request.Parameters.SubscriptionAcknowledgements = [
            ua.SubscriptionAcknowledgement(SubscriptionId=s, SequenceNumber=n)
            for s, n in acknowledge
        ]
        data = await self._protocol().send_request(request, timeout=0)
        return wire.publication(bytes(data))

    def _protocol(self) -> Any:
        protocol = self._client.uaclient.protocol
        if protocol is None:
            raise ConnectionError("the connection is closed")
        return protocol

    async def _chunked(
        self,
        items: Sequence[T],
        limit: str,
        call: Callable[[Sequence[T]], Awaitable[list[R]]],
    ) -> list[R]:
        """Call in pieces; a server that finds a piece too big gets halves, now and from now on."""
        answers: list[R] = []
        while len(answers) < len(items):
            size = getattr(self.limits, limit)
            part = items[len(answers) : len(answers) + size]
            try:
                got = await call(part)
            except ua.UaStatusCodeError as error:
                if int(error.code) not in _TOO_BIG or len(part) <= 1:
                    raise
                setattr(self.limits, limit, len(part) // 2)
                continue
            if len(got) != len(part):
                raise ConnectionError(f"{len(got)} answers to {len(part)} questions")
            answers.extend(got)
        return answers


def _read_id(node: Any, attribute: Any, span: str | None = None) -> Any:
    wanted = ua.ReadValueId()
    wanted.NodeId = node
    wanted.AttributeId = attribute
    if span:
        wanted.IndexRange = span
    return wanted
