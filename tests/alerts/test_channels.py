"""Channels over HTTP: built-in ones, secrets, faults, test button."""

import pytest
from sqlalchemy import text

from tests.alerts.rig import Rig
from twinedge.notifiers.hooks.guard import Guard
from twinedge.notifiers.hooks.webhook import WebhookNotifier

SECRET = {"name": "hook", "type": "webhook", "config": {"to": "x", "secret": "s3cret"}}


class TestBuiltIn:
    async def test_are_always_there(self, rig: Rig) -> None:
        found = await rig.call("GET", "/notification-channels")
        assert {(c["name"], c["configured"]) for c in found} == {
            (name, False) for name in ("email", "slack", "teams", "webhook")
        }

    async def test_post_configures_once(self, rig: Rig) -> None:
        made = await rig.channel()
        assert (made["id"], made["configured"]) == ("email", True)
        body = {"name": "email", "type": "email", "config": {"to": "b"}}
        await rig.call("POST", "/notification-channels", body, 409)
        await rig.call("PUT", "/notification-channels/email", body)
        await rig.call("DELETE", "/notification-channels/email")
        assert not (await rig.call("GET", "/notification-channels/email"))["configured"]

    async def test_keep_their_type(self, rig: Rig) -> None:
        body = {"name": "email", "type": "slack", "config": {}}
        assert "type" in await rig.faults("POST", "/notification-channels", body)


class TestSecrets:
    async def test_sealed_masked_and_kept(self, rig: Rig) -> None:
        made = await rig.call("POST", "/notification-channels", SECRET, 201)
        assert made["config"] == {"to": "x", "secret": "********"}
        stored = await rig.db.read(
            lambda s: s.execute(text("select config from notification_channels")).scalars().all()
        )
        assert "s3cret" not in str(stored)
        path = f"/notification-channels/{made['id']}"
        await rig.call("PUT", path, SECRET | {"config": made["config"] | {"to": "y"}})
        await rig.call("PUT", path, SECRET, headers={"If-Match": '"9"'}, status=412)
        channels = rig.room.channels
        row = await rig.db.read(lambda s: s.get(_row(), made["id"]))
        assert channels._model(row).secret.get_secret_value() == "s3cret"


def _row():
    from twinedge.alerts.store.tables import ChannelRow

    return ChannelRow


class TestRefused:
    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"type": "pigeon"}, "type"),
            ({"config": {"too": "x"}}, "config.too"),
            ({"config": {"to": 5}}, "config.to"),
            ({"config": {"to": "nobody"}}, "config.to"),
            ({"template": {"subject": "{% for i in range(9) %}x{% endfor %}"}}, "template.subject"),
            ({"template": {"body": "{{ ''.__class__ }}"}}, "template.body"),
            ({"template": {"body": "{{ 'a' * 1000000000 }}"}}, "template.body"),
            ({"template": {"body": "{{ title|regex_replace('(a+)+$', '') }}"}}, "template.body"),
            ({"template": {"body": "{{ open"}}, "template.body"),
            ({"max_per_minute": 0}, "max_per_minute"),
            ({"quiet_hours": {}}, "quiet_hours.schedule"),
        ],
    )
    async def test_faults(self, rig: Rig, change: dict, field: str) -> None:
        assert field in await rig.faults("POST", "/notification-channels", SECRET | change)

    async def test_channel_in_use_is_not_deleted(self, rig: Rig) -> None:
        made = await rig.call("POST", "/notification-channels", SECRET, 201)
        await rig.rule(notifications=["hook"])
        error = await rig.call("DELETE", f"/notification-channels/{made['id']}", status=409)
        assert "rule 'Hot'" in error["message"]


class TestButton:
    async def test_good_bad_and_unconfigured(self, rig: Rig) -> None:
        await rig.channel()
        assert (await rig.call("POST", "/notification-channels/email/test"))["ok"]
        rig.kinds["email"].broken = "no route"
        bad = await rig.call("POST", "/notification-channels/email/test")
        assert (bad["ok"], bad["detail"]) == (False, "no route")
        await rig.call("POST", "/notification-channels/slack/test", status=409)
        assert (await rig.call("POST", "/notification-channels/test", SECRET))["ok"]

    async def test_types_describe_themselves(self, rig: Rig) -> None:
        types = await rig.call("GET", "/notification-channels/types")
        assert [t["type"] for t in types] == ["email", "slack", "teams", "webhook"]
        assert types[0]["secrets"] == ["secret"]


class TestForbiddenAddresses:
    """The real web hook behind the API: addresses inside the network are a 400 when saved."""

    @pytest.mark.parametrize(
        "url", ["http://169.254.169.254/latest", "http://[::ffff:10.0.0.1]/", "file:///etc/passwd"]
    )
    async def test_webhook(self, rig: Rig, url: str) -> None:
        rig.kinds["webhook"] = WebhookNotifier(Guard())  # type: ignore[assignment]
        body = {"name": "webhook", "type": "webhook", "config": {"url": url}}
        assert "config.url" in await rig.faults("POST", "/notification-channels", body)
        assert "config.url" in await rig.faults("POST", "/notification-channels/test", body)
