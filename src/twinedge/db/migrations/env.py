"""Alembic environment: runs on the connection that `Database.migrate` hands over."""

from alembic import context

from twinedge.db.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
