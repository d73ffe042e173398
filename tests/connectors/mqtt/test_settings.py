from typing import Any

import pytest
from pydantic import ValidationError

from twinedge.connectors.mqtt import MqttDriver
from twinedge.connectors.mqtt.connector import client_id_of
from twinedge.connectors.mqtt.settings import MqttSettings
from twinedge.kit.errors import Invalid
from twinedge.sources.model import TagSpec


def settings(**written: Any) -> MqttSettings:
    return MqttSettings.model_validate(written)


class TestBroker:
    @pytest.mark.parametrize(
        ("written", "endpoint"),
        [
            ({"broker_url": "mqtt://b:1884"}, "mqtt://b:1884"),
            ({"broker": "mqtts://b"}, "mqtts://b:8883"),
            ({"url": "tcp://b"}, "mqtt://b:1883"),
            ({"host": "b"}, "mqtt://b:1883"),
            ({"host": "b", "port": 1999}, "mqtt://b:1999"),
            ({"url": "mqtt://[fe80::1]:1883"}, "mqtt://[fe80::1]:1883"),
        ],
    )
    def test_every_way_to_name_it(self, written: dict[str, Any], endpoint: str) -> None:
        assert MqttDriver().endpoint(settings(**written)) == endpoint

    @pytest.mark.parametrize(
        "written",
        [
            {}, {"port": 1883}, {"host": "b", "url": "mqtt://b"}, {"url": "http://b"},
            {"url": "ws://b"}, {"url": "mqtt://u:secret@b"}, {"url": "mqtt://b/topic"},
            {"url": "mqtt://b:99999"}, {"url": "mqtt://"}, {"url": 5}, {"host": "mqtt://b"},
            {"host": "b", "qos": 3}, {"host": "b", "keepalive": 1}, {"host": "b", "password": "x"},
            {"host": "b", "certificate_path": "/c"}, {"host": "b", "topics": [{"topic": "a/#/b"}]},
            {"host": "b", "topics": [{"topic": "a", "value_path": "a["}]},
            {"host": "b", "topics": [{"topic": "a", "asset_id": ""}]},
            {"host": "b", "topics": [{"topic": "a", "vlaue_path": "a"}]},
        ],
    )  # fmt: skip
    def test_refuses(self, written: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            settings(**written)

    def test_a_topic_may_be_mere_text(self) -> None:
        assert settings(host="b", topics=["sensors/+/t"]).topics[0].topic == "sensors/+/t"

    def test_the_password_does_not_show(self) -> None:
        assert "hunter2" not in repr(settings(host="b", username="u", password="hunter2"))


class TestClientId:
    def test_stays_the_same_and_differs_by_broker(self) -> None:
        first = client_id_of(settings(host="b"))
        assert first == client_id_of(settings(host="b"))
        assert first != client_id_of(settings(host="c"))
        assert client_id_of(settings(host="b", client_id="mine")) == "mine"


class TestCheckTag:
    @pytest.mark.parametrize(
        ("address", "canonical"),
        [
            ("plant/p1#rpm", "plant/p1#rpm"),
            ("plant/p1", "plant/p1"),
            ({"topic": "plant/p1", "path": "a.b[0]"}, "plant/p1#a.b[0]"),
            ({"topic": "plant/p1"}, "plant/p1"),
        ],
    )
    def test_canonical(self, address: str | dict[str, Any], canonical: str) -> None:
        checked = MqttDriver().check_tag(settings(host="b"), TagSpec(address, "a", "t"))
        assert checked.address == canonical

    @pytest.mark.parametrize(
        ("tag", "fields"),
        [
            (TagSpec("a/+/b", "a", "t"), ["address"]),
            (TagSpec("", "a", "t"), ["address"]),
            (TagSpec("a#b[", "a", "t"), ["address"]),
            (TagSpec({"topic": 5}, "a", "t"), ["address"]),
            (TagSpec({"topic": "a", "pth": "b"}, "a", "t"), ["address.pth"]),
            (TagSpec("a", "a", "t", bit=1, length=2, interval_ms=100),
             ["bit", "length", "interval_ms"]),
            (TagSpec("a", "a", "t", data_type="bool", scale=2.0), ["scale"]),
        ],
    )  # fmt: skip
    def test_names_every_fault(self, tag: TagSpec, fields: list[str]) -> None:
        with pytest.raises(Invalid) as caught:
            MqttDriver().check_tag(settings(host="b"), tag)
        assert [fault.field for fault in caught.value.faults] == fields
