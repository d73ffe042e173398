"""Against mosquitto: discovery, poison, no loss over a kill, back-pressure, login, TLS; and amqtt
for MQTT 3.1.1."""

import asyncio
import datetime as dt
import ipaddress
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.connectors.mqtt.conftest import StartBroker
from tests.connectors.mqtt.peer import program
from tests.contracts.connector import RecordingSink, Steps, bind, free_port, running, until
from twinedge.connectors.mqtt import MqttDriver
from twinedge.connectors.mqtt.connector import MqttLink
from twinedge.connectors.mqtt.settings import MqttSettings
from twinedge.sources.model import ConfigFault, LinkLost, TagSpec


def config(port: int, **more: Any) -> MqttSettings:
    return MqttSettings.model_validate(
        {"broker_url": f"mqtt://127.0.0.1:{port}", "timeout_ms": 1000, **more}
    )


def link_of(settings: MqttSettings, sink: RecordingSink) -> MqttLink:
    link = MqttDriver().link(settings, sink)
    assert isinstance(link, MqttLink)
    return link


def series(sink: RecordingSink, asset_id: str, tag_name: str) -> list[float]:
    number = sink.discovered.get((asset_id, tag_name))
    return [] if number is None else sink.values(number)


class TestRun:
    async def test_tags_come_to_light_by_template_and_by_key(
        self, start_broker: StartBroker
    ) -> None:
        broker, sink = await start_broker(), RecordingSink()
        settings = config(
            broker.port, topics=["plant/{asset_id}/{tag_name}", "lab/{asset_id}/state/#"]
        )
        async with running(link_of(settings, sink), []):
            await broker.publish("plant/p1/rpm", "1480")
            await broker.publish("plant/p1/motor", '{"value": 3, "temp": 61.5}')
            await broker.publish("lab/l1/state/oven", '{"on": true, "t": {"in": 5}}')
            await until(lambda: len(sink.discovered) == 5, 60, "five tags")
            await until(lambda: series(sink, "l1", "oven.t.in"), 60, "the last value")
        assert series(sink, "p1", "rpm") == [1480]
        assert series(sink, "p1", "motor") == [3]
        assert series(sink, "p1", "motor.temp") == [61.5]
        assert series(sink, "l1", "oven.on") == [1]

    async def test_poison_never_stops_the_stream(self, start_broker: StartBroker) -> None:
        broker, sink = await start_broker(), RecordingSink()
        link = link_of(config(broker.port, topics=["plant/{asset_id}/{tag_name}"]), sink)
        async with running(link, []) as task:
            for payload in ('{"a":', "[" * 3000, "[1,", '"x'):
                await broker.publish("plant/p1/rpm", payload)
            await broker.publish("plant/p1/rpm", "\n".join(["[1,"] * 6 + ["x" * 3000, "5"]))
            await broker.publish("plant/p1/rpm", "6")
            await until(lambda: link.rejected >= 10, 60, "rejects")
            assert not task.done()
        assert len(link.rejects) == 5
        assert all(len(reject.payload) <= 2048 and reject.reason for reject in link.rejects)

    async def test_a_wrong_kind_is_that_tags_fault_until_it_is_right(
        self, start_broker: StartBroker
    ) -> None:
        broker, sink = await start_broker(), RecordingSink()
        driver = MqttDriver()
        settings = config(broker.port)
        specs = [
            TagSpec("p1#rpm", "a", "rpm", scale=2.0, offset=1.0),
            TagSpec("p1#state", "a", "state", data_type="string"),
        ]
        tags = bind(driver, [driver.check_tag(settings, spec) for spec in specs])
        async with running(driver.link(settings, sink), tags):
            await broker.publish("p1", '{"rpm": "fast", "state": "on"}')
            await until(lambda: 1 in sink.faults, 60, "a fault")
            await broker.publish("p1", '{"rpm": 5, "state": "off"}')
            await until(lambda: sink.values(1), 60, "a value")
        assert sink.faults == {}
        assert sink.values(1) == [11]
        texts = [text for batch in sink.batches for text in batch.text or () if text]
        assert texts == ["on", "off"]

    async def test_no_message_is_lost_while_we_are_away_or_the_store_is(
        self, start_broker: StartBroker
    ) -> None:
        """Killed while the store refuses: nothing was acknowledged, all comes again."""
        broker, sink = await start_broker(), RecordingSink()
        settings = config(broker.port, topics=["t/{asset_id}/{tag_name}"], client_id="c")
        sink.refuses = True
        async with running(link_of(settings, sink), []):
            await broker.publish("t/a/x", "\n".join(str(n) for n in range(500)))
            await until(lambda: sink.refused, 60, "a refused batch")
        await broker.publish("t/a/x", "\n".join(str(n) for n in range(500, 600)))
        sink.refuses = False
        async with running(link_of(settings, sink), []):
            await until(lambda: len(set(series(sink, "a", "x"))) == 600, 60, "all messages")
        assert list(dict.fromkeys(series(sink, "a", "x"))) == [float(n) for n in range(600)]

    async def test_no_message_is_lost_over_a_kill_of_the_broker(
        self, start_broker: StartBroker
    ) -> None:
        broker, sink = await start_broker(), RecordingSink()
        settings = config(broker.port, topics=["t/{asset_id}/{tag_name}"], client_id="c")
        async with running(link_of(settings, sink), []) as task:
            await broker.publish("t/a/x", "1")
            await until(lambda: series(sink, "a", "x"), 60, "a value")
            await broker.stop()
            await until(task.done, 60, "the loss")
            assert isinstance(task.exception(), LinkLost)
        await broker.start()
        async with running(link_of(settings, sink), []):
            await broker.publish("t/a/x", "2")
            await until(lambda: 2 in series(sink, "a", "x"), 60, "the value after the restart")

    async def test_two_links_with_one_client_id_live_side_by_side(
        self, start_broker: StartBroker
    ) -> None:
        broker, first, second = await start_broker(), RecordingSink(), RecordingSink()
        driver = MqttDriver()
        settings = config(broker.port, topics=["t/{asset_id}/{tag_name}"], client_id="c")
        async with (
            running(driver.link(settings, first), []) as one,
            running(driver.link(settings, second), []) as two,
        ):
            await broker.publish("t/a/x", "1")
            await until(lambda: series(first, "a", "x") and series(second, "a", "x"), 60, "both")
            assert not one.done()
            assert not two.done()

    async def test_the_number_of_tags_is_bounded(self, start_broker: StartBroker) -> None:
        broker, sink = await start_broker(), RecordingSink()
        settings = config(broker.port, topics=["t/{asset_id}/{tag_name}"], max_tags=3)
        link = link_of(settings, sink)
        async with running(link, []):
            for number in range(6):
                await broker.publish(f"t/a/x{number}", "1")
            await until(lambda: link.rejected == 3, 60, "three refused")
        assert len(sink.discovered) == 3


class TestLogin:
    @pytest.fixture
    async def guarded(self, start_broker: StartBroker, tmp_path: Path) -> int:
        users = tmp_path / "users"
        await asyncio.to_thread(
            subprocess.run,
            [program("mosquitto_passwd"), "-b", "-c", str(users), "plant", "right"],
            check=True, capture_output=True,
        )  # fmt: skip
        return (await start_broker(f"password_file {users}")).port

    async def test_the_right_password(self, guarded: int) -> None:
        steps = Steps()
        await MqttDriver().probe(config(guarded, username="plant", password="right"), steps)
        assert [(s.name, s.ok) for s in steps.steps] == [
            ("resolve", True), ("connect", True), ("hello", True), ("authenticate", True),
            ("read", True),
        ]  # fmt: skip

    @pytest.mark.parametrize("more", [{"username": "plant", "password": "wrong"}, {}])
    async def test_a_wrong_password_is_a_person_s_to_mend(
        self, guarded: int, more: dict[str, str]
    ) -> None:
        settings = config(guarded, **more)
        link = link_of(settings, RecordingSink())
        with pytest.raises(ConfigFault) as caught:
            await link.open()
        await link.close()
        assert "refuses the login" in caught.value.message
        steps = Steps()
        await MqttDriver().probe(settings, steps)
        assert (steps.steps[-1].name, steps.steps[-1].ok) == ("authenticate", False)


class TestTls:
    @pytest.fixture
    async def secured(self, start_broker: StartBroker, tmp_path: Path) -> tuple[int, Path]:
        """Port of a broker with TLS, and the file of its own certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "broker")])
        now = dt.datetime.now(dt.UTC)
        alternatives = [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        pem = tmp_path / "broker.pem"
        pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        private = tmp_path / "broker.key"
        private.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return (await start_broker(f"certfile {pem}", f"keyfile {private}")).port, pem

    async def test_a_trusted_broker(self, secured: tuple[int, Path]) -> None:
        port, pem = secured
        settings = config(port, broker_url=f"mqtts://127.0.0.1:{port}", ca_file=str(pem))
        steps = Steps()
        await MqttDriver().probe(settings, steps)
        assert [step.name for step in steps.steps if step.ok] == [
            "resolve", "connect", "tls", "hello", "authenticate", "read"
        ]  # fmt: skip

    async def test_an_unknown_authority_fails_unless_told_to_trust(
        self, secured: tuple[int, Path]
    ) -> None:
        url = f"mqtts://127.0.0.1:{secured[0]}"
        link = link_of(config(0, broker_url=url), RecordingSink())
        with pytest.raises(ConfigFault) as caught:
            await link.open()
        await link.close()
        assert "not trusted" in caught.value.message
        steps = Steps()
        await MqttDriver().probe(config(0, broker_url=url), steps)
        assert (steps.steps[-1].name, steps.steps[-1].ok) == ("tls", False)
        trusting = link_of(config(0, broker_url=url, insecure=True), RecordingSink())
        await trusting.open()
        await trusting.close()

    async def test_plain_words_to_a_tls_port_do_not_hang(self, secured: tuple[int, Path]) -> None:
        link = link_of(config(secured[0]), RecordingSink())
        with pytest.raises(LinkLost) as caught:
            await asyncio.wait_for(link.open(), 5)
        await link.close()
        assert "mqtts://" in caught.value.message

    async def test_tls_to_a_plain_port(self, start_broker: StartBroker) -> None:
        port = (await start_broker()).port
        link = link_of(config(0, broker_url=f"mqtts://127.0.0.1:{port}"), RecordingSink())
        with pytest.raises((ConfigFault, LinkLost)):
            await asyncio.wait_for(link.open(), 5)
        await link.close()

    async def test_a_missing_file_is_said_in_words(self) -> None:
        settings = config(0, broker_url="mqtts://127.0.0.1:1", ca_file="/no/such.pem")
        with pytest.raises(ConfigFault, match="cannot be read"):
            await link_of(settings, RecordingSink()).open()


class TestQuestions:
    async def test_browse_lists_topics_and_keys_and_read_takes_the_retained(
        self, start_broker: StartBroker
    ) -> None:
        broker = await start_broker()
        await broker.publish("plant/p1/state", '{"rpm": 5, "my-key": {"x": [1]}}', "-r")
        await broker.publish("plant/p1/level", "7", "-r")
        link = link_of(config(broker.port), RecordingSink())
        await link.open()
        try:
            topics = await link.browse(None, None, 2)
            keys = await link.browse("plant/p1/state", None, 100)
            tags = [TagSpec(str(key.address), "a", "t") for key in keys]
            readings = await link.read([*tags, TagSpec("a/+", "a", "t")])
            (silent,) = await link.read([TagSpec("no/such", "a", "t")])
        finally:
            await link.close()
        assert [(it.name, it.has_children) for it in topics] == [
            ("plant/p1/level", False), ("plant/p1/state", True)
        ]  # fmt: skip
        assert [key.address for key in keys] == [
            "plant/p1/state#rpm", 'plant/p1/state#"my-key".x[0]'
        ]  # fmt: skip
        assert [reading.value for reading in readings] == [5, 1, None]
        assert readings[-1].error
        assert "no message" in (silent.error or "")


class TestMqtt311:
    @pytest.fixture
    async def old(self) -> AsyncIterator[int]:
        """amqtt: a broker that knows nothing of MQTT 5."""
        from amqtt.broker import Broker

        port = free_port()
        broker = Broker(
            {
                "listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{port}"}},
                "plugins": {
                    "amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}
                },
            }
        )
        await broker.start()
        yield port
        await broker.shutdown()

    async def test_an_old_broker_is_spoken_to_in_its_own_version(self, old: int) -> None:
        from gmqtt import Client

        sink = RecordingSink()
        async with running(link_of(config(old, topics=["t/{asset_id}/{tag_name}"]), sink), []):
            publisher = Client("publisher")
            publisher.set_config({"reconnect_retries": -2})
            await publisher.connect("127.0.0.1", old, version=4)
            publisher.publish("t/a/x", b"5", qos=1)
            await until(lambda: series(sink, "a", "x"), 60, "a value")
            await publisher.disconnect()
        assert series(sink, "a", "x") == [5]
