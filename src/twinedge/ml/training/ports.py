"""What training needs from the rooms beside it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from twinedge.ml.training.model import Training


class Tables(Protocol):
    """Where the rows come from."""

    async def columns(self, dataset_id: str) -> tuple[int, Mapping[str, str]]:
        """The newest version, and the type of each of its columns by name. Raises NotFound, or
        Conflict when the dataset has no rows."""
        ...

    async def file(self, dataset_id: str, version: int | None) -> tuple[Path, str]:
        """The Parquet file of a version (None: the newest) and its SHA-256."""
        ...


class Shelf(Protocol):
    """Where finished models go, and earlier ones are."""

    async def features_of(self, model_id: str) -> tuple[str, ...]:
        """What a model was learned from. Raises NotFound."""
        ...

    def folder_of(self, model_id: str) -> Path:
        """Where a model's files are, as `files.save` wrote them."""
        ...

    async def add(
        self,
        training: Training,
        directory: Path,
        metrics: Mapping[str, Any],
        card: Mapping[str, Any],
    ) -> str:
        """Take over the fitted model in `directory`; answers the model's id."""
        ...

    async def made_by(self, training_id: str) -> tuple[str, Mapping[str, Any]] | None:
        """Id and metrics of the model that this training made already; None when it made none."""
        ...
