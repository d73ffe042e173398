"""Takes an uploaded file in: small text at once, everything else in a child with a memory limit.

A file decides how much memory its reading needs (a Parquet page may claim to unpack to anything),
so the server never reads a file that is large or packed itself.
"""

import multiprocessing
import resource
from multiprocessing.connection import Connection
from pathlib import Path

from twinedge.kit.errors import TwinEdgeError
from twinedge.ml.datasets.bounds import bad
from twinedge.ml.datasets.model import Snapshot

_SMALL_BYTES = 2 * 2**20
MEMORY_MB = 3072
TIME_S = 300.0


def take(path: Path, directory: Path) -> Snapshot:
    """Read the file and write its snapshot; blocks. Raises BadFile."""
    with path.open("rb") as file:
        is_packed = file.read(4) == b"PAR1"
    if path.stat().st_size <= _SMALL_BYTES and not is_packed:
        return _take_here(path, directory)
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(path, directory, theirs), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(TIME_S):
            raise bad(f"reading it took longer than {TIME_S:g} seconds")
        answer = ours.recv()
    except EOFError:
        raise bad(f"reading it needs more than {MEMORY_MB} MiB of memory") from None
    finally:
        child.kill()
        child.join()
        ours.close()
    if isinstance(answer, str):
        raise bad(answer)
    snapshot: Snapshot = answer
    return snapshot


def _take_here(path: Path, directory: Path) -> Snapshot:
    from twinedge.ml.datasets import reading, snapshots  # Arrow costs 50 MB; most servers idle

    return snapshots.write(reading.read_file(path), directory)


def _work(path: Path, directory: Path, pipe: Connection) -> None:
    """The child. Sends the Snapshot, or words; ends without either when the memory runs out."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + MEMORY_MB * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pipe.send(_take_here(path, directory))
    except TwinEdgeError as error:
        pipe.send(error.message)
    except MemoryError:
        pipe.send(f"reading it needs more than {MEMORY_MB} MiB of memory")
    except Exception as error:  # whatever a library says of this file is what people need
        pipe.send(f"it cannot be read: {type(error).__name__}: {str(error)[:300]}")
    finally:
        pipe.close()
