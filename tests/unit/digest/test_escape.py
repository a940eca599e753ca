"""Nothing that an article says is markup, in Markdown either."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from tidende.digest.escape import clean, escape_markdown, finalise_html, finalise_markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://example.com/x.png)",
    "# x",
    "x ##",
    "* x",
    "- x",
    "+ x",
    "1. x",
    "1) x",
    "> x",
    "    x",
    "a | b\n--|--\n1 | 2",
    "x\n===",
    "---",
    "`x` ```x```",
    "~~x~~ **x** __x__ ==x==",
    "&lt;b&gt; &#60;b&#62;",
    "first\n\n# second",
    "first\u2028# second\x85# third",
    "<https://example.com> https://example.com www.example.com a@example.com",
    "\\<b>\\",
    "[a]: http://example.com",
    "{{ 7 * 7 }} {% raw %} $x$ :smile:",
]
_READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _leaves(tokens: list[Token]) -> list[Token]:
    return [leaf for token in tokens for leaf in (token.children or [token])]


def _read(markdown: str) -> tuple[set[str], str]:
    """Return the kinds of everything that a Markdown reader saw, and the words it would show."""
    leaves = _leaves(_READER.parse(markdown))
    return {leaf.type for leaf in leaves}, "".join(leaf.content for leaf in leaves)


@given(st.text(max_size=60) | st.text(alphabet="a1 .)#*_-+=`~[]()<>!|\\&;:@{}$\n\t", max_size=30))
@example("1. x")
@example("1234567890. x")
@example("\u202e abc")
def test_any_text_is_shown_as_its_words_and_nothing_else(text: str) -> None:
    kinds, words = _read(escape_markdown(text))
    assert kinds <= {"paragraph_open", "paragraph_close", "text"}
    assert words == clean(text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "# {}", "- {}", "> {}", "{}: {}"])
def test_hostile_text_is_inert_wherever_a_template_puts_it(text: str, around: str) -> None:
    harmless, _ = _read(around.format("x", "x"))
    escaped = escape_markdown(text)
    kinds, words = _read(around.format(escaped, escaped))
    assert kinds == harmless
    assert clean(text) in words


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("www.example.com", r"www\.example\.com"),
        ("https://x", r"https\://x"),
        ("a@b", r"a\@b"),
        (":smile:", r"\:smile:"),
    ],
)
def test_what_dialects_make_links_of_is_broken(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


def test_plain_text_stays_readable_as_it_is() -> None:
    plain = "Prisen steg 3,5 % – til 4.2 millioner (NTB), sier «Kari»: Kl. 10.30 & utover!"
    assert escape_markdown(plain) == plain


@given(st.text(max_size=60))
def test_cleaning_is_idempotent_and_leaves_one_line(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert len(once.splitlines()) <= 1


def test_what_no_page_can_hold_is_replaced_and_what_turns_text_around_is_left_out() -> None:
    assert clean("a\x00b\ud800c\ufffed") == "a�b�c�d"
    assert clean("\u202eabc\u2066") == "abc"


def test_only_our_own_markup_goes_unescaped() -> None:
    assert finalise_markdown(Markup("*a*")) == "*a*"
    assert finalise_markdown("*a*") == r"\*a\*"
    assert finalise_markdown(3) == "3"
    assert finalise_html(Markup("<b>")) == Markup("<b>")


def test_an_abbreviation_is_no_host_and_stays_readable() -> None:
    assert escape_markdown("bl.a. klokken 11 p.m., se vg.no") == r"bl.a. klokken 11 p.m., se vg\.no"
