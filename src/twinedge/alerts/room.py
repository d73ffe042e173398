"""The whole room, put together from its engines: what the composition root needs, in one place."""

from dataclasses import dataclass

from twinedge.alerts.engine.engine import GRACE_US
from twinedge.alerts.links import Links
from twinedge.alerts.ports import Heartbeat, NoScoreTags, Notifiers, ScoreTags
from twinedge.alerts.preview import Previewer
from twinedge.alerts.routes import router
from twinedge.alerts.service.alerts import Alerts
from twinedge.alerts.service.channels import Channels
from twinedge.alerts.service.chores import Chores
from twinedge.alerts.service.evaluation import Evaluation
from twinedge.alerts.service.plans import Maintenance, Routes
from twinedge.alerts.service.replay import Points
from twinedge.alerts.service.rules import Rules, SourceExists
from twinedge.alerts.worker import AlertWorker
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.db.vault import Vault
from twinedge.kit.clock import Clock
from twinedge.telemetry.stream import Stream
from twinedge.web.routing import Router


@dataclass(frozen=True, slots=True)
class AlertRoom:
    """Start and stop `worker`; mount `router`; tell `evaluation.outages` of source states."""

    router: Router
    worker: AlertWorker
    evaluation: Evaluation
    rules: Rules
    alerts: Alerts
    channels: Channels
    maintenance: Maintenance


def open_room(
    db: Database, vault: Vault, register: Register, points: Points, stream: Stream, clock: Clock,
    notifiers: Notifiers, *, link_key: bytes, public_url: str | None = None,
    score_tags: ScoreTags | None = None, source_exists: SourceExists = lambda _: True,
    heartbeat: Heartbeat | None = None, heartbeat_s: float = 60.0, grace_us: int = GRACE_US,
) -> AlertRoom:  # fmt: skip
    """Build the room. points: the telemetry store (or service). link_key: secret, any bytes.

    public_url: how people reach this TwinEdge, for links in messages; None leaves links out.
    """
    scores = score_tags or NoScoreTags()
    links = Links(link_key, public_url)
    evaluation = Evaluation(db, register, points, clock, links, scores, grace_us=grace_us)
    rules = Rules(db, evaluation, register, scores, clock, source_exists)
    alerts = Alerts(db, evaluation, links, clock)
    channels = Channels(db, vault, notifiers, clock)
    maintenance = Maintenance(db, evaluation, clock)
    routes = Routes(db, clock)
    previewer = Previewer(db, register, points, scores, clock)
    chores = Chores(db, evaluation, links, clock)
    worker = AlertWorker(evaluation, chores, channels, db, stream, clock, heartbeat, heartbeat_s)
    web = router(rules, alerts, channels, maintenance, routes, previewer, clock)
    return AlertRoom(web, worker, evaluation, rules, alerts, channels, maintenance)
