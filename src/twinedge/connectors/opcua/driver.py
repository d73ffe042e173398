"""OPC UA as the sources room sees it. Loads asyncua (0.5 s) only when a link is wanted."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from pydantic import BaseModel

from twinedge.assets.model import Kind
from twinedge.connectors.opcua.pki import Pki
from twinedge.connectors.opcua.settings import OpcuaSettings
from twinedge.connectors.opcua.tags import check_tag, kind_of
from twinedge.sources.model import TagSpec
from twinedge.sources.ports import Link, Probe, Sink


class OpcuaDriver:
    """The OPC UA protocol. pki: folder of our certificate and the trusted ones."""

    name = "opcua"
    title = "OPC UA"
    settings: type[BaseModel] = OpcuaSettings
    acknowledges = False

    def __init__(self, pki: Path) -> None:
        self._pki = Pki(pki)

    def endpoint(self, config: BaseModel) -> str:
        return cast(OpcuaSettings, config).endpoint

    def check_tag(self, config: BaseModel, tag: TagSpec) -> TagSpec:
        return check_tag(tag)

    def kind(self, tag: TagSpec) -> Kind | None:
        return kind_of(tag)

    def silence_s(self, config: BaseModel, tags: Sequence[TagSpec]) -> float:
        """The link itself asks after 2.5 s of quiet and gives up a request's deadline later."""
        return 5.0 + 2 * cast(OpcuaSettings, config).request_s

    async def probe(self, config: BaseModel, probe: Probe) -> None:
        from twinedge.connectors.opcua.probe import run_probe

        await run_probe(cast(OpcuaSettings, config), self._pki, probe)

    def link(self, config: BaseModel, sink: Sink) -> Link:
        from twinedge.connectors.opcua.link import OpcuaLink

        return OpcuaLink(cast(OpcuaSettings, config), self._pki, sink)
