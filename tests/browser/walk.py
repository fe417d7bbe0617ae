"""What a visitor does on the page: asks, follows an address, opens a source, switches language and light."""

from playwright.sync_api import Locator, Page, expect

from ui.wording import words

SHOWN = {
    "browse/overview": "section.overview",
    "browse/partners": ".browse-partners",
    "browse/partner": ".browse-partner",
    "browse/agreements": ".browse-agreements",
    "browse/promises": ".browse-promises",
    "browse/people": ".browse-people",
    "browse/themes": "section.themes",
    "browse/theme": "section.theme",
    "browse/visits": "section.visits",
    "browse/reports": "section.reports",
    "browse/report": "section.report",
    "browse/year": "section.year",
    "keep": "#keep h2",
    "keep/generations": "#keep h2",
    "keep/reports": "#keep .keep-table",
    "keep/names": "#keep h2",
    "keep/said": "#keep h2",
    "keep/facts": ".keep-desk",
    "keep/model": "#keep h2",
    "improve": "section.improve",
    "improve/quality": "section.quality",
    "history": "section.history",
    "ask": "#conversation .log",
}
"""What is there once a view is drawn."""


def ask(page: Page, question: str) -> Locator:
    """Ask, and return the exchange once its answer is final."""
    before = page.locator(".exchange").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    return answered(page, before)


def answered(page: Page, number: int) -> Locator:
    """The exchange of a number, from 0, once its answer is final."""
    exchange = page.locator(".exchange").nth(number)
    expect(exchange).to_have_attribute("aria-busy", "false")
    return exchange


def go(page: Page, view: str) -> Locator:
    """Follow an address without its ``#``; returns the view once it is drawn."""
    page.evaluate("(view) => { location.hash = view }", view)
    shown = page.locator(SHOWN[view.partition("?")[0]]).first
    expect(shown).to_be_visible()
    return shown


def open_menu(page: Page) -> None:
    """On a narrow page show what is behind the menu."""
    menu = page.locator("#header .menu")
    if menu.is_visible() and not page.locator("#language").is_visible():
        menu.click()
        expect(page.locator("#language")).to_be_visible()


def choose_language(page: Page, language: str) -> None:
    """Switch the page's language by its own switch."""
    open_menu(page)
    page.get_by_label(words(language).say("language"), exact=True).check(force=True)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("#header nav a").first).to_have_text(words(language).say("room_ask"))


def choose_light(page: Page, is_dark: bool) -> None:
    """Switch between light and dark by the page's own button."""
    button = page.locator("[data-theme]")
    open_menu(page)
    if (button.get_attribute("aria-pressed") == "true") is not is_dark:
        button.click()
    expect(button).to_have_attribute("aria-pressed", "true" if is_dark else "false")


def panel(page: Page) -> Locator:
    """The panel that holds the source."""
    return page.locator("#source .panel")


def mark(page: Page, sentence: str) -> Locator:
    """The marked sentence of the panel, in view."""
    lit = panel(page).locator("mark").first
    expect(lit).to_have_text(sentence)
    expect(lit).to_be_in_viewport()
    return lit


def point_at(page: Page, citation: Locator) -> Locator:
    """Hold the pointer over a citation; returns its quote."""
    citation.scroll_into_view_if_needed()
    page.mouse.move(0, 0)
    # Whatever scrolls hides the quote, so the scrolling must have been told before.
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    citation.hover()
    quote = page.get_by_role("tooltip")
    expect(quote).to_be_visible()
    return quote
