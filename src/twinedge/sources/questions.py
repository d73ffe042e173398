"""Questions to a device: test the connection, browse, read once. Each ends within 10 s.

Browse and read go through the running link when there is one, so that a device with few sessions
to give is not asked for another; else through a link of their own. A test always has its own.
"""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog

from twinedge.assets.model import NewTag
from twinedge.kit.errors import Invalid, TwinEdgeError, Unavailable
from twinedge.sources import config as settings_of
from twinedge.sources.ledger import Ledger
from twinedge.sources.model import (
    ConfigFault,
    LinkLost,
    NewSource,
    Node,
    Reading,
    Step,
    TagSpec,
    TestReport,
)
from twinedge.sources.ports import Config, Driver, Link
from twinedge.telemetry.model import Batch

T = TypeVar("T")
DEADLINE_S = 10.0
_MARGIN_S = 0.5
_ORDER = (
    "resolve", "connect", "tls", "hello", "security", "certificate", "authenticate", "read",
)  # fmt: skip

log = structlog.get_logger(__name__)


class StepLog:
    """Collects the steps of a test (`ports.Probe`)."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def step(self, name: str, ok: bool, ms: float, detail: str, hint: str | None = None) -> Step:
        step = Step(name, ok, round(ms, 1), detail, hint)
        self.steps.append(step)
        return step


class NoSink:
    """The sink of a link that only answers questions."""

    async def deliver(self, batch: Batch) -> None:
        """Nobody asked for it."""

    def alive(self) -> None:
        """Nobody watches."""

    def tag_fault(self, series: int, message: str | None) -> None:
        """Nobody watches."""

    async def discover(self, wanted: Sequence[NewTag]) -> list[int | None]:
        return [None] * len(wanted)


class Questions:
    """Asks devices of saved sources (by id) and of drafts (a body not saved yet)."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def test(self, id: str) -> TestReport:
        """Test a saved source's connection beside the running one."""
        try:
            draft = await self._ledger.draft_of(id)
        except ConfigFault as fault:
            step = Step("settings", False, 0.0, fault.message, fault.hint)
            return TestReport(False, 0.0, (step,))
        return await self._test(self._ledger.driver(draft.type), draft.config)

    async def test_draft(self, draft: NewSource) -> TestReport:
        """Test a connection before it is saved."""
        return await self._test(*await self._ledger.completed(draft))

    async def browse(self, id: str, node: str | None, search: str | None, limit: int) -> list[Node]:
        """What the device of a saved source offers."""
        return await self._ask_saved(id, lambda link: link.browse(node, search, limit))

    async def browse_draft(
        self, draft: NewSource, node: str | None, search: str | None, limit: int
    ) -> list[Node]:
        """What the device offers before the source is saved."""
        driver, config = await self._ledger.completed(draft)
        return await self._ask(driver, config, None, lambda link: link.browse(node, search, limit))

    async def preview(self, id: str, tags: Sequence[TagSpec]) -> list[Reading]:
        """Read addresses once, in order; a wrong one is a Reading with an error."""
        draft = await self._ledger.draft_of(id)
        return await self._preview(
            self._ledger.driver(draft.type), draft.config, self._ledger.runtime.link(id), tags
        )

    async def preview_draft(self, draft: NewSource, tags: Sequence[TagSpec]) -> list[Reading]:
        """Read addresses once before the source is saved."""
        driver, config = await self._ledger.completed(draft)
        return await self._preview(driver, config, None, tags)

    async def _test(self, driver: Driver, config: Config) -> TestReport:
        steps = StepLog()
        started = time.perf_counter()
        try:
            settings = settings_of.resolve(driver, config, self._ledger.environ)
            async with asyncio.timeout(DEADLINE_S - _MARGIN_S):
                await driver.probe(settings, steps)
        except ConfigFault as fault:
            steps.step("settings", False, _ms_since(started), fault.message, fault.hint)
        except TimeoutError:
            words = f"no answer within {DEADLINE_S:.0f} s"
            hint = "the device or a firewall on the way drops what we send"
            steps.step(_step_after(steps.steps), False, _ms_since(started), words, hint)
        except Exception as error:  # the test shall say so, not fail
            log.exception("probe crashed", type=driver.name)
            words = f"the {driver.title} driver failed: {type(error).__name__}: {error}"
            steps.step(_step_after(steps.steps), False, _ms_since(started), words)
        ok = bool(steps.steps) and all(step.ok for step in steps.steps)
        return TestReport(ok, round(_ms_since(started), 3), tuple(steps.steps))

    async def _preview(
        self, driver: Driver, config: Config, link: Link | None, tags: Sequence[TagSpec]
    ) -> list[Reading]:
        settings = settings_of.draft(driver, config, self._ledger.environ)
        fine: list[TagSpec] = []
        wrong: dict[int, Reading] = {}
        for number, tag in enumerate(tags):
            try:
                fine.append(driver.check_tag(settings, tag))
            except Invalid as error:
                words = "; ".join(fault.message for fault in error.faults) or error.message
                wrong[number] = Reading(str(tag.address), quality="bad", error=words)
        read: list[Reading] = []
        if fine:
            read = await self._ask(driver, config, link, lambda it: it.read(fine))
        answers = iter(read)
        return [wrong[n] if n in wrong else next(answers) for n in range(len(tags))]

    async def _ask_saved(self, id: str, question: Callable[[Link], Awaitable[T]]) -> T:
        draft = await self._ledger.draft_of(id)
        driver = self._ledger.driver(draft.type)
        return await self._ask(driver, draft.config, self._ledger.runtime.link(id), question)

    async def _ask(
        self,
        driver: Driver,
        config: Config,
        link: Link | None,
        question: Callable[[Link], Awaitable[T]],
    ) -> T:
        try:
            async with asyncio.timeout(DEADLINE_S - _MARGIN_S):
                if link is not None:
                    return await question(link)
                settings = settings_of.resolve(driver, config, self._ledger.environ)
                visitor = f"twinedge-visit-{secrets.token_hex(6)}"
                visit = driver.link(settings_of.for_visit(settings, visitor), NoSink())
                try:
                    await visit.open()
                    return await question(visit)
                finally:
                    await visit.close()
        except TimeoutError:
            raise Unavailable(f"the device did not answer within {DEADLINE_S:.0f} s") from None
        except LinkLost as lost:
            raise Unavailable(lost.message) from lost
        except TwinEdgeError:
            raise
        except Exception as error:  # a driver's crash is the device's problem, not a 500
            log.exception("question crashed", type=driver.name)
            words = f"the {driver.title} driver failed: {type(error).__name__}: {error}"
            raise Unavailable(words) from error


def _step_after(steps: Sequence[Step]) -> str:
    """The name of the step that was under way."""
    if not steps:
        return _ORDER[0]
    last = steps[-1].name
    place = _ORDER.index(last) if last in _ORDER else -1
    return _ORDER[min(place + 1, len(_ORDER) - 1)]


def _ms_since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
