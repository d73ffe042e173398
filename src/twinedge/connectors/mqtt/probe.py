"""The connection test of a broker, step by step, with a client id of its own."""

import asyncio
import socket
import ssl
from time import monotonic

from twinedge.connectors.mqtt.broker import Broker, LoginRefused, Message, tls_context, tls_fault
from twinedge.connectors.mqtt.settings import MqttSettings
from twinedge.kit.net import explain, location
from twinedge.sources.model import ConfigFault, LinkLost
from twinedge.sources.ports import Probe

_STEP_S = 2.0
_READ_S = 1.5


async def probe(
    settings: MqttSettings,
    client_id: str,
    versions: dict[str, int],
    filters: list[str],
    report: Probe,
) -> None:
    """resolve, connect, tls, hello, authenticate, read; stops at the first failure; <= 10 s."""
    if not (await _resolve(settings, report) and await _connect(settings, report)):
        return
    if settings.is_tls and not await _tls(settings, report):
        return
    seen: list[Message] = []
    arrived = asyncio.Event()

    def keep(message: Message) -> None:
        seen.append(message)
        arrived.set()

    patient = settings.model_copy(update={"timeout_ms": min(settings.timeout_ms, 2000)})
    broker = Broker(patient, client_id, keep, is_clean=True, versions=versions)
    try:
        if await _login(settings, broker, report):
            await _read(broker, filters, seen, arrived, report)
    finally:
        await broker.close()


async def _resolve(settings: MqttSettings, report: Probe) -> bool:
    host, port = settings.address
    start = monotonic()
    try:
        async with asyncio.timeout(_STEP_S):
            found = await asyncio.get_running_loop().getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )
    except (OSError, TimeoutError) as error:
        report.step(
            "resolve", False, _ms(start),
            explain(error, host, port)
            if isinstance(error, socket.gaierror)
            else f"the name service did not answer for {host!r}",
            "Check the spelling, or use the broker's IP address.",
        )  # fmt: skip
        return False
    report.step("resolve", True, _ms(start), f"{host} is {found[0][4][0]}")
    return True


async def _connect(settings: MqttSettings, report: Probe) -> bool:
    host, port = settings.address
    start = monotonic()
    try:
        async with asyncio.timeout(_STEP_S):
            _, writer = await asyncio.open_connection(host, port)
    except OSError as error:
        report.step(
            "connect", False, _ms(start), explain(error, host, port),
            "Is the broker on, is the port right (1883, or 8883 with TLS), and does a firewall "
            "let this machine through?",
        )  # fmt: skip
        return False
    writer.transport.abort()
    report.step("connect", True, _ms(start), f"{location(host, port)} accepted the connection")
    return True


async def _tls(settings: MqttSettings, report: Probe) -> bool:
    host, port = settings.address
    where = location(host, port)
    start = monotonic()
    try:
        async with asyncio.timeout(_STEP_S):
            _, writer = await asyncio.open_connection(host, port, ssl=tls_context(settings))
    except (ConfigFault, OSError) as error:
        fault: ConfigFault | LinkLost = (
            error
            if isinstance(error, ConfigFault)
            else tls_fault(error, where)
            if isinstance(error, ssl.SSLError)
            else LinkLost(f"no TLS handshake: {explain(error, host, port)}")
        )
        hint = getattr(fault, "hint", None) or "If the port is a plain one, write mqtt://."
        report.step("tls", False, _ms(start), fault.message, hint)
        return False
    version = writer.get_extra_info("ssl_object").version()
    writer.transport.abort()
    report.step("tls", True, _ms(start), f"{version}, certificate accepted")
    return True


async def _login(settings: MqttSettings, broker: Broker, report: Probe) -> bool:
    start = monotonic()
    where = location(*settings.address)
    try:
        await broker.connect()
    except LoginRefused as error:
        report.step("hello", True, _ms(start), f"{where} is an MQTT broker")
        report.step("authenticate", False, _ms(start), error.message, error.hint)
        return False
    except (LinkLost, ConfigFault) as error:
        hint = getattr(error, "hint", None) or "Is that port an MQTT broker's?"
        report.step("hello", False, _ms(start), error.message, hint)
        return False
    who = f"as {settings.username!r}" if settings.username else "without a user"
    report.step("hello", True, _ms(start), f"{where} is an MQTT broker")
    report.step("authenticate", True, 0.0, f"signed in {who}")
    return True


async def _read(
    broker: Broker,
    filters: list[str],
    seen: list[Message],
    arrived: asyncio.Event,
    report: Probe,
) -> None:
    start = monotonic()
    wanted = filters or ["#"]
    try:
        refused = await broker.subscribe(wanted, 0)
    except LinkLost as error:
        report.step("read", False, _ms(start), error.message, "Try again; the broker is slow.")
        return
    if refused:
        report.step(
            "read", False, _ms(start),
            f"the broker refuses the subscription to {', '.join(refused)}",
            "This user may not read these topics; the broker's access list says who may.",
        )  # fmt: skip
        return
    try:
        async with asyncio.timeout(_READ_S):
            await arrived.wait()
    except TimeoutError:
        report.step(
            "read", True, _ms(start), f"subscribed; no message within {_READ_S:g} s",
            "Nothing is wrong if the devices send rarely; else compare the topics.",
        )  # fmt: skip
    else:
        report.step("read", True, _ms(start), f"a message on {seen[0].topic}")


def _ms(start: float) -> float:
    return round((monotonic() - start) * 1000, 1)
