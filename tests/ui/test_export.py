"""Briefings and clipboard text: numbered quotes with their place, one number a quote, in three languages."""

import html
import io
from dataclasses import replace

import docx
import pytest

from assistant import Citation, Claim, Filters, IndexInfo, Question
from corpus import UsageError
from tests.ui.standin import LYON, answer_of, cite
from ui.days import date_in
from ui.export import answer_with_footnotes, briefing_docx, briefing_markdown, source
from ui.footnotes import read_footnotes
from ui.wording import LANGUAGES, words

SIGNED = cite(LYON, LYON.text[31:69])
GREETED = cite(LYON, LYON.text[:30])
WHO = answer_of("Who signed?", Claim(text=SIGNED.quote, citations=(SIGNED,)))
BOTH = answer_of("Two", Claim(text="They were greeted.", citations=(GREETED, SIGNED)), notice="1 of 2 match.")
ROW = answer_of("Agreements", Claim(text=SIGNED.quote, label="Porto · signed", citations=(SIGNED,)))


def cited(**changes: object) -> Citation:
    return Citation(**({"report_id": "r", "file": "a.md", "title": "A visit", "date": "3 May 2026", "start": 0,
                        "end": 5, "quote": "Words"} | changes))  # fmt: skip


def test_each_sentence_points_to_a_footnote_with_quote_title_date_file_and_offsets() -> None:
    text = briefing_markdown([WHO])
    assert text.startswith("# Briefing from the visit records\n\nRecords as of ") and "2026" in text.split("\n")[2]
    assert text.endswith(
        "## Who signed?\n\n"
        "The agreement was signed by Ana Silva.[^1]\n\n"
        "[^1]: “The agreement was signed by Ana Silva.” — Visit to Lyon, 3 May 2026 (lyon.md, 31-69)\n"
    )


def test_a_quote_keeps_its_number_through_several_answers() -> None:
    text = briefing_markdown([WHO, BOTH])
    assert "They were greeted.[^2][^1] *(uncertain)*" in text
    assert text.count("[^1]: ") == 1 and "[^3]" not in text


def test_rows_of_a_list_carry_what_they_are_about() -> None:
    assert "- **Porto · signed**: The agreement was signed by Ana Silva.[^1]" in briefing_markdown([ROW])
    assert answer_with_footnotes(ROW).startswith("- Porto · signed: The agreement was signed by Ana Silva. [1]\n")


def test_a_follow_up_says_how_it_was_understood() -> None:
    asked = answer_of("And when?", understood_as="When was the agreement signed?")
    assert "Understood as: When was the agreement signed?" in briefing_markdown([asked])


def test_what_an_answer_was_narrowed_by_stands_in_every_form_of_the_briefing() -> None:
    question = Question(text="Who signed?", filters=Filters(since="2019", files=("lyon.md",)))
    narrowed = replace(WHO, question=question)
    assert "Only: From: 2019; Report: lyon.md" in briefing_markdown([narrowed])
    assert words("zh").say("narrowed") in briefing_markdown([narrowed], "zh")
    word = docx.Document(io.BytesIO(briefing_docx([narrowed])))
    assert any(one.text == "Only: From: 2019; Report: lyon.md" for one in word.paragraphs)
    assert "Only:" not in briefing_markdown([WHO])


def test_answers_of_two_indexes_name_both() -> None:
    later = IndexInfo(generation="g2", model="m", reports=5, built_at="2026-06-01T08:00:00+00:00")
    line = briefing_markdown([WHO, answer_of("Again", index=later)]).split("\n")[2]
    assert "2 reports; Records as of" in line and line.endswith("5 reports")


@pytest.mark.parametrize("text", ["<b>*x*</b>", "[a](javascript:b)", "a &lt; b", "2024. A year", "- no list", "$x$"])
def test_characters_that_markdown_acts_on_are_escaped(text: str) -> None:
    from markdown_it import MarkdownIt

    page = MarkdownIt().render(briefing_markdown([answer_of("Who?", notice=text)]))
    assert f"<p>{html.escape(text)}</p>" in page


def test_no_answers_give_an_empty_text_and_no_word_file() -> None:
    assert briefing_markdown([]) == ""
    with pytest.raises(UsageError, match="at least one answer"):
        briefing_docx([])


def test_a_word_briefing_has_headings_sentences_and_the_same_footnotes_as_the_markdown() -> None:
    data = briefing_docx([WHO, BOTH, ROW])
    lines = [(line.style.name, line.text) for line in docx.Document(io.BytesIO(data)).paragraphs]
    assert lines[0] == ("Title", "Briefing from the visit records")
    assert [text for style, text in lines if style == "Heading 1"] == ["Who signed?", "Two", "Agreements"]
    assert ("Normal", "1 of 2 match.") in lines
    assert any(text.startswith("They were greeted.") and text.endswith("(uncertain)") for _, text in lines)
    assert any(style == "List Bullet" and text.startswith("Porto · signed: The agree") for style, text in lines)
    assert read_footnotes(data) == [
        ("1", "“The agreement was signed by Ana Silva.” — Visit to Lyon, 3 May 2026 (lyon.md, 31-69)"),
        ("2", "“The rector greeted the guests.” — Visit to Lyon, 3 May 2026 (lyon.md, 0-30)"),
    ]


def test_the_clipboard_gets_sentences_and_below_them_the_quotes() -> None:
    assert answer_with_footnotes(BOTH) == (
        "1 of 2 match.\nThey were greeted. [1][2] (uncertain)\n\n"
        "[1] “The rector greeted the guests.” — Visit to Lyon, 3 May 2026 (lyon.md, 0-30)\n"
        "[2] “The agreement was signed by Ana Silva.” — Visit to Lyon, 3 May 2026 (lyon.md, 31-69)\n"
    )


def test_a_refusal_on_the_clipboard_is_its_notice_alone() -> None:
    assert answer_with_footnotes(answer_of("Who?", notice="The records do not say.")) == "The records do not say.\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_ours_to_say_is_in_the_language_of_the_note(language: str) -> None:
    said = words(language)
    text = briefing_markdown([BOTH], language)
    assert text.startswith(f"# {said.say('note_title')}\n") and f"*({said.say('uncertain')})*" in text
    assert said.say("page_n", n=3) in source(cited(page=3), said)


@pytest.mark.parametrize(
    ("label", "zh", "ru"),
    [
        ("3 May 2026", "2026年5月3日", "3 мая 2026 г."),
        ("4-5 November, year not stated", "11月4日至5日，年份未注明", "4–5 ноября, год не указан"),
        ("28 April to 3 May 2024", "2024年4月28日至5月3日", "28 апр. – 3 мая 2024 г."),
        ("30 December 2023 to 2 January 2024", "2023年12月30日至2024年1月2日", "30 дек. 2023 г. – 2 янв. 2024 г."),
        ("May 2023", "2023年5月", "май 2023 г."),
        ("2023", "2023年", "2023"),
        ("date not stated", "日期未注明", "дата не указана"),
        ("some day", "some day", "some day"),
    ],
)
def test_the_date_of_a_footnote_is_in_the_language_of_the_note(label: str, zh: str, ru: str) -> None:
    # CLDR sets no-break and thin spaces here and there
    told = {code: " ".join(date_in(label, words(code)).split()) for code in LANGUAGES}
    assert told == {"en": label, "zh": zh, "ru": ru}
