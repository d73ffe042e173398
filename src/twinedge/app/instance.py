"""One running TwinEdge: every engine and room, built once, started and stopped in order."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from http import HTTPStatus

import structlog
from fastapi import FastAPI
from prometheus_client.metrics_core import Metric
from starlette.types import Scope

from twinedge import __version__
from twinedge.access import routes as access_routes
from twinedge.access.replays import Replays
from twinedge.access.service import Access
from twinedge.access.worker import tend
from twinedge.alerts import room as alerts_room
from twinedge.alerts.routes.views import alert_item
from twinedge.annotations import routes as annotations_routes
from twinedge.annotations.service import Annotations
from twinedge.app import demo_routes
from twinedge.app.demo import DemoPlant
from twinedge.app.health import Health
from twinedge.app.labels import LabelBook
from twinedge.app.metrics import by_label, counter, gauge, metrics_route
from twinedge.app.parts import FilesPart, MetadataPart, TelemetryPart
from twinedge.assets import routes as assets_routes
from twinedge.assets.service import Assets, Register
from twinedge.audit import routes as audit_routes
from twinedge.audit.service import Audit
from twinedge.audit.worker import tend as tend_audit
from twinedge.backups import routes as backups_routes
from twinedge.backups.ports import Part
from twinedge.backups.service import Backups
from twinedge.config import Settings
from twinedge.connectors.modbus import ModbusDriver
from twinedge.connectors.mqtt import MqttDriver
from twinedge.connectors.opcua import OpcuaDriver
from twinedge.dashboards import routes as dashboards_routes
from twinedge.dashboards.service import Dashboards
from twinedge.db.database import Database
from twinedge.db.vault import Vault
from twinedge.kit.clock import SystemClock, to_iso
from twinedge.ml import room as ml_room
from twinedge.ml.models.model import Prediction
from twinedge.ml.models.views import prediction_item
from twinedge.ml.training.model import Limits as TrainingLimits
from twinedge.notifiers import all_notifiers
from twinedge.notifiers.email import SmtpServer
from twinedge.notifiers.heartbeat import UrlHeartbeat
from twinedge.sources import routes as sources_routes
from twinedge.sources.ports import Driver
from twinedge.sources.service import Sources
from twinedge.sources.worker import Supervisor
from twinedge.storage.duckdb.store import DuckdbStore
from twinedge.telemetry import routes as telemetry_routes
from twinedge.telemetry.live import LiveHub
from twinedge.telemetry.live_routes import live_routes
from twinedge.telemetry.openapi import OPENAPI_PATHS
from twinedge.telemetry.retention import keep_days
from twinedge.telemetry.service import Telemetry
from twinedge.telemetry.stream import Stream
from twinedge.web.app import create_app
from twinedge.web.audit import attempt_of
from twinedge.web.buckets import RateLimiter
from twinedge.web.limits import PLANS, LargeBody, Limits, MiB
from twinedge.web.ui import ui_routes

Step = Callable[[], Awaitable[None]]
_log = structlog.get_logger(__name__)


class Instance:
    """Everything of one process, wired by hand; `web` is its ASGI application.

    Starting the application starts the workers in the order of their needs; stopping goes the
    other way round, so that nothing is fed into what has stopped.
    """

    def __init__(self, settings: Settings, on_ready: Callable[[str | None], None]) -> None:
        """on_ready: called once everything runs, with the admin key if one was made just now."""
        self.settings = settings
        self._on_ready = on_ready
        data = settings.data_dir
        clock = SystemClock()
        self.db = Database(settings.metadata_url)
        self.db.migrate()
        vault = Vault.open(data / "secret.key")

        self.audit = Audit(self.db, clock)
        self.access = Access(self.db, clock)
        self.replays = Replays(self.db, vault, clock)
        self.register = Register(self.db, clock)
        self.store = DuckdbStore(
            data / "telemetry.duckdb",
            memory_limit_mb=settings.store.memory_mb,
            max_queued_points=settings.store.queued_points,
            move_after_s=settings.store.move_after_s,
        )
        self.telemetry = Telemetry(self.store, self.register, Stream(), clock)
        self.live = LiveHub(self.telemetry.stream, self.register, self.telemetry.latest, clock)
        self.access.on_revoked(self.live.close_key)
        drivers: dict[str, Driver] = {
            driver.name: driver
            for driver in (OpcuaDriver(data / "pki"), ModbusDriver(), MqttDriver())
        }
        self.supervisor = Supervisor(self.register, self.telemetry.ingest, drivers, clock)
        self.sources = Sources(self.db, vault, self.register, drivers, self.supervisor, clock)
        self.annotations = Annotations(self.db, self.register, clock)
        self.ml = ml_room.build(
            self.db,
            self.telemetry,
            self.register,
            clock,
            data / "ml",
            TrainingLimits(**settings.training.model_dump()),
            labels=LabelBook(lambda: self.alerts.alerts, self.annotations, clock),
        )
        self.ml.model_worker.tell = self._tell_prediction
        self.alerts = alerts_room.open_room(
            self.db,
            vault,
            self.register,
            self.store,
            self.telemetry.stream,
            clock,
            all_notifiers(_mail_server(settings), settings.webhook_allowed_hosts),
            link_key=vault.derive("acknowledge-links"),
            public_url=str(settings.public_url).rstrip("/") if settings.public_url else None,
            score_tags=self.ml.deployments,
            source_exists=self.sources.exists,
            heartbeat=UrlHeartbeat(str(settings.heartbeat_url)) if settings.heartbeat_url else None,
        )

        self.backups = Backups(
            data / "backups", self._backup_parts(), clock, __version__, settings.backup.keep
        )

        self.demo = DemoPlant(self.access, data, clock, self._is_empty)
        self._limiter = limiter = RateLimiter(PLANS[settings.rate_limit], clock)
        self.web: FastAPI = create_app(
            version=__version__,
            routers=[
                sources_routes.router(self.sources),
                assets_routes.router(Assets(self.db, self.register, clock)),
                annotations_routes.router(self.annotations),
                self.alerts.router,
                dashboards_routes.router(Dashboards(self.db, self.register, clock)),
                *self.ml.routers,
                backups_routes.router(self.backups),
                demo_routes.router(self.demo),
                audit_routes.router(self.audit),
                access_routes.router(self.access),
                access_routes.session_router(self.access, limiter.fail),
            ],
            routes=telemetry_routes.routes(
                self.telemetry,
                self.register,
                clock,
                self._source_exists,
                limiter.charge,
                telemetry_routes.TelemetryLimits(
                    json_points=settings.limits.points_per_request,
                ),
            ),
            openapi_paths=OPENAPI_PATHS,
            extra_routes=[
                *live_routes(self.live, self.access, self._refused_socket),
                *Health(self.db, self.store, self.supervisor).routes(),
                metrics_route(self.metrics),
                *ui_routes(),
            ],
            authenticator=self.access,
            idempotency=self.replays,
            auditor=self.audit,
            limiter=limiter,
            limits=_limits(settings),
            lifespan=self._lifespan,
        )

    def _backup_parts(self) -> list[Part]:
        """What a backup holds; metadata in PostgreSQL is left to its own tools."""
        data = self.settings.data_dir
        metadata: list[Part] = [MetadataPart(self.db)] if self.db.is_sqlite else []
        return [
            TelemetryPart(self.store),
            *metadata,
            FilesPart(data / "ml", "models"),
            FilesPart(data / "pki", "certificates"),
        ]

    def _refused_socket(self, scope: Scope) -> None:
        """A socket came with a key that is not valid."""
        attempt = attempt_of(scope, HTTPStatus.UNAUTHORIZED)
        if attempt is not None:
            self.audit.count(attempt)
        self._limiter.fail(scope)

    def _is_empty(self) -> bool:
        """Neither data sources nor values."""
        return len(self.register) == 0 and sum(self.supervisor.state_counts().values()) == 0

    async def _source_exists(self, id: str) -> bool:
        return self.sources.exists(id)

    def metrics(self) -> Iterator[Metric]:
        """What `/metrics` shows."""
        store = self.store.stats()
        yield counter(
            "twinedge_points_stored", "Points stored since start", self.telemetry.ingested_points
        )
        yield gauge("twinedge_store_points", "Points in the store", store.points)
        yield gauge("twinedge_store_bytes", "Bytes of the store on disk", store.bytes_on_disk)
        yield gauge(
            "twinedge_store_queued_points", "Points waiting for the disk", store.queued_points
        )
        yield gauge(
            "twinedge_store_degraded", "1 while the store cannot write", store.degraded is not None
        )
        yield gauge("twinedge_series", "Tags known", len(self.register))
        yield by_label("twinedge_sources", "Data sources", "state", self.supervisor.state_counts())

    @asynccontextmanager
    async def _lifespan(self, _app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.callback(self.db.close)
            given = self.settings.api_key
            new_key = await self.access.bootstrap(
                given.get_secret_value() if given else None, self.settings.admin_key_file
            )
            await self.register.load()
            await self.ml.deployments.load()
            for start, stop in self._parts():
                await start()
                stack.push_async_callback(stop)
            for task in self._chores():
                stack.push_async_callback(_end, asyncio.create_task(task))
            _log.info("ready", data_dir=str(self.settings.data_dir), series=len(self.register))
            _spare_the_collector()
            self._on_ready(new_key)
            yield
            _log.info("stopping")
            gc.unfreeze()

    def _chores(self) -> Iterator[Coroutine[None, None, None]]:
        """What runs beside the parts until the end."""
        yield tend(self.access, self.replays)
        yield tend_audit(self.audit)
        yield self._follow_sources()
        yield self._tell_alerts()
        yield self.live.run()
        if (days := self.settings.store.retention_days) is not None:
            yield keep_days(self.telemetry, SystemClock(), days)
        if (hours := self.settings.backup.every_hours) is not None:
            yield self.backups.take_regularly(hours)

    async def _follow_sources(self) -> None:
        """Tell the alerts room which sources are down, for ever."""
        with self.supervisor.status_changes() as news:
            async for change in news:
                self.alerts.evaluation.outages.note(
                    change.id, change.name, change.state.value, change.last_error
                )
                self.live.publish(
                    "device_status",
                    {
                        "data_source_id": change.id,
                        "name": change.name,
                        "type": change.type,
                        "status": "connected" if change.state.is_connected else "disconnected",
                        "state": change.state.value,
                        "last_error": change.last_error,
                        "changed_at": to_iso(change.at_us),
                    },
                    data_source_id=change.id,
                    state=change.state.value,
                )

    def _tell_prediction(self, prediction: Prediction) -> None:
        """Send one scored row to the live socket."""
        self.live.publish(
            "predictions",
            prediction_item(prediction).model_dump(mode="json"),
            model_id=prediction.model_id,
            asset_id=prediction.asset_id,
        )

    async def _tell_alerts(self) -> None:
        """Send every change of an alert to the live socket, for ever."""
        with self.alerts.evaluation.changes.subscribe() as changes:
            async for alert in changes:
                self.live.publish(
                    "alerts",
                    {
                        "event": alert.history[-1].event,
                        **alert_item(alert).model_dump(mode="json"),
                    },
                    severity=alert.severity.value,
                    status=alert.status.value,
                    asset_id=alert.asset_id,
                    rule_id=alert.rule_id,
                )

    def _parts(self) -> list[tuple[Step, Step]]:
        """What runs, in starting order: how to start it and how to stop it."""
        return [
            (self.audit.start, self.audit.stop),
            (self.store.open, self.store.close),
            (self.telemetry.start, self.telemetry.stop),
            (self.backups.start, self.backups.stop),
            (self.alerts.worker.start, self.alerts.worker.stop),
            (self.ml.model_worker.start, self.ml.model_worker.stop),
            (self.ml.backfill_worker.start, self.ml.backfill_worker.stop),
            (self.ml.training_worker.start, self.ml.training_worker.stop),
            (self.supervisor.start, self.supervisor.stop),
            (self.sources.start, _nothing),
            (_nothing, self.demo.stop),
        ]


def _spare_the_collector() -> None:
    """Keep what start-up built (modules, schemas, routes) out of every garbage collection.

    Measured: with them each full collection stops the loop for 40 ms, several times a second
    under single-point ingest. Requests leave next to no cycles, so the young generation may grow.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


async def _nothing() -> None:
    """For a part that needs no stopping."""


async def _end(task: "asyncio.Task[None]") -> None:
    """Stop a task for good; what it failed with is raised here."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _mail_server(settings: Settings) -> SmtpServer:
    smtp = settings.smtp
    return SmtpServer(
        host=smtp.host,
        port=smtp.port,
        tls=smtp.security,
        username=smtp.username,
        password=smtp.password.get_secret_value() if smtp.password else None,
        sender=smtp.sender,
    )


def _limits(settings: Settings) -> Limits:
    body = settings.limits.body_mb * MiB
    return Limits(
        body_bytes=min(body, 8 * MiB),
        large_bodies=(
            LargeBody(r"/v1/telemetry(/ingest)?", body),
            LargeBody(r"/v1/ml/datasets/[^/]+/upload", settings.limits.upload_mb * MiB),
        ),
    )
