"""A payload that the intake chokes on would never be acknowledged and come again for ever."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.connectors.mqtt.test_payload import json_values
from tests.contracts.connector import RecordingSink
from twinedge.assets.model import Kind
from twinedge.connectors.mqtt.broker import Message
from twinedge.connectors.mqtt.intake import Intake
from twinedge.connectors.mqtt.mapping import Mapping
from twinedge.connectors.mqtt.settings import Topic
from twinedge.kit.clock import SystemClock
from twinedge.sources.model import TagSpec
from twinedge.sources.ports import BoundTag

MAPPING_TOPICS = [Topic(topic="t/{asset_id}"), Topic(topic="u/#", value_path="a.b")]
TAGS = [
    BoundTag(1, Kind.NUMBER, TagSpec("t/p", "p", "whole", scale=1e300)),
    BoundTag(2, Kind.BOOLEAN, TagSpec("t/p#a", "p", "flag", data_type="bool")),
    BoundTag(3, Kind.TEXT, TagSpec("t/p#a", "p", "words", data_type="string")),
]


async def take(topic: str, payloads: list[bytes]) -> tuple[Intake, RecordingSink]:
    """Hand messages over and wait until all are acknowledged."""
    sink = RecordingSink()
    acknowledged: list[Message] = []
    intake = Intake(sink, SystemClock(), 100, lambda _: None, acknowledged.extend)
    intake.mapping = Mapping(MAPPING_TOPICS, TAGS)
    messages = [Message(topic, payload, 1, n, False) for n, payload in enumerate(payloads, 1)]
    await intake.store(messages)
    assert acknowledged == messages
    return intake, sink


class TestStore:
    @pytest.mark.parametrize(
        "payload",
        [
            b"1" * 400, b"-" + b"9" * 5000, b"1e400", b'{"a": ' + b"7" * 350 + b"}",
            b'{"a": 1e999}', b"\0\1", b'{"a": "x\\u0000"}', b'"\\ud800"', b'{"a\\nb": 1}',
        ],
    )  # fmt: skip
    async def test_what_nobody_can_keep_is_rejected_and_acknowledged(self, payload: bytes) -> None:
        intake, sink = await take("t/q", [payload, b'{"fine": 1}'])
        assert intake.rejected >= 1
        assert [batch.value.tolist() for batch in sink.batches] == [[1.0]]

    @given(
        st.sampled_from(["t/p", "t/q", "u/x", "other"]),
        st.binary() | json_values.map(lambda it: json.dumps(it).encode()),
    )
    async def test_any_payload_is_acknowledged_and_every_batch_is_sound(
        self, topic: str, payload: bytes
    ) -> None:
        _, sink = await take(topic, [payload])
        for batch in sink.batches:
            texts = batch.text or (None,) * len(batch)
            for value, quality, text in zip(batch.value, batch.quality, texts, strict=True):
                assert np.isfinite(value) or (
                    np.isnan(value) and (quality == 2 or text is not None)
                )
