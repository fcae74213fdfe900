"""Run by Alembic: migrates over the connection that `feedsvc.store.migrate` hands in."""

from alembic import context

from feedsvc.store.migrations.declared import declared

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=declared(),
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
