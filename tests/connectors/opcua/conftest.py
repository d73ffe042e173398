"""One driver for the folder: its own certificate is made once."""

from pathlib import Path

import pytest

from twinedge.connectors.opcua import OpcuaDriver


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> OpcuaDriver:
    return OpcuaDriver(tmp_path_factory.mktemp("pki"))


@pytest.fixture
def pki_folder(tmp_path: Path) -> Path:
    return tmp_path / "pki"
