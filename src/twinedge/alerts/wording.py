"""Alerts in plain words."""

from collections.abc import Sequence
from typing import Any

from twinedge.alerts.conditions import leaves_of
from twinedge.alerts.model import (
    OPERATOR_WORDS,
    AllOf,
    AnyOf,
    Form,
    Json,
    Leaf,
    Operator,
    Rate,
    Rule,
    Score,
    Stale,
    Value,
)
from twinedge.assets.model import Tag
from twinedge.kit.clock import to_iso

EVENT_WORDS = {
    "raised": "",
    "returned": "Again: ",
    "joined": "More: ",
    "resolved": "Resolved: ",
    "repeated": "Still: ",
    "escalated": "Nobody reacted: ",
    "summary": "",
    "test": "",
}


def number(value: Value | None, unit: str | None = None) -> str:
    """A value for people: six significant digits, with its unit."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "on" if value else "off"
    text = value if isinstance(value, str) else f"{value:.6g}"
    return f"{text} {unit}" if unit else text


def span(seconds: float) -> str:
    """A duration for people: 90 s, 5 min, 2 h."""
    for size, word in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size and seconds % size == 0:
            return f"{seconds / size:g} {word}"
    return f"{seconds:g} s"


def limit(operator: Operator, value: Any, unit: str | None = None) -> str:
    """`above 80 °C`, `between 1 and 2`."""
    word = OPERATOR_WORDS[operator]
    if isinstance(value, tuple):
        return f"{word} {number(value[0])} and {number(value[1], unit)}"
    return f"{word} {number(value, unit)}"


def alert_message(
    rule: Rule, leaf: int, asset_id: str, value: Value | None, tag: Tag | None
) -> str:
    """Why the alert came: the leaf that tells, its value and limit, and for how long.

    tag: the tag of that leaf; for a score the one the model writes to.
    """
    cause = leaves_of(rule.condition.form)[leaf]
    text = _leaf_words(cause, asset_id, value, tag)
    if rule.condition.duration_s:
        text += f" for {span(rule.condition.duration_s)}"
    others = len(leaves_of(rule.condition.form)) - 1
    if others and isinstance(rule.condition.form, AllOf):
        text += f" (and {others} further condition{'s' if others > 1 else ''})"
    return text


def listed(names: Sequence[str], most: int = 5) -> str:
    """`a, b and 3 more`."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def limit_of(rule: Rule, leaf: int, unit: str | None) -> str:
    """What the value of a leaf is beyond: `above 80 °C`, `silent for 20 s`."""
    cause = leaves_of(rule.condition.form)[leaf]
    if isinstance(cause, Stale):
        return f"silent for {span(cause.stale_s)}"
    if isinstance(cause, Rate):
        return limit(cause.operator, cause.value, f"{unit or ''}/{cause.per}")
    return limit(cause.operator, cause.value, None if isinstance(cause, Score) else unit)


def _leaf_words(leaf: Leaf, asset_id: str, value: Value | None, tag: Tag | None) -> str:
    unit = tag.unit if tag else None
    if isinstance(leaf, Score):
        score = tag.tag_name if tag else f"score of model {leaf.model_id}"
        return f"{score} of {asset_id} is {number(value)}, " + limit(leaf.operator, leaf.value)
    asset = leaf.asset_id or asset_id
    if isinstance(leaf, Stale):
        return f"{leaf.tag_name} of {asset} has sent nothing for {span(leaf.stale_s)}"
    if isinstance(leaf, Rate):
        per = f"{unit or ''}/{leaf.per}"
        return f"{leaf.tag_name} of {asset} changes by {number(value, per)}, " + limit(
            leaf.operator, leaf.value, per
        )
    return f"{leaf.tag_name} of {asset} is {number(value, unit)}, " + limit(
        leaf.operator, leaf.value, unit
    )


def condition_words(form: Form) -> str:
    """A condition in one line, for lists."""
    if isinstance(form, AllOf | AnyOf):
        glue = " and " if isinstance(form, AllOf) else " or "
        return glue.join(
            f"({condition_words(part)})"
            if isinstance(part, AllOf | AnyOf)
            else condition_words(part)
            for part in form.conditions
        )
    if isinstance(form, Score):
        return f"score of {form.model_id} {limit(form.operator, form.value)}"
    if isinstance(form, Stale):
        return f"{form.tag_name} silent for {span(form.stale_s)}"
    if isinstance(form, Rate):
        return f"{form.tag_name} changing {limit(form.operator, form.value)} per {form.per}"
    return f"{form.tag_name} {limit(form.operator, form.value)}"


def title(event: str, alert: Json) -> str:
    """The subject line of one alert's message."""
    where = f" on {alert['asset_id']}" if alert["asset_id"] else ""
    if alert["member_count"] > 1:
        where += f" ({alert['member_count']} assets)"
    return f"[{alert['severity'].upper()}] {EVENT_WORDS[event]}{alert['rule_name']}{where}"


def text(event: str, alert: Json, link: str | None, acknowledge_link: str | None) -> str:
    """The plain body of one alert's message."""
    lines = [alert["message"], "", f"Severity: {alert['severity']}"]
    for label, key in (("Asset", "asset_id"), ("Tag", "tag_name"), ("Source", "data_source_id")):
        if alert[key]:
            lines.append(f"{label}: {alert[key]}")
    lines.append(f"Triggered: {alert['triggered_at']}")
    lines += member_lines(alert)
    if event == "resolved":
        lines.append(f"Resolved: {alert['resolved_at']} by {alert['resolved_by']}")
    if link:
        lines += ["", f"Open: {link}"]
    if acknowledge_link:
        lines.append(f"Acknowledge: {acknowledge_link}")
    return "\n".join(lines)


def member_lines(alert: Json, most: int = 20) -> list[str]:
    """The assets of a group, a line each."""
    members = alert["members"]
    if not members:
        return []
    lines = ["", f"{alert['members_open']} of {alert['member_count']} assets:"]
    for member in members[:most]:
        over = f" (over since {member['resolved_at']})" if member["resolved_at"] else ""
        lines.append(f"- {member['message']}{over}")
    if alert["member_count"] > most:
        lines.append(f"… and {alert['member_count'] - most} more")
    return lines


def title_now(alert: Json) -> str:
    """The subject line of an alert as it stands."""
    return title("resolved" if alert["status"] == "resolved" else "raised", alert)


def summary_title(severity: str, total: int) -> str:
    """The subject line of a summary; the worst severity in it."""
    return f"[{severity.upper()}] {total} alert messages"


def burst_title(event: str, severity: str, total: int, rule_name: str) -> str:
    """The subject line of many alerts of one rule."""
    return f"[{severity.upper()}] {EVENT_WORDS[event]}{total} alerts of {rule_name}"


def summary_text(lines: Sequence[str], total: int, link: str | None) -> str:
    """The body of a summary: the first lines and how many more there are."""
    body = [f"{total} messages in one, so that the important is not lost in many:", "", *lines]
    if total > len(lines):
        body.append(f"… and {total - len(lines)} more")
    if link:
        body += ["", f"Open: {link}"]
    return "\n".join(body)


def moment(us: int | None) -> str | None:
    return None if us is None else to_iso(us)
