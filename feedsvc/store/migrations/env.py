"""Run by Alembic: migrates over the connection that `feedsvc.store.migrate` hands in."""

from alembic import context

from feedsvc.store.migrations.declared import declared, is_declared

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=declared(),
    include_name=is_declared,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
