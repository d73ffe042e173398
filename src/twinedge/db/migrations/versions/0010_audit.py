"""The audit log, which the database itself refuses to change."""

import sqlalchemy as sa
from alembic import op

revision = "0010_audit"
down_revision = "0009_training_warnings"

_REFUSAL = "the audit log is only appended to"


def upgrade() -> None:
    """Make the table and the triggers that guard it."""
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String(64)),
        sa.Column("actor_name", sa.String(200)),
        sa.Column("via", sa.String(10), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("method", sa.String(16), nullable=False),
        sa.Column("route", sa.String(200)),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("object_id", sa.String(200)),
        sa.Column("request_id", sa.String(128), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    for column in ("at_us", "actor_id", "object_id"):
        op.create_index(op.f(f"ix_audit_{column}"), "audit", [column])
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(
                f"create trigger audit_no_{event} before {event} on audit "
                f"begin select raise(abort, '{_REFUSAL}'); end"
            )
        return
    op.execute(
        "create function audit_guard() returns trigger language plpgsql as "
        f"$$ begin raise exception '{_REFUSAL}'; end $$"
    )
    op.execute(
        "create trigger audit_guard before update or delete or truncate on audit "
        "for each statement execute function audit_guard()"
    )


def downgrade() -> None:
    """Drop the table; its triggers go with it."""
    op.drop_table("audit")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("drop function audit_guard()")
