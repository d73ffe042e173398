"""Ways to reach people; each file implements one kind of channel."""

from collections.abc import Sequence

from twinedge.alerts.ports import Notifiers
from twinedge.notifiers.email import EmailNotifier, SmtpServer
from twinedge.notifiers.hooks.guard import Guard
from twinedge.notifiers.hooks.slack import SlackNotifier
from twinedge.notifiers.hooks.teams import TeamsNotifier
from twinedge.notifiers.hooks.webhook import WebhookNotifier
from twinedge.notifiers.mqtt import MqttNotifier


def all_notifiers(server: SmtpServer, webhook_allowed_hosts: Sequence[str]) -> Notifiers:
    """All kinds by type."""
    guard = Guard.of(webhook_allowed_hosts)
    return {
        "email": EmailNotifier(server),
        "slack": SlackNotifier(guard),
        "teams": TeamsNotifier(guard),
        "webhook": WebhookNotifier(guard),
        "mqtt": MqttNotifier(),
    }
