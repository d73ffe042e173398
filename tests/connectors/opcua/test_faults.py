"""Errors in words, and an outage told apart from a refusal."""

import socket

import pytest
from asyncua import ua

from tests.connectors.opcua.plants import settings
from twinedge.connectors.opcua.faults import UntrustedClient, explain, first_of
from twinedge.connectors.opcua.wire import Garbled
from twinedge.sources.model import ConfigFault, LinkLost

CODES = ua.StatusCodes


def status(name: str) -> ua.UaStatusCodeError:
    return ua.UaStatusCodeError(getattr(CODES, name))


class TestExplain:
    @pytest.mark.parametrize(
        ("error", "hint"),
        [
            (socket.gaierror(-2, "x"), "cannot be found"),
            (ConnectionRefusedError(111, "x"), "refuses the connection"),
            (TimeoutError(), "does not answer within 5 s"),
            (ConnectionResetError(104, "x"), "reset"),
            (ConnectionError(), "lost"),
            (OSError(113, "No route to host"), "No route to host"),
            (Garbled("x"), "not understood"),
            (status("BadTooManySessions"), "no free session"),
            (status("BadSessionIdInvalid"), "dropped our session"),
            (status("BadInternalError"), "internal error"),
        ],
    )
    def test_outages_may_heal(self, error: Exception, hint: str) -> None:
        told = explain(error, settings(4840))
        assert isinstance(told, LinkLost)
        assert hint in told.message
        assert "Errno" not in told.message

    @pytest.mark.parametrize(
        "name",
        [
            "BadUserAccessDenied", "BadIdentityTokenRejected", "BadIdentityTokenInvalid",
            "BadCertificateUriInvalid", "BadCertificateUntrusted", "BadSecurityChecksFailed",
            "BadSecurityPolicyRejected", "BadSecurityModeInsufficient",
        ],
    )  # fmt: skip
    def test_refusals_need_a_person_and_say_what_to_do(self, name: str) -> None:
        told = explain(status(name), settings(4840), "ab" * 32)
        assert isinstance(told, ConfigFault)
        assert name in told.message
        assert told.hint

    def test_a_dropped_channel_is_our_certificate(self) -> None:
        told = explain(UntrustedClient(), settings(4840), "ab" * 32)
        assert isinstance(told, ConfigFault)
        assert "ab" * 32 in (told.hint or "")

    def test_of_many_errors_the_refusal_counts(self) -> None:
        group = BaseExceptionGroup("x", [ConnectionError(), status("BadUserAccessDenied")])
        assert isinstance(first_of(group, settings(4840), None), ConfigFault)
