"""One driver for the folder: its own certificate is made once."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from asyncua.server.internal_server import InternalServer

from twinedge.connectors.opcua import OpcuaDriver


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> OpcuaDriver:
    return OpcuaDriver(tmp_path_factory.mktemp("pki"))


@pytest.fixture
def pki_folder(tmp_path: Path) -> Path:
    return tmp_path / "pki"


@pytest.fixture(scope="session", autouse=True)
def prepared_address_space(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """asyncua builds its standard address space once a session: 1.4 s, then 0.3 s a server."""
    path = tmp_path_factory.mktemp("address-space") / "standard"
    build = InternalServer.load_standard_address_space

    async def load(self: InternalServer, shelf_file: Path | None = None) -> None:
        if not path.exists():
            await build(self, shelf_file)
            self.dump_address_space(path)
            return
        gc.disable()  # 60 000 fresh objects, none of them garbage
        try:
            self.load_address_space(path)
        finally:
            gc.enable()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(InternalServer, "load_standard_address_space", load)
        yield
