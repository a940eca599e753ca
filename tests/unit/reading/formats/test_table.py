"""Tables: an article a row, whatever parts the cells, and nothing guessed where a row is broken."""

import pytest

from documents import AUTHOR, FIRST, HEADLINE, SECOND, article, articles, body, read, refusal, table
from tidende.model.limits import Limits
from tidende.model.seed import Rejected

TWO = f'title,text\n"{HEADLINE}","{FIRST}\n\n{SECOND}"\n'


def _reasons(text: str, name: str = "a.csv", limits: Limits | None = None) -> list[str]:
    """Return in a word what became of each row."""
    return [
        each.reason if isinstance(each, Rejected) else "article"
        for each in read(text.encode(), name, limits)
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_of_four_marks_parts_the_cells(delimiter: str) -> None:
    first, second = articles(table(delimiter, rows=2), "a.csv")

    for found in (first, second):
        assert (found.format, found.extraction.headline) == ("csv", HEADLINE)
        assert found.extraction.byline == AUTHOR
        assert body(found) == [FIRST, SECOND]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "export"])
def test_a_line_that_names_what_parts_the_cells_is_no_header(delimiter: str, name: str) -> None:
    """Spreadsheets write it for themselves."""
    text = f"sep={delimiter}\r\n".encode() + table(delimiter, rows=2)

    for found in articles(text, name):
        assert (found.extraction.headline, body(found)) == (HEADLINE, [FIRST, SECOND])


def test_a_header_that_names_no_text_is_told_from_the_line_above_it() -> None:
    found = refusal(b'"sep=;"\ntitle,text\na,b\n', "a.csv")

    assert found.message == "the header names no column with the text of articles"


def test_what_a_line_names_parts_the_cells_whatever_else_stands_in_the_header() -> None:
    text = f"sep=;\ntext;title, lead, byline\n{FIRST};{HEADLINE}\n"

    assert body(article(text.encode(), "a.csv")) == [FIRST]


def test_lines_are_counted_from_the_line_that_names_what_parts_the_cells() -> None:
    """So an editor finds them."""
    found = refusal(f"sep=;\ntitle;text\n{HEADLINE}\n".encode(), "a.csv")

    assert found.message.startswith("line 3 to 3: ")


@pytest.mark.parametrize("name", ["a.csv", "A.CSV", "a.txt", "export"])
def test_two_columns_that_both_belong_to_articles_are_a_table_under_any_name(name: str) -> None:
    assert body(article(TWO.encode(), name)) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "encoded",
    [TWO.encode("cp1252"), TWO.encode("utf-8-sig"), TWO.encode("utf-16")],
    ids=["cp1252", "byte order mark", "utf-16"],
)
def test_spreadsheets_encodings_are_read(encoded: bytes) -> None:
    assert article(encoded, "a.csv").extraction.headline == HEADLINE


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_any_line_end_closes_a_row_and_may_stand_in_a_cell(end: str) -> None:
    assert body(article(TWO.replace("\n", end).encode(), "a.csv")) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "header",
    ["HEADLINE,Body Text", "overskrift,brødtekst", "Rubrik,Brödtext", "name,article-body"],
)
def test_a_column_may_have_any_name_that_a_field_has_in_json(header: str) -> None:
    """Upper and lower case, spaces, and marks between words make no difference."""
    found = article(f'{header}\n{HEADLINE},"{FIRST}"\n'.encode(), "a.csv")

    assert (found.extraction.headline, body(found)) == (HEADLINE, [FIRST])


def test_a_doubled_quotation_mark_is_one() -> None:
    found = article(b'title,text\nSak,"Han sa ""nei"" til alt, og gikk."\n', "a.csv")

    assert body(found) == ['Han sa "nei" til alt, og gikk.']


def test_columns_that_say_nothing_of_an_article_are_passed_over() -> None:
    """As the row's number, which has no name where a program wrote it."""
    assert body(article(f',text,views\n0,"{FIRST}",31\n'.encode(), "a.csv")) == [FIRST]


def test_a_city_is_nobody_s_byline() -> None:
    """A column `by` is one in Norwegian and Danish; a spreadsheet doesn't say its language."""
    found = article(f"title,by,text\n{HEADLINE},Bergen,{FIRST}\n".encode(), "a.csv")
    assert found.extraction.byline is None


def test_of_two_columns_of_one_name_the_first_that_is_filled_counts() -> None:
    assert body(article(f'text,text\n,"{FIRST}"\n'.encode(), "a.csv")) == [FIRST]


def test_markup_in_a_cell_is_read_as_such() -> None:
    assert body(article(f'title,html\nSak,"<p>{FIRST}</p>"\n'.encode(), "a.csv")) == [FIRST]


def test_a_cell_may_hold_a_long_page() -> None:
    page = f"<p>{FIRST}</p>" * 2000

    assert len(body(article(f"html\n{page}\n".encode(), "a.csv"))) == 2000


def test_what_a_column_says_must_not_be_published_is_not_for_publication() -> None:
    found = article(f'text,pubStatus\n"{FIRST}",canceled\n'.encode(), "a.csv")

    assert found.status == "canceled"


def test_a_row_without_text_is_refused_alone() -> None:
    assert _reasons(f'title,text\nSak,\nSak,"{FIRST}"\n') == ["no-article", "article"]


def test_blank_lines_and_empty_cells_at_the_end_are_no_rows_and_no_columns() -> None:
    assert _reasons(f'\n\ntitle,text\n\nSak,"{FIRST}",,\n,\n\n') == ["article"]


def test_rows_that_do_not_fit_the_header_are_refused_with_their_lines() -> None:
    """Those in a row as one: a quotation mark too few tears a row into many."""
    text = f'title,text\nSak,"{FIRST}"\nSak,Kort, men\ngodt, ja, nei\nSak,"{SECOND}"\n'
    found = read(text.encode(), "a.csv")

    assert [isinstance(each, Rejected) for each in found] == [False, True, False]
    assert isinstance(found[1], Rejected)
    assert found[1].reason == "broken-table"
    assert found[1].message.startswith("line 3 to 4: ")


@pytest.mark.parametrize(
    "torn", ['Sak,"Han sa "nei" til alt."', 'Sak,"Han gikk'], ids=["within a cell", "never closed"]
)
def test_a_quotation_mark_that_is_amiss_never_gives_an_article(torn: str) -> None:
    """Rather none than one with another's text in it."""
    assert _reasons(f'title,text\nSak,"{FIRST}"\n{torn}\n') == ["article", "broken-table"]


def test_what_follows_in_a_cell_with_a_mark_amiss_is_no_row() -> None:
    """Though it has as many commas as one; the row behind it is read."""
    torn = 'Sak,"Han sa "nei" og gikk.\n\nDa var det sent, og mørkt.\n\nDet snør, sa han."'
    found = read(f'title,text\n{torn}\nSak,"{FIRST}"\n'.encode(), "a.csv")

    assert [isinstance(each, Rejected) for each in found] == [True, False]
    assert isinstance(found[0], Rejected)
    assert found[0].message.startswith("line 2 to 6: ")


@pytest.mark.parametrize(
    "torn",
    [
        'Sak,"Han sa "nei"" og gikk.\nDa var det sent, og mørkt.\nDet snør, sa han."',
        'Sak,"Et 5" rør.\nDa var det sent, og mørkt."',
        'Sak,"Et 5" rør."',
    ],
    ids=["one of two marks", "one mark", "one mark on one line"],
)
def test_where_cells_stand_in_marks_the_next_row_is_one_with_such_a_cell(torn: str) -> None:
    """Where a torn cell ends can't be told by counting: the number of its marks is amiss too."""
    text = f'"title","text"\n{torn}\n"Sak","{FIRST}"\n{HEADLINE},Kort\n'

    assert _reasons(text) == ["broken-table", "article", "article"]


@pytest.mark.parametrize(
    "text", ["date,price\n2021-03-12,31\n", f"{HEADLINE}\n\n{FIRST}\n", ",,,\n", "\n\n"]
)
def test_a_file_named_so_that_names_no_column_with_text_is_refused(text: str) -> None:
    """Figures are no article, and without names nobody knows which cell is what."""
    assert refusal(text.encode(), "a.csv").reason in ("no-article", "no-text")


def test_a_header_without_rows_is_refused() -> None:
    assert refusal(b"title,text\n", "a.csv").reason == "no-article"


@pytest.mark.parametrize(
    "first", ["Tekst, bilder og lyd", "Title: text", "Story, and no more", "text", "date;price"]
)
def test_a_text_that_begins_with_such_words_stays_a_text(first: str) -> None:
    assert article(f"{first}\n\n{FIRST}\n".encode(), "a.txt").format == "text"


def test_a_table_with_more_rows_than_a_seed_may_hold_articles_is_refused_whole() -> None:
    rows = f'Sak,"{FIRST}"\n' * 5

    assert _reasons(f"title,text\n{rows}", limits=Limits(articles=4)) == ["too-many-articles"]


@pytest.mark.parametrize(
    "hostile",
    [
        "title,text" + "," * 1_000_000,
        "title,text\n" + "," * 1_000_000,
        'title,text\n"' + "a" * 1_000_000,
        'title,text\n"' + 'a\n"' * 100_000,
        "title,text\n" + "a\n" * 100_000,
    ],
    ids=["wide header", "wide row", "endless cell", "many marks", "narrow rows"],
)
def test_a_hostile_table_is_one_refusal_and_soon(hostile: str) -> None:
    """The test's own time-out is what would fail."""
    (reason,) = set(_reasons(hostile))
    assert reason in ("no-article", "broken-table")
