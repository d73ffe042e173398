"""Message templates that cannot hurt: a small, closed part of Jinja2.

Allowed are variables, their fields, `if`, one level of `for` over a variable, comparisons and a few
filters. Everything whose cost could grow beyond the size of its input (ranges, macros, assignments,
arithmetic, calls, joins and replacements, regular expressions) is refused when it is saved, so
rendering takes a time proportional to template and data, and its answer is cut at a limit.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_SOURCE = 10_000
MAX_OUTPUT = 64_000
FILTERS = ("upper", "lower", "title", "capitalize", "trim", "round", "default", "length", "tojson")
VARIABLES = ("event", "alert", "alerts", "total", "title", "link", "acknowledge_link")

_ENVIRONMENT = ImmutableSandboxedEnvironment(autoescape=False, keep_trailing_newline=True)
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.Getitem, nodes.If, nodes.For, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.Filter, nodes.Concat, nodes.CondExpr,
)  # fmt: skip


def template_fault(source: str) -> str | None:
    """Why this template cannot be used; None when it can."""
    if len(source) > MAX_SOURCE:
        return f"is longer than {MAX_SOURCE} characters"
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        return f"line {error.lineno}: {error.message}"
    except RecursionError:
        return "is nested too deeply"
    return next((why for node in tree.iter_child_nodes() if (why := _fault(node, False))), None)


def _fault(node: nodes.Node, in_loop: bool) -> str | None:
    """Why this node or one below it cannot be used."""
    if why := _own_fault(node, in_loop):
        return f"line {node.lineno}: {why}"
    in_loop |= isinstance(node, nodes.For)
    return next((why for child in node.iter_child_nodes() if (why := _fault(child, in_loop))), None)


def _own_fault(node: nodes.Node, in_loop: bool) -> str | None:
    why = None
    if not isinstance(node, _ALLOWED):
        why = f"{type(node).__name__.lower()} cannot be used in a message template"
    elif isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.node is None):
        why = f"filter {node.name!r} is not known; known are: {', '.join(FILTERS)}"
    elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        why = f"{node.attr!r} cannot be read"
    elif isinstance(node, nodes.For) and in_loop:
        why = "a loop inside a loop cannot be used"
    elif isinstance(node, nodes.For) and (
        not isinstance(node.iter, nodes.Name | nodes.Getattr) or node.recursive
    ):
        why = "a loop must be over a variable, such as alerts"
    elif isinstance(node, nodes.Name) and node.ctx == "load" and node.name == "range":
        why = "'range' cannot be used in a message template"
    return why


@lru_cache(maxsize=256)
def _compiled(source: str) -> Any:
    return _ENVIRONMENT.from_string(source)


def render(source: str, variables: Mapping[str, Any]) -> str:
    """The text, at most MAX_OUTPUT characters. Raises ValueError with words for a person.

    source must have passed `template_fault`.
    """
    pieces: list[str] = []
    size = 0
    try:
        for piece in _compiled(source).generate(**variables):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_OUTPUT:
                break
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise ValueError(f"the template does not fit this alert: {error}") from error
    return "".join(pieces)[:MAX_OUTPUT]
