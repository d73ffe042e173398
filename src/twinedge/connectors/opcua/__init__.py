"""OPC UA: the only folder that knows asyncua. `OpcuaDriver` is its one public name."""

from twinedge.connectors.opcua.driver import OpcuaDriver

__all__ = ["OpcuaDriver"]
