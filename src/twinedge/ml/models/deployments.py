"""Use cases of deployments: deploy, undeploy, roll back; what the scorer needs to know."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Conflict, Fault, Invalid
from twinedge.ml.models import store
from twinedge.ml.models.drift import DriftReport, Monitor, Reference, report
from twinedge.ml.models.model import (
    Bindings,
    Deployment,
    Missing,
    Mode,
    Model,
    ModelStatus,
)
from twinedge.ml.models.service import Models, found, shown
from twinedge.ml.models.standing import Board, ModelStanding

_TAKEN_UP_S = 10.0
"""How long `deploy` waits for the scorer to take a model up."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a client wants a model deployed."""

    asset_id: str | None
    bindings: Mapping[str, tuple[str, str]] | None
    output_tag: str | None
    mode: Mode
    max_age_s: float
    missing: Missing


_PAST_JOBS = 1000


class Deployments:
    """Which models watch what. Used from the event loop; one scorer takes the changes up.

    A name has one live model; deploying another version of it replaces it. When `deploy` returns
    and a scorer runs, the model is watching: every point stored from then on is scored.
    """

    def __init__(self, db: Database, models: Models, register: Register, clock: Clock) -> None:
        self._db = db
        self._models = models
        self._register = register
        self._clock = clock
        self._tags: dict[str, str] = {}
        self._listeners: list[Callable[[], None]] = []
        self._waiting: list[asyncio.Event] = []
        self._scorer_runs = False
        self.board: Board = {}
        """How each deployed model is doing; the scorer keeps it."""
        self.monitors: dict[str, Sequence[Monitor]] = {}
        """The drift watch of each deployed model's assets; the scorer keeps it."""
        models.on_change(self._tell)

    # --- for other rooms -----------------------------------------------------------------------

    def score_tag_of(self, model_id: str) -> str | None:
        """The tag name a model writes its scores to; None while it is not deployed.

        A version that another of its name has replaced: where that one writes now, so that a rule
        on the model goes on when a new version is deployed.
        """
        return self._tags.get(model_id)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Have `listener` called on the event loop after each change of what is deployed."""
        self._listeners.append(listener)

    async def load(self) -> None:
        """Learn what is deployed; once, before anyone asks for score tags."""
        await self.deployed()

    # --- for the scorer ------------------------------------------------------------------------

    async def deployed(self) -> Sequence[Model]:
        """Models that watch."""

        def read(session: Session) -> tuple[list[Model], list[tuple[str, str]]]:
            return store.models_of(session, store.deployed(session)), store.names(session)

        models, names = await self._db.read(read)
        watching = [(m, m.deployment) for m in models if m.deployment is not None]
        live = {m.name: d.output_tag for m, d in watching if d.mode is Mode.LIVE}
        self._tags = {id: live[name] for id, name in names if name in live}
        self._tags |= {m.id: d.output_tag for m, d in watching}
        return models

    def news(self) -> list[asyncio.Event]:
        """Who waits for a change to be taken up; the scorer sets these when it has."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def scorer_runs(self, runs: bool) -> None:
        """The scorer says that it takes changes up from now on, or no longer."""
        self._scorer_runs = runs
        for event in () if runs else self.news():
            event.set()

    async def states(self, id: str) -> dict[str, tuple[int, str]]:
        """What a deployed model remembers: (position, state) by asset."""
        return await self._db.read(lambda session: store.states_of(session, id))

    async def keep(self, states: Mapping[str, dict[str, tuple[int, str]]]) -> None:
        """Remember states by model and asset; together or not at all. Undeployed ones are lost."""

        def write(session: Session) -> None:
            watching = {row.id for row in store.deployed(session)}
            for model_id in watching & states.keys():
                store.keep_states(session, model_id, states[model_id])

        await self._db.write(write)

    # --- for people ----------------------------------------------------------------------------

    def standing(self, model: Model) -> ModelStanding:
        """How the model is doing."""
        return self.board.get(model.id) or ModelStanding()

    def drift_of(self, id: str, reference: Reference | None) -> DriftReport:
        """How far the features of a deployed model have moved, over all its assets."""
        if reference is None:
            return DriftReport({}, None, 0)
        return report(reference, self.monitors.get(id, ()))

    async def deploy(self, id: str, target: Target) -> Model:
        """Let the model watch; in either mode it replaces the version of its name in that mode.

        Raises Conflict for an archived model or a taken output tag, Invalid for features that
        are not bound.
        """
        model = await self._models.get(id)
        tag = target.output_tag or (
            f"{model.name}.score" if target.mode is Mode.LIVE else f"{model.name}.shadow.score"
        )
        await self.check_output(model, tag)
        deployment = Deployment(
            self._assets(model, target), tag, target.mode, target.max_age_s,
            self._clock.now_us(), target.missing,
        )  # fmt: skip
        return await self._begin(id, deployment)

    async def check_output(self, model: Model, tag: str) -> None:
        """Raise Conflict for an existing tag that is not known to hold this name's scores: what
        was measured must be neither mixed with scores nor replaced by them."""
        existing = self._register.select((), (tag,))
        if not existing:
            return
        is_measured = any(it.data_source_id is not None for it in existing)

        def wrote(session: Session) -> bool:
            current = store.models_of(session, store.deployed(session))
            used = {d.output_tag for _, d in store.ended_deployments(session, model.name)}
            used |= {m.deployment.output_tag for m in current
                     if m.deployment is not None and m.name == model.name}  # fmt: skip
            jobs, _total = store.find_backfills(session, model.id, 0, _PAST_JOBS)
            return tag in used | {job.order.output_tag for job in jobs}

        if is_measured or not (tag.startswith(f"{model.name}.") or await self._db.read(wrote)):
            raise Conflict(
                f"the tag {tag!r} of {existing[0].asset_id!r} holds other values than scores of "
                f"{model.name!r}; choose another output_tag"
            )

    async def rollback(self, id: str) -> Model:
        """Bring the live version of this name that was deployed before the present one back.

        It watches what it watched then. Raises Conflict when there is none to go back to.
        """
        model = await self._models.get(id)

        def last(session: Session) -> tuple[str, Deployment] | None:
            live = {
                m.id
                for m in store.models_of(session, store.deployed(session))
                if m.name == model.name and m.deployment and m.deployment.mode is Mode.LIVE
            }
            for past_id, deployment in store.ended_deployments(session, model.name):
                row = store.get_row(session, past_id)
                usable = row is not None and row.status == ModelStatus.READY.value
                if usable and deployment.mode is Mode.LIVE and past_id not in live:
                    return past_id, deployment
            return None

        previous = await self._db.read(last)
        if previous is None:
            raise Conflict(f"no other version of {model.name!r} was live before")
        now_us = self._clock.now_us()
        return await self._begin(previous[0], replace(previous[1], since_us=now_us))

    async def undeploy(self, id: str) -> Model:
        """Stop watching; Conflict when the model is not deployed."""

        def write(session: Session) -> Model:
            row = found(session, id)
            if row.status != ModelStatus.DEPLOYED.value:
                raise Conflict(f"model {id!r} is not deployed: it is {row.status}")
            store.end_deployment(session, row, self._clock.now_us(), ModelStatus.READY)
            session.flush()
            return shown(session, row)

        return await self._change(write)

    async def _begin(self, id: str, deployment: Deployment) -> Model:
        def write(session: Session) -> Model:
            row = found(session, id)
            if row.status == ModelStatus.ARCHIVED.value:
                raise Conflict(f"model {id!r} is archived; unarchive it first")
            for other in store.deployed(session):
                theirs = shown(session, other)
                assert theirs.deployment is not None
                if other.id == id:
                    continue
                if theirs.name == row.name and theirs.deployment.mode is deployment.mode:
                    store.end_deployment(session, other, deployment.since_us, ModelStatus.READY)
                elif theirs.deployment.output_tag == deployment.output_tag:
                    raise Conflict(
                        f"model {other.id!r} ({theirs.name!r}) writes to the tag "
                        f"{deployment.output_tag!r} already; choose another output_tag"
                    )
            store.begin_deployment(session, row, deployment)
            session.flush()
            return shown(session, row)

        return await self._change(write)

    async def _change(self, write: Callable[[Session], Model]) -> Model:
        changed = await self._db.write(write)
        await self.deployed()
        taken_up = asyncio.Event()
        if self._scorer_runs:
            self._waiting.append(taken_up)
        self._tell()
        if self._scorer_runs:
            with suppress(TimeoutError):  # a busy scorer catches up with what is stored meanwhile
                await asyncio.wait_for(taken_up.wait(), _TAKEN_UP_S)
        return changed

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def _assets(self, model: Model, target: Target) -> Bindings | None:
        if target.bindings is not None:
            return self._bound(model, target.bindings, target.asset_id)
        if target.asset_id is None:
            return None
        have = {tag.tag_name for tag in self._register.of_asset(target.asset_id)}
        missing = [name for name in model.features if name not in have]
        if missing:
            raise Invalid.at(
                "asset_id", f"asset {target.asset_id!r} lacks the tags: {', '.join(missing[:20])}"
            )
        return {target.asset_id: {name: (target.asset_id, name) for name in model.features}}

    def _bound(
        self, model: Model, bindings: Mapping[str, tuple[str, str]], asset_id: str | None
    ) -> Bindings:
        faults = [
            Fault(f"bindings.{name}", "is required")
            for name in model.features
            if name not in bindings
        ] + [
            Fault(f"bindings.{name}", "is not a feature of this model")
            for name in bindings
            if name not in model.features
        ]
        seen: dict[tuple[str, str], str] = {}
        for name, place in bindings.items():
            if (twin := seen.setdefault(place, name)) != name:
                faults.append(Fault(f"bindings.{name}", f"is the same tag as that of {twin!r}"))
        if faults:
            raise Invalid(
                "bindings must name exactly the model's features, each with a tag of its own",
                faults,
            )
        owner = asset_id or bindings[model.features[0]][0]
        return {owner: dict(bindings)}
