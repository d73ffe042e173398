"""Checks lines of a tag file as strictly as bodies."""

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from twinedge.kit.errors import Fault, Invalid
from twinedge.sources.model import TagSpec
from twinedge.sources.schemas import TagIn
from twinedge.web.faults import from_pydantic

_ROWS = TypeAdapter(list[TagIn])


def specs_of(rows: Sequence[tuple[int, dict[str, Any]]]) -> list[TagSpec]:
    """The tags; Invalid with every fault at `line 5.scale`."""
    try:
        return [tag.to_spec() for tag in _ROWS.validate_python([fields for _, fields in rows])]
    except ValidationError as error:
        faults: list[Fault] = []
        for line in error.errors(include_url=False):
            number, fields = rows[int(line["loc"][0])]
            inside = {**line, "loc": line["loc"][1:]}
            for fault in from_pydantic([inside], fields):
                field = fault.field.replace("deadband.", "deadband_")
                faults.append(Fault(f"line {number}.{field}", fault.message))
        raise Invalid("the file has faults", faults) from None
