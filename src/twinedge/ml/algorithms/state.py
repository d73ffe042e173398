"""What a model remembers of one asset between rows."""

import json
from dataclasses import dataclass

import numpy as np

from twinedge.ml.algorithms.model import Floats


@dataclass(slots=True, eq=False)
class State:
    """Small, and kept as JSON.

    tail: the last raw rows; raws: the last raw scores; baseline: drift absorbed so far (in units of
    spread, one a prepared column); first: sum of the unit's first rows and `seen` how many rows
    there were.
    """

    tail: Floats
    raws: Floats
    baseline: Floats
    first: Floats
    seen: int = 0

    @classmethod
    def empty(cls, width: int, prepared: int) -> "State":
        """The state of a unit never seen, for rows of `width` made into `prepared` columns."""
        return cls(np.empty((0, width)), np.empty(0), np.zeros(prepared), np.zeros(width))

    def copy(self) -> "State":
        """Another state that moves on alone; arrays are replaced, never written to."""
        return State(self.tail, self.raws, self.baseline, self.first, self.seen)

    def only(self, feature: int) -> "State":
        """What is remembered of one feature, as the state of rows that have no other."""
        first = self.first[feature : feature + 1]
        return State(self.tail[:, feature : feature + 1], self.raws, np.empty(0), first, self.seen)

    def to_json(self) -> str:
        return json.dumps(
            {
                "tail": self.tail.tolist(),
                "raws": self.raws.tolist(),
                "baseline": self.baseline.tolist(),
                "first": self.first.tolist(),
                "seen": self.seen,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "State":
        read = json.loads(text)
        width = len(read["first"])
        return cls(
            np.array(read["tail"], np.float64).reshape(-1, width),
            np.array(read["raws"], np.float64),
            np.array(read["baseline"], np.float64),
            np.array(read["first"], np.float64),
            int(read["seen"]),
        )
