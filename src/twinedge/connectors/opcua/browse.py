"""Walking a server's address space: one level, or a bounded search."""

import asyncio
import base64
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from asyncua import ua

from twinedge.connectors.opcua.address import Address, parse
from twinedge.connectors.opcua.decode import Misfit, plain
from twinedge.connectors.opcua.monitor import node_id
from twinedge.connectors.opcua.reading import DATA_TYPES, data_type_of
from twinedge.connectors.opcua.session import Session
from twinedge.connectors.opcua.words import status_name
from twinedge.kit.errors import Invalid
from twinedge.sources.model import Node

ROOT = ua.NodeId(ua.ObjectIds.ObjectsFolder)
SEARCH_NODES = 50_000
"""A search looks at so many nodes at most,"""
SEARCH_S = 8.0
"""and for so long; what was found by then is the answer."""
WIDTH = 200
"""Nodes browsed together in a search."""

_HIERARCHICAL = ua.NodeId(ua.ObjectIds.HierarchicalReferences)
_HAS_PROPERTY = ua.NodeId(ua.ObjectIds.HasProperty)
_SERVER = ua.NodeId(ua.ObjectIds.Server)
_PROPERTY_TYPE = ua.NodeId(ua.ObjectIds.PropertyType)
_VALUE_RANK_SCALAR = -1
_VALUE_RANK_VECTOR = 1


@dataclass(frozen=True, slots=True)
class _Found:
    """A reference's target, with the names of its ancestors in a search."""

    target: Any
    path: str

    @property
    def id(self) -> Any:
        return self.target.NodeId

    @property
    def is_variable(self) -> bool:
        return bool(self.target.NodeClass == ua.NodeClass.Variable)


@dataclass(frozen=True, slots=True)
class _Details:
    data_type: str | None
    unit: str | None
    value: Any
    description: str | None
    length: int | None
    """Of a one-dimensional array; None for all else."""


class Browser:
    """Questions about the address space of an open session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def children(self, node: str | None, limit: int) -> list[Node]:
        """The nodes under this one (None: the Objects folder), at most `limit`, in the server's
        order; the Server object last. Elements of a one-dimensional array are its children too."""
        start, address = self._start(node)
        elements = [] if address is None else await self._elements(start, address, limit)
        found = await self._targets(start, limit - len(elements)) if limit > len(elements) else []
        found.sort(key=lambda it: it.id == _SERVER)
        return elements + await self._nodes(found)

    async def search(self, node: str | None, text: str, limit: int) -> list[Node]:
        """Nodes under this one whose name or address contains the text, nearest first; their
        names show the path. At most `limit`, SEARCH_NODES nodes and SEARCH_S seconds."""
        start, _ = self._start(node)
        deadline = time.monotonic() + SEARCH_S
        wanted = text.casefold()
        seen, hits = {start}, list[_Found]()
        level = [_Found(ua.ReferenceDescription(NodeId=start), "")]
        while level and len(hits) < limit and len(seen) < SEARCH_NODES:
            following: list[_Found] = []
            for at in range(0, len(level), WIDTH):
                left = deadline - time.monotonic()
                if left <= 0 or len(hits) >= limit:
                    return await self._nodes(hits[:limit])
                try:
                    async with asyncio.timeout(left):
                        found = await self._under(level[at : at + WIDTH])
                except TimeoutError:
                    return await self._nodes(hits[:limit])
                fresh = [it for it in found if it.id not in seen]
                fresh = list({it.id: it for it in fresh}.values())
                seen.update(it.id for it in fresh)
                following.extend(fresh)
                hits.extend(it for it in fresh if self._matches(it, wanted))
            level = following
        return await self._nodes(hits[:limit])

    def _start(self, node: str | None) -> tuple[Any, Address | None]:
        if node is None:
            return ROOT, None
        try:
            address = parse(node)
        except ValueError as error:
            raise Invalid.at("node", str(error)) from None
        start = node_id(address, self._session.namespaces)
        if start is None:
            raise Invalid.at("node", f"the server has no namespace {address.namespace!r}")
        return start, address

    def _matches(self, found: _Found, wanted: str) -> bool:
        target = found.target
        names = (target.BrowseName.Name, target.DisplayName.Text, str(self._address(found.id)))
        return any(wanted in (name or "").casefold() for name in names)

    def _address(self, node: Any) -> Address:
        """With the namespace's URI, which outlives a renumbering; the standard's own as index 0."""
        index = int(node.NamespaceIndex)
        known = 0 < index < len(self._session.namespaces)
        space = self._session.namespaces[index] if known else index
        return Address(space, node.Identifier)

    # -- references

    async def _targets(self, node: Any, limit: int) -> list[_Found]:
        """The objects and variables right under one node; raises Invalid if there is no such."""
        (result,) = await self._session.browse([_down(node)], limit)
        if int(result.StatusCode.value) >> 30:
            name = status_name(int(result.StatusCode.value))
            raise Invalid.at("node", f"the server cannot open this node ({name})")
        return [_Found(it, _name(it)) for it in (await self._rest(result, limit))[:limit]]

    async def _under(self, parents: Sequence[_Found]) -> list[_Found]:
        """The objects and variables under many nodes; those that cannot be opened have none."""
        results = await self._session.browse([_down(parent.id) for parent in parents], 0)
        found: list[_Found] = []
        for parent, result in zip(parents, results, strict=True):
            prefix = parent.path + "/" if parent.path else ""
            found += [_Found(it, prefix + _name(it)) for it in await self._rest(result, None)]
        return found

    async def _rest(self, result: Any, limit: int | None) -> list[Any]:
        """All references of a result, following its continuation point up to the limit."""
        references = list(result.References or [])
        point = result.ContinuationPoint
        while point:
            done = limit is not None and len(references) >= limit
            (more,) = await self._session.browse_next([point], release=done)
            if done:
                break
            references += more.References or []
            point = more.ContinuationPoint
        return references

    async def _have_children(self, nodes: Sequence[Any]) -> list[bool]:
        """Whether each has something below; asks for one reference each and gives the rest back."""
        if not nodes:
            return []
        results = await self._session.browse([_down(node) for node in nodes], 1)
        points = [result.ContinuationPoint for result in results if result.ContinuationPoint]
        if points:
            await self._session.browse_next(points, release=True)
        full = ua.StatusCodes.BadNoContinuationPoints
        return [bool(r.References) or int(r.StatusCode.value) == full for r in results]

    # -- what a node is

    async def _nodes(self, found: Sequence[_Found]) -> list[Node]:
        variables = [it.id for it in found if it.is_variable]
        details = dict(zip(variables, await self._details(variables), strict=True))
        deeper = dict(
            zip(
                (it.id for it in found),
                await self._have_children([it.id for it in found]),
                strict=True,
            )
        )
        return [self._node(it, details.get(it.id), deeper[it.id]) for it in found]

    def _node(self, found: _Found, details: _Details | None, has_children: bool) -> Node:
        address = str(self._address(found.id))
        node = Node(node=address, name=found.path, has_children=has_children or details is None)
        if details is None:
            return node
        return replace(
            node,
            has_children=has_children or details.length is not None,
            address=None if details.length is not None else address,
            data_type=details.data_type,
            unit=details.unit,
            value=details.value,
            description=details.description,
        )

    async def _details(self, nodes: Sequence[Any]) -> list[_Details]:
        """Type, unit, value and description of variables; arrays give their length, no value."""
        asked = (
            ua.AttributeIds.DataType,
            ua.AttributeIds.ValueRank,
            ua.AttributeIds.Description,
            ua.AttributeIds.Value,
        )
        answers = await self._session.read(
            [(node, attribute, None) for node in nodes for attribute in asked]
        )
        units = await self._units(nodes)
        return [_details(answers[at * 4 : at * 4 + 4], unit) for at, unit in enumerate(units)]

    async def _units(self, nodes: Sequence[Any]) -> list[str | None]:
        """The EngineeringUnits property of each, where it has one."""
        if not nodes:
            return []
        results = await self._session.translate([_path(node, "EngineeringUnits") for node in nodes])
        found = {
            at: result.Targets[0].TargetId
            for at, result in enumerate(results)
            if not int(result.StatusCode.value) >> 30 and result.Targets
        }
        answers = await self._session.read(
            [(node, ua.AttributeIds.Value, None) for node in found.values()]
        )
        units: list[str | None] = [None] * len(nodes)
        for at, answer in zip(found, answers, strict=True):
            info = answer.Value.Value if answer.Value is not None else None
            label = getattr(getattr(info, "DisplayName", None), "Text", None)
            units[at] = str(label) if label else None
        return units

    async def _elements(self, node: Any, address: Address, limit: int) -> list[Node]:
        """The elements of a one-dimensional array variable, as nodes to add; else none."""
        answer = (await self._session.read([(node, ua.AttributeIds.Value, None)]))[0]
        variant = answer.Value
        if variant is None or not variant.is_array or not isinstance(variant.Value, list):
            return []
        if variant.Dimensions is not None and len(variant.Dimensions) > 1:
            return []
        data_type = (data_type_of(variant) or "").removesuffix("[]") or None
        elements: list[Node] = []
        for index, value in enumerate(variant.Value[:limit]):
            text = str(replace(address, element=(index,)))
            elements.append(Node(text, f"[{index}]", False, text, data_type, value=_shown(value)))
        return elements


def _details(answers: Sequence[Any], unit: str | None) -> _Details:
    data_type, rank, description, value = answers
    variant = value.Value
    rank_value = rank.Value.Value if rank.Value is not None else _VALUE_RANK_SCALAR
    text = description.Value.Value if description.Value is not None else None
    length = None
    if variant is not None and variant.is_array and rank_value in {_VALUE_RANK_VECTOR, 0, -2, -3}:
        length = len(variant.Value) if isinstance(variant.Value, list) else None
    told = data_type_of(variant) or _declared(data_type)
    is_scalar = variant is not None and not variant.is_array
    return _Details(
        told,
        unit,
        _shown(variant.Value) if is_scalar else None,
        getattr(text, "Text", None) or None,
        length,
    )


def _declared(data_type: Any) -> str | None:
    """Our word for a built-in type by its id, for a variable without a value."""
    node = data_type.Value.Value if data_type.Value is not None else None
    if node is None or node.NamespaceIndex or not isinstance(node.Identifier, int):
        return None
    try:
        return DATA_TYPES.get(ua.VariantType(node.Identifier).name)
    except ValueError:
        return None


def _shown(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value[:64]).decode()
    try:
        return plain(value)
    except Misfit:
        return None


def _down(node: Any) -> Any:
    """Ask for the objects and variables below."""
    description = ua.BrowseDescription()
    description.NodeId = node
    description.BrowseDirection = ua.BrowseDirection.Forward
    description.ReferenceTypeId = _HIERARCHICAL
    description.IncludeSubtypes = True
    description.NodeClassMask = ua.NodeClass.Object | ua.NodeClass.Variable
    description.ResultMask = ua.BrowseResultMask.All
    return description


def _path(node: Any, property_name: str) -> Any:
    element = ua.RelativePathElement()
    element.ReferenceTypeId = _HAS_PROPERTY
    element.IsInverse = False
    element.IncludeSubtypes = True
    element.TargetName = ua.QualifiedName(property_name, 0)
    path = ua.BrowsePath()
    path.StartingNode = node
    path.RelativePath = ua.RelativePath(Elements=[element])
    return path


def _name(target: Any) -> str:
    return str(target.DisplayName.Text or target.BrowseName.Name or target.NodeId.to_string())
