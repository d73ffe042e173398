"""Use cases of notification channels: keep, test, deliver, and look at the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, SecretStr, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from twinedge.alerts.model import BUILT_IN_CHANNELS, DeliveryFailed, Json, Rule
from twinedge.alerts.ports import Message, Notifiers
from twinedge.alerts.store import items, outbox
from twinedge.alerts.store.tables import AttemptRow, ChannelRow, DeliveryRow, RouteRow, RuleRow
from twinedge.alerts.templates import template_fault
from twinedge.db.database import Database
from twinedge.db.vault import Vault
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Fault, Invalid, NotFound
from twinedge.kit.ids import new_id
from twinedge.web.etag import IfMatch
from twinedge.web.faults import from_pydantic

MASK = "********"


@dataclass(frozen=True, slots=True)
class NewChannel:
    """A channel as a client wants it; `options` hold quiet hours, template and cap."""

    name: str
    kind: str
    config: Mapping[str, Any]
    enabled: bool
    options: Json


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as a client sees it: secrets masked."""

    id: str
    name: str
    kind: str
    enabled: bool
    configured: bool
    config: Json
    options: Json
    version: int
    created_us: int
    updated_us: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message of the log, with every try."""

    row: DeliveryRow
    attempts: list[AttemptRow]


@dataclass(frozen=True, slots=True)
class TestResult:
    ok: bool
    detail: str
    duration_ms: int


class Channels:
    """The only one that sees the plain secrets of channels."""

    def __init__(self, db: Database, vault: Vault, notifiers: Notifiers, clock: Clock) -> None:
        self._db = db
        self._vault = vault
        self._notifiers = notifiers
        self._clock = clock

    async def list(
        self, kind: str | None, offset: int, limit: int
    ) -> tuple[Sequence[Channel], int]:
        """Newest first."""

        def read(session: Session) -> tuple[Sequence[Channel], int]:
            query = select(ChannelRow)
            if kind is not None:
                query = query.where(ChannelRow.type == kind)
            rows, total = items.page(session, query, ChannelRow, offset, limit)
            return [self._view(row) for row in rows], total

        return await self._db.read(read)

    async def get(self, id: str) -> Channel:
        return await self._db.read(lambda s: self._view(items.get(s, ChannelRow, id)))

    async def create(self, id: str | None, new: NewChannel) -> Channel:
        """Add a channel; a built-in name that is not configured yet is configured."""
        config = await self._checked(new, {})
        now_us = self._clock.now_us()

        def add(session: Session) -> Channel:
            taken = outbox.channel_named(session, new.name)
            if taken is not None and (taken.config or new.name not in BUILT_IN_CHANNELS):
                raise Conflict(f"a channel {new.name!r} already exists; change it with PUT")
            if taken is not None:
                if new.kind != taken.type:
                    raise _wrong_type(new.name)
                session.delete(taken)
                session.flush()
            row = ChannelRow(
                id=id or (taken.id if taken is not None else new_id("ch")), name=new.name,
                type=new.kind, enabled=new.enabled, options=new.options, version=1,
                created_us=now_us, updated_us=now_us, config={},
            )  # fmt: skip
            row.config = self._sealed(row.id, new.kind, config)
            items.add(session, row)
            return self._view(row)

        return await self._db.write(add)

    async def update(self, id: str, new: NewChannel, match: IfMatch) -> Channel:
        """Replace a channel; the type stays. A masked secret keeps what is stored."""
        row = await self._db.read(lambda s: items.get(s, ChannelRow, id))
        if new.kind != row.type:
            raise Invalid.at("type", f"cannot be changed; it is {row.type!r}")
        config = await self._checked(new, self._plain(row))
        now_us = self._clock.now_us()

        def change(session: Session) -> Channel:
            row = items.get(session, ChannelRow, id)
            match.check(row.version)
            other = outbox.channel_named(session, new.name)
            if other is not None and other.id != id:
                raise Conflict(f"a channel {new.name!r} already exists")
            if new.name != row.name:
                if row.name in BUILT_IN_CHANNELS:
                    raise Invalid.at("name", f"channel {row.name!r} is built in, it keeps its name")
                _check_unused(session, row.name)
            row.name, row.enabled, row.options = new.name, new.enabled, new.options
            row.config = self._sealed(id, new.kind, config)
            row.version, row.updated_us = row.version + 1, now_us
            return self._view(row)

        return await self._db.write(change)

    async def delete(self, id: str) -> str | None:
        """Remove; a built-in one becomes unconfigured. Raises Conflict while rules use it."""
        now_us = self._clock.now_us()

        def remove(session: Session) -> str | None:
            row = items.get(session, ChannelRow, id)
            why = f"channel {row.name!r} was deleted"
            if row.name in BUILT_IN_CHANNELS:
                outbox.skip_waiting_of_channel(session, id, why, now_us)
                row.config, row.options, row.version = {}, {}, row.version + 1
                return f"{row.name} is built in: it stays, without configuration"
            if users := _users(session, row.name):
                names = ", ".join(users[:5])
                raise Conflict(f"channel {row.name!r} is used by {names}; take it out there first")
            outbox.skip_waiting_of_channel(session, id, why, now_us)
            session.delete(row)
            return None

        return await self._db.write(remove)

    async def test(self, id: str) -> TestResult:
        """Send a test message now. A channel that fails is a successful test call."""
        row = await self._db.read(lambda s: items.get(s, ChannelRow, id))
        if not row.config:
            raise Conflict(f"channel {row.name!r} is not configured yet")
        return await self._try(row.type, self._model(row), row.name)

    async def test_draft(self, new: NewChannel) -> TestResult:
        """The same for a channel that is not saved yet."""
        config = await self._checked(new, {})
        return await self._try(new.kind, config, new.name)

    async def _try(self, kind: str, config: BaseModel, name: str) -> TestResult:
        message = Message(
            id=new_id("msg"), event="test", severity="info",
            title="[TEST] TwinEdge can reach you",
            text=f"This is a test of the channel {name}. If you can read it, alerts will arrive.",
            payload={"channel": name}, created_us=self._clock.now_us(),
        )  # fmt: skip
        started_s = self._clock.monotonic_s()
        try:
            ok, detail = True, await self._notifiers[kind].send(config, message)
        except DeliveryFailed as error:
            ok, detail = False, error.message
        return TestResult(ok, detail, round((self._clock.monotonic_s() - started_s) * 1000))

    # --- delivering ------------------------------------------------------------------------

    async def deliver(self, delivery: DeliveryRow) -> str:
        """Send a queued message. Raises DeliveryFailed."""
        row = await self._db.read(lambda s: s.get(ChannelRow, delivery.channel_id))
        if row is None or not row.config:
            raise DeliveryFailed("the channel is gone", permanent=True)
        message = Message(**delivery.message)
        return await self._notifiers[row.type].send(self._model(row), message)

    async def log(
        self, channel_id: str | None, alert_id: str | None, status: str | None,
        offset: int, limit: int,
    ) -> tuple[Sequence[Delivery], int]:  # fmt: skip
        """The delivery log, newest first."""

        def read(session: Session) -> tuple[Sequence[Delivery], int]:
            query = outbox.deliveries(channel_id, alert_id, status)
            rows, total = outbox.page_of_deliveries(session, query, offset, limit)
            tries = outbox.attempts_of(session, [row.id for row in rows])
            return [Delivery(r, [t for t in tries if t.delivery_id == r.id]) for r in rows], total

        return await self._db.read(read)

    async def retry(self, id: str) -> None:
        """Try a failed message again, now."""
        now_us = self._clock.now_us()

        def change(session: Session) -> None:
            row = session.scalar(select(DeliveryRow).where(DeliveryRow.id == id))
            if row is None:
                raise NotFound.of("delivery", id)
            if row.status not in ("failed", "pending"):
                raise Conflict(f"this message is {row.status}, only a failed one can be retried")
            row.status, row.due_us, row.finished_us, row.attempts = "pending", now_us, None, 0

        await self._db.write(change)

    # --- secrets and checks ----------------------------------------------------------------

    async def _checked(self, new: NewChannel, stored: Mapping[str, Any]) -> BaseModel:
        """The config as its notifier's model. Raises Invalid with all faults."""
        notifier = self._notifiers.get(new.kind)
        if notifier is None:
            known = ", ".join(sorted(self._notifiers))
            raise Invalid.at("type", f"{new.kind!r} is not a channel type; one of: {known}")
        if new.name in BUILT_IN_CHANNELS and new.kind != new.name:
            raise _wrong_type(new.name)
        faults = _template_faults(new.options)
        secrets = secret_fields(notifier.config)
        raw = {
            key: stored.get(key) if key in secrets and value == MASK else value
            for key, value in new.config.items()
        }
        try:
            config: BaseModel = notifier.config.model_validate(raw)
        except ValidationError as error:
            found = from_pydantic(error.errors(), raw)
            faults += [Fault(f"config.{fault.field}", fault.message) for fault in found]
            raise Invalid("the channel is not valid", faults) from None
        found = await notifier.check(config)
        faults += [Fault(f"config.{fault.field}", fault.message) for fault in found]
        if faults:
            raise Invalid("the channel is not valid", faults)
        return config

    def _sealed(self, id: str, kind: str, config: BaseModel) -> Json:
        secrets = secret_fields(self._notifiers[kind].config)
        body = config.model_dump(mode="json", exclude_none=True)
        for key in secrets & body.keys():
            plain = getattr(config, key).get_secret_value()
            body[key] = self._vault.seal(plain, _where(id, key))
        return body

    def _plain(self, row: ChannelRow) -> Json:
        secrets = secret_fields(self._notifiers[row.type].config)
        return {
            key: self._vault.unseal(value, _where(row.id, key)) if key in secrets else value
            for key, value in row.config.items()
        }

    def _model(self, row: ChannelRow) -> BaseModel:
        config: BaseModel = self._notifiers[row.type].config.model_validate(self._plain(row))
        return config

    def _view(self, row: ChannelRow) -> Channel:
        secrets = secret_fields(self._notifiers[row.type].config)
        config = {key: MASK if key in secrets else value for key, value in row.config.items()}
        return Channel(
            row.id, row.name, row.type, row.enabled, bool(row.config), config, row.options,
            row.version, row.created_us, row.updated_us,
        )  # fmt: skip

    def kinds(self) -> Notifiers:
        return self._notifiers


def secret_fields(model: type[BaseModel]) -> set[str]:
    """The names of a config's secret fields."""
    return {
        name
        for name, field in model.model_fields.items()
        if field.annotation is SecretStr or SecretStr in get_args(field.annotation)
    }


def channel_faults(session: Session, names: Sequence[str], field: str) -> list[Fault]:
    """A fault for every name that is no channel."""
    known = {row.name for row in items.all_of(session, ChannelRow)}
    return [
        Fault(f"{field}[{i}]", f"{name!r} is not a channel; known are: {', '.join(sorted(known))}")
        for i, name in enumerate(names)
        if name not in known
    ]


def unconfigured(session: Session, rule: Rule) -> list[str]:
    """The rule's channels that nobody has configured."""
    names = [*rule.notifications, *(n for step in rule.escalation for n in step.notifications)]
    blank = {row.name for row in items.all_of(session, ChannelRow) if not row.config}
    return [name for name in dict.fromkeys(names) if name in blank]


def _where(id: str, key: str) -> str:
    return f"notification_channels/{id}/{key}"


def _wrong_type(name: str) -> Invalid:
    return Invalid.at("type", f"channel {name!r} is built in and of type {name!r}")


def _template_faults(options: Json) -> list[Fault]:
    template = options.get("template") or {}
    return [
        Fault(f"template.{part}", why)
        for part in ("subject", "body")
        if (why := template_fault(template.get(part) or "")) is not None
    ]


def _users(session: Session, name: str) -> list[str]:
    """Rules and routes that name this channel."""
    found = []
    for row in items.all_of(session, RuleRow):
        rule = row.to_rule()
        if name in rule.notifications or any(name in s.notifications for s in rule.escalation):
            found.append(f"rule {row.name!r}")
    routes = items.all_of(session, RouteRow)
    return found + [f"route {row.name!r}" for row in routes if name in row.notifications]


def _check_unused(session: Session, old: str) -> None:
    """Raise Conflict while rules or routes name the channel."""
    if _users(session, old):
        raise Conflict(f"channel {old!r} is used by rules or routes; it cannot be renamed")
