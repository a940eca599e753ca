"""The ledger's tables, as SQLAlchemy Core has them; `migrations/` brings an older ledger here."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

REVISION = "0004"
"""The newest migration; a ledger at another revision is migrated when it is opened."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Id = BigInteger().with_variant(Integer, "sqlite")

alembic_version = Table("alembic_version", metadata, Column("version_num", Text, primary_key=True))

seeds = Table(
    "seeds",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("inbox", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    # How often the path came back to this content after other content.
    Column("occurrence", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("ctime_ns", BigInteger, nullable=False),
    Column("inode", BigInteger, nullable=False),
    Column("received", Float, nullable=False),  # seconds since 1970, UTC
    Column("attempts", Integer, nullable=False),
    UniqueConstraint("inbox", "path", "sha256", "occurrence"),
)

# A seed that was refused, or one article of it (`ordinal`), at each attempt.
rejections = Table(
    "rejections",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("seed", _Id, ForeignKey("seeds.id"), nullable=False),
    Column("ordinal", Integer),
    Column("attempt", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("rejected", Float, nullable=False),  # seconds since 1970, UTC
    Column("key", Text, nullable=False),  # names its files in the quarantine directory
    Column("settled", Boolean, nullable=False),  # a later attempt followed
    Index(None, "seed"),
    Index(
        "ix_rejections_open",
        "key",
        sqlite_where=text("settled = 0"),
    ),
)

articles = Table(
    "articles",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("seed", _Id, ForeignKey("seeds.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("subject", Text, nullable=False, unique=True),
    Column("sequence", BigInteger, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("of", Text),
    Column("story", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("forgotten", Float),  # seconds since 1970; its text was taken down
    Index(None, "fingerprint"),
    Index("ix_articles_of", "of", sqlite_where=text('"of" IS NOT NULL')),
    Index(None, "story"),
    Index(None, "sequence"),
    Index(None, "seed"),
)

# By what near copies and other reports of an event are found, for articles that repeat no other:
# numbers of 32 bits in a row, small enough that all of them are read at a start. Which recipe made
# them the ledger's revision says: docs/decisions/0010-recipes-of-what-is-kept.md.
signatures = Table(
    "signatures",
    metadata,
    Column("sequence", _Id, primary_key=True),  # the article's
    Column("sketch", LargeBinary, nullable=False),
    Column("report_keys", LargeBinary, nullable=False),
)

# What the same articles say of their event.
clues = Table(
    "clues",
    metadata,
    Column("sequence", _Id, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

# Pairs of them that tell of one event or one matter.
links = Table(
    "links",
    metadata,
    Column("earlier", _Id, primary_key=True),  # sequences, the earlier below the later
    Column("later", _Id, primary_key=True),
    Column("story", Float, nullable=False),  # probabilities
    Column("thread", Float, nullable=False),
    Index(None, "later"),
)

stories = Table(
    "stories",
    metadata,
    Column("id", Text, primary_key=True),
    Column("thread", Text),  # none while it is the only story of its matter
    Column("version", Integer, nullable=False),  # how often its update was announced
    Index("ix_stories_thread", "thread", sqlite_where=text("thread IS NOT NULL")),
)

# What a person said of two articles, against which nothing automatic is done.
corrections = Table(
    "corrections",
    metadata,
    Column("earlier", _Id, primary_key=True),  # sequences, the earlier below the later
    Column("later", _Id, primary_key=True),
    Column("together", Boolean, nullable=False),
    Column("made", Float, nullable=False),  # seconds since 1970, UTC
    Index(None, "later"),
)

events = Table(
    "events",
    metadata,
    Column("sequence", _Id, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("subject", Text),
    Column("recorded", Float, nullable=False),  # seconds since 1970, UTC
    # The CloudEvent's JSON, Zstandard with a checksum; empty once its retention has ended.
    Column("body", LargeBinary, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("pruned", Float),  # seconds since 1970; since then its file may be gone from the queue
    Index(
        "ix_events_unpublished",
        "sequence",
        sqlite_where=text("published = 0"),
    ),
)

# Events that a consumer handed back or lost, from the first failure on.
deliveries = Table(
    "deliveries",
    metadata,
    Column("sequence", _Id, ForeignKey("events.sequence"), primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("failed", Float, nullable=False),  # the last failure, seconds since 1970
    Column("consumer", Text),
    Column("message", Text, nullable=False),
    # The file's ctime when the failure was counted: a crash before the file is moved on has it
    # found again, and not counted again.
    Column("ctime_ns", BigInteger, nullable=False),
    Column("dead", Boolean, nullable=False),
)

# Files that ended a worker process, until they are decided.
strikes = Table(
    "strikes",
    metadata,
    Column("inbox", Text, primary_key=True),
    Column("path", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("ctime_ns", BigInteger, nullable=False),
    Column("inode", BigInteger, nullable=False),
    Column("strikes", Integer, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("window_end", Float, nullable=False),  # seconds since 1970, UTC
    Column("version", Integer, nullable=False),
    Column("after", BigInteger, nullable=False),  # covers the sequences after this one ...
    Column("through", BigInteger, nullable=False),  # ... up to and with this one
    Column("stories", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("made", Float, nullable=False),
    # regular: they follow one another; skipped: so does this, but nothing was new, and nothing was
    # made of it; extra: of any window, on demand, on which nothing follows.
    Column("kind", Text, nullable=False, server_default="regular"),
    Column("since", Float),  # the end of the edition before, or where an extra one's window begins
    Column("forms", Text, nullable=False, server_default="md html atom"),  # its files' extensions
    UniqueConstraint("digest", "window_end", "version"),
)

# An edition that is to go to a recipient by e-mail; the outbox of the mail server.
mails = Table(
    "mails",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("window_end", Float, nullable=False),  # these three name the edition
    Column("version", Integer, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("recorded", Float, nullable=False),  # seconds since 1970, UTC
    Column("attempts", Integer, nullable=False),
    Column("due", Float),  # when it is tried next; none once it is sent or given up
    Column("sent", Float),
    Column("trouble", Text),  # why the last attempt failed
    UniqueConstraint("digest", "window_end", "version", "recipient"),
    Index("ix_mails_due", "due", sqlite_where=text("due IS NOT NULL")),
)

requests = Table(
    "requests",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("argument", Text, nullable=False),  # JSON
    Column("asked", Float, nullable=False),
    Column("answered", Float),
    Column("answer", Text),  # JSON
)
