"""Tries a user's templates on an edition that holds everything once, before there is a real one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, TemplateError

from tidende.digest.compose import compose
from tidende.digest.render import FORMS, TEMPLATES, explain, render
from tidende.errors import ConfigError
from tidende.model.article import Published
from tidende.model.edition import (
    DigestArticle,
    DigestChange,
    DigestFigure,
    DigestPlace,
    DigestQuote,
    DigestStory,
    Edition,
    Passage,
    Standing,
    ThreadStory,
    Window,
)

_BEGIN, _END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
_PUBLISHED = Published(value="2026-01-01", precision="day", origin="text")
_ARTICLE = "urn:tidende:article:0"


def rehearse(templates: Path) -> None:
    """Raise ConfigError, with file and line, for a folder of templates that can't be used.

    That is: none of its files goes before one of ours, one isn't Jinja2, or a form can't be
    rendered, of a full edition or an empty one.
    """
    if not templates.is_dir():
        raise ConfigError(f"{templates} is no directory")
    files = sorted(templates.rglob("*.j2"))
    if not any(file.relative_to(templates).as_posix() in TEMPLATES for file in files):
        raise ConfigError(f"it has none of {', '.join(sorted(TEMPLATES))}")
    for file in files:
        _parse(file)
    for edition in (_edition(_stories()), _edition(())):
        render(edition, FORMS, templates)


def _parse(file: Path) -> None:
    try:
        source = file.read_text(encoding="utf-8")
        Environment(autoescape=True).parse(source, name=file.name, filename=str(file))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise ConfigError(f"{file}: can't be read: {why}") from error
    except TemplateError as error:
        raise ConfigError(f"a digest template can't be used: {explain(error)}") from error


def _edition(stories: tuple[DigestStory, ...]) -> Edition:
    course = ThreadStory(
        story="earlier", headline="Earlier", language="nb", published=None, received=_BEGIN
    )
    return compose(
        stories,
        Window(after=0, through=9, end=_END, since=_BEGIN if stories else None),
        digest="rehearsal",
        title="",
        language="en",
        size=2,
        version=2,
        threads={"thread": [course]},
    )


def _stories() -> tuple[DigestStory, ...]:
    return (
        _story("new", "new", None),
        _story("more", "updated", "nb"),
        _story("omitted", "new", "nb"),
        _story("copied", "unchanged", "nb"),
    )


def _story(name: str, standing: Standing, language: str | None) -> DigestStory:
    """Return a story with one of all that a story may have; with no `language`, of the least."""
    known = language is not None
    passage = Passage(text="One.", language=language, article=_ARTICLE, sources=("NTB",))
    role = "skipper" if known else None
    return DigestStory(
        id=name,
        thread="thread",
        standing=standing,
        headline=passage,
        summary=(passage,),
        changes=tuple(_changes(language)),
        quotes=(
            DigestQuote(
                text="One.", speaker="Ola By", role=role, language=language, article=_ARTICLE
            ),
        ),
        figures=(
            DigestFigure(
                surface="3", before="with", after="cars", language=language, article=_ARTICLE
            ),
        ),
        places=(DigestPlace(name="Storvik", country="NO" if known else None, mentions=1),),
        languages=(language,) if language else (),
        sources=("NTB",) if known else (),
        articles=(
            DigestArticle(
                subject=_ARTICLE,
                headline="One",
                language=language,
                sources=("NTB",) if known else (),
                published=_PUBLISHED if known else None,
                received=_BEGIN,
                sequence=1,
                revises=known,
                copies=int(known),
            ),
        ),
        copies=3,
        updated=_BEGIN,
    )


def _changes(language: str | None) -> Iterator[DigestChange]:
    for before, after in (("3", "5"), (None, "5"), ("3", None)):
        yield DigestChange(
            kind="figure",
            before=before,
            after=after,
            unit="cars" if before and after else None,
            language=language,
        )
