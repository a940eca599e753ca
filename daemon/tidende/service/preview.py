"""Shows what an edition would say, and writes nothing."""

from datetime import datetime

from sqlalchemy import Connection

from tidende.digest.render import render
from tidende.digest.window import next_window, past_window
from tidende.errors import ConfigError
from tidende.service.composing import draw_up
from tidende.service.progress import Progress
from tidende.settings import DigestSettings


def preview(  # noqa: PLR0913
    connection: Connection,
    *,
    digest: str,
    chosen: DigestSettings,
    form: str,
    until: datetime,
    since: datetime | None = None,
    progress: Progress | None = None,
) -> str | bytes:
    """Return in one form the edition of what was recorded from `since` to `until`.

    Without `since` it is what the next edition would tell. Raises ConfigError for a form that
    there isn't.
    """
    if since is None:
        window = next_window(connection, digest, until, recorded_by=until)
    elif since < until:
        window = past_window(connection, since, until)
    else:
        raise ConfigError(f"digest {digest}: {until.isoformat()} isn't after {since.isoformat()}")
    edition = draw_up(connection, window, digest=digest, chosen=chosen, progress=progress)
    return render(edition, (form,), chosen.templates)[form]
