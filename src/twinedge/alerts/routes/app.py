"""The room's router, put together."""

from twinedge.alerts.preview import Previewer
from twinedge.alerts.routes.alerts import add_alerts
from twinedge.alerts.routes.channels import add_channels, add_maintenance, add_routes
from twinedge.alerts.routes.rules import add_rules
from twinedge.alerts.service.alerts import Alerts
from twinedge.alerts.service.channels import Channels
from twinedge.alerts.service.plans import Maintenance, Routes
from twinedge.alerts.service.rules import Rules
from twinedge.kit.clock import Clock
from twinedge.web.routing import Router


def router(
    rules: Rules, alerts: Alerts, channels: Channels, maintenance: Maintenance, routes: Routes,
    previewer: Previewer, clock: Clock,
) -> Router:  # fmt: skip
    """All routes of the room."""
    router = Router("", tag="Alerts", resource="alerts")
    add_rules(router, rules, previewer)
    add_alerts(router, alerts, clock)
    add_channels(router, channels)
    add_maintenance(router, maintenance)
    add_routes(router, routes)
    return router
