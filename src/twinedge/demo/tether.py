"""`python -m twinedge.demo.tether PARENT COMMAND…`: run a command that ends when its parent does.

For a child that does not watch a pipe. Linux sends it SIGTERM at its parent's death, however that
comes about; the wish survives the exec.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    """Become the command, tied to the parent's life."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the parent is gone already")
    os.execv(command[0], command)  # noqa: S606  (our own interpreter, no shell wanted)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
