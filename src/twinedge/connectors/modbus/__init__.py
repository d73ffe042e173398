"""Modbus TCP: reads coils and registers in planned blocks. `ModbusDriver` is the public name."""

from twinedge.connectors.modbus.connector import ModbusDriver

__all__ = ["ModbusDriver"]
