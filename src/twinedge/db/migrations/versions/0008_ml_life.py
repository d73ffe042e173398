"""Annotations; versions of datasets; aliases, past deployments and backfills of models."""

import sqlalchemy as sa
from alembic import op

from twinedge.db.base import Json

revision = "0008_ml_life"
down_revision = "0007_alert_members"


def upgrade() -> None:
    """Create the tables, and let what exists be version 1."""
    op.create_table(
        "annotations",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("asset_id", sa.String(200), nullable=False),
        sa.Column("tag_name", sa.String(200), nullable=True),
        sa.Column("start_us", sa.BigInteger(), nullable=False),
        sa.Column("end_us", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("updated_us", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotations")),
    )
    for column in ("asset_id", "start_us", "label"):
        op.create_index(op.f(f"ix_annotations_{column}"), "annotations", [column])
    op.create_table(
        "ml_dataset_versions",
        sa.Column("dataset_id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("snapshot", Json, nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("dataset_id", "version", name=op.f("pk_ml_dataset_versions")),
    )
    op.add_column(
        "ml_datasets",
        sa.Column("content_version", sa.Integer(), nullable=False, server_default="0"),
    )
    op.execute("update ml_datasets set content_version = 1 where snapshot is not null")
    op.execute(
        "insert into ml_dataset_versions (dataset_id, version, snapshot, created_us) "
        "select id, 1, snapshot, updated_us from ml_datasets where snapshot is not null"
    )
    op.create_table(
        "ml_aliases",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("alias", sa.String(64), nullable=False),
        sa.Column("model_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", "alias", name=op.f("pk_ml_aliases")),
    )
    op.create_index(op.f("ix_ml_aliases_model_id"), "ml_aliases", ["model_id"])
    op.create_table(
        "ml_deployments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("deployment", Json, nullable=False),
        sa.Column("ended_us", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ml_deployments")),
    )
    op.create_index(op.f("ix_ml_deployments_model_id"), "ml_deployments", ["model_id"])
    op.create_index(op.f("ix_ml_deployments_name"), "ml_deployments", ["name"])
    op.create_table(
        "ml_backfills",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("model_id", sa.String(64), nullable=False),
        sa.Column("order", Json, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("rows_scored", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("started_us", sa.BigInteger(), nullable=True),
        sa.Column("finished_us", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ml_backfills")),
    )
    op.create_index(op.f("ix_ml_backfills_model_id"), "ml_backfills", ["model_id"])
    op.create_index(op.f("ix_ml_backfills_status"), "ml_backfills", ["status"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_column("ml_datasets", "content_version")
    for table in (
        "ml_backfills", "ml_deployments", "ml_aliases", "ml_dataset_versions", "annotations",
    ):  # fmt: skip
        op.drop_table(table)
