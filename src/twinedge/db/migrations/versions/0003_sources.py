"""Tables of the room `sources`."""

import sqlalchemy as sa
from alembic import op

from twinedge.db.base import Json

revision = "0003_sources"
down_revision = "0002_assets"


def upgrade() -> None:
    op.create_table(
        "data_sources",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("config", Json, nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("updated_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_sources")),
    )
    op.create_index(op.f("ix_data_sources_type"), "data_sources", ["type"])
    op.create_index(op.f("ix_data_sources_created_us"), "data_sources", ["created_us"])
    op.create_table(
        "data_source_tags",
        sa.Column("data_source_id", sa.String(64), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.String(200), nullable=False),
        sa.Column("tag_name", sa.String(200), nullable=False),
        sa.Column("spec", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("updated_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_source_id"],
            ["data_sources.id"],
            name=op.f("fk_data_source_tags_data_source_id_data_sources"),
        ),
        sa.PrimaryKeyConstraint("data_source_id", "id", name=op.f("pk_data_source_tags")),
        sa.UniqueConstraint("series", name=op.f("uq_data_source_tags_series")),
    )


def downgrade() -> None:
    op.drop_table("data_source_tags")
    op.drop_table("data_sources")
