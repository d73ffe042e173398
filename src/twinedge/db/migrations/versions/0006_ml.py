"""Tables of the room `ml`."""

import sqlalchemy as sa
from alembic import op

from twinedge.db.base import Json

revision = "0006_ml"
down_revision = "0005_dashboards"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "ml_datasets",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("snapshot", Json, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("updated_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ml_datasets")),
    )
    op.create_index(op.f("ix_ml_datasets_status"), "ml_datasets", ["status"])
    op.create_index(op.f("ix_ml_datasets_created_us"), "ml_datasets", ["created_us"])
    op.create_table(
        "ml_trainings",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("dataset_id", sa.String(64), nullable=False),
        sa.Column("order", Json, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("metrics", Json, nullable=True),
        sa.Column("model_id", sa.String(64), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("started_us", sa.BigInteger(), nullable=True),
        sa.Column("finished_us", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ml_trainings")),
    )
    op.create_index(op.f("ix_ml_trainings_dataset_id"), "ml_trainings", ["dataset_id"])
    op.create_index(op.f("ix_ml_trainings_status"), "ml_trainings", ["status"])
    op.create_index(op.f("ix_ml_trainings_created_us"), "ml_trainings", ["created_us"])
    op.create_table(
        "ml_models",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("algorithm", sa.String(64), nullable=False),
        sa.Column("task", sa.String(32), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("deployment", Json, nullable=True),
        sa.Column("dataset_id", sa.String(64), nullable=False),
        sa.Column("training_id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ml_models")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_ml_models_name")),
    )
    op.create_index(op.f("ix_ml_models_status"), "ml_models", ["status"])
    op.create_index(op.f("ix_ml_models_created_us"), "ml_models", ["created_us"])
    op.create_table(
        "ml_states",
        sa.Column("model_id", sa.String(64), nullable=False),
        sa.Column("asset_id", sa.String(200), nullable=False),
        sa.Column("position_us", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("model_id", "asset_id", name=op.f("pk_ml_states")),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("ml_states", "ml_models", "ml_trainings", "ml_datasets"):
        op.drop_table(table)
