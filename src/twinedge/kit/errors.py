"""One tree of errors; each carries the code and status the API answers with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of an input: where it is, as the client wrote it, and what is wrong."""

    field: str
    message: str


class TwinEdgeError(Exception):
    """Base of every error of ours. `message` is for people, `faults` point at the input."""

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.faults = tuple(faults)


class Invalid(TwinEdgeError):
    """The input is wrong; `faults` lists every fault found, not the first only."""

    code = "validation_error"
    status = 400

    @classmethod
    def at(cls, field: str, message: str) -> "Invalid":
        """One fault at one field."""
        return cls(message, [Fault(field, message)])


class Unauthorized(TwinEdgeError):
    """Nobody we know: key missing, malformed, unknown, expired or revoked."""

    code = "unauthorized"
    status = 401


class Forbidden(TwinEdgeError):
    """Known, but without the scope."""

    code = "forbidden"
    status = 403


class NotFound(TwinEdgeError):
    """No such thing. The message names its kind and id."""

    code = "not_found"
    status = 404

    @classmethod
    def of(cls, kind: str, id: str) -> "NotFound":
        return cls(f"{kind} {id!r} not found")


class Conflict(TwinEdgeError):
    """The state of the thing does not allow this, or the id or name is taken."""

    code = "conflict"
    status = 409


class PreconditionFailed(TwinEdgeError):
    """`If-Match` names another version than the stored one."""

    code = "precondition_failed"
    status = 412


class TooLarge(TwinEdgeError):
    """The body, or the number of its items, is over a limit; the message names the limit."""

    code = "payload_too_large"
    status = 413


class UnsupportedMediaType(TwinEdgeError):
    """The Content-Type or Content-Encoding is not one we read; the message lists those."""

    code = "unsupported_media_type"
    status = 415


class RateLimited(TwinEdgeError):
    """Over the rate limit."""

    code = "rate_limited"
    status = 429

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Unavailable(TwinEdgeError):
    """Cannot now (queue full, store degraded); the client should come back."""

    code = "service_unavailable"
    status = 503

    def __init__(self, message: str, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
