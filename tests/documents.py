"""One article in every form that a seed comes in, in our own words; and what reads it."""

import bz2
import csv
import gzip
import hashlib
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage

import zstandard

from tidende.model.article import Article
from tidende.model.limits import Limits
from tidende.model.seed import Candidate, RawSeed, Rejected, Stamp
from tidende.reading.parse import parse

FIRST = (
    "Kommunen vil bygge tre nye broer over elva før neste sommer. "
    "Det sier ordfører Åse Bjørnsen til NTB."
)
SECOND = "Naboene er likevel ikke fornøyd og ønsker seg heller en ferge på stedet."
HEADLINE = "Tre nye broer over elva"
SUBHEADING = "Vil ha ferge"
AUTHOR = "Per Østby"
TEXT = f"{HEADLINE}\n\nAv {AUTHOR}\n\n{FIRST}\n\n{SUBHEADING}\n\n{SECOND}\n"
TIME = "2021-03-12T10:15:00+01:00"

_NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
_XHTML = "http://www.w3.org/1999/xhtml"


def read(content: bytes, name: str, limits: Limits | None = None) -> tuple[Article | Rejected, ...]:
    """Return what the reading makes of a seed with these bytes under this name."""
    stamp = Stamp(size=len(content), mtime_ns=1, ctime_ns=1, inode=1)
    raw = RawSeed(
        candidate=Candidate(inbox="inbox", path=name, file=name, source="avisa", stamp=stamp),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        received=datetime(2021, 3, 12, tzinfo=UTC),
    )
    return parse(raw, limits or Limits())


def articles(content: bytes, name: str) -> list[Article]:
    """Return a seed's articles; a refusal among them is a failure."""
    found = read(content, name)
    refused = [each for each in found if isinstance(each, Rejected)]
    assert not refused, refused
    return [each for each in found if isinstance(each, Article)]


def article(content: bytes, name: str) -> Article:
    """Return a seed's only article."""
    (found,) = articles(content, name)
    return found


def refusal(content: bytes, name: str, limits: Limits | None = None) -> Rejected:
    """Return the refusal that is all there is of a seed."""
    (found,) = read(content, name, limits)
    assert isinstance(found, Rejected), found
    return found


def body(found: Article) -> list[str]:
    """Return an article's running text, its white space folded."""
    return [
        " ".join(found.text[block.start : block.end].split())
        for block in found.extraction.blocks
        if block.role in ("standfirst", "paragraph")
    ]


def page(inside: str, head: str = "") -> bytes:
    """Return an HTML page around an article, as a newspaper's: with all that belongs to none."""
    return f"""<!doctype html><html lang="nb"><head><meta charset="utf-8">
<title>{HEADLINE} | Elvebladet</title>{head}</head><body class="has-sidebar">
<div class="cookie-consent"><p>Vi bruker informasjonskapsler for at siden skal virke.</p></div>
<nav><a href="/">Forsiden</a><a href="/sport">Sport</a></nav>
<main>{inside}</main>
<aside class="sidebar"><h3>Mest lest</h3><a href="/1">Katt reddet ned fra tak</a></aside>
<footer><p>Ansvarlig redaktør er Siri Lien. Alt innhold er vernet.</p></footer>
</body></html>""".encode()


def marked_page() -> bytes:
    """Return a page that marks its article with elements and schema.org."""
    said = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": HEADLINE,
            "datePublished": TIME,
            "author": [{"@type": "Person", "name": AUTHOR}],
        }
    )
    return page(
        f"""<article class="article"><header><h1>{HEADLINE}</h1>
<div class="byline">Av <a rel="author">{AUTHOR}</a></div></header>
<figure><img src="a.jpg"><figcaption>Her kommer den første broen.
<span class="credit">Foto: Mona Li / NTB</span></figcaption></figure>
<div class="article-body"><p>{FIRST}</p><h2>{SUBHEADING}</h2><p>{SECOND}</p></div>
<div class="related-articles"><h3>Les også</h3><a href="/2">Ny vei til hytta</a></div>
<div class="share"><a>Del på nettet</a></div></article>""",
        f'<script type="application/ld+json">{said}</script>',
    )


def mail() -> EmailMessage:
    """Return a letter with the article in it."""
    letter = EmailMessage()
    letter["From"] = "Elvebladet <desk@example.org>"
    letter["To"] = "vakt@example.org"
    letter["Subject"] = HEADLINE
    letter["Date"] = "Fri, 12 Mar 2021 10:15:00 +0100"
    letter.set_content(f"{FIRST}\n\n{SUBHEADING}\n\n{SECOND}\n")
    return letter


def ninjs() -> bytes:
    """Return the article as IPTC ninjs 1.3."""
    return json.dumps(
        {
            "uri": "urn:x:1",
            "type": "text",
            "language": "nb",
            "versioncreated": TIME,
            "headline": HEADLINE,
            "byline": f"Av {AUTHOR}, NTB",
            "body_html": f"<p>{FIRST}</p><h2>{SUBHEADING}</h2><p>{SECOND}</p>",
            "associations": {
                "bilde": {
                    "type": "picture",
                    "description_text": "Her kommer den første broen.",
                    "byline": "Mona Li / NTB",
                }
            },
        }
    ).encode()


def nitf() -> bytes:
    """Return the article as NITF 3.2."""
    return f"""<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE nitf SYSTEM "nitf-3-2.dtd">
<nitf xml:lang="nb"><head><title>{HEADLINE}</title>
<docdata><date.issue norm="20210312T101500+0100"/></docdata></head>
<body><body.head><hedline><hl1>{HEADLINE}</hl1></hedline>
<byline>Av <person>{AUTHOR}</person></byline><distributor>NTB</distributor></body.head>
<body.content><p>{FIRST}</p><hl2>{SUBHEADING}</hl2><p>{SECOND}</p>
<media media-type="image"><media-caption>Her kommer den første broen.</media-caption>
<media-producer>Mona Li / NTB</media-producer></media></body.content></body></nitf>""".encode()


def news_item(headline: str = HEADLINE, status: str = "usable") -> str:
    """Return a NewsML-G2 item with the article as XHTML."""
    return f"""<newsItem guid="urn:x:{headline}" version="1" xml:lang="nb">
<itemMeta><itemClass qcode="ninat:text"/><provider><name>NTB</name></provider>
<versionCreated>{TIME}</versionCreated><pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><by>{AUTHOR}</by><headline>{headline}</headline><language tag="nb"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="{_XHTML}">
<head><title>{headline}</title></head><body><h1>{headline}</h1><p>{FIRST}</p>
<h2>{SUBHEADING}</h2><p>{SECOND}</p></body></html></inlineXML></contentSet></newsItem>"""


def newsml(*items: str) -> bytes:
    """Return a NewsML-G2 message around items."""
    held = "".join(items or (news_item(),))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="{_NAMESPACE}"><itemSet>{held}</itemSet></newsMessage>""".encode()


def rss() -> bytes:
    """Return the article as an RSS 2.0 entry with its whole text."""
    return f"""<?xml version="1.0"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Elvebladet</title>
<language>nb</language><item><title>{HEADLINE}</title><link>http://example.org/1</link>
<description>Det kommer nye broer.</description><dc:creator>{AUTHOR}</dc:creator>
<content:encoded><![CDATA[<p>{FIRST}</p><h2>{SUBHEADING}</h2><p>{SECOND}</p>]]></content:encoded>
<pubDate>Fri, 12 Mar 2021 10:15:00 +0100</pubDate></item></channel></rss>""".encode()


def atom() -> bytes:
    """Return the article as an Atom entry in XHTML."""
    return f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nb">
<title>Elvebladet</title><entry><title>{HEADLINE}</title><author><name>{AUTHOR}</name></author>
<published>{TIME}</published><updated>2022-01-01T00:00:00Z</updated>
<content type="xhtml"><div xmlns="{_XHTML}"><p>{FIRST}</p><h2>{SUBHEADING}</h2><p>{SECOND}</p></div>
</content></entry></feed>""".encode()


def markdown() -> bytes:
    """Return the article as Markdown with front matter."""
    return f"""---
title: "{HEADLINE}"
date: {TIME}
author: {AUTHOR}
lang: nb
---

{FIRST.replace("tre nye broer", "[tre nye broer](http://example.org/kart)")}

## {SUBHEADING}

{SECOND.replace("ferge", "**ferge**")}
""".encode()


def table(delimiter: str = ",", rows: int = 1) -> bytes:
    """Return the article as each row of a table, below a header."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow(("id", "Title", "Author", "Published at", "Text"))
    for number in range(rows):
        text = f"{FIRST}\n\n{SUBHEADING}\n\n{SECOND}\n"
        writer.writerow((number, HEADLINE, AUTHOR, TIME, text))
    return buffer.getvalue().encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    """Return a tar archive of files."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def every_form() -> dict[str, tuple[str, bytes]]:
    """Return the article in every form: by the form's name, the file's name and its bytes."""
    text = TEXT.encode()
    listed = [{"title": HEADLINE, "text": f"{FIRST}\n\n{SECOND}", "date": TIME}] * 2
    event = {"specversion": "1.0", "id": "1", "type": "x", "source": "/x", "data": listed[0]}
    packed = zstandard.ZstdCompressor().compress(text)
    return {
        "text": ("a.txt", text),
        "cp1252": ("a.txt", TEXT.encode("cp1252")),
        "utf-16": ("a.txt", TEXT.encode("utf-16")),
        "mojibake": ("a.txt", text.decode("cp1252").encode()),
        "markdown": ("a.md", markdown()),
        "html": ("a.html", marked_page()),
        "mail": ("a.eml", mail().as_bytes()),
        "ninjs": ("a.json", ninjs()),
        "json": ("a.json", json.dumps(listed).encode()),
        "jsonl": ("a.jsonl", "\n".join(map(json.dumps, listed)).encode()),
        "cloudevent": ("a.json", json.dumps(event).encode()),
        "nitf": ("a.xml", nitf()),
        "newsml": ("a.xml", newsml()),
        "rss": ("a.rss", rss()),
        "atom": ("a.atom", atom()),
        "csv": ("a.csv", table(rows=2)),
        "tsv": ("a.tsv", table("\t").decode().encode("utf-16")),
        "gz": ("a.txt.gz", gzip.compress(text, mtime=0)),
        "bz2": ("a.txt.bz2", bz2.compress(text)),
        "xz": ("a.txt.xz", lzma.compress(text)),
        "zst": ("a.txt.zst", packed),
        "zip": ("a.zip", zipped({"a.txt": text, "b.json": ninjs()})),
        "tar": ("a.tar.gz", gzip.compress(tarred({"a.txt": text, "b.html": marked_page()}))),
    }
