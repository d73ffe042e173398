"""JSON bodies, read strictly: what most parsers let through breaks things later."""

from typing import Any

import msgspec
from starlette.requests import Request

from twinedge.kit.errors import Fault, Invalid

MAX_DEPTH = 64
"""Levels of lists and objects a body may have; deeper ones exist only to hurt parsers."""


def parse(body: bytes) -> Any:
    """The body as plain Python values. Raises Invalid with one clear fault.

    Refused besides malformed text: NaN and Infinity, numbers too large for a double, lone
    surrogates and other invalid UTF-8, the character NUL (PostgreSQL cannot store it), and more
    than MAX_DEPTH levels. Of a repeated key, the last wins.
    """
    try:
        value = msgspec.json.decode(body)
    except UnicodeDecodeError as error:
        raise _malformed("it is not UTF-8") from error
    except RecursionError as error:
        raise _too_deep() from error
    except msgspec.DecodeError as error:
        reason = str(error).removeprefix("JSON is malformed: ")
        raise _malformed(reason[:1].lower() + reason[1:]) from error
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH and _depth(value) > MAX_DEPTH:
        raise _too_deep()
    if b"\\u0000" in body:
        faults = _nul_faults(value, "")
        if faults:
            raise Invalid("a text contains the character NUL", faults)
    return value


class StrictRequest(Request):
    """A request whose `json()` is strict; FastAPI reads bodies through it."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            self._json = parse(await self.body())
        return self._json


def _malformed(reason: str) -> Invalid:
    return Invalid.at("body", f"is not valid JSON: {reason}")


def _too_deep() -> Invalid:
    return Invalid.at("body", f"is nested deeper than {MAX_DEPTH} levels")


def _depth(value: Any) -> int:
    """Levels of lists and objects, counted at most one past MAX_DEPTH."""
    level, depth = [value], 0
    while level and depth <= MAX_DEPTH:
        inner = [v for v in level if isinstance(v, dict | list)]
        depth += bool(inner)
        level = [child for v in inner for child in (v.values() if isinstance(v, dict) else v)]
    return depth


def _nul_faults(value: Any, path: str) -> list[Fault]:
    if isinstance(value, str):
        return [Fault(path or "body", "must not contain the character NUL")] * ("\0" in value)
    faults: list[Fault] = []
    if isinstance(value, dict):
        for key, child in value.items():
            if "\0" in key:
                faults.append(Fault(path or "body", "has a key that contains the character NUL"))
            faults += _nul_faults(child, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            faults += _nul_faults(child, f"{path}[{index}]")
    return faults
