"""What can go wrong when we ask a server."""

from collections.abc import Sequence

from twinedge.kit.errors import Fault, TwinEdgeError


class ApiError(TwinEdgeError):
    """The server refused. `error_code` and `http_status` are its own words, `faults` its details.

    retry_after_s is set when it asks us to come back later (429, 503).
    """

    def __init__(
        self,
        message: str,
        faults: Sequence[Fault] = (),
        *,
        error_code: str,
        http_status: int,
        request_id: str | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message, faults)
        self.error_code = error_code
        self.http_status = http_status
        self.request_id = request_id
        self.retry_after_s = retry_after_s


class Unreachable(TwinEdgeError):
    """No answer: nothing listens there, the name is unknown, or it took too long."""

    code = "service_unavailable"
    status = 503
