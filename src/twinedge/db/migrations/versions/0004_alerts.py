"""Tables of the room `alerts`."""

revision = "0004_alerts"
down_revision = "0003_sources"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop the tables."""
