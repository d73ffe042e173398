"""Tables of the room `alerts`."""

import time

import sqlalchemy as sa
from alembic import op

from twinedge.db.base import Json

revision = "0004_alerts"
down_revision = "0003_sources"

_BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _id(name: str = "id", nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(64), nullable=nullable)


def _us(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _text(name: str, length: int | None = None, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=nullable)


def _json(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, Json, nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    op.create_table(
        "alert_rules",
        _id(),
        _text("name", 200),
        _text("description"),
        _text("severity", 10),
        _flag("enabled"),
        _id("data_source_id", nullable=True),
        _text("asset_id", 200, nullable=True),
        _json("condition"),
        _json("notifications"),
        _json("options"),
        _count("version"),
        _us("created_us"),
        _us("updated_us"),
        _key("alert_rules", "id"),
    )
    _index("alert_rules", "severity", "data_source_id", "created_us")
    op.create_table(
        "alerts",
        _id(),
        _text("open_key", 300, nullable=True),
        _flag("is_open"),
        _id("rule_id", nullable=True),
        _text("rule_name", 200),
        _text("severity", 10),
        _text("status", 12),
        _id("data_source_id", nullable=True),
        _text("asset_id", 200, nullable=True),
        _text("tag_name", 200, nullable=True),
        _json("value", nullable=True),
        _json("last_value", nullable=True),
        _text("message"),
        _us("triggered_us"),
        _us("acknowledged_us", nullable=True),
        _text("acknowledged_by", 200, nullable=True),
        _text("note", nullable=True),
        _us("resolved_us", nullable=True),
        _text("resolved_by", 200, nullable=True),
        _us("cleared_us", nullable=True),
        _count("occurrences"),
        _flag("flapping"),
        _us("shelved_until_us", nullable=True),
        _text("suppressed_by", 80, nullable=True),
        _id("out_of_service", nullable=True),
        _json("history"),
        _flag("notified"),
        _us("raised_us"),
        _us("next_notice_us", nullable=True),
        _count("escalation_step"),
        _count("version"),
        _key("alerts", "id"),
        sa.UniqueConstraint("open_key", name=op.f("uq_alerts_open_key")),
    )
    _index("alerts", "rule_id", "status", "asset_id", "triggered_us", "next_notice_us")
    op.create_index("ix_alerts_order", "alerts", ["is_open", "triggered_us", "id"])
    op.create_table(
        "alert_group_states",
        _id("rule_id"),
        _text("asset_id", 200),
        _text("fingerprint", 16),
        _json("state"),
        _key("alert_group_states", "rule_id", "asset_id"),
    )
    op.create_table(
        "alert_checkpoints",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _us("at_us"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _key("alert_checkpoints", "id"),
    )
    op.create_table(
        "alert_shelves",
        _id("rule_id"),
        _text("asset_id", 200),
        _us("until_us"),
        _text("reason"),
        _text("actor", 200),
        _key("alert_shelves", "rule_id", "asset_id"),
    )
    op.create_table(
        "maintenance_windows",
        _id(),
        _text("name", 200),
        _text("reason"),
        _us("start_us", nullable=True),
        _us("end_us", nullable=True),
        _json("schedule", nullable=True),
        _json("scope"),
        _count("version"),
        _us("created_us"),
        _us("updated_us"),
        _key("maintenance_windows", "id"),
    )
    _index("maintenance_windows", "created_us")
    channels = op.create_table(
        "notification_channels",
        _id(),
        _text("name", 200),
        _text("type", 20),
        _flag("enabled"),
        _json("config"),
        _json("options"),
        _count("version"),
        _us("created_us"),
        _us("updated_us"),
        _key("notification_channels", "id"),
        sa.UniqueConstraint("name", name=op.f("uq_notification_channels_name")),
    )
    _index("notification_channels", "created_us")
    now_us = time.time_ns() // 1000
    op.bulk_insert(
        channels,
        [
            {
                "id": name, "name": name, "type": name, "enabled": True, "config": {},
                "options": {}, "version": 1, "created_us": now_us, "updated_us": now_us,
            }
            for name in ("webhook", "teams", "slack", "email")
        ],
    )  # fmt: skip
    op.create_table(
        "notification_routes",
        _id(),
        _text("name", 200),
        _flag("enabled"),
        _json("scope"),
        _json("schedule", nullable=True),
        _json("notifications"),
        _count("version"),
        _us("created_us"),
        _us("updated_us"),
        _key("notification_routes", "id"),
    )
    _index("notification_routes", "created_us")
    op.create_table(
        "alert_deliveries",
        sa.Column("number", _BIG_KEY, autoincrement=True, nullable=False),
        _id(),
        _id("alert_id", nullable=True),
        _json("alert_ids"),
        _id("channel_id"),
        _text("channel_name", 200),
        _text("event", 20),
        _text("status", 10),
        _text("hold_key", 300, nullable=True),
        _us("due_us"),
        _count("attempts"),
        _text("detail", nullable=True),
        _json("message"),
        _us("created_us"),
        _us("finished_us", nullable=True),
        _key("alert_deliveries", "number"),
        sa.UniqueConstraint("id", name=op.f("uq_alert_deliveries_id")),
    )
    _index("alert_deliveries", "alert_id", "channel_id", "created_us")
    op.create_index("ix_alert_deliveries_due", "alert_deliveries", ["status", "due_us"])
    op.create_table(
        "alert_delivery_attempts",
        sa.Column("id", _BIG_KEY, autoincrement=True, nullable=False),
        _id("delivery_id"),
        _us("at_us"),
        _flag("ok"),
        _count("duration_ms"),
        _text("detail"),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["alert_deliveries.id"],
            name=op.f("fk_alert_delivery_attempts_delivery_id_alert_deliveries"),
            ondelete="CASCADE",
        ),
        _key("alert_delivery_attempts", "id"),
    )
    _index("alert_delivery_attempts", "delivery_id")


def downgrade() -> None:
    for table in (
        "alert_delivery_attempts",
        "alert_deliveries",
        "notification_routes",
        "notification_channels",
        "maintenance_windows",
        "alert_shelves",
        "alert_checkpoints",
        "alert_group_states",
        "alerts",
        "alert_rules",
    ):
        op.drop_table(table)
