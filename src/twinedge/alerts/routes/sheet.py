"""Alerts as CSV, for a spreadsheet: RFC 4180, UTF-8, one row an alert."""

import csv
import io
from collections.abc import Iterable

from twinedge.alerts.model import Alert, Value
from twinedge.alerts.wording import moment

MEDIA_TYPE = "text/csv"
COLUMNS = (
    "id", "rule_id", "rule_name", "severity", "status", "state", "data_source_id", "asset_id",
    "tag_name", "message", "limit", "value", "last_value", "triggered_at", "acknowledged_at",
    "acknowledged_by", "note", "resolved_at", "resolved_by", "occurrences", "flapping", "members",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def is_wanted(accept: str) -> bool:
    """Whether the client asks for CSV rather than JSON."""
    kinds = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    return MEDIA_TYPE in kinds and "application/json" not in kinds


def write_alerts(alerts: Iterable[Alert]) -> str:
    """The sheet with its header. Texts that a spreadsheet would run as a formula get a ' first."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    for a in alerts:
        writer.writerow(
            _cell(value)
            for value in (
                a.id, a.rule_id, a.rule_name, a.severity.value, a.status.value, a.state.value,
                a.data_source_id, a.asset_id, a.tag_name, a.message, a.limit, a.value, a.last_value,
                moment(a.triggered_us), moment(a.acknowledged_us), a.acknowledged_by, a.note,
                moment(a.resolved_us), a.resolved_by, a.occurrences, a.flapping, a.member_count,
            )
        )  # fmt: skip
    return sheet.getvalue()


def _cell(value: Value | None) -> str | float | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
