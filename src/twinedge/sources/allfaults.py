"""One answer for all faults of a body: those of its form and those of the settings inside it."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from twinedge.kit.errors import Fault
from twinedge.sources.ports import Config

Check = Callable[[str, Config, str | None], Sequence[Fault]]


def all_faults(check: Check) -> WrapValidator:
    """For a body with `type`, `config` and maybe `endpoint`: when the form has faults, `check`
    looks at the settings as well, so that a client does not learn of them one by one. A body
    without faults of form is left to the service."""

    def validate(body: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        try:
            return handler(body)
        except ValidationError as error:
            form = error.errors(include_url=False)
            inside = _faults_inside(check, body)
            raise ValidationError.from_exception_data(
                error.title,
                [
                    *(_again(line) for line in form),
                    *(_line(fault, body) for fault in inside),
                ],
            ) from None

    return WrapValidator(validate)


def _faults_inside(check: Check, body: Any) -> Sequence[Fault]:
    if not isinstance(body, dict):
        return []
    type, config, endpoint = body.get("type"), body.get("config", {}), body.get("endpoint")
    if not isinstance(type, str) or not isinstance(config, dict):
        return []
    return check(type, config, endpoint if isinstance(endpoint, str) else None)


def _again(line: ErrorDetails) -> InitErrorDetails:
    """A fault as it was found."""
    again = InitErrorDetails(type=line["type"], loc=line["loc"], input=line["input"])
    if "ctx" in line:
        again["ctx"] = line["ctx"]
    return again


def _line(fault: Fault, body: Any) -> InitErrorDetails:
    loc = tuple(
        int(number) if number else name
        for name, number in re.findall(r"([^.\[\]]+)|\[(\d+)\]", fault.field)
    )
    if fault.message == "is required":
        return InitErrorDetails(type="missing", loc=loc, input=body)
    words = PydanticCustomError("settings", "{words}", {"words": fault.message})
    return InitErrorDetails(type=words, loc=loc, input=body)
