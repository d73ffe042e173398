"""The narrow port over gmqtt: connect, subscribe, receive, acknowledge, close.

Why it reaches behind gmqtt's public face in three places, each tested against real brokers:
* An acknowledgement must wait for the disk, and gmqtt's own way costs a task a message; so the
  handlers of incoming QoS 1 and 2 messages are ours and keep the packet number.
* `receive_maximum` must be asked for: mosquitto else keeps only 20 messages under way, which with
  a disk commit each batch means some hundred messages a second (measured: 20 against 5000).
* gmqtt must never reconnect by itself, and `reconnect_retries` 0 still allows one attempt; where it
  would, the connection counts as lost. That is also the only sign of a broker without MQTT 5.
"""

import asyncio
import logging
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from gmqtt import Client, Subscription
from gmqtt.mqtt.constants import MQTTCommands, MQTTv50, MQTTv311
from gmqtt.mqtt.handler import MQTTConnectError

from twinedge.connectors.mqtt.settings import MqttSettings
from twinedge.kit.net import explain, location
from twinedge.sources.model import ConfigFault, LinkLost

RECEIVE_MAXIMUM = 5000
"""Unacknowledged messages the broker may have under way to us."""

_OLD_BROKER_S = 2.0
"""Some brokers of MQTT 3.1.1 leave a login of MQTT 5 unanswered; after this we try theirs."""

_UNSUPPORTED_VERSION = {1, 132}
_LOGIN = {4, 5, 134, 135, 138, 140}
_CLIENT_ID = {2, 133}
_BUSY = {3, 128, 131, 136, 137, 151, 159}

logging.getLogger("gmqtt").setLevel(logging.CRITICAL)  # the supervisor says it, once


@dataclass(frozen=True, slots=True)
class Message:
    """As it came; number is the packet's, 0 for QoS 0, which needs no acknowledgement."""

    topic: str
    payload: bytes
    qos: int
    number: int
    is_retained: bool


class LoginRefused(ConfigFault):
    """The broker does not take these credentials or this client id."""


class NoAnswer(LinkLost):
    """Connected, or nearly, but nobody answers."""


class Broker:
    """One connection to a broker, from `connect` to its loss or `close`."""

    def __init__(
        self,
        settings: MqttSettings,
        client_id: str,
        on_message: Callable[[Message], None],
        is_clean: bool,
        versions: dict[str, int],
    ) -> None:
        """versions: what the brokers of this process were found to speak, by endpoint."""
        self._versions = versions
        self._settings = settings
        self._client_id = client_id
        self._on_message = on_message
        self._is_clean = is_clean
        self._host, self._port = settings.address
        self._where = location(self._host, self._port)
        self._client: Any = None
        self._grants: dict[int, asyncio.Future[tuple[int, ...]]] = {}
        self.lost = asyncio.Event()

    async def connect(self) -> None:
        """MQTT 5, else 3.1.1, or the one set. Raises LinkLost or ConfigFault in words."""
        settings = self._settings
        context = tls_context(settings) if settings.is_tls else False
        fixed = {"5": MQTTv50, "3.1.1": MQTTv311}.get(settings.version)
        known = fixed or self._versions.get(settings.endpoint)
        if known is not None:
            if not await self._connect(context, known, settings.timeout_s):
                raise ConfigFault(
                    f"{self._where} does not speak MQTT {'5' if known == MQTTv50 else '3.1.1'}",
                    "Set version to auto.",
                )
            return
        version = MQTTv50
        if not await self._try_newest(context):
            version = MQTTv311
            if not await self._connect(context, MQTTv311, settings.timeout_s):
                raise ConfigFault(f"{self._where} speaks neither MQTT 5 nor MQTT 3.1.1")
        self._versions[settings.endpoint] = version

    async def subscribe(self, filters: Sequence[str], qos: int) -> list[str]:
        """Returns the filters that the broker refuses. Raises LinkLost when it does not answer."""
        if not filters:
            return []
        number = self._client.subscribe([Subscription(it, qos=qos) for it in filters])
        granted = self._grants[number] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self._settings.timeout_s):
                codes = await granted
        except TimeoutError:
            raise LinkLost(f"{self._where} did not answer the subscription") from None
        finally:
            self._grants.pop(number, None)
        return [it for it, code in zip(filters, codes, strict=False) if code >= 128]

    def unsubscribe(self, filters: Sequence[str]) -> None:
        if filters:
            self._client.unsubscribe(list(filters))

    def acknowledge(self, messages: Sequence[Message]) -> None:
        """Tell the broker that it may forget them; nothing when the connection is gone."""
        if self.lost.is_set():
            return
        for message in messages:
            if message.qos == 1:
                self._client._send_command_with_mid(MQTTCommands.PUBACK, message.number, False)
            elif message.qos == 2:
                self._client._send_command_with_mid(MQTTCommands.PUBREC, message.number, False)

    def pause(self, is_paused: bool) -> None:
        """Stop or go on reading from the socket, so that TCP holds the broker back."""
        transport = self._client._connection._transport
        if transport.is_closing():
            return
        if is_paused:
            transport.pause_reading()
        else:
            transport.resume_reading()

    @property
    def last_heard_s(self) -> float:
        """When the last packet came, on the monotonic clock."""
        return float(self._client._connection._last_data_in)

    @property
    def silent_s(self) -> float:
        return monotonic() - self.last_heard_s

    async def close(self) -> None:
        """Say goodbye and close, within 1 s; never raises."""
        client, self._client = self._client, None
        self.lost.set()
        if client is not None:
            await _disconnect(client)

    async def _try_newest(self, context: ssl.SSLContext | bool) -> bool:
        """False when the broker refuses MQTT 5, hangs up on it, or does not answer it."""
        patience_s = min(_OLD_BROKER_S, self._settings.timeout_s / 2)
        try:
            return await self._connect(context, MQTTv50, patience_s)
        except NoAnswer:
            if self._client is not None:
                await _disconnect(self._client)
            return False

    async def _connect(
        self, context: ssl.SSLContext | bool, version: int, timeout_s: float
    ) -> bool:
        """False when the broker does not speak this version."""
        client = self._make(version)
        self._client = client
        self.lost.clear()
        connecting = asyncio.ensure_future(
            client.connect(
                self._host, self._port, ssl=context,
                keepalive=self._settings.keepalive, version=version,
            )
        )  # fmt: skip
        losing = asyncio.ensure_future(self.lost.wait())
        try:
            async with asyncio.timeout(timeout_s):
                await asyncio.wait({connecting, losing}, return_when=asyncio.FIRST_COMPLETED)
                await asyncio.wait({connecting}, timeout=0.05)  # a refusal, then the loss
            if connecting.done():
                connecting.result()
                return True
            if version == MQTTv50:  # gmqtt says nothing more of CONNACK 1, the broker closed
                await _disconnect(client)
                return False
            raise LinkLost(f"{self._where} closed the connection during the login{self._hint()}")
        except MQTTConnectError as error:
            await _disconnect(client)
            if error._code in _UNSUPPORTED_VERSION:
                return False
            raise self._refused(error._code) from error
        except TimeoutError:
            raise NoAnswer(
                f"{self._where} did not answer the login within {timeout_s:g} s{self._hint()}"
            ) from None
        except ssl.SSLError as error:
            raise tls_fault(error, self._where) from error
        except OSError as error:
            raise LinkLost(explain(error, self._host, self._port)) from error
        finally:
            for task in (connecting, losing):
                task.cancel()
            await asyncio.gather(connecting, losing, return_exceptions=True)

    def _make(self, version: int) -> Any:
        settings = self._settings
        properties: dict[str, int] = {}
        if version == MQTTv50:
            properties["receive_maximum"] = RECEIVE_MAXIMUM
            if not self._is_clean:
                properties["session_expiry_interval"] = settings.session_expiry_s
        client = Client(
            self._client_id,
            clean_session=self._is_clean,
            optimistic_acknowledgement=False,
            **properties,
        )
        if settings.username:
            password = settings.password.get_secret_value() if settings.password else None
            client.set_auth_credentials(settings.username, password)
        client.on_message = self._take_unnumbered
        client.on_subscribe = self._take_grant

        async def lose(delay: bool = False) -> None:
            if self._client is client:
                self.lost.set()

        client.on_disconnect = lambda *_: self.lost.set() if self._client is client else None
        handler = client._package_handler
        handler._reconnect_callback = lose
        handler._handle_qos_1_publish_packet = self._taker(1)
        handler._handle_qos_2_publish_packet = self._taker(2)
        return client

    def _taker(self, qos: int) -> Callable[[int, bytes, str, dict[str, Any]], None]:
        def take(number: int, payload: bytes, topic: str, properties: dict[str, Any]) -> None:
            retained = bool(properties["retain"])
            self._on_message(Message(str(topic), bytes(payload), qos, number, retained))

        return take

    def _take_unnumbered(
        self, _client: Any, topic: str, payload: bytes, _qos: int, properties: dict[str, Any]
    ) -> None:
        self._on_message(Message(str(topic), bytes(payload), 0, 0, bool(properties["retain"])))

    def _take_grant(
        self, _client: Any, number: int, codes: tuple[int, ...], _properties: Any
    ) -> None:
        granted = self._grants.get(number)
        if granted is not None and not granted.done():
            granted.set_result(codes)

    def _refused(self, code: int) -> LinkLost | ConfigFault:
        if code in _LOGIN:
            return LoginRefused(
                f"{self._where} refuses the login (code {code})",
                "Check user name and password, and that this client id may connect.",
            )
        if code in _CLIENT_ID:
            return LoginRefused(f"{self._where} refuses the client id {self._client_id!r}")
        if code in _BUSY:
            return LinkLost(f"{self._where} cannot take us now (code {code})")
        return ConfigFault(f"{self._where} refuses the connection (code {code})")

    def _hint(self) -> str:
        if self._settings.is_tls:
            return ""
        return "; if that port wants TLS, write mqtts:// in place of mqtt://"


def tls_context(settings: MqttSettings) -> ssl.SSLContext:
    """Raises ConfigFault when a file cannot be used."""
    try:
        context = ssl.create_default_context(cafile=settings.ca_file)
        if settings.certificate_path and settings.private_key_path:
            context.load_cert_chain(settings.certificate_path, settings.private_key_path)
    except ssl.SSLError as error:
        raise ConfigFault(f"a certificate file cannot be used: {error.reason}") from error
    except OSError as error:
        raise ConfigFault(
            f"a certificate file cannot be read: {error.strerror}",
            "Paths are those of the machine TwinEdge runs on.",
        ) from error
    if settings.insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def tls_fault(error: ssl.SSLError, where: str) -> ConfigFault:
    """What is wrong with a TLS handshake, in words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return ConfigFault(
            f"the certificate of {where} is not trusted: {error.verify_message}",
            "Give the authority that signed it as ca_file, and use the host name in it.",
        )
    if error.reason in {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"}:
        return ConfigFault(f"{where} does not speak TLS", "Write mqtt:// in place of mqtts://.")
    if error.reason and "CERTIFICATE_REQUIRED" in error.reason:
        return ConfigFault(f"{where} wants a client certificate", "Give certificate_path.")
    return ConfigFault(f"the TLS handshake with {where} failed: {error.reason or error}")


async def _disconnect(client: Any) -> None:
    connection = client._connection
    if connection is None:
        return
    try:
        async with asyncio.timeout(0.5):
            await client.disconnect()
    except (TimeoutError, OSError, ssl.SSLError):
        connection._transport.abort()
