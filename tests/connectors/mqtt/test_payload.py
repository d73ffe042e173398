import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.connectors.mqtt.payload import (
    BadPayload,
    Reader,
    digits_of,
    read_quality,
    read_time,
)
from twinedge.connectors.mqtt.settings import Topic
from twinedge.kit.clock import to_iso
from twinedge.telemetry.model import Quality

US = 1_767_225_600_000_000

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def values(payload: Any, **how: Any) -> dict[str, Any]:
    raw = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    samples = Reader(Topic(topic="t", **how)).read(raw)
    return {sample.key: sample.value for sample in samples}


class TestRead:
    @pytest.mark.parametrize(
        ("payload", "value"),
        [
            (b"21.5", 21.5), (b"7", 7), (b" +5 ", 5), (b"true", True), (b"null", None),
            (b"ON", "ON"), (b'"on"', "on"), (b"NaN", None), ("zu heiß".encode(), "zu heiß"),
            (b"9007199254740993", 9007199254740993),
        ],
    )  # fmt: skip
    def test_scalars(self, payload: bytes, value: object) -> None:
        assert values(payload) == {"": value}

    def test_an_object_gives_a_value_a_key(self) -> None:
        payload = {"rpm": 1480, "motor": {"temp": 61.5, "on": True}, "phases": [1, 2]}
        assert values(payload) == {
            "rpm": 1480, "motor.temp": 61.5, "motor.on": True, "phases.0": 1, "phases.1": 2
        }  # fmt: skip

    @pytest.mark.parametrize("key", ["timestamp", "ts", "time"])
    def test_time_and_quality_are_found_and_no_tags(self, key: str) -> None:
        raw = json.dumps({key: "2026-01-01T00:00:00Z", "quality": "bad", "rpm": 1}).encode()
        (sample,) = Reader(Topic(topic="t")).read(raw)
        assert (sample.key, sample.ts, sample.quality) == ("rpm", US, Quality.BAD)

    def test_keys_named_as_time_and_quality_are_no_tags(self) -> None:
        payload = {"at": US // US, "state": "good", "rpm": 1}
        assert values(payload, timestamp_path="at", quality_path="state") == {"rpm": 1}

    def test_a_key_that_only_sounds_like_time_is_a_tag(self) -> None:
        assert values({"time": "soon", "x": 1}) == {"time": "soon", "x": 1}

    def test_paths(self) -> None:
        raw = json.dumps({"d": {"v": 5}, "h": {"t": US // 1000, "q": 192}}).encode()
        how = Topic(topic="t", value_path="d.v", timestamp_path="h.t", quality_path="h.q")
        (sample,) = Reader(how).read(raw)
        assert (sample.key, sample.value, sample.ts, sample.quality) == ("", 5, US, 0)

    def test_an_array_of_samples(self) -> None:
        raw = json.dumps([{"ts": 1767225600, "v": 1}, {"ts": 1767225601, "v": 2}]).encode()
        samples = Reader(Topic(topic="t")).read(raw)
        assert [(it.value, it.ts) for it in samples] == [(1, US), (2, US + 1_000_000)]

    def test_lists_of_values_and_times(self) -> None:
        raw = json.dumps({"v": [1, 2], "t": [1767225600, 1767225601]}).encode()
        samples = Reader(Topic(topic="t", value_path="v", timestamp_path="t")).read(raw)
        assert [(it.value, it.ts) for it in samples] == [(1, US), (2, US + 1_000_000)]

    @pytest.mark.parametrize(
        "payload",
        [b"", b"{", b'{"a": ', b"\xff\xfe", b"[1,", b'"open', b" ", b"[" * 5000,
         b'{"a":' * 20 + b"1" + b"}" * 20, b'{"v": NaN}', b"x" * 1_000_001,
         json.dumps({"v": "x" * 5000}).encode()],
    )  # fmt: skip
    def test_poison_is_said_in_words(self, payload: bytes) -> None:
        with pytest.raises(BadPayload, match=r".{5,}"):
            Reader(Topic(topic="t")).read(payload)

    @pytest.mark.parametrize(
        "how", [{"value_path": "no.such"}, {"value_path": "length(a)"}, {"value_path": "sum(b)"}]
    )
    def test_a_path_that_does_not_fit_is_said_in_words(self, how: dict[str, str]) -> None:
        with pytest.raises(BadPayload):
            values({"a": 1, "b": ["x"]}, **how)

    @given(st.binary() | json_values.map(lambda it: json.dumps(it).encode()))
    def test_nothing_but_bad_payload_gets_out(self, payload: bytes) -> None:
        for how in (
            Topic(topic="t"),
            Topic(topic="t", value_path="a.b", timestamp_path="ts", quality_path="@"),
        ):
            try:
                samples = Reader(how).read(payload)
            except BadPayload:
                continue
            for sample in samples:
                assert sample.value is None or isinstance(sample.value, float | int | bool | str)


class TestReadTime:
    @given(st.integers(315_532_800, 4_102_444_800))
    def test_every_unit_means_the_same_moment(self, seconds: int) -> None:
        us = seconds * 1_000_000
        for written in (seconds, seconds * 1000, us, us * 1000, str(seconds), float(seconds)):
            assert read_time(written) == us
        assert read_time(to_iso(us)) == us

    @pytest.mark.parametrize("value", [True, None, [], "soon", 1e300, float("inf"), -(10**18) * 99])
    def test_refuses(self, value: object) -> None:
        with pytest.raises(BadPayload):
            read_time(value)


class TestReadQuality:
    @pytest.mark.parametrize(
        ("value", "quality"),
        [
            (None, 0), ("good", 0), ("Good_LocalOverride", 0), (True, 0), (0, 0), (192, 0),
            ("Uncertain", 1), (64, 1), (0x40000000, 1), (1, 1),
            ("bad", 2), (False, 2), (2, 2), (0x80000000, 2), ("whatever", 2), ([], 2),
            (float("nan"), 2),
        ],
    )  # fmt: skip
    def test_words_and_codes(self, value: object, quality: int) -> None:
        assert read_quality(value) == quality


def test_only_integers_beyond_a_float_keep_their_digits() -> None:
    assert digits_of(2**53) is None
    assert digits_of(2**53 + 1) == "9007199254740993"
    assert digits_of(True) is None
    assert digits_of(1e300) is None
