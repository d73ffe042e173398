"""Training jobs count how often they began again after a kill."""

import sqlalchemy as sa
from alembic import op

revision = "0011_training_restarts"
down_revision = "0010_audit"


def upgrade() -> None:
    """Add the column."""
    zero = sa.text("0")
    op.add_column(
        "ml_trainings", sa.Column("restarts", sa.Integer, nullable=False, server_default=zero)
    )


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("ml_trainings", "restarts")
