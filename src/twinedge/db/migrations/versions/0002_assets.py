"""Tables of the room `assets`."""

import sqlalchemy as sa
from alembic import op

from twinedge.db.base import Json

revision = "0002_assets"
down_revision = "0001_access"


def upgrade() -> None:
    op.create_table(
        "assets",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("type", sa.String(200)),
        sa.Column("parent_id", sa.String(200)),
        sa.Column("properties", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("updated_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assets")),
    )
    op.create_index(op.f("ix_assets_parent_id"), "assets", ["parent_id"])
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("asset_id", sa.String(200), nullable=False),
        sa.Column("tag_name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("data_source_id", sa.String(64)),
        sa.Column("unit", sa.String(64)),
        sa.Column("description", sa.String()),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["assets.id"], name=op.f("fk_series_asset_id_assets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("asset_id", "tag_name", name=op.f("uq_series_asset_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_series_asset_id"), "series", ["asset_id"])
    op.create_index(op.f("ix_series_data_source_id"), "series", ["data_source_id"])


def downgrade() -> None:
    op.drop_table("series")
    op.drop_table("assets")
