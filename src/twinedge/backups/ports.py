"""What a backup needs from the rooms it copies."""

from pathlib import Path
from typing import Protocol


class Part(Protocol):
    """Something that can copy itself while it is in use."""

    @property
    def name(self) -> str:
        """For people and the manifest: `telemetry`, `metadata`."""
        ...

    async def copy_to(self, folder: Path) -> None:
        """Write one consistent moment of it into the folder, which exists.

        Raises TwinEdgeError or OSError; cancelling ends it soon. What it wrote by then is thrown
        away by the caller.
        """
        ...
