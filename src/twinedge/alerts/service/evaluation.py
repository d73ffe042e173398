"""Evaluation: the engine joined to stored telemetry and to the book of alerts.

Guarantees. A transition, the alerts and notices it causes, and the state of its group are one
transaction. After a kill, `start` loads the last checkpoint and the group states since, then
replays the stored points behind them: the alerts are those of an undisturbed run. Everything that
changes alerts or rules holds one lock, so there are no lost updates. Evaluation waits for the
database, never for a notifier.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from twinedge.alerts.engine.engine import GRACE_US, Engine, EngineStats
from twinedge.alerts.engine.keeping import decode, encode
from twinedge.alerts.engine.machine import Kind, Transition
from twinedge.alerts.engine.plan import Plan, compile_rule
from twinedge.alerts.feed import AlertFeed
from twinedge.alerts.links import Links
from twinedge.alerts.model import SOURCE_RULE_ID, Alert, GroupKey, Rule, Value
from twinedge.alerts.ports import ScoreTags
from twinedge.alerts.service.binding import Binder
from twinedge.alerts.service.book import Book, as_value
from twinedge.alerts.service.notices import Planner, release_burst
from twinedge.alerts.service.outages import Outages
from twinedge.alerts.service.pulse import Pulse, downtime_us
from twinedge.alerts.service.replay import Points, Replay
from twinedge.alerts.service.surroundings import Surroundings, rule_rows
from twinedge.alerts.store import alerts as store
from twinedge.assets.model import Tag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.backoff import Backoff
from twinedge.kit.clock import MAX_US, US, Clock
from twinedge.kit.errors import Unavailable
from twinedge.kit.ids import new_id
from twinedge.telemetry.model import Batch

T = TypeVar("T")
log = structlog.get_logger(__name__)

LOCK_WAIT_S = 15.0
SLICE = 250
"""Transitions booked in one transaction: about a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a transaction left to do."""

    alerts: list[Alert]
    queued: int
    next_edge_us: int | None


class Evaluation:
    """Used from the event loop. `start` once, then `feed` and `tick` by the worker."""

    def __init__(
        self, db: Database, register: Register, points: Points, clock: Clock, links: Links,
        score_tags: ScoreTags, *, grace_us: int = GRACE_US,
    ) -> None:  # fmt: skip
        self._db = db
        self._register = register
        self._clock = clock
        self._links = links
        self._score_tags = score_tags
        self.scores_changed = asyncio.Event()
        """Set when models were deployed or withdrawn; then call `refresh_scores`."""
        score_tags.on_change(self.scores_changed.set)
        self._engine = Engine(grace_us)
        self._binder = Binder(register)
        self._replay = Replay(self._engine, points, self._book)
        self._pulse = Pulse(clock)
        self._lock = asyncio.Lock()
        """Held by what changes the engine or its rules."""
        self._book_lock = asyncio.Lock()
        """Held, inside the other or alone, by each transaction that changes alerts."""
        self.rules: dict[str, Rule] = {}
        self._rules_by_tag: dict[str, set[str]] = {}
        self.outages = Outages(clock)
        self.changes = AlertFeed()
        self.notices_queued = asyncio.Event()
        """Set when messages wait in the outbox."""
        self.review_due_us: int | None = None
        """When the reasons for muting have to be looked at again."""
        self.dirty = False
        """Whether the engine knows more than the checkpoint."""
        self.rules_changed = False

    # --- start and stop --------------------------------------------------------------------

    async def start(self) -> None:
        """Load rules and state, replay what was stored since; then the engine is up to date."""
        async with self._lock:
            now_us = self._clock.now_us()
            self.rules = await self._db.read(rule_rows)
            checkpoint = await self._db.read(store.get_checkpoint)
            journal = await self._db.read(store.journal)
            self._binder.find_changed()
            for rule in self.rules.values():
                self._index(rule)
                if (plan := self._plan(rule)) is not None:
                    self._engine.put(plan, self._binder.bindings(rule, plan), None)
            snapshot = None if checkpoint is None else decode(checkpoint.body)
            blank = Engine().snapshot(now_us)
            unknown = self._engine.restore(snapshot or blank, journal)
            await self._replay.hold_births({id: self.rules[id].updated_us for id in unknown})
            if snapshot is None:
                born_us = min((rule.updated_us for rule in self.rules.values()), default=now_us)
                await self._replay.run(born_us, born_us)
            else:
                await self._replay.run(snapshot.at_us)
            await self._begin(unknown)
            await self._excuse_downtime(now_us)
            self.outages.load(await self._db.read(_open_outages))
            await self._reconcile()
            self.review_due_us = now_us
            await self._checkpoint()

    async def _begin(self, rule_ids: Sequence[str]) -> None:
        """Judge rules that the checkpoint does not know by what is held, as at their birth.

        A silence that began before the stop is then dated as if there had been none.
        """
        for rule_id in rule_ids:
            rule = self.rules[rule_id]
            if (plan := self._plan(rule)) is not None:
                groups = self._binder.bindings(rule, plan)
                await self._book(self._engine.put(plan, groups, rule.updated_us, anew=True))

    async def _excuse_downtime(self, now_us: int) -> None:
        """While the engine was down no tag was silent; what was due before is judged before."""
        alive_us = await self._db.read(store.alive_us)
        if stopped_us := downtime_us(alive_us, now_us):
            assert alive_us is not None
            await self._book(self._engine.tick(alive_us))
            self._engine.excuse_silence(stopped_us)

    async def _reconcile(self) -> None:
        """Alerts open in the book are open in the engine; those whose group is gone end.

        A group is gone when its model was withdrawn or its tag claimed just before a kill.
        """

        def held_open(session: Session) -> list[GroupKey]:
            rows = store.open_alerts(session)
            return [key for row in rows if row.rule_id in self.rules for key in row.engine_keys]

        gone: list[Transition] = []
        for key in await self._db.read(held_open):
            if self._engine.phase(key) is None:
                gone.append(Transition(key, Kind.CLEARED, self._clock.now_us(), 0, None))
            self._engine.reopen(key)
        await self._book(gone)

    async def checkpoint(self) -> None:
        """Store the engine's whole state; a restart replays only what comes after."""
        async with self._lock:
            await self._checkpoint()

    async def _checkpoint(self) -> None:
        at_us = self._clock.now_us()
        snapshot = self._engine.snapshot(at_us)
        await self._db.write(lambda s: store.put_checkpoint(s, at_us, encode(snapshot)))
        self._pulse.beat_us = at_us
        self.dirty = self.rules_changed = False

    async def beat(self) -> None:
        """Write down that the engine lives, so that a restart knows how long it was away.

        Only while some rule waits for a silence: nothing else depends on it.
        """
        if self._pulse.is_due() and self._engine.watches_silence:
            async with self._lock:
                now_us = self._clock.now_us()
                await self._db.write(lambda s: store.put_alive(s, now_us))
                self._pulse.beat_us = now_us

    # --- time ------------------------------------------------------------------------------

    async def feed(self, batches: Sequence[Batch]) -> None:
        """Judge stored points in the order they were published; returns when all is booked."""
        async with self._lock:
            self._follow_clock()
            transitions: list[Transition] = []
            for batch in batches:
                newest = int(batch.series.max()) if len(batch) else 0
                if newest > self._binder.newest:
                    transitions += self._bind(self._binder.find_new(newest))
                transitions += self._engine.feed(batch)
            self.dirty = True
            await self._book(transitions)

    async def catch_up(self) -> None:
        """Points were missed (the queue was full): read them from the store."""
        async with self._lock:
            await self._replay.run(self._clock.now_us())

    async def tick(self, waiting_since_us: Callable[[], int] = lambda: MAX_US) -> None:
        """Fire timers that are due; find tags that changed their source.

        waiting_since_us: when the oldest point came that waits to be judged; asked under the lock.
        Until it is judged, nobody knows whether a tag was silent since.
        """
        async with self._lock:
            self._follow_clock()
            transitions = self._bind(self._binder.find_changed())
            heard_us = min(self._clock.now_us(), waiting_since_us())
            await self._book([*transitions, *self._engine.tick(heard_us)])

    def _follow_clock(self) -> None:
        if jump_us := self._pulse.take_jump():
            log.warning("the system clock was set", seconds=jump_us / US)
            self._engine.set_clock(jump_us)

    def _bind(self, tags: Iterable[Tag]) -> list[Transition]:
        out: list[Transition] = []
        for tag in tags:
            for rule_id in self._rules_by_tag.get(tag.tag_name, ()):
                plan = self._engine.plans.get(rule_id)
                if plan is None:
                    continue
                rule = self.rules[rule_id]
                for asset in self._binder.assets_concerned(rule, plan, tag):
                    binding = self._binder.binding(rule, plan, asset)
                    if binding is not None:
                        out += self._engine.bind(binding, self._clock.now_us())
        return out

    # --- the book --------------------------------------------------------------------------

    async def _book(self, transitions: Sequence[Transition]) -> None:
        """Write transitions down, however long the database is away; many in slices.

        In the order of time, so that assets join and leave their group as they did. Between slices
        people get at the book. What is told of one rule is one message all the same.
        """
        slices = list(self._sliced(transitions))
        burst = new_id("burst") if len(slices) > 1 else None
        for part in slices:
            await self._book_slice(part, burst)
        if burst is not None:
            now_us, link = self._clock.now_us(), self._links.alerts()
            if await self._transact(lambda s, _book: release_burst(s, burst, now_us, link)):
                self.notices_queued.set()

    def _sliced(self, transitions: Sequence[Transition]) -> Iterator[Sequence[Transition]]:
        """In pieces of about SLICE, in order of time.

        Those of an engine's group stay together, as its state is stored with them; so do those of a
        rule whose assets share alerts.
        """
        kept: dict[GroupKey | str, list[Transition]] = {}
        for transition in sorted(transitions, key=lambda t: t.ts):
            rule = self.rules.get(transition.key[0])
            shares = rule is not None and rule.grouping is not None
            place = transition.key[0] if shares else transition.key
            kept.setdefault(place, []).append(transition)
        piece: list[Transition] = []
        for together in kept.values():
            piece += together
            if len(piece) >= SLICE:
                yield sorted(piece, key=lambda t: t.ts)
                piece = []
        if piece:
            yield sorted(piece, key=lambda t: t.ts)

    async def _book_slice(self, transitions: Sequence[Transition], burst: str | None) -> None:
        backoff = Backoff(first_s=0.2, cap_s=5.0)
        while True:
            try:
                return await self._write_transitions(transitions, burst)
            except OperationalError as error:
                log.warning("alerts wait for the database", error=str(error.orig))
                await asyncio.sleep(backoff.next_s())
            except Exception:
                if len(transitions) == 1:
                    log.exception("an alert could not be booked", transition=transitions[0])
                    return None
                for transition in transitions:
                    await self._book_slice([transition], burst)
                return None

    async def _write_transitions(
        self, transitions: Sequence[Transition], burst: str | None
    ) -> None:
        states = [
            (key, *state)
            for key in dict.fromkeys(t.key for t in transitions)
            if (state := self._engine.state(key)) is not None
        ]

        def work(session: Session, book: Book) -> None:
            book.enter(transitions, self.tag_of)
            store.put_states(session, states)

        await self._transact(work, burst)

    async def transact(self, work: Callable[[Session, Book], T]) -> T:
        """Change alerts in one transaction; nothing else changes them meanwhile."""
        async with _held(self._book_lock):
            return await self._transact_held(work)

    async def _transact(self, work: Callable[[Session, Book], T], burst: str | None = None) -> T:
        async with self._book_lock:
            return await self._transact_held(work, burst)

    async def _transact_held(
        self, work: Callable[[Session, Book], T], burst: str | None = None
    ) -> T:
        now_us = self._clock.now_us()
        rules, outages = dict(self.rules), self.outages.current(now_us)
        beats = self._pulse.is_due()
        # by whichever transaction comes first: after it, an edge that has passed is not seen again
        is_due = self.review_due_us is not None and self.review_due_us <= now_us

        def run(session: Session) -> tuple[T, Outcome]:
            around = Surroundings.load(session, now_us, rules, outages)
            planner = Planner(session, around, self._links, burst)
            book = Book(session, around, planner)
            result = work(session, book)
            if is_due:
                store.remove_old_shelves(session, now_us)
            if book.hiding_changed or is_due:
                session.flush()
                book.review(store.open_alerts(session))
            planner.finish()
            if beats:
                store.put_alive(session, now_us)
            session.flush()
            return result, Outcome(book.changed, planner.queued, around.next_edge())

        result, outcome = await self._db.write(run)
        if beats:
            self._pulse.beat_us = now_us
        self.review_due_us = outcome.next_edge_us
        self.changes.publish(outcome.alerts)
        if outcome.queued:
            self.notices_queued.set()
        return result

    async def resolve(
        self, work: Callable[[Session, Book], tuple[Alert, Sequence[GroupKey]]]
    ) -> Alert:
        """A person resolves an alert: the engine stays silent until the condition cleared once.

        work: answers the alert and the engine's groups that held it open.
        """
        async with _held(self._lock):
            alert, keys = await self._transact(work)
            for key in keys:
                self._engine.block(key)
            states = [(key, *state) for key in keys if (state := self._engine.state(key))]
            await self._db.write(lambda s: store.put_states(s, states))
            return alert

    # --- rules -----------------------------------------------------------------------------

    async def change_rules(
        self, work: Callable[[Session], tuple[Sequence[Rule], Sequence[str]]], reason: str
    ) -> Sequence[Rule]:
        """Store a change of rules and let it take effect at once.

        work: stores, and answers the rules as they are now and the ids of those deleted. Alerts of
        rules that are deleted or disabled are resolved with the reason; others keep their state.
        """
        async with _held(self._lock):

            def change(session: Session, book: Book) -> tuple[Sequence[Rule], Sequence[str]]:
                rules, gone = work(session)
                why = dict.fromkeys(self._regrouped(rules), "the rule groups differently now")
                why |= dict.fromkeys(gone, reason)
                why |= {rule.id: reason for rule in rules if not rule.enabled}
                for rule_id, words in why.items():
                    for row in store.open_of_rule(session, rule_id):
                        book.close(row, self._clock.now_us(), "system", words)
                return rules, gone

            rules, gone = await self._transact(change)
            for rule_id in self._regrouped(rules):
                self._engine.remove(rule_id)
            for rule_id in gone:
                self._drop(rule_id)
            for rule in rules:
                self._drop_index(rule.id)
                self.rules[rule.id] = rule
                self._index(rule)
                await self._put(rule)
            self.rules_changed = True
            return rules

    def _regrouped(self, rules: Sequence[Rule]) -> list[str]:
        """Rules that group otherwise than before; their alerts begin anew."""
        return [
            rule.id
            for rule in rules
            if rule.id in self.rules and self.rules[rule.id].grouping is not rule.grouping
        ]

    async def _put(self, rule: Rule) -> None:
        await self._book(self._bind(self._binder.find_changed()))
        plan = self._plan(rule)
        if plan is None:
            self._engine.remove(rule.id)
            return
        groups = self._binder.bindings(rule, plan)
        await self._replay.hold({n for _, series in groups for n in series if n is not None})
        await self._book(self._engine.put(plan, groups, self._clock.now_us()))

    async def refresh_scores(self) -> None:
        """Models were deployed or withdrawn: conditions on their scores wake or sleep."""
        async with self._lock:
            self.scores_changed.clear()
            for rule in list(self.rules.values()):
                if self._plan(rule) != self._engine.plans.get(rule.id):
                    self._drop_index(rule.id)
                    self._index(rule)
                    await self._put(rule)
            self.rules_changed = True

    def _plan(self, rule: Rule) -> Plan | None:
        return compile_rule(rule, self._score_tags.score_tag_of) if rule.enabled else None

    def _index(self, rule: Rule) -> None:
        if (plan := self._plan(rule)) is not None:
            for leaf in plan.leaves:
                self._rules_by_tag.setdefault(leaf.tag_name, set()).add(rule.id)

    def _drop_index(self, rule_id: str) -> None:
        for rules in self._rules_by_tag.values():
            rules.discard(rule_id)

    def _drop(self, rule_id: str) -> None:
        self._drop_index(rule_id)
        self.rules.pop(rule_id, None)
        self._engine.remove(rule_id)

    # --- looking in ------------------------------------------------------------------------

    def tag_of(self, key: GroupKey, leaf: int) -> Tag | None:
        """The tag a leaf of a group looks at."""
        plan = self._engine.plans.get(key[0])
        if plan is None or leaf >= len(plan.leaves):
            return None
        return self._register.find(plan.leaves[leaf].asset_id or key[1], plan.leaves[leaf].tag_name)

    def last_value(self, alert: Alert) -> Value | None:
        """The newest value of an open alert's tag; what is stored, for others."""
        plan = self._engine.plans.get(alert.rule_id or "")
        if plan is None or not alert.is_open:
            return alert.last_value
        names = [leaf.tag_name for leaf in plan.leaves]
        leaf = names.index(alert.tag_name) if alert.tag_name in names else 0
        value = self._engine.last_value(alert.key, leaf)
        return alert.last_value if value is None else as_value(value, self.tag_of(alert.key, leaf))

    def stats(self) -> EngineStats:
        return self._engine.stats()


@asynccontextmanager
async def _held(lock: asyncio.Lock) -> AsyncIterator[None]:
    """The lock for a caller who does not want to wait forever."""
    try:
        await asyncio.wait_for(lock.acquire(), LOCK_WAIT_S)
    except TimeoutError:
        raise Unavailable("alerts are waiting for the database", 5) from None
    try:
        yield
    finally:
        lock.release()


def _open_outages(session: Session) -> Mapping[str, tuple[int, str]]:
    rows = store.open_of_rule(session, SOURCE_RULE_ID)
    return {row.data_source_id or "": (row.triggered_us, row.message) for row in rows}
