"""Settings: both forms of credentials, and every contradiction on its field."""

from typing import Any

import pytest
from pydantic import ValidationError

from twinedge.connectors.opcua.settings import OpcuaSettings

URL = "opc.tcp://plc:4840"


def read(**config: Any) -> OpcuaSettings:
    return OpcuaSettings.model_validate({"endpoint": URL, **config})


def faults(**config: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        OpcuaSettings.model_validate({"endpoint": URL, **config})
    return {".".join(map(str, it["loc"])): it["msg"] for it in caught.value.errors()}


class TestEndpoint:
    @pytest.mark.parametrize("key", ["endpoint", "endpoint_url", "url"])
    def test_has_three_names(self, key: str) -> None:
        assert OpcuaSettings.model_validate({key: URL}).endpoint == URL

    @pytest.mark.parametrize(
        ("text", "host", "port", "dialled"),
        [
            ("opc.tcp://plc", "plc", 4840, "opc.tcp://plc:4840"),
            (" opc.tcp://plc:1234/a/b ", "plc", 1234, "opc.tcp://plc:1234/a/b"),
            ("opc.tcp://[::1]:4841/x", "::1", 4841, "opc.tcp://[::1]:4841/x"),
        ],
    )
    def test_is_taken_apart(self, text: str, host: str, port: int, dialled: str) -> None:
        settings = read(endpoint=text)
        assert (settings.host, settings.port, settings.dial_url) == (host, port, dialled)

    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            ("plc:4840", "opc.tcp://"),
            ("http://plc", "opc.tcp://"),
            ("opc.https://plc", "not supported"),
            ("opc.tcp:plc", "opc.tcp://"),
            ("opc.tcp://", "no host"),
            ("opc.tcp://plc:99999", "no endpoint"),
            ("opc.tcp://plc:0", "no endpoint"),
            ("opc.tcp://p lc", "no endpoint"),
            ("opc.tcp://[::1", "no endpoint"),
            ("opc.tcp://user:secret@plc", "authentication"),
            ("", "opc.tcp://"),
        ],
    )
    def test_is_refused_in_words(self, text: str, hint: str) -> None:
        assert hint in next(iter(faults(endpoint=text).values()))

    def test_is_required(self) -> None:
        with pytest.raises(ValidationError):
            OpcuaSettings.model_validate({})

    def test_an_unresolved_variable_passes(self) -> None:
        assert read(endpoint="opc.tcp://${PLC_HOST}:4840").endpoint.startswith("opc.tcp://${")


class TestSecurity:
    def test_is_none_when_nothing_is_said(self) -> None:
        assert (read().security_mode, read().security_policy) == ("None", "None")

    def test_a_policy_alone_signs_and_encrypts(self) -> None:
        settings = read(security_policy="Aes128_Sha256_RsaOaep")
        assert settings.security_mode == "SignAndEncrypt"

    def test_a_mode_alone_takes_the_recommended_policy(self) -> None:
        assert read(security_mode="Sign").security_policy == "Basic256Sha256"

    @pytest.mark.parametrize(
        ("mode", "policy"),
        [("None", "Basic256Sha256"), ("Sign", "None"), ("SignAndEncrypt", "None")],
    )
    def test_contradictions_are_on_the_policy(self, mode: str, policy: str) -> None:
        assert set(faults(security_mode=mode, security_policy=policy)) == {"security_policy"}

    @pytest.mark.parametrize("policy", ["Basic256", "Basic128Rsa15", "basic256sha256"])
    def test_deprecated_and_misspelt_policies_are_refused(self, policy: str) -> None:
        assert "security_policy" in faults(security_mode="Sign", security_policy=policy)

    @pytest.mark.parametrize("text", ["AB:" * 19 + "AB", "ab" * 20, "AB " * 31 + "ab", "ab" * 32])
    def test_a_thumbprint_may_be_pasted_as_shown(self, text: str) -> None:
        assert set(read(server_thumbprint=text).server_thumbprint or "") == {"a", "b"}

    @pytest.mark.parametrize("text", ["abc", "zz" * 20, "ab" * 21])
    def test_a_wrong_thumbprint_is_refused(self, text: str) -> None:
        assert set(faults(server_thumbprint=text)) == {"server_thumbprint"}

    def test_an_empty_thumbprint_is_none(self) -> None:
        assert read(server_thumbprint="").server_thumbprint is None


class TestCredentials:
    def test_nobody_is_anonymous(self) -> None:
        assert read().authentication.login == "anonymous"

    @pytest.mark.parametrize(
        "config",
        [
            {"username": "ann", "password": "p"},
            {"authentication": {"username": "ann", "password": "p"}},
            {"authentication": {"type": "username_password", "username": "ann", "password": "p"}},
            {
                "authentication": {"type": "username_password"} | {"username": "ann"},
                "password": "p",
            },
            {"authentication": {"username": "ann"}, "username": "ann", "password": "p"},
        ],
    )
    def test_flat_and_nested_become_one_form(self, config: dict[str, Any]) -> None:
        settings = read(**config)
        login = settings.authentication
        assert (login.login, login.username) == ("username_password", "ann")
        assert login.password is not None
        assert login.password.get_secret_value() == "p"
        assert (settings.username, settings.password) == (None, None)

    def test_a_user_without_password_is_allowed(self) -> None:
        assert read(username="ann").authentication.login == "username_password"

    @pytest.mark.parametrize(
        ("config", "field"),
        [
            ({"password": "p"}, "password"),
            ({"authentication": {"password": "p"}}, "authentication.password"),
            ({"authentication": {"username": "ann"}, "username": "bob"}, "username"),
            (
                {"authentication": {"username": "ann", "password": "p"}, "password": "q"},
                "password",
            ),
            ({"authentication": {"type": "anonymous"}, "username": "ann"}, "username"),
            (
                {"authentication": {"type": "anonymous", "username": "ann"}},
                "authentication.username",
            ),
            (
                {"authentication": {"type": "anonymous", "username": None, "password": "p"}},
                "authentication.password",
            ),
            ({"authentication": {"type": "username_password"}}, "authentication"),
            ({"authentication": {"type": "certificate"}}, "authentication"),
            ({"authentication": {"certificate_path": "/c"}}, "authentication"),
            (
                {"authentication": {"username": "a"} | {"certificate_path": "c"}
                 | {"private_key_path": "k"}},
                "authentication",
            ),
            ({"authentication": {"type": "kerberos"}}, "authentication.type"),
            ({"authentication": {"user": "ann"}}, "authentication.user"),
            ({"certificate_path": "/c"}, "private_key_path"),
            ({"private_key_path": "/k"}, "private_key_path"),
            ({"username": 5}, "username"),
        ],
    )  # fmt: skip
    def test_contradictions_name_their_field(self, config: dict[str, Any], field: str) -> None:
        assert field in faults(**config)

    def test_secrets_do_not_show(self) -> None:
        assert "hunter2" not in repr(read(username="ann", password="hunter2"))


class TestSubscription:
    def test_defaults_are_those_of_the_reference(self) -> None:
        wished = read().subscription
        assert (wished.publishing_interval_ms, wished.lifetime_count) == (1000, 10_000)
        assert (wished.max_keep_alive_count, wished.max_notifications_per_publish) == (10, 1000)

    @pytest.mark.parametrize(
        ("config", "field"),
        [
            ({"publishing_interval_ms": 0}, "subscription.publishing_interval_ms"),
            ({"publishing_interval_ms": "500"}, "subscription.publishing_interval_ms"),
            ({"publishing_interval_ms": True}, "subscription.publishing_interval_ms"),
            ({"lifetime_count": 9}, "subscription.max_keep_alive_count"),
            ({"interval": 1}, "subscription.interval"),
        ],
    )
    def test_wrong_values_name_their_field(self, config: dict[str, Any], field: str) -> None:
        assert field in faults(subscription=config)


class TestAllAtOnce:
    def test_every_fault_is_told(self) -> None:
        told = faults(endpoint="http://x", security_mode="Both", request_timeout_ms=1, nonsense=1)
        assert set(told) == {"endpoint", "security_mode", "request_timeout_ms", "nonsense"}
