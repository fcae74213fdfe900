"""Workers use no queue: the tables that huey made in PostgreSQL go."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Remove the tables of the queue, where a worker of an older release has made them."""
    if op.get_bind().dialect.name == "postgresql":
        for name in ("kv", "schedule", "task", "counter"):
            op.execute(f"DROP TABLE IF EXISTS huey_{name}")
