"""What is known of other articles, as one transaction sees it: their texts, and their stories."""

from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection

from tidende.service.catalogue import Catalogue, Search
from tidende.service.comparing import Comparing
from tidende.service.linking import Linking


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The three ways in which an article is held against the others."""

    search: Search
    comparing: Comparing
    linking: Linking

    @classmethod
    def within(cls, connection: Connection, catalogue: Catalogue) -> Self:
        """Return what a transaction knows at its beginning."""
        search = Search(catalogue)
        return cls(
            search=search,
            comparing=Comparing(connection, search),
            linking=Linking(connection, search),
        )
