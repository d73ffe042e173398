"""Time ranges in a query: `start` and `end`, either of which may be left out."""

from twinedge.kit.clock import from_iso
from twinedge.kit.errors import Fault, Invalid


def span_of(start: str | None, end: str | None) -> tuple[int | None, int | None]:
    """Query times in microseconds. Raises Invalid with every fault."""
    moments: dict[str, int | None] = {"start": None, "end": None}
    faults: list[Fault] = []
    for field, text in (("start", start), ("end", end)):
        try:
            moments[field] = None if text is None else from_iso(text)
        except ValueError as error:
            faults.append(Fault(field, str(error)))
    first, last = moments["start"], moments["end"]
    if not faults and first is not None and last is not None and last < first:
        faults.append(Fault("start", "must not be after end"))
    if faults:
        raise Invalid(f"{faults[0].field} {faults[0].message}", faults)
    return first, last
