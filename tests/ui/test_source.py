import re
from dataclasses import replace

from assistant import Retrieved
from corpus import EventDate
from tests.ui.standin import ATTACK, HOSTILE, LYON, cite, report_of
from ui.web.source import cited_source, near_source
from ui.wording import words

EN = words("en")


def marked(html: str) -> list[str]:
    return re.findall(r"<mark[^>]*>(.*?)</mark>", html)


def test_the_cited_sentence_is_marked_inside_its_paragraph() -> None:
    html = cited_source(LYON, cite(LYON, "signed by Ana Silva"), "0-1", EN)
    assert marked(html) == ["signed by Ana Silva"]
    assert "The agreement was <mark" in html and "</mark>.</p>" in html


def test_a_quote_over_several_paragraphs_is_marked_in_each() -> None:
    html = cited_source(LYON, cite(LYON, "guests.\nThe agreement was signed by Ana Silva.\n\nThey"), "0-1", EN)
    assert marked(html) == ["guests.", "The agreement was signed by Ana Silva.", "They"]


def test_front_matter_is_not_shown_and_headings_lose_their_signs() -> None:
    text = "---\nsecret: yes\n---\n# Lyon in May\n\nThey met."
    report = replace(report_of(text), body=text.index("# Lyon"))
    html = cited_source(report, cite(report, "They met."), "0-1", EN)
    assert "secret" not in html
    assert "<h3>Lyon in May</h3>" in html


def test_title_date_place_file_and_original_address_are_given() -> None:
    report = replace(
        report_of("They met.", address="https://example.org/a?b=1&c=2"),
        dates=(EventDate(text="May 3", start="2026-05-03", end="2026-05-03"),),
        place="Lyon, France",
    )
    html = cited_source(report, cite(report, "They met."), "0-1", EN)
    assert "3 May 2026 · Lyon, France" in html
    assert "File: lyon.md" in html
    assert '<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">' in html


def test_hostile_text_stays_text_and_an_address_that_is_not_of_the_web_is_no_link() -> None:
    html = cited_source(HOSTILE, cite(HOSTILE, ATTACK), "0-1", EN)
    assert "<img" not in html and "<script" not in html and "<a " not in html
    assert "javascript:alert(1)" in html


def test_a_report_that_changed_or_is_gone_shows_the_quote_and_says_so() -> None:
    citation = cite(LYON, "They left at noon.")
    for report in (None, report_of("Something else altogether stands here now.")):
        html = cited_source(report, citation, "0-1", EN)
        assert "has changed since the answer was given" in html
        assert marked(html) == ["They left at noon."]
        assert "Something else" not in html


def test_a_near_passage_is_not_dressed_as_a_citation() -> None:
    near = Retrieved(report_id="l", file="lyon.md", title="Lyon", start=0, end=30, text=LYON.text[:30], score=1.0)
    html = near_source(LYON, near, "near-0-1", EN)
    assert "Near the question, not cited" in html
    assert "Cited sentence" not in html
    assert '<mark class="near"' in html
