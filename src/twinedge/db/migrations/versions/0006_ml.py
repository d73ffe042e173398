"""Tables of the room `ml`."""

revision = "0006_ml"
down_revision = "0005_dashboards"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop the tables."""
