"""Settings: where they come from, which one wins, and how a wrong one is named."""

from pathlib import Path

import pytest

from twinedge.config import load
from twinedge.kit.errors import Invalid


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("TWINEDGE_"):
            monkeypatch.delenv(name)


def toml(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "twinedge.toml"
    path.write_text(text)
    return path


class TestPrecedence:
    def test_defaults_listen_on_loopback_only(self) -> None:
        settings = load()
        assert (settings.host, settings.port) == ("127.0.0.1", 8080)

    def test_environment_beats_file_and_argument_beats_both(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = toml(tmp_path, "port = 1\n[limits]\nbody_mb = 3\nupload_mb = 4\n")
        monkeypatch.setenv("TWINEDGE_PORT", "2")
        monkeypatch.setenv("TWINEDGE_LIMITS__BODY_MB", "7")
        assert load(file).port == 2
        settings = load(file, port=3)
        assert (settings.port, settings.limits.body_mb, settings.limits.upload_mb) == (3, 7, 4)

    def test_the_file_may_be_named_by_the_environment(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TWINEDGE_CONFIG", str(toml(tmp_path, "port = 4")))
        assert load().port == 4


class TestFaults:
    def fault_fields(self, *args: object, **overrides: object) -> list[str]:
        with pytest.raises(Invalid) as caught:
            load(*args, **overrides)  # type: ignore[arg-type]
        return [fault.field for fault in caught.value.faults]

    def test_a_public_bind_without_tls_is_refused(self) -> None:
        assert self.fault_fields(host="0.0.0.0") == ["host"]
        assert load(host="0.0.0.0", allow_public=True).host == "0.0.0.0"
        assert load(host="::1").host == "::1"

    def test_half_a_tls_pair_is_refused(self, tmp_path: Path) -> None:
        assert self.fault_fields(tls_certificate=tmp_path / "a.pem") == ["host"]

    def test_every_wrong_setting_is_named(self, tmp_path: Path) -> None:
        file = toml(tmp_path, 'port = "x"\nprt = 1\n[limits]\nbody_mb = 0\n')
        assert sorted(self.fault_fields(file)) == ["limits.body_mb", "port", "prt"]

    def test_a_mistyped_variable_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TWINEDGE_PROT", "1")
        assert self.fault_fields() == ["TWINEDGE_PROT"]

    def test_broken_and_missing_files_are_named(self, tmp_path: Path) -> None:
        assert self.fault_fields(toml(tmp_path, "[x")) == ["config"]
        assert self.fault_fields(tmp_path / "none.toml") == ["config"]

    def test_a_short_admin_key_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TWINEDGE_API_KEY", "short")
        assert self.fault_fields() == ["api_key"]
