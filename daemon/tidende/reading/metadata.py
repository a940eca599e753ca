"""What a format already knows of its article, before the text is looked at.

A plain text knows nothing; a reader of HTML, mail or JSON fills in what its format says, and
`structure` then looks only for the rest.
"""

from dataclasses import dataclass

from tidende.model.article import Block, Caption, Dateline, PublicationStatus, Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """All optional: None or empty is unknown.

    `blocks` are the places in the text that the format marks itself (a heading, a figure's
    caption, a paragraph), in order and not overlapping; a text with marks is not split into lines
    by the structure rules, except what stands outside every mark. A block marked paragraph is
    still searched for a dateline, a sign-off and the like. `captions` belong to marks of
    role caption and, if given, replace those read from the text; `language` is a BCP 47 tag that
    the format claims, believed only where the text itself is too short to say.
    """

    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    published: Published | None = None
    agencies: tuple[str, ...] = ()
    dateline: Dateline | None = None
    language: str | None = None
    captions: tuple[Caption, ...] = ()
    blocks: tuple[Block, ...] = ()
    embargoed_until: str | None = None
    status: PublicationStatus | None = None


NOTHING_KNOWN = Metadata()
