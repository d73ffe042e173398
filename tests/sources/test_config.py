import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.scripted import ScriptedDriver, Settings
from twinedge.kit.errors import Invalid
from twinedge.sources import config as settings_of
from twinedge.sources.config import MASK
from twinedge.sources.model import ConfigFault

DRIVER = ScriptedDriver()
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["password", "host", "login", "username", "x"]), inner, max_size=3
        )
    ),
    max_leaves=10,
)
CONFIGS = st.dictionaries(
    st.sampled_from(["password", "host", "login", "port", "topics"]), VALUES, max_size=5
)


def seal(secret: str, path: str) -> str:
    return f"<{path}|{secret}>"


def unseal(sealed: str, path: str) -> str:
    assert sealed.startswith(f"<{path}|")
    return sealed.removeprefix(f"<{path}|").removesuffix(">")


class TestSecrets:
    @given(CONFIGS)
    def test_sealed_and_unsealed_is_the_same(self, config: dict[str, Any]) -> None:
        assert settings_of.unsealed(settings_of.sealed(DRIVER, config, seal), unseal) == config

    @given(CONFIGS)
    def test_shown_and_sent_back_is_the_same(self, config: dict[str, Any]) -> None:
        shown = settings_of.masked(settings_of.sealed(DRIVER, config, seal))
        assert settings_of.unmasked(shown, config, Settings) == config

    def test_a_reference_to_the_environment_is_shown(self) -> None:
        config = {"password": "${PLC_PASSWORD}", "login": {"password": "x${PLC_PASSWORD}"}}
        shown = settings_of.masked(settings_of.sealed(DRIVER, config, seal))
        assert shown == {"password": "${PLC_PASSWORD}", "login": {"password": MASK}}

    def test_names_are_found_at_any_depth(self) -> None:
        assert settings_of.secret_names(Settings) == {"password"}


class TestResolve:
    def test_inside_a_text_and_as_a_whole(self) -> None:
        env = {"A": "10.0", "B": "5020"}
        settings = settings_of.resolve(DRIVER, {"host": "${A}.0.1", "port": "${B}"}, env)
        assert isinstance(settings, Settings)
        assert (settings.host, settings.port) == ("10.0.0.1", 5020)

    def test_a_value_that_does_not_fit_is_said_in_words(self) -> None:
        with pytest.raises(ConfigFault, match=r"config\.port must be"):
            settings_of.resolve(DRIVER, {"host": "a", "port": "${B}"}, {"B": "abc"})

    def test_a_missing_variable(self) -> None:
        with pytest.raises(settings_of.MissingEnv, match=r"environment variable B \(config\.port"):
            settings_of.resolve(DRIVER, {"host": "a", "port": "${B}"}, {})

    def test_a_dollar_alone_is_text(self) -> None:
        settings = settings_of.resolve(DRIVER, {"host": "a", "password": "pa$$w{or}d$"}, {})
        assert isinstance(settings, Settings)
        assert settings.password is not None
        assert settings.password.get_secret_value() == "pa$$w{or}d$"


class TestCheck:
    @given(CONFIGS)
    def test_any_object_is_fine_or_invalid(self, config: dict[str, Any]) -> None:
        with contextlib.suppress(Invalid):
            settings_of.check(DRIVER, config, {})

    def test_every_fault_is_at_its_place(self) -> None:
        with pytest.raises(Invalid) as caught:
            settings_of.check(DRIVER, {"port": -1, "login": {"x": 1}, "y": 2}, {})
        assert {fault.field for fault in caught.value.faults} == {
            "config.port", "config.login.x", "config.y", "config.host",
        }  # fmt: skip

    def test_an_alias_is_known(self) -> None:
        settings = settings_of.check(DRIVER, {"address": "plc"}, {})
        assert isinstance(settings, Settings)
        assert settings.host == "plc"

    def test_a_text_beyond_all_measure_is_refused(self) -> None:
        with pytest.raises(Invalid):
            settings_of.check(DRIVER, {"host": "x" * 20_000}, {})


class TestEndpoint:
    def test_does_not_show_the_environment(self) -> None:
        endpoint = settings_of.endpoint_of(DRIVER, {"host": "${SECRET}"}, {"SECRET": "hush"})
        assert endpoint == "scripted://${SECRET}:502/1"

    @pytest.mark.parametrize("endpoint", ["", "plc", "x://", "x://a:b", "x://a:1/b", "x://[a"])
    def test_that_makes_no_sense_is_refused(self, endpoint: str) -> None:
        with pytest.raises(Invalid):
            settings_of.with_endpoint(DRIVER, {}, endpoint)

    def test_that_agrees_with_the_config_is_fine(self) -> None:
        config = {"host": "a", "port": 5}
        assert settings_of.with_endpoint(DRIVER, config, "x://a:5") == config
