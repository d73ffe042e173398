"""How deployed models are doing right now: written by the scorer, read by everyone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class ScoringState(StrEnum):
    """waiting: no row came yet. warming_up: too few rows for full windows."""

    WAITING = "waiting"
    WARMING_UP = "warming_up"
    SCORING = "scoring"
    FAILING = "failing"


@dataclass(slots=True)
class AssetStanding:
    """One model on one asset. rows_seen: rows its windows have, of `rows_needed`."""

    rows_scored: int = 0
    last_scored_us: int | None = None
    rows_seen: int = 0
    rows_needed: int = 0
    error: str | None = None
    error_us: int | None = None

    @property
    def state(self) -> ScoringState:
        if self.error is not None:
            return ScoringState.FAILING
        if self.last_scored_us is None:
            return ScoringState.WAITING
        is_full = self.rows_seen >= self.rows_needed
        return ScoringState.SCORING if is_full else ScoringState.WARMING_UP


@dataclass(slots=True)
class ModelStanding:
    """One deployed model. error: of the model as a whole, such as a damaged file."""

    assets: dict[str, AssetStanding] = field(default_factory=dict)
    error: str | None = None
    error_us: int | None = None

    @property
    def state(self) -> ScoringState:
        """The best any asset is in; failing only when nothing works."""
        states = {standing.state for standing in self.assets.values()}
        for state in (ScoringState.SCORING, ScoringState.WARMING_UP):
            if state in states:
                return state
        is_failing = self.error is not None or ScoringState.FAILING in states
        return ScoringState.FAILING if is_failing else ScoringState.WAITING

    def errors(self) -> Sequence[tuple[str | None, str, int]]:
        """(asset or None, words, when) of everything that does not work now."""
        found: list[tuple[str | None, str, int]] = []
        if self.error is not None:
            found.append((None, self.error, self.error_us or 0))
        return found + [
            (asset_id, standing.error, standing.error_us or 0)
            for asset_id, standing in sorted(self.assets.items())
            if standing.error is not None
        ]


Board = dict[str, ModelStanding]
"""By model id."""
