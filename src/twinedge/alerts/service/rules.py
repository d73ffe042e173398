"""Use cases of alert rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from twinedge.alerts.bodies import RuleBody
from twinedge.alerts.conditions import is_text, leaves_of
from twinedge.alerts.model import SOURCE_RULE_ID, AllOf, AnyOf, Form, Leaf, Rule, Score, Threshold
from twinedge.alerts.ports import ScoreTags
from twinedge.alerts.service.channels import channel_faults, unconfigured
from twinedge.alerts.service.evaluation import Evaluation
from twinedge.alerts.store import items
from twinedge.alerts.store.tables import RuleRow
from twinedge.assets.model import Kind, Tag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Fault, Invalid
from twinedge.kit.ids import new_id
from twinedge.web.etag import IfMatch

SourceExists = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule with what a person should know about it."""

    rule: Rule
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleFilter:
    """Which rules; None is any."""

    severity: str | None = None
    enabled: bool | None = None
    data_source_id: str | None = None
    search: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import changes: names of rules by what happens to them."""

    added: list[str]
    changed: list[str]
    removed: list[str]
    unchanged: list[str]


class Rules:
    """Rules take effect in the moment they are stored."""

    def __init__(
        self, db: Database, evaluation: Evaluation, register: Register, score_tags: ScoreTags,
        clock: Clock, source_exists: SourceExists = lambda _: True,
    ) -> None:  # fmt: skip
        self._db = db
        self._evaluation = evaluation
        self._register = register
        self._score_tags = score_tags
        self._clock = clock
        self._source_exists = source_exists

    async def list(
        self, where: RuleFilter, offset: int, limit: int
    ) -> tuple[Sequence[RuleView], int]:
        """Newest first."""

        def read(session: Session) -> tuple[Sequence[RuleView], int]:
            query = select(RuleRow)
            if where.severity is not None:
                query = query.where(RuleRow.severity == where.severity)
            if where.enabled is not None:
                query = query.where(RuleRow.enabled.is_(where.enabled))
            if where.data_source_id is not None:
                query = query.where(RuleRow.data_source_id == where.data_source_id)
            if where.search is not None:
                query = query.where(RuleRow.name.icontains(where.search, autoescape=True))
            rows, total = items.page(session, query, RuleRow, offset, limit)
            return [self._view(session, row.to_rule()) for row in rows], total

        return await self._db.read(read)

    async def get(self, id: str) -> RuleView:
        return await self._db.read(lambda s: self._view(s, items.get(s, RuleRow, id).to_rule()))

    async def create(self, body: RuleBody) -> RuleView:
        """Add a rule. Raises Invalid with all faults, Conflict when the id is taken."""
        rule = body.to_rule(body.id or new_id("rule"), self._clock.now_us())
        if rule.id == SOURCE_RULE_ID:
            raise Conflict(f"alert rule {rule.id!r} is built in")

        def add(session: Session) -> tuple[Sequence[Rule], Sequence[str]]:
            self._check(session, rule)
            row = RuleRow(id=rule.id)
            row.take(rule)
            items.add(session, row)
            return [rule], []

        await self._evaluation.change_rules(add, "")
        return await self.get(rule.id)

    async def update(self, id: str, body: RuleBody, match: IfMatch) -> RuleView:
        """Replace a rule; open alerts stay open if the new condition still holds."""
        if body.id is not None and body.id != id:
            raise Invalid.at("id", "cannot be changed")
        wanted = body.to_rule(id, self._clock.now_us())

        def change(session: Session) -> tuple[Sequence[Rule], Sequence[str]]:
            row = items.get(session, RuleRow, id)
            match.check(row.version)
            self._check(session, wanted)
            enabled = row.enabled if body.enabled is None else body.enabled
            rule = replace(
                wanted, enabled=enabled, version=row.version + 1, created_us=row.created_us
            )
            row.take(rule)
            return [rule], []

        await self._evaluation.change_rules(change, "the rule was disabled")
        return await self.get(id)

    async def set_enabled(self, id: str, enabled: bool) -> RuleView:
        """Switch a rule on or off; a second time changes nothing. Off resolves its alerts."""

        def change(session: Session) -> tuple[Sequence[Rule], Sequence[str]]:
            row = items.get(session, RuleRow, id)
            if row.enabled == enabled:
                return [], []
            row.enabled, row.version = enabled, row.version + 1
            row.updated_us = self._clock.now_us()
            return [row.to_rule()], []

        await self._evaluation.change_rules(change, "the rule was disabled")
        return await self.get(id)

    async def delete(self, id: str) -> None:
        """Remove a rule and resolve its alerts; they stay in the history."""

        def remove(session: Session) -> tuple[Sequence[Rule], Sequence[str]]:
            session.delete(items.get(session, RuleRow, id))
            return [], [id]

        await self._evaluation.change_rules(remove, "the rule was deleted")

    # --- as code ---------------------------------------------------------------------------

    async def export(self) -> Sequence[Rule]:
        """Every rule, oldest first."""
        return await self._db.read(lambda s: [r.to_rule() for r in items.all_of(s, RuleRow)])

    async def load(self, bodies: Sequence[RuleBody], replace_all: bool, dry: bool) -> Difference:
        """Make the rules be as written, all or nothing; a rule is the same by id, else by name.

        replace_all: rules that are not written are deleted. dry: only say what would change.
        """
        now_us = self._clock.now_us()
        wanted: list[Rule] = []
        faults: list[Fault] = []
        for i, body in enumerate(bodies):
            try:
                wanted.append(body.to_rule(body.id or "", now_us, f"rules[{i}]."))
            except Invalid as error:
                faults += error.faults
        for key, words in (
            ("id", [r.id for r in wanted if r.id]),
            ("name", [r.name for r in wanted]),
        ):
            twice = sorted({word for word in words if words.count(word) > 1})
            faults += [Fault("rules", f"{key} {word!r} is there twice") for word in twice]
        if faults:
            raise Invalid("the file is not valid", faults)

        found: list[Difference] = []

        def change(session: Session) -> tuple[Sequence[Rule], Sequence[str]]:
            known = items.all_of(session, RuleRow)
            matched = [(_match(known, rule), rule) for rule in wanted]
            difference, rules, gone = Difference([], [], [], []), [], []
            faults: list[Fault] = []
            for i, (row, draft) in enumerate(matched):
                faults += self._faults(session, draft, f"rules[{i}].")
                rule = draft if row is None else replace(
                    draft, id=row.id, version=row.version, created_us=row.created_us,
                    updated_us=row.updated_us,
                )  # fmt: skip
                if row is None:
                    difference.added.append(rule.name)
                    rule = replace(rule, id=rule.id or new_id("rule"))
                elif rule == row.to_rule():
                    difference.unchanged.append(rule.name)
                    continue
                else:
                    difference.changed.append(rule.name)
                    rule = replace(rule, version=row.version + 1, updated_us=now_us)
                rules.append(rule)
                if not dry:
                    target = row or RuleRow(id=rule.id)
                    target.take(rule)
                    session.add(target)
            if faults:
                raise Invalid("the file is not valid", faults)
            kept = {row.id for row, _ in matched if row is not None}
            for row in known if replace_all else []:
                if row.id not in kept:
                    difference.removed.append(row.name)
                    gone.append(row.id)
                    if not dry:
                        session.delete(row)
            found.append(difference)
            return ([], []) if dry else (rules, gone)

        if dry:
            await self._db.read(change)
        else:
            await self._evaluation.change_rules(change, "the rule was changed by an import")
        return found[0]

    # --- checks ----------------------------------------------------------------------------

    def _check(self, session: Session, rule: Rule) -> None:
        if faults := self._faults(session, rule, ""):
            raise Invalid("the rule is not valid", faults)

    def check_kinds(self, rule: Rule) -> None:
        """Raise Invalid where a leaf compares texts with numbers."""
        if faults := self._kind_faults(rule, ""):
            raise Invalid("the rule is not valid", faults)

    def _faults(self, session: Session, rule: Rule, field: str) -> Sequence[Fault]:
        faults = channel_faults(session, rule.notifications, f"{field}notifications")
        for i, step in enumerate(rule.escalation):
            where = f"{field}escalation[{i}].notifications"
            faults += channel_faults(session, step.notifications, where)
        return [*faults, *self._kind_faults(rule, field)]

    def _kind_faults(self, rule: Rule, field: str) -> Sequence[Fault]:
        faults = []
        for path, leaf in _paths(rule.condition.form, f"{field}condition"):
            kinds = {tag.kind for tag in self._tags(rule, leaf)}
            if is_text(leaf) and kinds and Kind.TEXT not in kinds:
                what = "a text, but the tag's values are numbers"
                faults.append(Fault(f"{path}.value", f"is {what}"))
            elif isinstance(leaf, Threshold) and not is_text(leaf) and kinds == {Kind.TEXT}:
                what = "is a number, but the tag's values are texts: use eq or neq with a text"
                faults.append(Fault(f"{path}.value", what))
        return faults

    def _tags(self, rule: Rule, leaf: Leaf) -> Sequence[Tag]:
        """The tags a leaf can look at, now."""
        name = (
            self._score_tags.score_tag_of(leaf.model_id)
            if isinstance(leaf, Score)
            else leaf.tag_name
        )
        asset = rule.asset_id if isinstance(leaf, Score) else leaf.asset_id or rule.asset_id
        if name is None or not self._register.has_tag_name(name):
            return []
        if asset is not None:
            tag = self._register.find(asset, name)
            return [] if tag is None else [tag]
        return self._register.select(tag_names=[name], data_source_id=rule.data_source_id)

    async def warnings_of(self, rule: Rule) -> Sequence[str]:
        """What keeps this rule, saved or not, from working now."""
        return await self._db.read(lambda s: self._warnings(s, rule))

    def _view(self, session: Session, rule: Rule) -> RuleView:
        return RuleView(rule, tuple(self._warnings(session, rule)))

    def _warnings(self, session: Session, rule: Rule) -> Sequence[str]:
        warnings = [
            f"channel {name!r} is not configured: its messages are logged as skipped"
            for name in unconfigured(session, rule)
        ]
        source = rule.data_source_id
        if source is not None and not self._source_exists(source):
            warnings.append(f"data source {source!r} does not exist yet; the rule waits for it")
            return warnings
        for leaf in leaves_of(rule.condition.form):
            if isinstance(leaf, Score):
                if self._score_tags.score_tag_of(leaf.model_id) is None:
                    warnings.append(
                        f"model {leaf.model_id!r} is not deployed; the rule waits for it"
                    )
            elif not self._tags(rule, leaf):
                asset = leaf.asset_id or rule.asset_id
                where = f" of asset {asset!r}" if asset else ""
                what = f"tag {leaf.tag_name!r}{where}"
                warnings.append(f"{what} does not exist yet; the rule waits for it")
        return list(dict.fromkeys(warnings))


def _match(rows: Sequence[RuleRow], rule: Rule) -> RuleRow | None:
    if rule.id:
        return next((row for row in rows if row.id == rule.id), None)
    return next((row for row in rows if row.name == rule.name), None)


def _paths(form: Form, field: str) -> list[tuple[str, Leaf]]:
    """Every leaf with its field as the client wrote it."""
    if isinstance(form, AllOf | AnyOf):
        key = "all" if isinstance(form, AllOf) else "any"
        return [
            found
            for i, part in enumerate(form.conditions)
            for found in _paths(part, f"{field}.{key}[{i}]")
        ]
    return [(field, form)]
