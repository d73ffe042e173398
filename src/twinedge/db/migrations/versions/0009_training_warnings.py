"""Training jobs keep their warnings."""

import sqlalchemy as sa
from alembic import op

from twinedge.db.base import Json

revision = "0009_training_warnings"
down_revision = "0008_ml_life"


def upgrade() -> None:
    """Add the column."""
    op.add_column("ml_trainings", sa.Column("warnings", Json, nullable=True))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("ml_trainings", "warnings")
