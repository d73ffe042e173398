import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.connectors.mqtt.topics import Match, template, topic_fault


class TestMatch:
    @pytest.mark.parametrize(
        ("text", "topic", "asset_id", "tag_name", "rest"),
        [
            ("plant/{asset_id}/{tag_name}", "plant/p1/rpm", "p1", "rpm", ()),
            ("plant/{asset_id}/#", "plant/p1/motor/rpm", "p1", None, ("motor", "rpm")),
            ("sensors/+/temperature", "sensors/s7/temperature", "s7", None, ()),
            ("devices/pump-001/#", "devices/pump-001/a/b", "pump-001", None, ("a", "b")),
            ("devices/pump-001/#", "devices/pump-001", "pump-001", None, ()),
            ("+/+/x", "a/b/x", "a", None, ("b",)),
            ("plant/p1/rpm", "plant/p1/rpm", "p1", None, ()),
            ("rpm", "rpm", "rpm", None, ()),
        ],
    )
    def test_levels_say_asset_and_tag(
        self, text: str, topic: str, asset_id: str, tag_name: str | None, rest: tuple[str, ...]
    ) -> None:
        assert template(text).match(topic) == Match(
            asset_id, tag_name, rest, topic.rsplit("/", 1)[-1]
        )

    @pytest.mark.parametrize(
        ("text", "topic"),
        [
            ("a/+", "a"), ("a/+", "a/b/c"), ("a/b", "a/c"), ("#", "$SYS/broker"),
            ("+/x", "$SYS/x"), ("a/#", "b/c"), ("a/{tag_name}", "a"),
        ],
    )  # fmt: skip
    def test_other_topics_do_not_fit(self, text: str, topic: str) -> None:
        assert template(text).match(topic) is None

    def test_a_given_asset_wins(self) -> None:
        match = template("plant/+/x").match("plant/p1/x", "Pump_001")
        assert match == Match("Pump_001", None, ("p1",), "x")

    def test_the_filter_is_what_a_broker_knows(self) -> None:
        assert template("plant/{asset_id}/+/{tag_name}/#").filter == "plant/+/+/+/#"


class TestTemplate:
    @pytest.mark.parametrize(
        "text",
        ["", "a/#/b", "a+/b", "a/b#", "{asset_id}/{asset_id}", "{asset}/x", "a/{tag_name", "a\0"],
    )
    def test_refuses(self, text: str) -> None:
        with pytest.raises(ValueError, match=r".{5,}"):
            template(text)

    @given(st.text(), st.text())
    def test_any_text_is_a_template_or_a_fault(self, text: str, topic: str) -> None:
        if topic_fault(text) is None and "{" not in text and "}" not in text:
            template(text).match(topic)
