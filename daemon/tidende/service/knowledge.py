"""What is known of other articles, as one transaction sees it: their texts, and their stories.

An article is held against the others (`compare`), then put among them (`place`); from then on those
that follow are held against it too.
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from tidende.model.event import Event
from tidende.model.verdict import Verdict
from tidende.service.catalogue import Catalogue, Search
from tidende.service.comparing import Comparing
from tidende.service.linking import Linking, Placed
from tidende.service.outcome import FingerprintedArticle
from tidende.store import signatures
from tidende.store.signatures import SignatureRow
from tidende.store.stories import Member


class Knowledge:
    """The known articles within one transaction; `signatures` are of those that it adds."""

    def __init__(self, connection: Connection, catalogue: Catalogue) -> None:
        self._connection = connection
        self._search = Search(catalogue)
        self._comparing = Comparing(connection, self._search)
        self._linking = Linking(connection, self._search)
        self.signatures: list[SignatureRow] = []

    def expect(self, leaders: Iterable[int]) -> None:
        """Read the stories of these articles at once: copies of them will come."""
        self._linking.expect(leaders)

    def compare(self, article: FingerprintedArticle) -> tuple[Verdict, int | None]:
        """Return the verdict on an article, and the sequence of the one that it repeats."""
        return self._comparing.decide(article)

    def place(
        self, member: Member, article: FingerprintedArticle, verdict: Verdict, leader: int | None
    ) -> Placed:
        """Put an article into its story, and have what is new in it found from now on.

        `leader` is the article that it repeats or revises.
        """
        signature = SignatureRow(
            sequence=member.sequence,
            sketch=article.sketch,
            keys=article.keys,
            clues=article.clues,
        )
        if leader is None:
            placed = self._linking.place(member, signature)
        else:
            placed = self._linking.follow(member, leader)
            signature = replace(signature, keys=(), clues=b"")
        if verdict.verdict != "duplicate":
            self.signatures.append(signature)
            self._search.add(signature)
        return placed

    def remember(self, event: Event) -> None:
        """Have an article's text at hand for those that follow it."""
        self._comparing.remember(event)

    def write(self) -> None:
        """Write what was found; the articles must be in the ledger by then."""
        signatures.add(self._connection, self.signatures)
        self._linking.write()
