"""Network faults in words that say what to look at."""

import errno
import socket

_WORDS = {
    errno.ECONNREFUSED: "refused the connection: nothing listens on that port, or a firewall does",
    errno.ECONNRESET: "reset the connection",
    errno.EPIPE: "closed the connection",
    errno.ECONNABORTED: "closed the connection",
    errno.EHOSTUNREACH: "cannot be reached: no device answers at that address",
    errno.ENETUNREACH: "cannot be reached: this machine has no route to that network",
    errno.ETIMEDOUT: "did not answer",
    errno.EACCES: "cannot be reached: a rule of this machine forbids it",
    errno.EPERM: "cannot be reached: a rule of this machine forbids it",
    errno.EMFILE: "cannot be reached: this machine has too many connections open",
}


def explain(error: OSError, host: str, port: int) -> str:
    """Why `host:port` cannot be reached or was lost, in plain words without error numbers."""
    if isinstance(error, socket.gaierror):
        return f"the name {host!r} is not known to this machine's name service"
    where = location(host, port)
    if isinstance(error, TimeoutError):
        return f"{where} did not answer"
    codes = [error.errno, *(inner.errno for inner in _inner(error))]
    for code in codes:
        if code in _WORDS:
            return f"{where} {_WORDS[code]}"
    return f"the connection to {where} failed: {error.strerror or error or type(error).__name__}"


def location(host: str, port: int) -> str:
    """`host:port`, with brackets around an IPv6 address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _inner(error: OSError) -> list[OSError]:
    """asyncio joins the failures of several addresses into one error without a number."""
    cause = error.__cause__ or error.__context__
    return [cause] if isinstance(cause, OSError) else []
