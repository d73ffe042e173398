"""HTTP routes of rules, alerts, channels, routing and maintenance."""

from twinedge.alerts.routes.app import router

__all__ = ["router"]
