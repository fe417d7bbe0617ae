"""From a numbered citation to its sentence in the record, in every format and by every way."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.records import IN_HTML, IN_PDF, IN_WORD
from tests.browser.walk import ask, mark, panel, point_at

IN_MARKDOWN = "Vice Rector Aigul Iskakova received them at Abai University."
ASKED = {
    "markdown": ("Who is the Vice Rector of Abai University?", IN_MARKDOWN),
    "word": ("What did Dean Erik Lindholm offer?", IN_WORD),
    "html": ("What did Principal Sela Moala ask TEC for?", IN_HTML),
    "pdf": ("What did Rector Anna Kalnina sign with Zhang Minxuan?", IN_PDF),
}


@pytest.mark.parametrize("kind", ASKED)
def test_a_citation_shows_its_quote_and_opens_its_sentence_marked_in_view(kind: str, page: Page) -> None:
    question, sentence = ASKED[kind]
    citation = ask(page, question).locator(".claims button.cite").first
    expect(point_at(page, citation)).to_have_text(sentence)
    page.mouse.move(0, 0)
    expect(page.get_by_role("tooltip")).to_be_hidden()
    page.keyboard.press("Tab")
    citation.focus()
    expect(page.get_by_role("tooltip")).to_have_text(sentence)
    expect(citation).to_have_attribute("aria-describedby", "quote-tip")
    page.keyboard.press("Enter")
    expect(mark(page, sentence)).to_be_focused()
    page.keyboard.press("Escape")
    expect(citation).to_be_focused()
    citation.click()
    mark(page, sentence)
    if kind == "pdf":
        picture = panel(page).get_by_role("img")
        picture.scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('#source img').naturalWidth > 0")
        assert "page/" in str(picture.get_attribute("src"))
    else:
        expect(panel(page).get_by_role("img")).to_have_count(0)


def test_previous_and_next_walk_the_citations_of_an_answer(page: Page) -> None:
    exchange = ask(page, "哪些代表团来访过？")
    places = list(dict.fromkeys(one.get_attribute("data-cite") for one in exchange.locator("button.cite").all()))
    assert len(places) > 2
    exchange.locator("button.cite").first.click()
    expect(panel(page).get_by_role("button", name="Previous citation")).to_be_disabled()
    for place in places[1:3]:
        panel(page).get_by_role("button", name="Next citation").click()
        expect(page.locator("#source .opened")).to_have_attribute("data-key", str(place))
        expect(panel(page).locator("mark").first).to_be_in_viewport()
        expect(exchange.locator(f'[data-cite="{place}"][aria-current]').first).to_be_visible()
    panel(page).get_by_role("button", name="Previous citation").click()
    expect(page.locator("#source .opened")).to_have_attribute("data-key", str(places[1]))


def test_the_whole_report_is_opened_from_its_sentence(page: Page) -> None:
    ask(page, ASKED["word"][0]).locator("button.cite").first.click()
    mark(page, IN_WORD)
    panel(page).get_by_role("link", name="Open the whole report").click()
    report = page.locator("section.report")
    expect(report.get_by_role("heading", name="TEC visits the Uppsala School of Teaching").first).to_be_visible()
    expect(report).to_contain_text("The group also saw the old library.")
    page.go_back()
    expect(page.locator(".exchange .claims")).to_contain_text(IN_WORD)


def test_a_near_passage_opens_as_such_and_not_as_support(page: Page) -> None:
    exchange = ask(page, "Which hospital did Queen Elizabeth of Denmark open?")
    expect(exchange.locator("button.cite")).to_have_count(0)
    exchange.locator("button.near").first.click()
    expect(panel(page).locator("mark").first).to_be_in_viewport()
    expect(panel(page)).to_contain_text("Near the question, not cited")
