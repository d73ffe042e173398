"""Tables of the room `dashboards`."""

import sqlalchemy as sa
from alembic import op

from twinedge.db.base import Json

revision = "0005_dashboards"
down_revision = "0004_alerts"


def upgrade() -> None:
    op.create_table(
        "dashboards",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("layout", Json, nullable=False),
        sa.Column("variables", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("updated_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dashboards")),
    )
    op.create_index(op.f("ix_dashboards_created_us"), "dashboards", ["created_us"])
    op.create_table(
        "dashboard_versions",
        sa.Column("dashboard_id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("layout", Json, nullable=False),
        sa.Column("variables", Json, nullable=False),
        sa.Column("saved_us", sa.BigInteger(), nullable=False),
        sa.Column("saved_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["dashboard_id"],
            ["dashboards.id"],
            name=op.f("fk_dashboard_versions_dashboard_id_dashboards"),
        ),
        sa.PrimaryKeyConstraint("dashboard_id", "version", name=op.f("pk_dashboard_versions")),
    )


def downgrade() -> None:
    op.drop_table("dashboard_versions")
    op.drop_table("dashboards")
