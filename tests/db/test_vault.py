"""The vault: what it seals, and what it refuses to open."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinedge.db.vault import Vault, VaultBroken

WHERE = "data_sources/ds-1/password"


@pytest.fixture
def vault() -> Vault:
    return Vault(b"k" * 32)


class TestSeal:
    @given(st.text(), st.text(st.characters(codec="utf-8")))
    def test_opens_again_at_the_same_place(self, plain: str, where: str) -> None:
        vault = Vault(b"k" * 32)
        assert vault.unseal(vault.seal(plain, where), where) == plain

    def test_does_not_show_the_secret_nor_that_two_are_equal(self, vault: Vault) -> None:
        first, second = vault.seal("hunter2", WHERE), vault.seal("hunter2", WHERE)
        assert first != second
        assert b"hunter2" not in base64.b64decode(first.removeprefix("v1:"))


class TestUnseal:
    def test_refuses_a_secret_of_another_row(self, vault: Vault) -> None:
        sealed = vault.seal("hunter2", WHERE)
        with pytest.raises(VaultBroken, match="data_sources/ds-2/password cannot be opened"):
            vault.unseal(sealed, "data_sources/ds-2/password")

    def test_refuses_every_changed_byte(self, vault: Vault) -> None:
        raw = bytearray(base64.b64decode(vault.seal("x", WHERE).removeprefix("v1:")))
        for index in range(len(raw)):
            raw[index] ^= 1
            with pytest.raises(VaultBroken):
                vault.unseal("v1:" + base64.b64encode(raw).decode(), WHERE)
            raw[index] ^= 1

    def test_refuses_another_key(self, vault: Vault) -> None:
        with pytest.raises(VaultBroken):
            Vault(b"o" * 32).unseal(vault.seal("x", WHERE), WHERE)

    @pytest.mark.parametrize("text", ["", "hunter2", "v1:", "v1:???", "v1:AAAA", "v2:AAAA"])
    def test_refuses_what_was_never_sealed(self, vault: Vault, text: str) -> None:
        with pytest.raises(VaultBroken):
            vault.unseal(text, WHERE)


class TestOpen:
    def test_makes_a_private_key_and_finds_it_again(self, tmp_path: Path) -> None:
        path = tmp_path / "data" / "secret.key"
        sealed = Vault.open(path).seal("x", WHERE)
        assert path.stat().st_mode & 0o777 == 0o600
        assert Vault.open(path).unseal(sealed, WHERE) == "x"
        assert [entry.name for entry in path.parent.iterdir()] == ["secret.key"]

    def test_refuses_a_key_others_may_read_and_says_the_cure(self, tmp_path: Path) -> None:
        path = tmp_path / "secret.key"
        Vault.open(path)
        path.chmod(0o644)
        with pytest.raises(VaultBroken, match=f"chmod 600 {path}"):
            Vault.open(path)

    @pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 40, base64.b64encode(b"k" * 31)])
    def test_refuses_a_file_that_is_no_key(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "secret.key"
        path.write_bytes(content)
        path.chmod(0o600)
        with pytest.raises(VaultBroken):
            Vault.open(path)

    def test_refuses_a_directory(self, tmp_path: Path) -> None:
        (tmp_path / "secret.key").mkdir(mode=0o700)
        with pytest.raises(VaultBroken, match="not a plain file"):
            Vault.open(tmp_path / "secret.key")

    def test_a_wrong_key_length_is_refused(self) -> None:
        with pytest.raises(VaultBroken, match="32 bytes"):
            Vault(b"short")
