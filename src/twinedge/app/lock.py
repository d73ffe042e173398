"""One process per data directory."""

import fcntl
import os
from pathlib import Path
from typing import IO

from twinedge.kit.errors import Conflict


class DirectoryLock:
    """Holds the data directory for this process; the kernel frees it when the process ends."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "twinedge.lock"
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Make the directory (0700) if needed and lock it. Raises Conflict if another has it."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            owner = file.read().strip() or "unknown"
            file.close()
            raise Conflict(
                f"the data directory {str(self._path.parent.resolve())!r} is in use by another "
                f"TwinEdge (process {owner}). Stop that one, or choose another --data-dir."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let go. A second call does nothing."""
        if self._file is not None:
            self._file.close()
            self._file = None
