"""What comes is held against what is known: near copies and revisions, whenever they came."""

import pytest

from desk import Desk, Event, sighted
from tidende.service.catalogue import Catalogue
from tidende.service.retention import Retention
from tidende.settings import RetentionSettings
from tidende.store import signatures

FIRE = """Tre skadet i brann på Sørneset

Tre personer er skadet etter at det brøt ut brann i et lagerbygg på Sørneset natt til torsdag.

Nødetatene fikk melding om brannen klokken 02.14, og mannskaper fra to stasjoner rykket ut.

– Da vi kom fram, sto hele den østre delen av bygget i full fyr, sier brannsjef Oddvar Lien.

Bygget ble brukt til lagring av møbler og sto ferdig i 1987. Politiet har sperret av området og vil
undersøke stedet når røyken har lagt seg. Naboer i fire hus måtte forlate hjemmene sine i natt.

Årsaken til brannen er foreløpig ukjent. (NTB)
"""
EDITED = FIRE.replace("Tre skadet i brann på Sørneset", "Storbrann i lagerbygg").replace(
    "rykket ut", "dro ut"
)
REVISED = FIRE.replace("Tre skadet", "Fem skadet").replace("Tre personer", "Fem personer")
TEMPLATE = """Været onsdag

I Storvik ventes det laber bris fra sør og regnbyger, med temperaturer mellom 4 og 7 grader.
"""


def _verdicts(desk: Desk) -> dict[str, Event]:
    return {
        event["data"]["provenance"]["name"]: event["data"]["dedup"]
        for event in desk.events()
        if event["type"].startswith("tidende.article.")
    }


@pytest.mark.parametrize("together", [True, False])
def test_a_near_copy_is_a_duplicate(desk: Desk, together: bool) -> None:  # noqa: FBT001
    """In the same batch as the original, or in a later one; it is in the same story."""
    desk.drop("fire.txt", FIRE)
    desk.drop("other.txt", EDITED)
    if together:
        desk.take("fire.txt", "other.txt")
    else:
        desk.take("fire.txt")
        desk.take("other.txt")
    first, second = desk.events()
    assert second["type"] == "tidende.article.duplicate.v1"
    assert second["data"]["dedup"]["of"] == first["subject"]
    assert 0.5 < second["data"]["dedup"]["similarity"] < 1
    assert second["data"]["story"]["id"] == first["data"]["story"]["id"]
    assert second["data"]["story"]["members"] == [first["subject"], second["subject"]]


def test_a_revision_says_what_has_changed(desk: Desk) -> None:
    """The number of the injured."""
    desk.drop("fire.txt", FIRE)
    desk.take("fire.txt")
    desk.drop("more.txt", REVISED)
    desk.take("more.txt")
    event = desk.events()[-1]
    assert event["type"] == "tidende.article.revised.v1"
    changes = event["data"]["dedup"]["changes"]
    assert any("Tre" in str(each["before"]) and "Fem" in str(each["after"]) for each in changes)


def test_what_was_known_is_known_after_a_restart(desk: Desk) -> None:
    """The catalogue is read from the ledger."""
    desk.drop("fire.txt", FIRE)
    desk.take("fire.txt")
    restarted = desk.committer_of(Catalogue.read(desk.ledger))
    desk.drop("other.txt", EDITED)
    (recorded,) = restarted.commit(desk.read([sighted(desk.inbox.path / "other.txt")]))
    assert recorded.decision == "duplicate"


def test_a_batch_that_is_not_committed_is_not_known(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it is tried again, its articles aren't copies of themselves."""
    desk.drop("fire.txt", FIRE)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as context:
        context.setattr(desk.queue, "stage", refuse)
        with pytest.raises(OSError, match="No space"):
            desk.take("fire.txt")
    (recorded,) = desk.take("fire.txt")
    assert recorded.decision == "new"


def test_beyond_the_window_nothing_is_compared(desk: Desk) -> None:
    """The same text is still known, the near copy isn't; its signature has left the ledger."""
    desk.drop("fire.txt", FIRE)
    desk.take("fire.txt")
    desk.committer.settle_outbox()
    desk.clock.pass_by(91 * 86_400)
    retention = Retention(
        ledger=desk.ledger,
        data=desk.data,
        shards=desk.queue.shards,
        catalogue=desk.catalogue,
        keep=RetentionSettings(done_days=0, texts_days=0, quarantine_days=0),
        window_days=90,
        digests=(),
        now=desk.clock.now,
    )
    retention.apply()
    with desk.ledger.read() as connection:
        assert len(signatures.after(connection, 0, 9)) == 0
    desk.drop("same.txt", FIRE.replace("– Da", "- Da"))
    desk.drop("other.txt", EDITED)
    desk.take("same.txt", "other.txt")
    verdicts = _verdicts(desk)
    assert verdicts["same.txt"]["verdict"] == "duplicate"
    assert verdicts["other.txt"]["verdict"] == "new"


def test_a_form_filled_in_anew_is_news(desk: Desk) -> None:
    """Tomorrow's weather isn't a revision of today's."""
    desk.drop("wednesday.txt", TEMPLATE)
    tomorrow = TEMPLATE.replace("onsdag", "torsdag").replace("4 og 7", "1 og 3")
    desk.drop("thursday.txt", tomorrow.replace("laber bris fra sør", "stiv kuling fra nord"))
    desk.take("wednesday.txt", "thursday.txt")
    assert {each["verdict"] for each in _verdicts(desk).values()} == {"new"}
