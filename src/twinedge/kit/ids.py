"""Opaque, prefixed, unguessable ids."""

import re
import secrets

ID_PATTERN = r"^[A-Za-z0-9_-]{1,64}$"
_ID = re.compile(ID_PATTERN)
_ALPHABET = "0123456789abcdefghijkmnpqrstuvwxyz"


def new_id(prefix: str) -> str:
    """An id such as `ds-7f3k…`: the prefix and 20 characters, 100 bits of chance."""
    chance = secrets.randbits(128)
    letters = []
    for _ in range(20):
        chance, letter = divmod(chance, len(_ALPHABET))
        letters.append(_ALPHABET[letter])
    return prefix + "-" + "".join(letters)


def is_id(text: str) -> bool:
    """Whether a client may use this text as the id of a thing it creates."""
    return _ID.fullmatch(text) is not None
