"""Pydantic's errors in our words: the field as the client wrote it, and a plain sentence."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from twinedge.kit.errors import Fault
from twinedge.kit.ids import ID_PATTERN

_PLACES = {"body", "query", "path", "header", "cookie"}
_Words = Callable[[Mapping[str, Any]], str]


def _said(text: str) -> _Words:
    return lambda _ctx: text


_NUMBER = _said("must be a number")
_WHOLE = _said("must be a whole number")
_TEXT = _said("must be a text")
_BOOL = _said("must be true or false")
_LIST = _said("must be a list")
_OBJECT = _said("must be an object")
_TIME = _said("must be an ISO 8601 time such as 2026-01-06T10:00:00Z")

_PATTERNS = {ID_PATTERN: "must have 1 to 64 characters of A-Z, a-z, 0-9, _ and -"}

_WORDS: dict[str, _Words] = {
    "missing": _said("is required"),
    "extra_forbidden": _said("is not a known field"),
    "string_type": _TEXT,
    "string_too_short": lambda c: (
        "must not be empty"
        if c["min_length"] == 1
        else f"must have at least {c['min_length']} characters"
    ),
    "string_too_long": lambda c: f"must have at most {_count(c['max_length'], 'character')}",
    "string_pattern_mismatch": lambda c: _PATTERNS.get(
        c["pattern"], f"must match the pattern {c['pattern']}"
    ),
    "string_unicode": _said("must be valid UTF-8"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _said("is too large a number"),
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": _said("must be a finite number"),
    "bool_type": _BOOL,
    "bool_parsing": _BOOL,
    "none_required": _said("must be null"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dataclass_type": _OBJECT,
    "datetime_type": _TIME,
    "datetime_parsing": _TIME,
    "datetime_from_date_parsing": _TIME,
    "date_type": _said("must be a date such as 2026-01-06"),
    "too_short": lambda c: (
        "must not be empty"
        if c["min_length"] == 1
        else f"must have at least {_count(c['min_length'], 'item')}"
    ),
    "too_long": lambda c: f"must have at most {_count(c['max_length'], 'item')}",
    "greater_than": lambda c: f"must be greater than {c['gt']}",
    "greater_than_equal": lambda c: f"must be at least {c['ge']}",
    "less_than": lambda c: f"must be less than {c['lt']}",
    "less_than_equal": lambda c: f"must be at most {c['le']}",
    "multiple_of": lambda c: f"must be a multiple of {c['multiple_of']}",
    "literal_error": lambda c: f"must be {c['expected']}",
    "enum": lambda c: f"must be {c['expected']}",
    "union_tag_invalid": lambda c: f"must be one of {c['expected_tags']}",
    "union_tag_not_found": lambda c: f"needs {c['discriminator']} to say which kind it is",
    "url_parsing": _said("must be a URL"),
    "recursion_loop": _said("is nested too deep"),
}


def from_pydantic(errors: Sequence[Mapping[str, Any]], body: Any = None) -> list[Fault]:
    """All faults, in the order found; several at one field (of a union) become one sentence.

    errors: of a ValidationError; `loc` may begin with the place (body, query, ...).
    body: what the client sent, to tell its keys from the names of union branches.
    """
    found: dict[str, list[str]] = {}
    for error in errors:
        field = _field(error, body)
        words = found.setdefault(field, [])
        sentence = _sentence(error)
        if sentence not in words:
            words.append(sentence)
    return [Fault(field, " or ".join(words)) for field, words in found.items()]


def _sentence(error: Mapping[str, Any]) -> str:
    words = _WORDS.get(error["type"])
    if words is not None:
        return words(error.get("ctx") or {})
    message = str(error["msg"])
    for prefix in ("Value error, ", "Assertion failed, "):
        if message.startswith(prefix):
            return message.removeprefix(prefix)
    return message[:1].lower() + message[1:]


def _field(error: Mapping[str, Any], body: Any) -> str:
    loc: Sequence[str | int] = error["loc"]
    place = loc[0] if loc and loc[0] in _PLACES else None
    rest = list(loc[1:] if place else loc)
    if place == "header":
        rest = [str(part).title() for part in rest]
    if place in {None, "body"} and isinstance(body, dict | list):
        rest = _as_written(rest, body, names_absent=error["type"] == "missing")
    if error["type"] == "union_tag_invalid":
        rest.append(str(error["ctx"]["discriminator"]).strip("'"))
    text = ""
    for part in rest:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text[:300] or "body"


def _as_written(loc: Sequence[str | int], body: Any, *, names_absent: bool) -> list[str | int]:
    """Only those parts of `loc` that lead through the body; the others name union branches."""
    parts: list[str | int] = []
    here = body
    for position, part in enumerate(loc):
        inside_dict = isinstance(here, dict) and part in here
        inside_list = isinstance(here, list) and isinstance(part, int) and part < len(here)
        if inside_dict or inside_list:
            parts.append(part)
            here = here[part]
        elif names_absent and position == len(loc) - 1:
            parts.append(part)
    return parts


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
