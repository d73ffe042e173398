"""Tables of the room `access`."""

revision = "0001_access"
down_revision = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop the tables."""
