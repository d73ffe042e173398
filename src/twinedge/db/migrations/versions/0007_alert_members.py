"""Alerts of a group with their members; the limit in words; which alerts a message tells of."""

import sqlalchemy as sa
from alembic import op

from twinedge.db.base import Json

revision = "0007_alert_members"
down_revision = "0006_ml"


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    op.add_column("alerts", sa.Column("limit_text", sa.Text(), nullable=True))
    op.add_column("alerts", sa.Column("group_by", sa.String(20), nullable=True))
    op.add_column("alerts", sa.Column("group_value", sa.String(200), nullable=True))
    op.create_table(
        "alert_members",
        sa.Column("alert_id", sa.String(64), nullable=False),
        sa.Column("asset_id", sa.String(200), nullable=False),
        sa.Column("tag_name", sa.String(200), nullable=True),
        sa.Column("data_source_id", sa.String(64), nullable=True),
        sa.Column("value", Json, nullable=True),
        sa.Column("last_value", Json, nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("triggered_us", sa.BigInteger(), nullable=False),
        sa.Column("resolved_us", sa.BigInteger(), nullable=True),
        sa.Column("occurrences", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_alert_members_alert_id_alerts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("alert_id", "asset_id", name=op.f("pk_alert_members")),
    )  # fmt: skip
    _index("alert_members", "asset_id")
    op.create_table(
        "alert_delivery_subjects",
        sa.Column("delivery_id", sa.String(64), nullable=False),
        sa.Column("alert_id", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["alert_deliveries.id"],
            name=op.f("fk_alert_delivery_subjects_delivery_id_alert_deliveries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "delivery_id", "alert_id", name=op.f("pk_alert_delivery_subjects")
        ),
    )  # fmt: skip
    _index("alert_delivery_subjects", "alert_id")
    _fill_subjects()
    op.drop_column("alert_deliveries", "alert_ids")


def _fill_subjects() -> None:
    """What was a list in each message becomes rows, so that an alert finds its messages."""
    deliveries = sa.table("alert_deliveries", sa.column("id"), sa.column("alert_ids", Json))
    subjects = sa.table("alert_delivery_subjects", sa.column("delivery_id"), sa.column("alert_id"))
    connection = op.get_bind()
    for id, alert_ids in connection.execute(sa.select(deliveries.c.id, deliveries.c.alert_ids)):
        rows = [{"delivery_id": id, "alert_id": alert} for alert in dict.fromkeys(alert_ids)]
        if rows:
            connection.execute(subjects.insert(), rows)


def downgrade() -> None:
    lost = sa.Column("alert_ids", Json, nullable=False, server_default="[]")
    op.add_column("alert_deliveries", lost)
    op.drop_table("alert_delivery_subjects")
    op.drop_table("alert_members")
    for column in ("group_value", "group_by", "limit_text"):
        op.drop_column("alerts", column)
