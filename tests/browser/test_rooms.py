"""What was asked is found, opened again and deleted; what was wrong becomes a judged question and a score."""

from playwright.sync_api import Page, expect

from tests.browser.records import IN_HTML, IN_WORD
from tests.browser.walk import ask, go, mark


def test_a_conversation_is_found_opened_again_and_deleted(page: Page) -> None:
    ask(page, "What did Principal Sela Moala ask TEC for?")
    page.get_by_role("link", name="My questions").click()
    history = page.locator("section.history")
    history.get_by_label("Search in questions and answers").fill("swimming")
    history.get_by_role("button", name="Search").click()
    found = history.locator(".history-list li", has_text="Sela Moala")
    expect(found.first).to_be_visible()
    expect(history.locator(".history-list li")).to_have_count(found.count())
    found.first.locator(".history-line a").click()
    exchange = page.locator(".exchange")
    expect(exchange.locator(".claims")).to_contain_text(IN_HTML)
    exchange.locator("button.cite").first.click()
    mark(page, IN_HTML)
    go(page, "history?search=swimming")
    before = found.count()
    found.first.get_by_role("button", name="Delete the conversation").click()
    expect(history.locator(".history-list li", has_text="Sela Moala")).to_have_count(before - 1)


def test_a_conversation_that_is_gone_is_said_to_be(page: Page) -> None:
    page.evaluate("location.hash = 'ask?conversation=none'")
    expect(page.get_by_text("This conversation is not kept any more")).to_be_visible()


def test_a_thumb_down_becomes_a_judged_question_and_counts_in_the_score(page: Page) -> None:
    exchange = ask(page, "How many scholarships did Dean Erik Lindholm offer?")
    exchange.get_by_role("button", name="Not good").click()
    exchange.get_by_label("Something is missing").check()
    exchange.get_by_label("Note (optional)").fill("Say where.")
    exchange.get_by_role("button", name="Send").click()
    expect(exchange.get_by_text("Thank you, noted.")).to_be_visible()
    page.get_by_role("link", name="Improve").click()
    thumb = page.locator(".improve-thumb", has_text="Say where.").first
    expect(thumb).to_contain_text("How many scholarships did Dean Erik Lindholm offer?")
    expect(thumb).to_contain_text("Something is missing")
    thumb.locator(".improve-answer summary").click()
    thumb.locator(".improve-answer button.cite").first.click()
    mark(page, IN_WORD)
    page.keyboard.press("Escape")
    thumb.get_by_text("Make it a judged question").first.click()
    thumb.get_by_label("Words the answer must contain").fill("eleven")
    thumb.get_by_role("button", name="Make it a judged question").click()
    expect(page.locator(".improve-judged table")).to_contain_text("How many scholarships")
    page.get_by_role("link", name="Quality").click()
    quality = page.locator("section.quality")
    quality.locator("button[data-do=score]").click()
    expect(quality.get_by_text("Scored.")).to_be_visible()
    expect(quality.locator(".quality-sentence")).to_contain_text("1 of 1")


def test_a_thumb_is_taken_back_by_pressing_it_again(page: Page) -> None:
    exchange = ask(page, "What did Dean Erik Lindholm offer?")
    up = exchange.get_by_role("button", name="Good", exact=True)
    for is_pressed in ("true", "false"):
        up.click()
        expect(up).to_have_attribute("aria-pressed", is_pressed)
