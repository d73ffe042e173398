"""What went wrong, in words: every error of the library or the network becomes LinkLost (an
outage, it may heal) or ConfigFault (the server answers and refuses; a person must act)."""

import socket

import structlog
from asyncua import ua

from twinedge.connectors.opcua.settings import OpcuaSettings
from twinedge.connectors.opcua.wire import Garbled
from twinedge.connectors.opcua.words import status_name, status_words
from twinedge.kit.errors import TwinEdgeError
from twinedge.sources.model import ConfigFault, LinkLost

_log = structlog.get_logger(__name__)

_LOGIN = {
    "BadUserAccessDenied": "the server refuses the user name or password",
    "BadIdentityTokenRejected": "the server refuses the user name or password",
    "BadIdentityTokenInvalid": "the server does not take this way to sign in",
    "BadUserSignatureInvalid": "the server refuses the user certificate",
    "BadNoValidCertificates": "the server refuses the user certificate",
}
LOGIN_HINT = (
    "Check authentication: type, username, password. Anonymous access may be off at the server."
)
_CERTIFICATE = {
    "BadCertificateUriInvalid": "the server finds another application URI in our certificate "
    "than we announce",
    "BadCertificateUntrusted": "the server does not trust our certificate",
    "BadCertificateInvalid": "the server finds our certificate invalid",
    "BadCertificateTimeInvalid": "the server finds our certificate expired or not yet valid; "
    "compare the clocks",
    "BadCertificateHostNameInvalid": "the host name in a certificate does not match",
    "BadCertificateUseNotAllowed": "the server does not allow our certificate for this use",
    "BadCertificateChainIncomplete": "the server cannot find the issuer of our certificate",
    "BadSecurityChecksFailed": "the server does not trust our certificate",
}
_POLICY = {
    "BadSecurityPolicyRejected": "the server does not offer this security policy",
    "BadSecurityModeRejected": "the server does not offer this security mode",
    "BadSecurityModeInsufficient": "the server asks for a more secure mode",
    "BadTcpEndpointUrlInvalid": "the server knows no such endpoint path",
}
POLICY_HINT = "Run the connection test: it lists the modes and policies the server offers."
_OUTAGE = {
    "BadTooManySessions": "the server has no free session; close other clients or wait",
    "BadServerHalted": "the server is stopped",
    "BadShutdown": "the server is shutting down",
    "BadServerNotConnected": "the server is not ready",
    "BadSessionIdInvalid": "the server has dropped our session",
    "BadSessionClosed": "the server has closed our session",
    "BadSubscriptionIdInvalid": "the server has dropped our subscription",
    "BadNoSubscription": "the server has dropped our subscription",
    "BadSecureChannelClosed": "the server has closed the connection",
    "BadConnectionClosed": "the server has closed the connection",
    "BadTimeout": "the server took too long",
}


class UntrustedClient(Exception):
    """The server dropped the secure channel while it was being opened, without a reason.

    node-opcua does so when it does not trust our certificate; asyncua then fails on a bare assert.
    """


def certificate_hint(thumbprint: str | None) -> str:
    """What to do at the server about our certificate."""
    own = f" (thumbprint {thumbprint})" if thumbprint else ""
    return (
        f"In the server's list of rejected certificates, move the one of TwinEdge{own} to the "
        "trusted ones, then test again."
    )


def explain(  # noqa: PLR0911 - one a kind of error
    error: BaseException, settings: OpcuaSettings, thumbprint: str | None = None
) -> LinkLost | ConfigFault:
    """The same error in our terms. thumbprint: of our own certificate, for the hint."""
    where = f"{settings.host}:{settings.port}"
    match error:
        case LinkLost() | ConfigFault():
            return error
        case socket.gaierror():
            return LinkLost(f"The host name {settings.host} cannot be found")
        case ConnectionRefusedError():
            return LinkLost(f"{where} refuses the connection: no server listens there")
        case TimeoutError():
            return LinkLost(f"{where} does not answer within {settings.request_s:g} s")
        case ConnectionResetError():
            return LinkLost(f"{where} has reset the connection")
        case ConnectionError():
            return LinkLost(f"The connection to {where} is lost")
        case OSError():
            return LinkLost(f"{where} cannot be reached: {error.strerror or error}")
        case UntrustedClient():
            return ConfigFault(
                f"{where} rejects our certificate", hint=certificate_hint(thumbprint)
            )
        case ua.UaStatusCodeError():
            is_certificate = settings.authentication.login == "certificate"
            return _status(int(error.code), where, thumbprint, is_certificate)
    if not isinstance(error, ua.UaError | Garbled):
        _log.warning("opcua_unexpected_error", endpoint=settings.endpoint, exc_info=error)
    return LinkLost(f"{where} answers in a way that is not understood: {_first_line(error)}")


def _status(
    code: int, where: str, thumbprint: str | None, is_certificate: bool
) -> LinkLost | ConfigFault:
    name = status_name(code)
    if name in _LOGIN:
        words = _LOGIN[name]
        if is_certificate:
            words = words.replace("user name or password", "user certificate")
        return ConfigFault(f"{where}: {words} ({name})", hint=LOGIN_HINT)
    if name in _CERTIFICATE:
        return ConfigFault(
            f"{where}: {_CERTIFICATE[name]} ({name})", hint=certificate_hint(thumbprint)
        )
    if name in _POLICY:
        return ConfigFault(f"{where}: {_POLICY[name]} ({name})", hint=POLICY_HINT)
    if name in _OUTAGE:
        return LinkLost(f"{where}: {_OUTAGE[name]} ({name})")
    return LinkLost(f"{where}: {status_words(code)}")


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]


def first_of(
    group: BaseExceptionGroup[BaseException], settings: OpcuaSettings, thumbprint: str | None
) -> TwinEdgeError:
    """The error that ended a group of tasks; a refusal weighs more than an outage."""
    flat = [leaf for error in group.exceptions for leaf in _leaves(error)]
    explained = [
        e if isinstance(e, TwinEdgeError) else explain(e, settings, thumbprint) for e in flat
    ]
    return next((e for e in explained if isinstance(e, ConfigFault)), explained[0])


def _leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    return [error]
