"""The ledger's file: made, opened, refused, and the transactions on it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import zstandard
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from tidende.errors import StoreError, TidendeError, TransientError
from tidende.store import articles, editions, events, migrate, retention, seeds
from tidende.store import ledger as module
from tidende.store.articles import ArticleRow
from tidende.store.ledger import Ledger
from tidende.store.migrate import upgrade
from tidende.store.seeds import SeedRow
from tidende.store.tables import REVISION, metadata


def _set_revision(file: Path, revision: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])


def test_a_ledger_is_made_where_there_is_none(tmp_path: Path) -> None:
    """A new ledger has all tables, at the newest revision."""
    file = tmp_path / "ledger.sqlite"
    Ledger.create_or_open(file).close()
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert found == [(REVISION,)]
    assert set(metadata.tables) <= names


def test_a_ledger_is_opened_with_what_is_in_it(
    tmp_path: Path, seed: Callable[..., SeedRow]
) -> None:
    """What was written is there the next time."""
    for expected in (0, 1):
        ledger = Ledger.create_or_open(tmp_path / "ledger.sqlite")
        with ledger.write() as connection:
            assert seeds.last_id(connection) == expected
            seeds.add(connection, [seed(expected + 1)])
        ledger.close()


@pytest.mark.parametrize("folder", ["a?b", "100 %41", "å#c", "a&b=c"])
def test_a_ledger_stands_where_it_was_put(tmp_path: Path, folder: str) -> None:
    """A path with characters that mean something in an address is a path all the same."""
    file = tmp_path / folder / "ledger.sqlite"
    file.parent.mkdir()
    Ledger.create_or_open(file).close()
    assert file.is_file()
    assert list(tmp_path.iterdir()) == [file.parent]


def test_migrating_from_nothing_gives_the_tables_of_the_program(tmp_path: Path) -> None:
    """The migrations and the table definitions tell the same."""
    engine = create_engine(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    upgrade(engine, None)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == REVISION
    engine.dispose()


def test_a_migrated_ledger_has_the_indexes_of_a_new_one(tmp_path: Path) -> None:
    """What Alembic doesn't compare is the same too: the indexes with their conditions."""
    statement = "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
    found = []
    for name in ("migrated", "new"):
        engine = create_engine(f"sqlite:///{tmp_path / name}")
        if name == "migrated":
            upgrade(engine, None)
        else:
            metadata.create_all(engine)
        with engine.connect() as connection:
            found.append(connection.execute(text(statement)).fetchall())
        engine.dispose()
    assert found[0] == found[1]
    assert len(found[0]) > 5


def test_editions_of_an_older_ledger_follow_one_another(tmp_path: Path) -> None:
    """Each knows the end of the one before of its digest, and its three files."""
    engine = create_engine(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    upgrade(engine, None, to="0003")
    with engine.begin() as connection:
        for digest, end in (("a", 1.0), ("b", 2.0), ("a", 3.0), ("a", 4.5)):
            row = f"('{digest}', {end}, 1, 0, 0, 1, 1, 1)"
            connection.execute(
                text(
                    "INSERT INTO editions "  # noqa: S608
                    "(digest, window_end, version, after, through, stories, articles, made) "
                    f"VALUES {row}"
                )
            )
    upgrade(engine, "0003")
    with engine.connect() as connection:
        rows = editions.newest_first(connection, "a")
    assert [row.since for row in rows] == [3.0, 1.0, None]
    assert {(row.kind, row.forms) for row in rows} == {("regular", ("md", "html", "atom"))}
    engine.dispose()


def test_a_database_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A file with other tables isn't made into a ledger."""
    file = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name)")
    with pytest.raises(StoreError, match="not one of Tidende's"):
        Ledger.create_or_open(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """The message names the file."""
    file = tmp_path / "ledger.sqlite"
    file.write_text("a diary, not a database\n" * 100)
    with pytest.raises(StoreError, match=r"ledger\.sqlite is damaged: file is not a database"):
        Ledger.create_or_open(file)


def test_a_ledger_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    """There is no way back, so an older program keeps off."""
    file = tmp_path / "ledger.sqlite"
    Ledger.create_or_open(file).close()
    _set_revision(file, "9999")
    with pytest.raises(StoreError, match=r"newer version of Tidende \(revision 9999\)"):
        Ledger.create_or_open(file)


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("0000", "an older version of Tidende; 'tidende run' or 'tidende ingest' brings it up"),
        ("9999", r"a newer version of Tidende \(revision 9999\)"),
    ],
)
def test_a_command_refuses_a_ledger_of_another_version(
    tmp_path: Path, revision: str, said: str
) -> None:
    """Whoever only looks doesn't migrate, and says who does."""
    file = tmp_path / "ledger.sqlite"
    Ledger.create_or_open(file).close()
    _set_revision(file, revision)
    with pytest.raises(StoreError, match=said):
        Ledger.open_existing(file)


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ("", "no ledger yet"),
        ("CREATE TABLE recipes (name)", "a database, but not one of Tidende's"),
        ("CREATE TABLE alembic_version (version_num)", "a database, but not one of Tidende's"),
    ],
    ids=["empty", "somebody else's", "somebody else's with Alembic"],
)
def test_a_command_says_what_a_file_in_the_ledger_s_place_is(
    tmp_path: Path, statements: str, said: str
) -> None:
    """No version of Tidende made it, so none brings it up to date."""
    file = tmp_path / "ledger.sqlite"
    file.touch()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(statements)
    with pytest.raises(TidendeError, match=said):
        Ledger.open_existing(file, only_reads=True)


def test_a_command_makes_no_ledger(tmp_path: Path) -> None:
    """Looking at a data directory that isn't there leaves nothing behind."""
    with pytest.raises(TidendeError, match="no ledger yet"):
        Ledger.open_existing(tmp_path / "ledger.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_command_reads_beside_the_writer(ledger: Ledger, seed: Callable[..., SeedRow]) -> None:
    """A second process sees what was committed while the first has a transaction open."""
    with ledger.write() as connection:
        seeds.add(connection, [seed(1)])
    other = Ledger.open_existing(ledger.file)
    with ledger.write() as connection:
        seeds.add(connection, [seed(2)])
        with other.read() as beside:
            assert seeds.last_id(beside) == 1
    other.close()


def test_a_reader_sees_one_state_throughout(ledger: Ledger, seed: Callable[..., SeedRow]) -> None:
    """What is committed meanwhile is seen by the next transaction."""
    with ledger.read() as reader:
        assert seeds.last_id(reader) == 0
        with ledger.write() as writer:
            seeds.add(writer, [seed(1)])
        assert seeds.last_id(reader) == 0
    with ledger.read() as reader:
        assert seeds.last_id(reader) == 1


def test_an_error_undoes_the_whole_transaction(
    ledger: Ledger, seed: Callable[..., SeedRow]
) -> None:
    """Everything is written, or nothing; the message names the file and what SQLite said."""

    def write_twice() -> None:
        with ledger.write() as connection:
            seeds.add(connection, [seed(1)])
            seeds.add(connection, [seed(1)])

    with pytest.raises(StoreError, match=r"ledger\.sqlite: UNIQUE"):
        write_twice()
    with ledger.read() as connection:
        assert seeds.last_id(connection) == 0


def test_an_error_that_is_not_the_ledger_s_passes_through(
    ledger: Ledger, seed: Callable[..., SeedRow]
) -> None:
    """The caller's error undoes the transaction and stays the caller's error."""

    def give_up() -> None:
        with ledger.write() as connection:
            seeds.add(connection, [seed(1)])
            raise KeyError

    with pytest.raises(KeyError):
        give_up()
    with ledger.read() as connection:
        assert seeds.last_id(connection) == 0


def test_a_ledger_that_is_busy_can_be_tried_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody else writes it is a matter of time, not a fault."""
    monkeypatch.setattr(module, "BUSY_TIMEOUT_SECONDS", 0.0)
    other = Ledger(ledger.file)
    with (
        ledger.write(),
        pytest.raises(TransientError, match="locked"),
        other.write(),
    ):
        pass
    other.close()


def test_a_checkpoint_waits_for_nobody(
    ledger: Ledger, seed: Callable[..., SeedRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would hold up every commit meanwhile; other statements are as patient as before."""
    monkeypatch.setattr(module, "BUSY_TIMEOUT_SECONDS", 1000.0)
    patient = Ledger(ledger.file)
    with ledger.read() as reader:
        assert seeds.last_id(reader) == 0
        with patient.write() as connection:
            seeds.add(connection, [seed(1)])
        with pytest.raises(TransientError, match="somebody reads it"):
            patient.checkpoint()
    patient.checkpoint()
    with patient.read() as connection:
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 1_000_000
    patient.close()
    assert ledger.file.with_name("ledger.sqlite-wal").stat().st_size == 0


def test_an_article_needs_its_seed(ledger: Ledger) -> None:
    """The ledger holds to its foreign keys."""
    statement = text(
        "INSERT INTO articles (seed, ordinal, subject, sequence, verdict, story, sha256,"
        " fingerprint) VALUES (7, 0, 'a', 1, 'new', 's', 'h', x'00')"
    )
    with pytest.raises(StoreError, match="FOREIGN KEY"), ledger.write() as connection:
        connection.execute(statement)


def test_a_commit_is_on_the_disk(ledger: Ledger) -> None:
    """A power cut after a commit loses nothing: full synchronisation over a write-ahead log."""
    with ledger.read() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_what_is_emptied_is_overwritten(ledger: Ledger) -> None:
    """A text that was taken down leaves nothing in free pages."""
    with ledger.write() as connection:
        assert connection.execute(text("PRAGMA secure_delete")).scalar() == 1


def test_a_ledger_of_the_first_revision_keeps_its_content(
    tmp_path: Path, seed: Callable[..., SeedRow], article: Callable[..., ArticleRow]
) -> None:
    """It is brought up to date where it is, and takes in more."""
    file = tmp_path / "ledger.sqlite"
    engine = create_engine(f"sqlite:///{file}")
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).with_name("migrations")))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        seeds.add(connection, [seed(1)])
        connection.execute(
            text(
                "INSERT INTO articles (seed, ordinal, subject, sequence, verdict, story, sha256,"
                " fingerprint) VALUES (1, 0, 'urn:x:1', 1, 'new', 's', 'hash-1', x'00')"
            )
        )
        old = zstandard.ZstdCompressor().compress(b'{"old":1}')
        connection.execute(
            text(
                "INSERT INTO events (sequence, id, type, subject, recorded, body, published)"
                " VALUES (1, 'e1', 'tidende.article.new.v1', 'urn:x:1', 1.5, :body, 1)"
            ),
            {"body": old},
        )
    engine.dispose()
    ledger = Ledger.create_or_open(file)
    assert ledger.revision() == REVISION
    with ledger.write() as connection:
        seeds.add(connection, [seed(2)])
        articles.add(connection, [article(2)])
        articles.forget(connection, [2], 3.5)
        retention.mark_pruned(connection, [1], 3.5)
        assert list(events.articles_between(connection, 0, 9)) == [(1, b'{"old":1}')]
        found = articles.find(connection, "e1")
    assert found is not None
    assert found.subject == "urn:x:1"
    ledger.close()
