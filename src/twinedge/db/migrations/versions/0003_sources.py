"""Tables of the room `sources`."""

revision = "0003_sources"
down_revision = "0002_assets"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop the tables."""
