"""Which rows are learned from and which judge: the last ones in time, or the last units."""

import numpy as np

from twinedge.ml.algorithms.model import Table, UnsuitableData


def split(table: Table, fraction: float, memory: int) -> tuple[Table, Table | None, list[str]]:
    """The rows to learn from, those to judge by, and warnings.

    Whole units where there are several. Else the last rows in time, less those whose window of
    `memory` rows reaches back into the training rows.
    """
    if fraction == 0:
        return table, None, []
    if table.groups is not None and len(units := np.unique(table.groups)) > 1:
        held = units[len(units) - max(round(len(units) * fraction), 1) :]
        last = np.isin(table.groups, held)
        return table.rows(~last), table.rows(last), []
    cut = len(table) - round(len(table) * fraction)
    number = np.arange(len(table))
    judge = table.rows(number >= cut)
    if len(judge) == 0 or cut == 0:
        raise UnsuitableData(
            f"validation_fraction {fraction:g} of {len(table)} rows leaves nothing to learn from "
            "or nothing to judge by"
        )
    if memory >= len(judge) / 2:
        words = (
            f"overlapping windows: a judged row looks back {memory} rows, and only {len(judge)} "
            "rows are held back; the metrics lean on training rows"
        )
        return table.rows(number < cut), judge, [words]
    return table.rows(number < cut), judge, []
