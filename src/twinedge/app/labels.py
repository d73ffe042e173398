"""Labels for machine learning: what the alerts and annotations rooms know of times of trouble."""

from collections.abc import Callable, Sequence

from twinedge.alerts.model import Severity
from twinedge.alerts.service.alerts import Alerts
from twinedge.alerts.store.alerts import AlertFilter
from twinedge.annotations.model import AnnotationFilter
from twinedge.annotations.service import Annotations
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Invalid
from twinedge.ml.datasets.model import LabelQuery
from twinedge.ml.datasets.ports import LabelledSpan

_SPANS_MAX = 100_000


class LabelBook:
    """The datasets' view of alerts and annotations."""

    def __init__(
        self, alerts: Callable[[], Alerts], annotations: Annotations, clock: Clock
    ) -> None:
        """alerts: a way to the room, which is built after machine learning."""
        self._alerts = alerts
        self._annotations = annotations
        self._clock = clock

    async def spans(
        self, query: LabelQuery, asset_ids: Sequence[str], start_us: int, end_us: int
    ) -> Sequence[LabelledSpan]:
        """Periods of these assets that touch [start_us, end_us). An open alert lasts until now."""
        if query.origin == "alerts":
            return await self._of_alerts(query, frozenset(asset_ids), start_us, end_us)
        where = AnnotationFilter(tuple(asset_ids), None, query.label, start_us, end_us)
        found, total = await self._annotations.list(where, 0, _SPANS_MAX)
        _check_total(total)
        return [
            LabelledSpan(c.asset_id, c.start_us, c.end_us, c.tag_name)
            for c in (annotation.content for annotation in found)
        ]

    async def _of_alerts(
        self, query: LabelQuery, asset_ids: frozenset[str], start_us: int, end_us: int
    ) -> Sequence[LabelledSpan]:
        severity = None if query.severity is None else Severity(query.severity)
        where = AlertFilter(severity=severity, end_us=end_us)
        found, total = await self._alerts().list(where, 0, _SPANS_MAX)
        _check_total(total)
        spans = [
            LabelledSpan(
                alert.asset_id,
                alert.triggered_us,
                self._clock.now_us() if alert.resolved_us is None else alert.resolved_us,
            )
            for alert in found
            if alert.asset_id in asset_ids
            and (not query.rule_ids or alert.rule_id in query.rule_ids)
        ]
        return [span for span in spans if span.end_us >= start_us]


def _check_total(total: int) -> None:
    if total > _SPANS_MAX:
        raise Invalid.at(
            "telemetry.labels", f"there are {total} such periods; at most {_SPANS_MAX} are read"
        )
