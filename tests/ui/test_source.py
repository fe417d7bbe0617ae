import html as markup
import io
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote_plus

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as reader

from corpus import EventDate, Report, read_report
from ingest import Fact, Ledger
from ingest.ledger.fact import FACTS
from tests.corpus.conftest import _pdf as pdf_of
from tests.timing import grows_no_faster_than_its_input
from tests.ui.standin import ATTACK, HOSTILE, INDEX, LYON, cite, report_of
from ui.web.desk import Shelf
from ui.web.panel.source import open_near, open_place
from ui.web.report_text import Mark, text_html
from ui.wording import LANGUAGES, words

EN = words("en")
SIGNED = "The agreement was signed by Ana Silva."


def shelf_of(*reports: Report, facts: tuple[Fact, ...] = ()) -> Shelf:
    return Shelf(index=INDEX, ledger=Ledger(facts), reports=reports)


def opened(report: Report, quote: str, *, facts: tuple[Fact, ...] = (), language: str = "en") -> str:
    start = report.text.index(quote)
    place = f"{report.id}:{start}:{start + len(quote)}"
    return open_place(shelf_of(report, facts=facts), place, quote, words(language))


def marked(html: str) -> list[str]:
    return ["".join(mark.itertext()) for mark in reader.fromstring(html).iter("mark")]


def bare(text: str) -> str:
    return "".join(text.split())


def texts(html: str, path: str) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in reader.fromstring(html).xpath(path)]


# ---- the panel ----


def test_the_cited_sentence_is_marked_inside_its_paragraph() -> None:
    html = opened(LYON, "signed by Ana Silva")
    assert marked(html) == ["signed by Ana Silva"]
    assert "The agreement was <mark" in html and "</mark>.</p>" in html
    assert 'tabindex="-1"' in html and f'data-key="{LYON.id}:49:68"' in html


def test_a_quote_over_several_paragraphs_is_marked_in_each() -> None:
    html = opened(LYON, f"guests.\n{SIGNED}\n\nThey")
    assert marked(html) == ["guests.", SIGNED, "They"]
    assert html.count('id="cited"') == 1


def test_front_matter_is_shown_only_where_it_is_cited() -> None:
    text = "---\nplace: Lyon\ndate: 3 May 2024\n---\n# Lyon in May\n\nThey met."
    report = replace(report_of(text), body=text.index("# Lyon"))
    assert "place: Lyon" not in opened(report, "They met.")
    assert marked(opened(report, "3 May 2024")) == ["3 May 2024"]


def test_title_date_place_file_and_the_ways_on_are_given() -> None:
    report = replace(
        report_of("They met.", address="https://example.org/a?b=1&c=2"),
        dates=(EventDate(text="May 3", start="2026-05-03", end="2026-05-03"),),
        place="Lyon, France",
    )
    html = opened(report, "They met.")
    assert "3 May 2026 · Lyon, France" in html
    assert "File: lyon.md" in html
    assert '<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">' in html
    assert '<a href="#browse/report?id=lyon.md">Open the whole report</a>' in html
    assert re.findall(r'data-step="(-?1)"', html) == ["-1", "1"]
    assert 'class="close"' in html and "data-close" in html


def test_hostile_text_stays_text_and_an_address_that_is_not_of_the_web_is_no_link() -> None:
    html = opened(HOSTILE, ATTACK)
    assert "<img" not in html and "<script" not in html
    assert re.findall(r'<a href="([^"]*)"', html) == [f"#browse/report?id={quote_plus(HOSTILE.id)}"]
    assert "javascript:alert(1)" in html


@pytest.mark.parametrize("reports", [(), (replace(LYON, text="Something else altogether stands here now, and more."),)])
def test_a_report_that_changed_or_is_gone_shows_the_quote_and_says_so(reports: tuple[Report, ...]) -> None:
    html = open_place(shelf_of(*reports), f"{LYON.id}:31:69", SIGNED, EN)
    assert ("has changed since the answer was given" if reports else "not among the records any more") in html
    assert marked(html) == [SIGNED]
    assert "Something else" not in html and "browse/report" not in html


@pytest.mark.parametrize(
    "place",
    ["", "lyon.md", "lyon.md:5", "lyon.md:5:5", "lyon.md:9:5", "lyon.md:-1:5", "lyon.md:1:99999999999", "a:b:c", "::",
     "lyon.md:0:5:all", "<b>"],
)  # fmt: skip
def test_a_malformed_place_gives_the_empty_panel(place: str) -> None:
    assert "Choose a numbered source" in open_place(shelf_of(LYON), place, "The r", EN)
    assert "Choose a numbered source" in open_near(shelf_of(LYON), place, "The r", EN)


def test_a_place_without_its_words_is_never_marked() -> None:
    assert "<mark" not in open_place(shelf_of(LYON), f"{LYON.id}:0:5", "", EN)


def test_a_near_passage_is_not_dressed_as_a_citation() -> None:
    html = open_near(shelf_of(LYON), f"{LYON.id}:0:30", LYON.text[:30], EN)
    assert "Near the question, not cited" in html
    assert "Cited sentence" not in html
    assert '<mark id="cited" class="near"' in html
    assert f'data-key="near-{LYON.id}:0:30"' in html


def test_a_keeper_is_led_to_the_sentence_among_the_facts_and_a_reader_is_not() -> None:
    place = f"{LYON.id}:31:69"
    asked = shelf_of(LYON), place, LYON.text[31:69], EN
    assert f"#keep/facts?id={LYON.id}&amp;at=31-69" in open_place(*asked, is_keeper=True)
    assert "#keep/facts" not in open_place(*asked)


def test_what_the_ledger_holds_of_exactly_this_sentence_is_told_in_each_language() -> None:
    def fact(quote: str, *, kind: str, **fields: object) -> Fact:
        return FACTS[kind](citation=cite(LYON, quote), extractor="test", **fields)  # type: ignore[arg-type]

    signed = fact(SIGNED, kind="agreement", sides=("Lyon", "TEC"), form="mou", state="signed", date="3 May")
    person = fact(SIGNED, kind="person", person="Ana Silva", role="rector", body="Lyon")
    other = fact("They left at noon.", kind="promise", by="Nobody", what="to leave")
    html = opened(LYON, SIGNED, facts=(signed, person, person, other))
    assert texts(html, "//section/ul/li") == [
        "Agreement Lyon – TEC · memorandum of understanding · signed · 3 May",
        "Person Ana Silva · rector · Lyon",
    ]
    for language in LANGUAGES:
        told = opened(LYON, SIGNED, facts=(signed,), language=language)
        assert words(language).say("panel_agreement") in told
        undated = replace(signed, date="date not stated")
        assert words(language).say("date_unknown") in opened(LYON, SIGNED, facts=(undated,), language=language)
    assert "ledger understood" not in opened(LYON, "The rector greeted the guests.", facts=(signed,))


@pytest.mark.parametrize("line", ["Short line.", "A line that goes on for long. " * 130])
def test_of_a_long_report_the_part_around_the_mark_is_shown(line: str) -> None:
    def report_as_long_as(length: int) -> Report:
        half = "\n\n".join(f"{n}. {line}" for n in range(length // (2 * len(line))))
        return report_of(f"{half}\n\nHere they signed.\n\n{half}")

    long = {length: report_as_long_as(length) for length in (100_000, 1_000_000)}
    assert grows_no_faster_than_its_input(
        lambda length: opened(long[length], "Here they signed."), small=100_000, large=1_000_000, room=2
    )
    report = long[1_000_000]
    html = opened(report, "Here they signed.")
    assert marked(html) == ["Here they signed."]
    assert len(html) < 100_000
    assert html.count("only the part around") == 2
    assert opened(report, report.text[:10]).count("only the part around") == 1
    assert len(marked(opened(report, report.text[10:-10]))) > 100


# ---- formats ----


def test_a_page_of_a_pdf_is_shown_above_its_text(tmp_path: Path) -> None:
    (tmp_path / "visit.pdf").write_bytes(pdf_of("First page.", "They signed on the second page."))
    report = read_report(Path("visit.pdf"), tmp_path)
    html = opened(report, "They signed")
    (picture,) = reader.fromstring(html).iter("img")
    start = report.text.index("They signed")
    assert picture.get("src") == f"page/{report.id}/2.png?start={start}&end={start + 11}"
    assert picture.get("alt") == "Page 2 of visit.pdf, the cited words highlighted"
    assert picture.get("loading") == "lazy"
    assert "If it does not" in html and "page 2" in texts(html, "//p[@class='facts']")[0]
    assert marked(html) == ["They signed", "They signed"]
    assert html.index("<img") < html.index('class="body"')


def test_a_quote_over_two_pages_shows_both(tmp_path: Path) -> None:
    (tmp_path / "visit.pdf").write_bytes(pdf_of("The delegation met", "the rector.", "They left."))
    report = read_report(Path("visit.pdf"), tmp_path)
    html = opened(report, "The delegation met the rector.")
    assert re.findall(r'<img src="page/\w+/(\d)', html) == ["1", "2"]


def test_a_word_file_has_its_headings_list_and_table(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Visit to Almaty", level=1)
    word.add_paragraph("The team came.")
    for result in ("One result", "Another result"):
        word.add_paragraph(result, style="List Bullet")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Name", "Role", "Li Wei", "Dean"], strict=True):
        cell.text = text
    file = io.BytesIO()
    word.save(file)
    (tmp_path / "visit.docx").write_bytes(file.getvalue())
    report = read_report(Path("visit.docx"), tmp_path)
    html = opened(report, report.text[report.text.index("| Li Wei") :].strip())
    seen = re.sub(r"<span hidden>.*?</span>", "", html)
    assert texts(seen, "//*[@class='body']/h3") == ["Visit to Almaty"]
    assert texts(seen, "//ul/li") == ["One result", "Another result"]
    assert texts(seen, "//td") == ["Name", "Role", "Li Wei", "Dean"]
    assert [text.strip() for text in marked(seen)] == ["Li Wei", "Dean"]


def test_a_web_page_has_its_headings_list_and_table(tmp_path: Path) -> None:
    page = (
        "<html><body><nav><a href='/'>Home</a></nav><article><h1>Visit to Astana</h1>"
        f"<p>{'The team came to Astana and talked about <b>many</b> things. ' * 4}</p><h2>Results</h2>"
        "<ul><li>A memorandum was signed.</li><li>Teachers will be sent.</li></ul>"
        "<table><tr><th>Name</th><th>Role</th></tr><tr><td>Li Wei</td><td>Dean</td></tr></table>"
        "</article></body></html>"
    )
    (tmp_path / "visit.html").write_text(page)
    report = read_report(Path("visit.html"), tmp_path)
    html = opened(report, "A memorandum was signed.")
    seen = re.sub(r"<span hidden>.*?</span>", "", html)
    assert texts(seen, "//*[@class='body']/h3") == ["Visit to Astana", "Results"]
    assert texts(seen, "//ul/li") == ["A memorandum was signed.", "Teachers will be sent."]
    assert texts(seen, "//td") == ["Name", "Role", "Li Wei", "Dean"]
    assert marked(seen) == ["A memorandum was signed."]


# ---- the whole report ----


def test_each_span_of_a_whole_report_has_its_id_and_they_may_overlap() -> None:
    html = text_html(LYON.text, marks_of((0, 40, "fact-1"), (31, 69, "fact-2"), (31, 69, "fact-3")))
    assert re.findall(r' id="([^"]*)"', html) == ["fact-1", "fact-2", "fact-3"]
    assert words_of(html, "fact-2") == words_of(html, "fact-3") == bare(SIGNED)
    assert words_of(html, "fact-1") == bare(LYON.text[:40])


def marks_of(*spans: tuple[int, int, str]) -> tuple[Mark, ...]:
    return tuple(Mark(start=start, end=end, id=name) for start, end, name in spans)


def words_of(html: str, name: str) -> str:
    pieces = reader.fromstring(f"<div>{html}</div>").xpath(f"//mark[@id='{name}' or @data-of='{name}']")
    return bare("".join("".join(piece.itertext()) for piece in pieces))


LINES = st.sampled_from(
    ["# Head", "plain words", "- item", "1. step", "| a | b\\|c |", "|---|:-:|", "||", "|", "---", "===", "> said", ">",
     "", "  ", "\t- deep", "会谈 很 好。", "•", "##", "* * *", "<b>&amp;", "| open", "-- two", "12) x",
     "Встреча\u2028прошла"]
)  # fmt: skip
TEXTS = st.lists(LINES | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12), max_size=12).map(
    "\n".join
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 120), st.integers(0, 40)), max_size=4))
def test_nothing_is_lost_and_each_mark_holds_its_quote(text: str, spans: list[tuple[int, int]]) -> None:
    marks = tuple((start, start + length, f"m{n}") for n, (start, length) in enumerate(sorted(spans)))
    html = text_html(text, marks_of(*marks))
    assert bare(markup.unescape(re.sub(r"<[^>]*>", "", html))) == bare(text)
    for start, end, name in marks:
        assert words_of(html, name) == bare(text[start:end])


def test_signs_of_stress_and_of_indented_headings_are_hidden_and_the_words_stay_whole() -> None:
    text = "  ## Outcome\n\nThe **Lyon** side offers **two places**; 2 ** 3 and a lone ** stay.\n"
    html = text_html(text, (Mark(start=text.index("Lyon"), end=text.index(" side"), id="cited"),))
    tree = reader.fromstring(f"<div>{html}</div>")
    assert "".join("".join(tree.itertext()).split()) == "".join(text.split())
    assert "".join(marked(f"<div>{html}</div>")) == "Lyon**"
    for hidden in tree.xpath("//*[@hidden]"):
        hidden.text = ""
    seen = "".join(tree.itertext())
    assert "#" not in seen and seen.count("**") == 2
    assert "The Lyon side offers two places; 2 ** 3 and a lone ** stay." in seen
