from dataclasses import replace

import pytest

from assistant import Claim, Coverage, Filters, Question, Retrieved, answer_text
from assistant.prove.proof import Proof, Reason
from tests.ui.elements import Elements
from tests.ui.standin import ATTACK, GREETED, HOSTILE, LEFT, LYON, ROWS, SIGNED, answer_of, cite, row_of
from ui.export import briefing_markdown
from ui.web.ask.answer import ROUTES, answer_html, status_line
from ui.wording import LANGUAGES, words

EN = words("en")


def shown(answer: object, **changes: object) -> Elements:
    return Elements(answer_html(0, answer, EN, **changes))


def with_class(page: Elements, tag: str, name: str) -> list[dict[str, str | None]]:
    return [one for one in page.named(tag) if name in (one.get("class") or "").split()]


def dates_sorted_by(page: Elements) -> list[str | None]:
    """What each date in a table sorts by."""
    return [one["data-sort"] for one in page.named("td") if "data-sort" in one]


def test_every_claim_is_followed_by_a_button_for_each_of_its_citations() -> None:
    claim = replace(SIGNED, citations=SIGNED.citations + GREETED.citations)
    buttons = with_class(shown(answer_of("q", claim)), "button", "cite")
    assert [button["data-cite"] for button in buttons[:2]] == ["lyon.md:31:69", "lyon.md:0:30"]
    assert [button["data-quote"] for button in buttons[:2]] == [SIGNED.text, GREETED.text]
    assert all(button["type"] == "button" and "Visit to Lyon" in button["aria-label"] for button in buttons)


def test_a_citation_used_twice_keeps_its_number_and_sources_stand_once_a_report() -> None:
    html = answer_html(0, answer_of("q", SIGNED, replace(SIGNED, text="The agreement")), EN)
    page = Elements(html)
    assert {one["aria-label"] for one in with_class(page, "button", "cite")} == {"Source 1: Visit to Lyon"}
    assert len(with_class(page, "button", "title")) == 1


def test_hostile_text_in_claim_row_title_file_reason_and_notice_stays_text() -> None:
    near = Retrieved(report_id=ATTACK, file=ATTACK, title=ATTACK, start=0, end=3, text=ATTACK, score=1.0)
    claim = Claim(text=ATTACK, citations=(cite(HOSTILE, ATTACK),))
    row = row_of(claim, ATTACK, ATTACK, ATTACK, ATTACK)
    for answer in (
        answer_of(ATTACK, claim, notice=ATTACK, understood_as=f"again {ATTACK}", cut=(ATTACK,)),
        answer_of(ATTACK, row, row, route="list"),
        answer_of(ATTACK, row, row, route="timeline"),
        answer_of(ATTACK, status="not_in_records", notice=ATTACK, retrieved=(near,)),
    ):
        page = shown(answer, turn=ATTACK)
        assert not page.named("img") and not page.named("script")
        assert not [name for _, attributes in page.found for name in attributes if name.startswith("on")]
        assert ATTACK in page.text


def test_a_refusal_is_a_notice_and_its_passages_are_not_called_sources() -> None:
    near = Retrieved(report_id="l", file="l.md", title="Lyon", start=0, end=3, text="The", score=1.0)
    page = shown(answer_of("q", status="not_in_records", notice="Nothing.", retrieved=(near,)))
    assert {"class": "notice"} in page.named("div")
    assert "Passages that came near, but do not answer" in page.text
    assert "Sources" not in page.text and not with_class(page, "button", "copy")
    assert [button["data-near"] for button in with_class(page, "button", "near")] == ["l:0:3"]


def test_the_reading_of_the_question_is_shown_only_when_it_differs_and_can_be_changed_or_set_aside() -> None:
    assert "Understood as" not in shown(answer_of("Who signed?", understood_as="who signed")).text
    page = shown(answer_of("Who?", understood_as="Who signed it?"))
    assert "Understood as: Who signed it?" in page.text
    edit, alone = with_class(page, "button", "quiet")[:2]
    assert edit["data-write"] == "Who signed it?"
    assert (alone["data-do"], alone["data-number"]) == ("alone", "0")


@pytest.mark.parametrize("route", [*ROUTES, "comparison", "refusal"])
def test_the_route_taken_is_pressed_and_the_others_can_be_asked_for(route: str) -> None:
    page = Elements(answer_html(3, answer_of("q", SIGNED, route=route), EN))
    buttons = [one for one in page.named("button") if one.get("data-do") == "route"]
    assert [one["data-route"] for one in buttons] == list(ROUTES)
    assert {one["data-number"] for one in buttons} == {"3"}
    assert [one["data-route"] for one in buttons if one["aria-pressed"] == "true"] == (
        [route] if route in ROUTES else []
    )
    assert EN.say(f"route_{route}") in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdicts_have_names_for_those_who_cannot_see_their_marks(language: str) -> None:
    say = words(language).say
    doubtful = Claim(text="The rector welcomed them.", citations=SIGNED.citations)
    page = Elements(answer_html(0, answer_of("q", SIGNED, doubtful), words(language)))
    proved, uncertain = (with_class(page, "span", name) for name in ("proved", "uncertain"))
    assert [one["title"] for one in proved] == [say("proved_hint")]
    assert [one["title"] for one in uncertain] == [say("uncertain_hint")]
    assert f"{say('proved')}: {SIGNED.text}" in page.text
    assert f"{say('uncertain')}: {doubtful.text}" in page.text
    signs = [one for one in page.named("span") if one.get("aria-hidden") == "true"]
    assert len(signs) == 2


def test_withheld_sentences_are_counted_with_their_reasons_folded_away() -> None:
    html = answer_html(0, answer_of("q", SIGNED, cut=("It names nobody.",) * 2), EN)
    assert "<details" in html and "2 sentences withheld" in html
    assert html.count("It names nobody.") == 1


def test_rows_become_a_table_that_sorts_by_dates_and_can_be_downloaded_once_it_is_kept() -> None:
    page = shown(answer_of("q", *ROWS, route="list"), turn="t1")
    heads = page.named("th")
    assert {one["scope"] for one in heads} == {"col"} and len(heads) == 4
    assert "PartnerStateDateSentence of the report" in page.text
    assert len(page.named("tr")) == 4 and len(page.named("q")) == 3
    assert dates_sorted_by(page) == ["2026-05-03", "2025-04-10", ""]
    assert [one["href"] for one in page.named("a")] == ["download/answer.csv?turn=t1&language=en"]
    (box,) = with_class(page, "div", "scroll")
    assert box["tabindex"] == "0" and box["role"] == "region" and box["aria-label"] == "Answer as a table"
    assert not shown(answer_of("q", *ROWS, route="list")).named("a")
    assert not shown(answer_of("q", *ROWS, route="list", final=False), turn="t1").named("a")


def test_a_cell_of_which_the_record_tells_nothing_says_so_and_days_are_in_the_language_of_the_page() -> None:
    told = replace(SIGNED, rows=((("partner", "Lyon"), ("state", "signed"), ("date", "3 May 2024"), ("start", "")),))
    bare = replace(GREETED, rows=((("date", "4 May 2024"), ("start", "2024-05-04")),))
    html = answer_html(0, answer_of("q", told, bare, route="list"), words("zh"))
    assert html.count('class="untold">–</td>') == 2 and "2024年5月3日" in html and "May 2024<" not in html


def test_columns_that_no_row_fills_are_left_out_and_a_single_row_is_no_table() -> None:
    bare = replace(LEFT, rows=((("partner", "Taraz"), ("state", ""), ("date", "")),))
    page = shown(answer_of("q", bare, bare, route="list"))
    assert "PartnerSentence of the report" in page.text
    assert not shown(answer_of("q", ROWS[0], route="list")).named("table")


def test_claims_of_a_timeline_stand_below_their_years_and_what_is_undated_says_so() -> None:
    early = row_of(GREETED, "Almaty", "discussed", "10 April 2025", "2025-04-10")
    undated = replace(ROWS[2], citations=(replace(LEFT.citations[0], date=""),))
    page = shown(answer_of("q", early, ROWS[0], undated, route="timeline"))
    years = [
        page.text.index(year) for year in ("202510 April 2025", "20263 May 2026", "Year not stateddate not stated")
    ]
    assert years == sorted(years)
    assert len(with_class(page, "li", "year")) == 3 and not page.named("table")


def test_the_status_line_counts_reports() -> None:
    answer = answer_of("q", route="list", coverage=Coverage(reports=46, matched=1, unclear=2))
    line = status_line(answer, EN)
    assert "46 reports searched · 1 matches · 2 unsure" in line
    page = shown(answer)
    assert "stand-in" not in line and "stand-in · 0.25 s" in page.text and with_class(page, "details", "technical")
    assert "просмотрено 46 отчётов" in status_line(answer, words("ru"))


def test_a_growing_answer_has_no_routes_status_line_or_copy_yet() -> None:
    growing = answer_html(0, answer_of("q", SIGNED, final=False), EN)
    assert "reports searched" not in growing and "data-route" not in growing and "data-copy" not in growing
    (copy,) = with_class(shown(answer_of("q", SIGNED)), "button", "copy")
    assert SIGNED.text in copy["data-copy"] and LYON.path in copy["data-copy"]


def test_what_an_answer_was_narrowed_by_stands_on_it_and_each_bound_can_be_taken_away() -> None:
    question = Question(text="q", filters=Filters(place="Lyon", files=("lyon.md",)))
    page = shown(answer_of("q", SIGNED, question=question))
    chips = with_class(page, "button", "chip")
    assert [(one["data-do"], one["data-name"]) for one in chips] == [("widen", "place"), ("widen", "file")]
    assert "Place: Lyon" in page.text and "Report: Visit to Lyon" in page.text
    assert not with_class(shown(answer_of("q", SIGNED)), "button", "chip")


def test_that_the_records_do_not_say_is_said_only_where_all_of_them_were_searched() -> None:
    narrowed = Question(text="q", filters=Filters(place="Lyon"))
    assert "Not in the records" in shown(answer_of("q", status="not_in_records")).text
    for answer in (
        answer_of("q", status="not_in_records", question=narrowed),
        answer_of("q", SIGNED, status="false_premise"),
        answer_of("q", status="no_question", notice="Hello."),
    ):
        assert "Not in the records" not in shown(answer).text


def test_other_words_than_the_records_lead_to_its_own_and_a_scan_is_called_one() -> None:
    proof = Proof(failed={"entailed": Reason(key="not_entailed")})
    reworded = Claim(text="Ana Silva signed.", citations=SIGNED.citations, proof=proof)
    blurred = replace(SIGNED, citations=(replace(SIGNED.citations[0], recognised=0.5),))
    page = shown(answer_of("q", reworded, blurred))
    (button,) = with_class(page, "button", "reworded")
    assert button["data-quote"] == SIGNED.text and "in other words" in page.text
    assert "recognised from a scan: " in page.text and "uncertain" not in page.text and "✓" not in page.text
    assert page.text.count("How to read the marks") == 1


def test_a_sentence_that_may_not_be_the_answer_has_no_tick_and_says_so_wherever_it_goes() -> None:
    near = replace(SIGNED, is_found=False)
    page = shown(answer_of("q", near))
    assert "perhaps: " in page.text and "✓" not in page.text and "may not be what you asked for" in page.text
    assert near.verdict == "proved"  # its record says it all the same
    assert "perhaps not what was asked for" in answer_text(answer_of("q", near))
    assert "(perhaps)" in briefing_markdown([answer_of("q", near)], "en")
    assert "perhaps" not in shown(answer_of("q", SIGNED)).text
