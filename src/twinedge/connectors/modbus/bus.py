"""One connection per gateway, shared by every source behind it.

Gateways and PLCs allow few connections, and a serial line behind one has a single voice. So there
is one request under way per host and port, in the order of asking; nobody waits behind a unit that
is known to be silent (`breaker.py`).
"""

import asyncio
from collections.abc import Callable
from time import monotonic

from twinedge.connectors.modbus.address import Table
from twinedge.connectors.modbus.breaker import Breaker
from twinedge.connectors.modbus.decode import Registers
from twinedge.connectors.modbus.wire import Refused, Silent, Wire
from twinedge.kit.net import location
from twinedge.sources.model import LinkLost

_GATEWAY_SILENT = frozenset({10, 11})
"""Gateway path unavailable, gateway target failed to respond: the unit is as good as silent."""


class UnitSilent(Exception):
    """The unit gave no answer, or was not asked because it has been silent."""


class Bus:
    """A gateway's connection and what is known of its units; made and kept by `Buses`."""

    def __init__(self, host: str, port: int, now_s: Callable[[], float] = monotonic) -> None:
        self.host = host
        self.port = port
        self.users = 0
        self._now_s = now_s
        self._wire: Wire | None = None
        self._lock = asyncio.Lock()
        self._breakers: dict[int, Breaker] = {}
        self._free_at_s = 0.0

    async def connect(self, timeout_s: float) -> None:
        """Make sure there is a connection. Raises LinkLost."""
        async with self._lock:
            if self._wire is not None and self._wire.is_open:
                return
            self._breakers.clear()
            wire = Wire(self.host, self.port)
            await wire.connect(timeout_s)
            self._wire = wire

    async def read(
        self,
        unit: int,
        table: Table,
        start: int,
        count: int,
        timeout_s: float,
        retries: int = 0,
        delay_s: float = 0.0,
    ) -> Registers:
        """Read one block; each attempt waits its turn.

        Raises Refused (the device's exception), UnitSilent, or LinkLost when the connection ended
        or no unit on it answers any more.
        """
        for attempt in range(retries + 1):
            async with self._lock:
                breaker = self._breakers.setdefault(unit, Breaker())
                if not breaker.may_ask(self._now_s()):
                    raise UnitSilent
                is_probe = breaker.is_open
                wire = self._wire
                if wire is None:
                    raise LinkLost(f"{location(self.host, self.port)} is not connected")
                if self._free_at_s > self._now_s():
                    await asyncio.sleep(self._free_at_s - self._now_s())
                try:
                    registers = await wire.read(unit, table, start, count, timeout_s)
                except Refused as refusal:
                    if refusal.code in _GATEWAY_SILENT:
                        breaker.timed_out(self._now_s(), timeout_s)
                        raise UnitSilent from refusal
                    breaker.answered()
                    raise
                except Silent:
                    breaker.timed_out(self._now_s(), timeout_s)
                    self._give_up_if_dead(wire, timeout_s)
                    if is_probe or breaker.is_open or attempt == retries:
                        raise UnitSilent from None
                else:
                    breaker.answered()
                    return registers
                finally:
                    self._free_at_s = self._now_s() + delay_s
        raise UnitSilent

    def is_silent(self, unit: int) -> bool:
        """Whether the unit has been silent long enough to be asked only now and then."""
        breaker = self._breakers.get(unit)
        return breaker is not None and breaker.is_open

    def wait_s(self, unit: int) -> float:
        """Seconds until a silent unit is asked again."""
        breaker = self._breakers.get(unit)
        return 0.0 if breaker is None else breaker.wait_s(self._now_s())

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def _give_up_if_dead(self, wire: Wire, timeout_s: float) -> None:
        """When every unit asked on this connection is silent, the connection is the suspect."""
        if not all(breaker.is_open for breaker in self._breakers.values()):
            return
        self.close()
        units = ", ".join(str(unit) for unit in sorted(self._breakers))
        if wire.late_answers:
            raise LinkLost(
                f"{location(self.host, self.port)} answers for unit {units}, but later than the "
                f"timeout of {timeout_s:g} s allows; raise timeout_ms"
            )
        raise LinkLost(
            f"{location(self.host, self.port)} accepts the connection, but unit {units} does not "
            f"answer within {timeout_s:g} s"
        )


class Buses:
    """All gateways in use, by host and port. A bus lives as long as somebody holds it."""

    def __init__(self) -> None:
        self._buses: dict[tuple[str, int], Bus] = {}

    def hold(self, host: str, port: int) -> Bus:
        """The bus of this gateway, made if new. Give it back with `release`."""
        key = (host.lower(), port)
        bus = self._buses.setdefault(key, Bus(host, port))
        bus.users += 1
        return bus

    def release(self, bus: Bus) -> None:
        """The last one to go closes the connection."""
        bus.users -= 1
        if bus.users == 0:
            bus.close()
            self._buses.pop((bus.host.lower(), bus.port), None)
