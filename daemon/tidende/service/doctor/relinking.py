"""Weighs articles against one another anew, for a ledger that lost what they had in common.

No event tells it. Without it, the next article would part each story that it is like into pieces.
"""

from sqlalchemy import Connection

from tidende.service.catalogue import Catalogue, Search
from tidende.service.linking import Linking
from tidende.store import signatures

BATCH = 500


def relink(connection: Connection) -> None:
    """Write the links of all articles that have a signature; their stories stay as they are."""
    catalogue, through = Catalogue(), 0
    while rows := signatures.after(connection, through, BATCH):
        search = Search(catalogue)
        linking = Linking(connection, search)
        for row in rows:
            linking.relink(row)
            search.add(row)
        linking.write()
        catalogue.add(rows)
        through = rows[-1].sequence
