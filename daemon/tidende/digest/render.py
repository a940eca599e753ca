"""An edition becomes text: Markdown, plain text, one self-contained HTML page, JSON, an Atom feed.

The pages are Jinja2 templates; a user's folder may replace any of them by name. Every value is
escaped for its form as it is put in, so neither an article nor a template's author can forget.
"""

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from markupsafe import Markup

from tidende.digest.document import write_json
from tidende.digest.drawing import bars, timeline
from tidende.digest.escape import (
    clean,
    escape_inline,
    fill,
    finalise_html,
    finalise_markdown,
    finalise_text,
)
from tidende.digest.phrasebook import Phrasebook, load_phrasebook
from tidende.errors import ConfigError
from tidende.model.edition import DigestPlace, DigestStory, Edition

AUTHOR = "Tidende"
MOST_CHANGES = 8
"""So many changes of a story are told one by one."""

TEMPLATES = frozenset(
    {
        "edition.md.j2",
        "edition.txt.j2",
        "edition.html.j2",
        "edition.css.j2",
        "thread.html.j2",
        "story.html.j2",
        "articles.html.j2",
        "entry.html.j2",
    }
)
"""What a user's folder may replace."""

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # BCP 47, near enough

_Render: TypeAlias = Callable[[Edition, Phrasebook, Path | None], str]


def render(
    edition: Edition, forms: Iterable[str] | None = None, templates: Path | None = None
) -> dict[str, str]:
    """Return the edition in each of `forms` (all by default), keyed by file extension.

    `templates` is a folder whose files go before ours. Raises ConfigError for a form that there
    isn't, and for a template that can't be used.
    """
    if templates is not None and not templates.is_dir():
        raise ConfigError(f"{templates} is no directory")
    words = load_phrasebook(edition.language, edition.timezone)
    writers = {form: _writer(form) for form in forms or FORMS}
    try:
        return {form: write(edition, words, templates) for form, write in writers.items()}
    except Exception as error:
        # A template is a program: what it may raise has no end.
        if templates is None and not isinstance(error, TemplateError):
            raise
        raise ConfigError(f"a digest template can't be used: {explain(error)}") from error


def _writer(form: str) -> _Render:
    try:
        return FORMS[form]
    except KeyError:
        raise ConfigError(f"no digest form {form!r}; known: {', '.join(FORMS)}") from None


def _render_markdown(edition: Edition, words: Phrasebook, templates: Path | None) -> str:
    template = _plain(templates, finalise_markdown).get_template("edition.md.j2")
    return template.render(**_context(edition, words))


def _render_text(edition: Edition, words: Phrasebook, templates: Path | None) -> str:
    template = _plain(templates, finalise_text).get_template("edition.txt.j2")
    return template.render(**_context(edition, words))


def _render_html(edition: Edition, words: Phrasebook, templates: Path | None) -> str:
    template = html_environment(templates).get_template("edition.html.j2")
    return template.render(**_context(edition, words))


def _render_json(edition: Edition, _words: Phrasebook, _templates: Path | None) -> str:
    return write_json(edition)


def _context(edition: Edition, words: Phrasebook) -> dict[str, Any]:
    """Return what a page's template may use; `numbers` are the stories' places by their ids."""
    return {
        "edition": edition,
        "words": words,
        "numbers": {story.id: number for number, story in enumerate(edition.stories, 1)},
        "bars": bars(edition, words),
        "timeline": timeline,
        "most_changes": MOST_CHANGES,
    }


def _render_atom(edition: Edition, words: Phrasebook, templates: Path | None) -> str:
    """Return the edition as an Atom feed (RFC 4287).

    The feed's id is the digest's and an entry's its story's, so that a reader that follows a
    digest sees one feed, and a story that moved on as the same entry, updated.
    """
    # feedgen brings lxml, which nothing else needs.
    from feedgen.feed import FeedGenerator  # noqa: PLC0415

    feed = FeedGenerator()
    feed.id(f"urn:tidende:digest:{edition.digest}")
    feed.title(_title(edition.title))
    feed.subtitle(words.day(edition.window.end))
    feed.updated(edition.window.end)
    feed.author(name=AUTHOR)
    feed.generator(AUTHOR)
    feed.language(edition.language)
    template = html_environment(templates).get_template("entry.html.j2")
    # The entry is read by itself: it points to no other story of the page.
    context = _context(edition, words) | {"numbers": {}}
    for story in edition.stories:
        entry = feed.add_entry(order="append")
        entry.id(_entry_id(story))
        entry.title(_title(story.headline.text))
        entry.updated(story.updated)
        content = template.render(**context, story=story)
        entry.content(content, type="html")
    return bytes(feed.atom_str(pretty=True)).decode()


FORMS: Mapping[str, _Render] = MappingProxyType(
    {
        "md": _render_markdown,
        "txt": _render_text,
        "html": _render_html,
        "json": _render_json,
        "atom": _render_atom,
    }
)
"""How each form is written, keyed by its file extension."""


def _lang(tag: str | None, edition: Edition) -> Markup:
    """Return the attribute that says in which other language than the page's a text is.

    What is no tag is left out: escaped it would be harmless, but there are readers that write
    attributes anew and forget to escape them.
    """
    if tag is None or tag == edition.language or not _TAG.fullmatch(tag):
        return Markup()
    return Markup(' lang="{}"').format(tag)


def _language_name(tag: str, words: Phrasebook) -> str:
    return words.language(tag)


def _place_name(place: DigestPlace, words: Phrasebook) -> str:
    return words.place(place)


_FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"lang": _lang, "language_name": _language_name, "place_name": _place_name}
)


def _title(text: str) -> str:
    return clean(text) or "…"  # Atom knows no empty title


def _entry_id(story: DigestStory) -> str:
    return story.id if story.id.startswith("urn:") else f"urn:tidende:story:{story.id}"


@cache
def _plain(templates: Path | None, finalise: Callable[[Any], Any]) -> Environment:
    # autoescape is HTML's; here `finalise` escapes each value, and only Markup goes unescaped.
    environment = Environment(
        loader=_loader(templates),
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        finalize=finalise,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(_FILTERS, fill=fill, inline=escape_inline)
    return environment


@cache
def html_environment(templates: Path | None = None) -> Environment:
    """Return what fills the templates of pages; an article's text adds no markup to them."""
    environment = Environment(
        loader=_loader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalise_html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(_FILTERS)
    return environment


def _loader(templates: Path | None) -> ChoiceLoader:
    own = PackageLoader("tidende.digest", "templates")
    return ChoiceLoader([FileSystemLoader(templates), own] if templates else [own])


def explain(error: Exception) -> str:
    """Return what is wrong with a template, behind its file and line as far as they are known."""
    if isinstance(error, TemplateSyntaxError):
        place = f"{error.filename or error.name}, line {error.lineno}: "
    else:
        frames = traceback.extract_tb(error.__traceback__)  # Jinja's show the template's lines
        lines = [f"{each.filename}, line {each.lineno}: " for each in frames if _is_template(each)]
        place = lines[-1] if lines else ""
    if isinstance(error, TemplateNotFound):
        return f"{place}there is no template {error}"
    return place + (str(error) or type(error).__name__)


def _is_template(frame: traceback.FrameSummary) -> bool:
    return not frame.filename.endswith(".py") and not frame.filename.startswith("<")
