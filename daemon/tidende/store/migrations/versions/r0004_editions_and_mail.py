"""Editions that nothing follows on, windows without news, and the outbox of e-mail."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SINCE = """
UPDATE editions SET since = (
    SELECT max(earlier.window_end) FROM editions AS earlier
    WHERE earlier.digest = editions.digest AND earlier.window_end < editions.window_end
)
"""


def upgrade() -> None:
    """Every edition so far follows the one before, and has three files."""
    regular = sa.Column("kind", sa.Text(), nullable=False, server_default="regular")
    op.add_column("editions", regular)
    op.add_column("editions", sa.Column("since", sa.Float(), nullable=True))
    forms = sa.Column("forms", sa.Text(), nullable=False, server_default="md html atom")
    op.add_column("editions", forms)
    op.execute(_SINCE)
    op.create_table(
        "mails",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("window_end", sa.Float(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("recorded", sa.Float(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due", sa.Float(), nullable=True),
        sa.Column("sent", sa.Float(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint(
            *("digest", "window_end", "version", "recipient"),
            name=op.f("uq_mails_digest_window_end_version_recipient"),
        ),
        sa.UniqueConstraint("message_id", name=op.f("uq_mails_message_id")),
    )
    op.create_index("ix_mails_due", "mails", ["due"], sqlite_where=sa.text("due IS NOT NULL"))
