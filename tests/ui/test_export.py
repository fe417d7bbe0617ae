from assistant import Claim
from tests.ui.standin import LYON, answer_of, cite
from ui.export import answer_markdown

SIGNED = cite(LYON, LYON.text[31:69])
GREETED = cite(LYON, LYON.text[:30])


def test_each_sentence_points_to_a_footnote_with_quote_title_date_and_file() -> None:
    text = answer_markdown([answer_of("Who signed?", Claim(text=SIGNED.quote, citations=(SIGNED,)))])
    assert text == (
        "## Who signed?\n\n"
        "The agreement was signed by Ana Silva.[^1]\n\n"
        "[^1]: “The agreement was signed by Ana Silva.” — Visit to Lyon, 3 May 2026 (lyon.md)\n"
    )


def test_footnotes_are_numbered_through_several_answers() -> None:
    text = answer_markdown([
        answer_of("One", Claim(text=SIGNED.quote, citations=(SIGNED,))),
        answer_of("Two", Claim(text="They were greeted.", citations=(GREETED, SIGNED))),
    ])  # fmt: skip
    assert "They were greeted.[^2][^3] *(uncertain)*" in text
    assert text.count("[^3]: ") == 1


def test_characters_that_markdown_acts_on_are_escaped() -> None:
    text = answer_markdown([answer_of("<b>*x*</b>", notice="[a](javascript:b)")])
    assert "\\<b\\>\\*x\\*\\</b\\>" in text and "\\[a\\](javascript:b)" in text


def test_no_answers_give_an_empty_text() -> None:
    assert answer_markdown([]) == ""
