"""Tables of the room `dashboards`."""

revision = "0005_dashboards"
down_revision = "0004_alerts"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop the tables."""
