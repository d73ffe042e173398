"""Secrets at rest: AES-256-GCM, each bound to the place it is stored at.

A sealed text only opens with the key and at the `where` (`table/row/field`) it was sealed for, so
a sealed password copied to another row, or changed by hand, is refused instead of used.
"""

import base64
import binascii
import hmac
import os
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from twinedge.kit.errors import TwinEdgeError

_MARK = "v1:"
_NONCE_BYTES = 12
KEY_BYTES = 32


class VaultBroken(TwinEdgeError):
    """The secret key is unusable, or a stored secret was changed, moved or sealed otherwise."""


class Vault:
    """Seals and opens secrets with one 32-byte key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise VaultBroken(f"a vault key has {KEY_BYTES} bytes, this one has {len(key)}")
        self._key = key
        self._cipher = AESGCM(key)

    @classmethod
    def open(cls, path: Path) -> "Vault":
        """The vault of the key file `path`; made with mode 0600 when it does not exist.

        Raises VaultBroken when the file is not a key, is no plain file, belongs to another user,
        or others may read it; the message says the command that puts it right.
        """
        try:
            _make(path)
        except FileExistsError:
            _check_private(path)
        try:
            key = base64.b64decode(path.read_bytes().strip(), validate=True)
        except (OSError, binascii.Error) as error:
            raise VaultBroken(f"cannot read a secret key from {path}: {error}") from error
        if len(key) != KEY_BYTES:
            raise VaultBroken(
                f"{path} is not a TwinEdge secret key. Restore it from a backup; without it the "
                "stored passwords cannot be read and have to be entered again."
            )
        return cls(key)

    def derive(self, purpose: str) -> bytes:
        """32 bytes for another use of the same secret, such as signing links; never stored."""
        return hmac.digest(self._key, f"twinedge/{purpose}".encode(), "sha256")

    def seal(self, plain: str, where: str) -> str:
        """Encrypt; the same text sealed twice looks different. `where`: `table/row/field`."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, plain.encode("utf-8", "surrogatepass"), where.encode())
        return _MARK + base64.b64encode(nonce + sealed).decode("ascii")

    def unseal(self, sealed: str, where: str) -> str:
        """Decrypt what `seal` made for the same `where`; anything else raises VaultBroken."""
        if not sealed.startswith(_MARK):
            raise VaultBroken(f"the secret at {where} was not sealed by this program")
        try:
            raw = base64.b64decode(sealed[len(_MARK) :], validate=True)
            plain = self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], where.encode())
        except (binascii.Error, InvalidTag, ValueError) as error:
            raise VaultBroken(
                f"the secret at {where} cannot be opened: it was changed, copied from elsewhere, "
                "or sealed with another secret.key. Enter it again."
            ) from error
        return plain.decode("utf-8", "surrogatepass")


def _make(path: Path) -> None:
    """Write a new key, whole or not at all; FileExistsError when there is one already."""
    if path.exists() or path.is_symlink():
        raise FileExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
        os.write(descriptor, base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    try:
        os.link(draft, path)  # fails if another process was first, unlike a rename
    finally:
        draft.unlink()
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)  # a key lost in a power cut would lose every secret sealed with it
    finally:
        os.close(directory)


def _check_private(path: Path) -> None:
    state = path.stat()
    if not stat.S_ISREG(state.st_mode):
        raise VaultBroken(f"{path} is not a plain file")
    if state.st_uid not in {os.geteuid(), 0}:
        raise VaultBroken(f"{path} belongs to another user: chown {os.geteuid()} {path}")
    if state.st_mode & 0o077:
        raise VaultBroken(f"{path} can be read by others: chmod 600 {path}")
