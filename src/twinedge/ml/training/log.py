"""The log of each job: one file of JSON lines, appended to while the job runs."""

import json
from pathlib import Path

from twinedge.ml.training.model import LogLine

_MOST_LINES = 2000


class JobLogs:
    """Logs below one folder; the first 2 000 lines of a job are kept."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def append(self, id: str, line: LogLine) -> None:
        """Write one line; on disk it survives a kill of the server."""
        self._directory.mkdir(parents=True, exist_ok=True)
        with self._file(id).open("a", encoding="utf-8") as file:
            if file.tell() < _MOST_LINES * 400:
                text = [line.timestamp_us, line.level, line.message[:300]]
                file.write(json.dumps(text) + "\n")

    def read(self, id: str) -> list[LogLine]:
        """All lines, oldest first; none for a job that never started."""
        if not self._file(id).exists():
            return []
        lines = self._file(id).read_text(encoding="utf-8").splitlines()
        whole = [line for line in lines if line.endswith("]")]  # a kill may cut the last one
        return [LogLine(*json.loads(line)) for line in whole[:_MOST_LINES]]

    def _file(self, id: str) -> Path:
        return self._directory / f"{id}.log"
