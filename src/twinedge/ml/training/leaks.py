"""What makes a model look better than it is: columns and rows that tell the answer beforehand."""

import re

import numpy as np

from twinedge.ml.algorithms.model import Floats, Table, Task

_EQUAL = 0.999
"""Correlation, or area under the ROC curve, above which a feature is the target in disguise."""
_CHANCE = 1e-6
_FEW_VALUES = 50
_ID = re.compile(r"(^|[_\s])(id|uid|udi|uuid|index|idx|serial|row|no|nr)$", re.IGNORECASE)
_SAME_ROWS = 0.1


def of_columns(table: Table, task: Task) -> list[str]:
    """Warnings on features: identifiers, and copies or makers of the target."""
    found = [
        f"feature {name!r} looks like a row number or an identifier: what is learned from it will "
        "not hold for new rows; leave it out with `features`"
        for name, column in zip(table.names, table.features.T, strict=True)
        if _is_identifier(name, column)
    ]
    y = table.target
    if y is None or task is Task.FORECASTING or len(table) < 3 or y.std() == 0:
        return found
    two = len(np.unique(y)) == 2
    for name, column in zip(table.names, table.features.T, strict=True):
        if column.std() == 0:
            continue
        if abs(np.corrcoef(column, y)[0, 1]) > _EQUAL or (two and _separates(column, y)):
            found.append(f"feature {name!r} all but equals the target: is it made from it?")
        elif two and (value := _only_with(column, y)) is not None:
            found.append(
                f"feature {name!r} is {value} only where the target is the rarer class: is it "
                "made from the label?"
            )
    return found


def of_rows(train: Table, judge: Table) -> list[str]:
    """Warnings on held-back rows that were learned from already."""
    if len(train.names) < 2:
        return []
    seen = {row.tobytes() for row in train.features}
    share = float(np.mean([row.tobytes() in seen for row in judge.features]))
    if share <= _SAME_ROWS:
        return []
    return [
        f"{share:.0%} of the held-back rows are also training rows, value by value: overlapping "
        "windows or repeated rows make the metrics look better than they are"
    ]


def _is_identifier(name: str, column: Floats) -> bool:
    """Whole numbers, each once: counted one by one, or named like an identifier."""
    if len(column) < 50 or not (column == np.round(column)).all():
        return False
    if len(np.unique(column)) < 0.95 * len(column):
        return False
    return bool((np.diff(column) == 1).all()) or bool(_ID.search(name))


def _separates(column: Floats, y: Floats) -> bool:
    """Whether one cut of the feature tells the two classes apart."""
    from sklearn.metrics import roc_auc_score

    area = float(roc_auc_score(y == y.max(), column))
    return max(area, 1 - area) > _EQUAL


def _only_with(column: Floats, y: Floats) -> str | None:
    """A value of the feature that comes with the rarer class only, too often for chance."""
    values, places = np.unique(column, return_inverse=True)
    if len(values) > _FEW_VALUES:
        return None
    rare = y == (y.max() if (y == y.max()).mean() <= 0.5 else y.min())
    count = np.bincount(places)
    hits = np.bincount(places, weights=rare)
    sure = (hits == count) & (float(rare.mean()) ** count < _CHANCE)
    return f"{values[np.argmax(sure)]:g}" if sure.any() else None
