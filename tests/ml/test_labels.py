"""Labels of alerts and annotations, as the datasets ask for them."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from twinedge.alerts.store.alerts import AlertFilter
from twinedge.annotations.model import Content
from twinedge.annotations.service import Annotations
from twinedge.app.labels import LabelBook
from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import US, ManualClock
from twinedge.ml.datasets.model import LabelQuery

_ALERTS = (("pump", "hot", 10, 20), ("pump", "wet", 30, None), ("fan", "hot", 5, 9))


class Alerts:
    """Three alerts, one still open."""

    def __init__(self) -> None:
        self.asked: list[AlertFilter] = []

    async def list(self, where: AlertFilter, offset: int, limit: int) -> tuple[Sequence[Any], int]:
        self.asked.append(where)
        found = [
            SimpleNamespace(asset_id=a, rule_id=r, triggered_us=t * US, resolved_us=e and e * US)
            for a, r, t, e in _ALERTS
        ]
        return found, len(found)


@pytest.fixture
async def annotations(tmp_path: Path) -> AsyncIterator[Annotations]:
    clock = ManualClock(100 * US)
    db = Database(f"sqlite:///{tmp_path}/x.db")
    db.migrate()
    register = Register(db, clock)
    await register.ensure([NewTag("pump", "flow", Kind.NUMBER)])
    yield Annotations(db, register, clock)
    db.close()


async def test_alerts_by_rule_and_an_open_one_lasts_until_now(annotations: Annotations) -> None:
    alerts: Any = Alerts()
    book = LabelBook(lambda: alerts, annotations, ManualClock(100 * US))

    async def spans(start: int, **query: Any) -> list[tuple[int, int]]:
        wanted = LabelQuery("alerts", "label", **query)
        found = await book.spans(wanted, ["pump"], start * US, 90 * US)
        return sorted((span.start_us // US, span.end_us // US) for span in found)

    assert await spans(0) == [(10, 20), (30, 100)]
    assert await spans(0, rule_ids=("hot",)) == [(10, 20)]
    assert await spans(25) == [(30, 100)]
    await spans(0, severity="warning")
    assert alerts.asked[-1].severity == "warning"
    assert alerts.asked[-1].end_us == 90 * US


async def test_annotations_by_label(annotations: Annotations) -> None:
    await annotations.create(Content("pump", "flow", 10 * US, 20 * US, "worn", ""), None, "Ada")
    await annotations.create(Content("pump", None, 40 * US, 50 * US, "dry", ""), None, "Ada")
    book = LabelBook(Alerts, annotations, ManualClock())  # type: ignore[arg-type]
    every = await book.spans(LabelQuery("annotations", "label"), ["pump"], 0, 100 * US)
    assert [span.tag_name for span in every] == [None, "flow"]
    worn = await book.spans(LabelQuery("annotations", "l", label="worn"), ["pump"], 0, 100 * US)
    assert [(span.start_us, span.end_us) for span in worn] == [(10 * US, 20 * US)]
    assert await book.spans(LabelQuery("annotations", "l"), ["fan"], 0, 100 * US) == []
