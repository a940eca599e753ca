"""Near copies, stories and threads."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what articles are compared by; every story so far is one article and its copies."""
    op.create_index("ix_articles_of", "articles", ["of"], sqlite_where=sa.text('"of" IS NOT NULL'))
    op.create_table(
        "signatures",
        sa.Column("sequence", _ID, nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("report_keys", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_signatures")),
    )
    op.create_table(
        "clues",
        sa.Column("sequence", _ID, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_clues")),
    )
    op.create_table(
        "links",
        *_pair(),
        sa.Column("story", sa.Float(), nullable=False),
        sa.Column("thread", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("earlier", "later", name=op.f("pk_links")),
    )
    op.create_index("ix_links_later", "links", ["later"])
    op.create_table(
        "stories",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_index(
        "ix_stories_thread", "stories", ["thread"], sqlite_where=sa.text("thread IS NOT NULL")
    )
    op.create_table(
        "corrections",
        *_pair(),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("earlier", "later", name=op.f("pk_corrections")),
    )
    op.create_index("ix_corrections_later", "corrections", ["later"])


def _pair() -> tuple[sa.Column[int], sa.Column[int]]:
    return sa.Column("earlier", _ID, nullable=False), sa.Column("later", _ID, nullable=False)
