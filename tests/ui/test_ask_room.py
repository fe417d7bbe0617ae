"""The room where people ask, in a real browser over the stand-in assistant."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.conftest import Visit
from tests.ui.standin import GREETED, LEFT, LYON, SIGNED, StandIn
from ui.web.ask.audit import AUDIT
from ui.web.desk import Desk

Serve = Callable[..., str]
Open = Callable[..., Visit]


@pytest.fixture
def page(address: str, visit: Open) -> Page:
    return visit(address).page


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")


def answered(page: Page, question: str) -> Locator:
    """Ask, and give the exchange once its answer is complete."""
    count = page.get_by_role("article").and_(page.locator(".exchange")).count()
    ask(page, question)
    exchange = page.locator(".exchange").nth(count)
    expect(exchange).to_have_attribute("aria-busy", "false")
    return exchange


def panel(page: Page) -> Locator:
    return page.get_by_role("region", name="Source", exact=True)


def tab_to(page: Page, target: Locator, at_most: int = 12) -> None:
    """Press Tab until `target` has the focus."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} was not reached with {at_most} presses of Tab")


def test_a_source_is_reached_read_and_left_by_keyboard_alone(page: Page) -> None:
    exchange = answered(page, "Who signed?")
    page.get_by_role("log").focus()
    cite = exchange.locator("button.cite").first
    tab_to(page, cite)
    tip = page.get_by_role("tooltip")
    expect(tip).to_have_text(SIGNED.text)
    expect(cite).to_have_attribute("aria-describedby", "quote-tip")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(cite).to_be_focused()
    page.keyboard.press("Enter")
    mark = panel(page).locator("mark")
    expect(mark).to_have_text(SIGNED.text)
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(cite).to_be_focused()
    # The panel already holds it: Enter must lead there again, without a new answer of the server.
    page.keyboard.press("Enter")
    expect(mark).to_be_focused()


def test_the_quote_comes_under_the_pointer_and_goes_with_it_or_with_escape(page: Page) -> None:
    cite = answered(page, "Who signed?").locator("button.cite").first
    tip = page.get_by_role("tooltip")
    cite.hover()
    expect(tip).to_have_text(SIGNED.text)
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.mouse.move(2, 2)
    cite.hover()
    expect(tip).to_be_visible()
    tip.hover()  # It may be pointed at itself, to be read by a magnifier.
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.mouse.move(2, 2)
    expect(tip).to_be_hidden()


def test_previous_and_next_walk_the_citations_of_one_answer(page: Page) -> None:
    answered(page, "Who signed?")
    exchange = answered(page, "Which agreements?")
    exchange.get_by_role("button", name="Source 1:").first.click()
    mark = panel(page).locator("mark")
    expect(mark).to_have_text(SIGNED.text)
    before, after = (panel(page).get_by_role("button", name=f"{name} citation") for name in ("Previous", "Next"))
    expect(before).to_be_disabled()
    for sentence in (GREETED.text, LEFT.text):
        after.click()
        expect(mark).to_have_text(sentence)
    expect(after).to_be_disabled()
    expect(exchange.locator("button.cite[aria-current]")).to_have_attribute("aria-label", f"Source 3: {LYON.title}")
    before.press("Enter")
    expect(mark).to_have_text(GREETED.text)
    page.keyboard.press("Escape")
    expect(exchange.get_by_role("button", name="Source 2:").first).to_be_focused()


def test_a_refusal_lists_near_passages_that_open_as_such(page: Page) -> None:
    exchange = answered(page, "What was the weather?")
    expect(exchange).to_contain_text("The records do not say. 2 reports were searched.")
    expect(exchange.locator("button.cite")).to_have_count(0)
    exchange.get_by_role("button", name="Visit to Lyon").click()
    expect(panel(page)).to_contain_text("Near the question, not cited")


def test_errors_are_sentences_and_the_next_question_is_answered(page: Page) -> None:
    expect(answered(page, "search fails")).to_contain_text("The search failed on stand-in. Run: rapporteur doctor")
    expect(answered(page, "this breaks")).to_contain_text("Something failed on our side.")
    expect(answered(page, "Who signed?").locator(".claims")).to_contain_text("signed by Ana Silva")
    assert "secret detail" not in page.content() and "Traceback" not in page.content()


def test_a_growing_answer_can_be_stopped_and_the_conversation_cleared(
    serve: Serve, visit: Open, desk: Desk, standin: StandIn, tmp_path: Path
) -> None:
    page = visit(serve(desk, tmp_path)).page
    ask(page, "slow: who signed?")
    expect(page.locator(".claims")).to_contain_text("signed by Ana Silva")
    expect(page.get_by_text("Searching the records")).to_be_visible()
    ask(page, "Too early?")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped.")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("Too early?")
    ask(page, "What was the weather?")
    expect(page.get_by_role("article")).to_have_count(2)
    standin.go_on.set()
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_text("What would you like to know?")).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(0)
    ask(page, "search fails")
    expect(page.get_by_text("The search failed")).to_be_visible()
    told = [json.loads(line) for line in (tmp_path / AUDIT).read_text(encoding="utf-8").splitlines()]
    assert [(line["question"], line["status"]) for line in told] == [
        ("slow: who signed?", "stopped"),
        ("What was the weather?", "not_in_records"),
        ("search fails", "failed"),
    ]


def test_an_example_question_is_asked_with_one_press_and_leaves_what_was_being_written(page: Page) -> None:
    page.get_by_label("Your question").fill("A draft")
    page.get_by_role("button", name="Which agreements were signed, and with whom?").press("Enter")
    expect(page.locator(".claims")).to_contain_text("signed by Ana Silva")
    expect(page.get_by_role("heading", name="Which agreements were signed, and with whom?")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("A draft")


def test_another_route_is_asked_for_with_one_press(page: Page) -> None:
    routes = answered(page, "Which agreements?").get_by_role("group", name="How to answer")
    expect(routes.get_by_role("button", name="List")).to_have_attribute("aria-pressed", "true")
    routes.get_by_role("button", name="Timeline").click()
    again = page.locator(".exchange").nth(1)
    expect(again.get_by_role("button", name="Timeline")).to_have_attribute("aria-pressed", "true")
    expect(again.locator(".timeline .year")).to_have_text(["2026", "2025", "Year not stated"])
    expect(again.get_by_role("heading", name="Which agreements?")).to_be_visible()
    expect(page.locator(".exchange").first.get_by_role("table")).to_be_visible()


def test_what_was_understood_can_be_written_anew_or_set_aside(page: Page) -> None:
    answered(page, "What was the weather?")
    exchange = answered(page, "Who signed?")
    expect(exchange).to_contain_text("Understood as: Who signed the agreement in Lyon?")
    exchange.get_by_role("button", name="Change").click()
    box = page.get_by_label("Your question")
    expect(box).to_have_value("Who signed the agreement in Lyon?")
    expect(box).to_be_focused()
    box.fill("")
    exchange.get_by_role("button", name="Ask exactly what I wrote").click()
    alone = page.locator(".exchange").nth(2)
    expect(alone).to_have_attribute("aria-busy", "false")
    expect(alone.locator(".claims")).to_contain_text("signed by Ana Silva")
    expect(alone).not_to_contain_text("Understood as")


def test_bounds_are_set_named_refused_and_taken_away_and_go_with_the_question(
    serve: Serve, visit: Open, desk: Desk, standin: StandIn, tmp_path: Path
) -> None:
    standin.reports = (replace(LYON, place="Lyon, France"),)
    page = visit(serve(desk, tmp_path)).page
    form = page.locator("#filters")
    form.get_by_text("Narrow the search").click()
    form.get_by_label("Place").fill("Lyon")
    form.get_by_label("Place").press("Enter")
    expect(form.locator("summary")).to_contain_text("Place: Lyon")
    expect(form.locator("summary")).to_be_focused()
    expect(form.get_by_label("From")).to_be_hidden()
    narrowed = answered(page, "Who signed?")
    assert standin.asked[-1].filters.place == "Lyon"
    form.locator("summary").click()
    form.get_by_label("From").fill("soon")
    form.get_by_label("Place").fill("Lyom")
    form.get_by_label("Place").press("Enter")
    expect(form.get_by_role("alert").first).to_contain_text("soon")
    expect(form.get_by_label("From")).to_be_focused()
    expect(form.locator("summary")).to_contain_text("Place: Lyon")
    form.get_by_role("button", name="Lyon", exact=True).click()
    expect(form.get_by_label("Place")).to_have_value("Lyon")
    narrowed.get_by_role("button", name="Place: Lyon").click()
    expect(page.locator(".exchange").nth(1)).to_have_attribute("aria-busy", "false")
    assert standin.asked[-1].filters.place == ""
    expect(form.locator("summary")).not_to_contain_text("Lyon")


def test_a_table_is_sorted_by_keyboard_dates_by_time_and_what_is_not_stated_last(page: Page) -> None:
    table = answered(page, "Which agreements?").get_by_role("table")
    partners = table.locator("tbody tr td:first-child")
    expect(partners).to_have_text(["Porto", "Almaty", "Taraz"])
    head = table.get_by_role("columnheader", name="Date")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(partners).to_have_text(["Almaty", "Porto", "Taraz"])
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")
    expect(partners).to_have_text(["Porto", "Almaty", "Taraz"])
    expect(head).to_have_attribute("aria-sort", "descending")
    table.get_by_role("columnheader", name="Partner").get_by_role("button").press("Enter")
    expect(partners).to_have_text(["Almaty", "Porto", "Taraz"])
    expect(table.locator("th[aria-sort]")).to_have_count(1)


def test_an_answer_is_copied_with_its_footnotes(address: str, visit: Open) -> None:
    page = visit(address, permissions=["clipboard-read", "clipboard-write"]).page
    answered(page, "Who signed?").get_by_role("button", name="Copy with footnotes").click()
    expect(page.locator("#said")).to_have_text("Copied")
    text = page.evaluate("navigator.clipboard.readText()")
    assert SIGNED.text in text and LYON.path in text and "[1]" in text


def test_chosen_answers_are_taken_away_and_all_where_none_is_chosen(page: Page) -> None:
    answered(page, "Who signed?")
    answered(page, "Which agreements?")

    def briefing() -> str:
        with page.expect_download() as started:
            page.get_by_role("link", name="Markdown", exact=True).click()
        return Path(started.value.path()).read_text(encoding="utf-8")

    told = briefing()
    assert "Who signed?" in told and "Which agreements?" in told
    page.get_by_label("Include in the export").nth(1).check()
    told = briefing()
    assert "Who signed?" not in told and "Which agreements?" in told


def test_a_conversation_outlives_a_reload_is_named_searched_deleted_and_taken_back(
    serve: Serve, visit: Open, desk: Desk, tmp_path: Path
) -> None:
    page = visit(serve(desk, tmp_path)).page
    answered(page, "Who signed?")
    page.get_by_role("button", name="Not helpful").or_(page.locator("[data-way=down]")).first.click()
    page.locator(".exchange form input[name=missing]").check()
    page.locator(".exchange form").get_by_role("button").click()
    expect(page.locator(".exchange").get_by_role("status")).to_be_visible()
    expect(page).to_have_url(re.compile(r"#ask\?conversation=\w+$"))
    kept = page.url
    page.reload()
    exchange = page.locator(".exchange")
    exchange.locator(".claims").wait_for()
    expect(exchange.locator(".claims")).to_contain_text("signed by Ana Silva")
    expect(exchange.locator(".improve-down")).to_have_attribute("aria-pressed", "true")
    expect(exchange.locator("form input[name=missing]")).to_be_checked()
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_text("What would you like to know?")).to_be_visible()
    expect(page).to_have_url(re.compile("#ask$"))
    page.get_by_role("link", name="My questions").click()
    history = page.locator("#history")
    history.get_by_text("Name it").click()
    history.get_by_label("Name", exact=True).fill("Lyon in May")
    history.get_by_label("Name", exact=True).press("Enter")
    expect(history.get_by_role("link", name="Lyon in May", exact=True)).to_be_visible()
    history.get_by_role("searchbox").fill("silva")
    history.get_by_role("searchbox").press("Enter")
    history.get_by_role("link", name=SIGNED.text).click()
    expect(exchange.locator(".claims [data-found]")).to_be_focused()
    expect(page).to_have_url(kept)
    page.get_by_role("link", name="My questions").click()
    history.get_by_role("button", name=re.compile("Delete the conversation")).click()
    expect(history).to_contain_text("Nothing has been asked yet")
    gone = visit(kept).page
    expect(gone.get_by_text("This conversation is not kept any more")).to_be_visible()
    history.get_by_role("button", name="Undo").click()
    expect(history.get_by_role("link", name="Lyon in May", exact=True)).to_be_visible()


def test_a_question_in_the_address_waits_in_the_box(address: str, visit: Open) -> None:
    page = visit(address, "#ask?question=Who%20signed%3F").page
    expect(page.get_by_label("Your question")).to_have_value("Who signed?")
    expect(page.locator(".exchange")).to_have_count(0)


def test_deeds_that_name_nothing_change_nothing(page: Page) -> None:
    answered(page, "Who signed?")
    for deed in ({"do": "route", "number": "99"}, {"do": "ask"}, {"do": "widen", "number": "7"}, {"do": "thumb"}):
        page.evaluate(
            """deed => {
                const button = document.createElement("button");
                Object.assign(button.dataset, deed);
                document.querySelector("#conversation [data-region], #conversation").append(button);
                button.click();
            }""",
            deed,
        )
    answered(page, "What was the weather?")
    expect(page.locator(".exchange")).to_have_count(2)
    expect(page.locator(".exchange .trouble")).to_have_count(0)
