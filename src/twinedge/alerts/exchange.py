"""Rules as YAML: written in a form people like to read, read with every fault named."""

from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from pydantic import ValidationError

from twinedge.alerts.bodies import RuleBody, rule_json
from twinedge.alerts.model import Json, Rule
from twinedge.kit.errors import Fault, Invalid
from twinedge.web.faults import from_pydantic

MEDIA_TYPE = "application/yaml"
_DEFAULTS: Json = {
    "description": "", "enabled": True, "data_source_id": None, "asset_id": None,
    "notifications": [], "repeat_seconds": None, "schedule": None, "group_by": None,
    "latching": False, "inhibits": "none", "escalation": [],
}  # fmt: skip


def write_rules(rules: Sequence[Rule]) -> str:
    """YAML of the rules in this order; what is at its default is left out."""
    bodies = [
        {
            key: value
            for key, value in rule_json(rule).items()
            if key not in _DEFAULTS or value != _DEFAULTS[key]
        }
        for rule in rules
    ]
    return yaml.safe_dump({"rules": bodies}, sort_keys=False, allow_unicode=True, width=100)


def read_yaml(raw: bytes | str) -> Any:
    """Plain data of a YAML document. Raises Invalid at the line; aliases are refused (bombs)."""
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        if any(isinstance(event, yaml.AliasEvent) for event in _events(text)):
            raise Invalid.at("body", "must not use YAML aliases (*name)")
        return yaml.safe_load(text)
    except UnicodeDecodeError as error:
        raise Invalid.at("body", "must be UTF-8") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise Invalid.at("body", f"is not valid YAML: {where}{error.problem}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Invalid.at("body", f"is not valid YAML: {error}") from error


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=yaml.SafeLoader)


def read_rules(raw: bytes | str) -> list[RuleBody]:
    """The rules of a file `rules: [...]`. Raises Invalid with all faults."""
    data = read_yaml(raw)
    if not isinstance(data, dict) or not isinstance(data.get("rules"), list):
        raise Invalid.at("rules", "must be a list of rules: begin the file with 'rules:'")
    faults = [Fault(str(key), "is not a known field") for key in data if key != "rules"]
    bodies = []
    for i, raw_rule in enumerate(data["rules"]):
        body, found = read_rule(raw_rule, f"rules[{i}]")
        faults += found
        if body is not None:
            bodies.append(body)
    if faults:
        raise Invalid("the file is not valid", faults)
    return bodies


def read_rule(raw: Any, field: str) -> tuple[RuleBody | None, list[Fault]]:
    """One rule, or every fault of it."""
    try:
        return RuleBody.model_validate(raw), []
    except ValidationError as error:
        found = from_pydantic(error.errors(), raw)
        return None, [Fault(f"{field}.{f.field}" if f.field else field, f.message) for f in found]
