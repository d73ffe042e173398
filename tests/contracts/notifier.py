"""What every kind of notification channel must do, whatever carries it.

A kind's tests subclass `NotifierContract` and give it a fixture `receiver`, a real server of
another make that can refuse, hang and go away:

    class TestWebhookContract(NotifierContract):
        @pytest.fixture
        async def receiver(self) -> AsyncIterator[Receiver]: ...
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

import pytest
from pydantic import BaseModel, ValidationError

from twinedge.alerts.model import DeliveryFailed
from twinedge.alerts.ports import Message, Notifier

MESSAGE = Message(
    "msg-1", "raised", "critical", "[CRITICAL] Hot on Pump_001", "85 °C\n.\n<!channel> & more",
    {"alert": {"id": "al-1", "members": []}}, 1_767_700_800_000_000,
    "https://plant.example/alerts/al-1", "https://plant.example/v1/alert-links/x",
)  # fmt: skip
PATIENCE_S = 60.0
"""More than any answer takes; a test that needs it all has failed."""


class Receiver(Protocol):
    """The other side, under the test's control; it accepts when the fixture yields it."""

    notifier: Notifier[Any]
    config: BaseModel
    """Reaches the server, with a secret wherever the kind has one."""
    secrets: Sequence[str]
    """What must be in no log, answer or error."""
    bad_configs: Sequence[dict[str, Any]]
    """Bodies that must be refused when they are saved, each for a reason of its own."""
    refuses_for_good: bool
    """Whether the protocol can say that trying again is of no use."""

    async def received(self, count: int) -> list[str]:
        """What arrived as text, once there are so many."""
        ...

    async def refuse(self, for_good: bool) -> None:
        """Answer every message with a refusal."""
        ...

    async def hang(self) -> None:
        """Take the message and never answer."""
        ...

    async def accept(self) -> None:
        """Be well again."""
        ...

    async def stop(self) -> None:
        """Listen no longer."""
        ...


class NotifierContract:
    async def test_delivers_and_tells_what_the_other_side_said(self, receiver: Receiver) -> None:
        answer = await receiver.notifier.send(receiver.config, MESSAGE)
        (arrived,) = await receiver.received(1)
        assert answer
        assert "Hot on Pump_001" in arrived
        assert "85 °C" in arrived

    async def test_every_severity_and_event(self, receiver: Receiver) -> None:
        for severity in ("critical", "warning", "info"):
            message = replace(MESSAGE, severity=severity, event="test", payload={}, link=None)
            await receiver.notifier.send(receiver.config, message)
        assert len(await receiver.received(3)) == 3

    async def test_a_repeat_is_the_same_to_the_receiver(self, receiver: Receiver) -> None:
        for _ in range(2):
            await receiver.notifier.send(receiver.config, MESSAGE)
        first, second = await receiver.received(2)
        assert first == second

    async def test_good_config_has_no_faults(self, receiver: Receiver) -> None:
        assert await receiver.notifier.check(receiver.config) == []

    async def test_bad_configs_are_refused(self, receiver: Receiver) -> None:
        for body in receiver.bad_configs:
            try:
                config = receiver.notifier.config.model_validate(body)
            except ValidationError:
                continue
            assert await receiver.notifier.check(config), body

    async def test_unknown_field_is_refused(self, receiver: Receiver) -> None:
        body = _plain(receiver.config) | {"unknown": 1}
        with pytest.raises(ValidationError, match="unknown"):
            receiver.notifier.config.model_validate(body)

    async def test_secrets_are_marked_as_such(self, receiver: Receiver) -> None:
        assert not [secret for secret in receiver.secrets if secret in repr(receiver.config)]

    async def test_nobody_there_is_temporary(self, receiver: Receiver) -> None:
        await receiver.stop()
        assert not (await _failure(receiver)).permanent

    async def test_refused_for_now_is_temporary_and_works_later(self, receiver: Receiver) -> None:
        await receiver.refuse(for_good=False)
        assert not (await _failure(receiver)).permanent
        await receiver.accept()
        await receiver.notifier.send(receiver.config, MESSAGE)
        assert len(await receiver.received(1)) == 1

    async def test_refused_for_good_is_permanent(self, receiver: Receiver) -> None:
        if not receiver.refuses_for_good:
            pytest.skip("the protocol has no such answer")
        await receiver.refuse(for_good=True)
        assert (await _failure(receiver)).permanent

    async def test_a_receiver_that_hangs_is_given_up(self, receiver: Receiver) -> None:
        await receiver.hang()
        assert not (await _failure(receiver)).permanent

    async def test_can_be_cancelled(self, receiver: Receiver) -> None:
        await receiver.hang()
        sending = asyncio.create_task(receiver.notifier.send(receiver.config, MESSAGE))
        await asyncio.sleep(0)
        sending.cancel()
        async with asyncio.timeout(PATIENCE_S):
            with pytest.raises(asyncio.CancelledError):
                await sending

    async def test_secrets_are_in_no_log_answer_or_error(
        self, receiver: Receiver, caplog: pytest.LogCaptureFixture,
        capsys: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        caplog.set_level(logging.DEBUG)
        told = [await receiver.notifier.send(receiver.config, MESSAGE)]
        await receiver.refuse(for_good=False)
        told.append((await _failure(receiver)).message)
        await receiver.stop()
        told.append((await _failure(receiver)).message)
        told += [caplog.text, *capsys.readouterr()]
        assert not [secret for secret in receiver.secrets for text in told if secret in text]


async def _failure(receiver: Receiver) -> DeliveryFailed:
    async with asyncio.timeout(PATIENCE_S):
        with pytest.raises(DeliveryFailed) as failure:
            await receiver.notifier.send(receiver.config, MESSAGE)
    assert failure.value.message
    return failure.value


def _plain(config: BaseModel) -> dict[str, Any]:
    body = config.model_dump()
    return {
        key: value.get_secret_value() if hasattr(value, "get_secret_value") else value
        for key, value in body.items()
    }
