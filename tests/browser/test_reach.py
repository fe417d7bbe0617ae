"""The page without a mouse, and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.conftest import Open
from tests.browser.test_accessibility import VIEWS, show_view
from tests.browser.walk import ask, choose_language, choose_light, go, panel, point_at
from ui.wording import words

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FEW_TABS = 40
WIDE = """() => [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > innerWidth + 1 && !one.closest(".scroll, .unseen, nav, #header, select, pre");
  }).slice(0, 5).map((one) => `${one.tagName}.${one.className}`)"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what a selector names has the focus."""
    for _ in range(FEW_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached by {FEW_TABS} tabs")


def test_tab_and_enter_alone_lead_from_the_first_screen_to_a_marked_sentence(page: Page) -> None:
    expect(page.locator("button.example").first).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "button.example")
    page.keyboard.press("Enter")
    expect(page.locator(".exchange")).to_have_attribute("aria-busy", "false")
    tab_to(page, "button.cite")
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Enter")
    lit = panel(page).locator("mark").first
    expect(lit).to_be_focused()
    expect(lit).to_be_in_viewport()


def test_tab_and_enter_alone_lead_through_browse_to_a_marked_sentence(page: Page) -> None:
    expect(page.locator("button.example").first).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "#header a[href^='#browse']")
    page.keyboard.press("Enter")
    expect(page.locator(".overview h2")).to_be_focused()
    tab_to(page, ".overview td a")
    page.keyboard.press("Enter")
    expect(page.locator(".visits h2")).to_be_focused()
    tab_to(page, ".visits button.cite")
    page.keyboard.press("Enter")
    expect(panel(page).locator("mark").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".visits button.cite").first).to_be_focused()


def test_on_a_phone_no_view_is_wider_than_the_screen_and_fingers_meet_what_they_aim_at(
    visit: Open, address: str
) -> None:
    page = visit(address, **PHONE)
    choose_language(page, "ru")
    choose_light(page, True)
    found = []
    for view in (*VIEWS, "ask"):
        show_view(page, view)
        found += [f"{view}: {one}" for one in _faults_of_a_phone(page)]
    assert found == []


def test_on_a_phone_the_rooms_are_behind_a_menu_that_closes_when_one_is_chosen(visit: Open, address: str) -> None:
    page = visit(address, **PHONE)
    expect(page.locator("#header nav")).to_be_hidden()
    assert page.locator("#top").bounding_box()["height"] < 70  # type: ignore[index]  # it is shown
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Browse").click()
    expect(page.locator("#room-browse h2")).to_have_text("Overview")
    expect(page.locator("#header nav")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    page.keyboard.press("Escape")
    expect(page.locator("#language")).to_be_hidden()


def test_on_a_phone_a_header_drawn_anew_leaves_the_menu_open(visit: Open, address: str) -> None:
    page = visit(address, **PHONE)
    page.get_by_role("button", name="Menu").click()
    choose_language(page, "ru")
    expect(page.locator("#header nav a").first).to_be_visible()
    expect(page.locator("#header .menu")).to_have_attribute("aria-expanded", "true")


def test_on_a_phone_an_answer_and_its_source_fit(visit: Open, address: str) -> None:
    page = visit(address, **PHONE)
    ask(page, "哪些代表团来访过？")
    ask(page, "What was the weather in Almaty?")
    exchange = ask(page, "What did Rector Anna Kalnina sign with Zhang Minxuan?")
    found = _faults_of_a_phone(page)
    exchange.locator("button.cite").first.click()
    expect(panel(page).locator("mark").first).to_be_in_viewport()
    found += _faults_of_a_phone(page)
    page.get_by_role("button", name=re.compile("Back")).click()
    expect(panel(page)).to_be_hidden()
    exchange.locator("button.cite").first.click()
    expect(panel(page).locator("mark").first).to_be_in_viewport()
    page.go_back()
    expect(panel(page)).to_be_hidden()
    expect(exchange).to_be_visible()
    assert found == []


def _faults_of_a_phone(page: Page) -> list[str]:
    """What stands out of the screen, and targets smaller than 24 px (WCAG 2.2, 2.5.8)."""
    is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    wide = page.evaluate(WIDE)
    return [*(["the page scrolls sideways"] if is_wide else []), *(f"too wide: {one}" for one in wide),
            *findings(page, "target-size")]  # fmt: skip


@pytest.mark.parametrize("light", ["light", "dark"])
def test_light_and_dark_follow_the_system_and_the_choice_is_kept(light: str, visit: Open, address: str) -> None:
    page = visit(address, color_scheme=light)
    button = page.locator("[data-theme]")
    expect(button).to_have_attribute("aria-pressed", "true" if light == "dark" else "false")
    button.click()
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "false" if light == "dark" else "true")
    assert page.evaluate("document.body.classList.contains('dark')") is (light != "dark")


def test_the_place_for_files_speaks_the_language_of_the_page_and_not_of_the_browser(visit: Open, address: str) -> None:
    page = visit(address, "#keep", locale="de-DE")
    expect(page.locator("#upload > button")).to_be_visible()
    for language in ("ru", "zh", "en"):
        choose_language(page, language)
        name = words(language).say("keep_upload")
        expect(page.locator("#upload > label")).to_have_text(name)
        expect(page.locator("#upload > button")).to_have_accessible_name(name)
        shown = "document.querySelector('#upload [data-testid=upload-text]')"
        assert page.evaluate(f"getComputedStyle({shown}).fontSize") == "0px"


def test_the_board_is_no_wider_than_the_page_however_many_states_are_told(visit: Open, address: str) -> None:
    page = visit(address, viewport={"width": 1280, "height": 800})
    board = go(page, "browse/agreements").locator(".browse-board")
    board.evaluate(
        "(one) => { const told = one.querySelector('.browse-column:not(.browse-folded)');"
        " one.replaceChildren(...Array.from({ length: 12 }, () => told.cloneNode(true))); }"
    )
    assert board.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_table_that_goes_on_beyond_the_screen_says_so_until_its_end_is_reached(visit: Open, address: str) -> None:
    page = visit(address, **PHONE)
    go(page, "browse/visits")
    box = page.locator(".scroll:has(.visits-years)")
    expect(box).to_have_attribute("data-more", "right")
    assert "gradient" in box.evaluate("(one) => getComputedStyle(one).maskImage")
    box.evaluate("(one) => one.scrollTo(one.scrollWidth, 0)")
    expect(box).to_have_attribute("data-more", "left")
    year = box.locator("tbody th").first
    expect(year).to_be_in_viewport(ratio=1)
    assert box.evaluate("(one) => getComputedStyle(one).maskImage") == "none"


def test_the_quote_goes_when_what_it_belongs_to_goes(page: Page) -> None:
    cited = ask(page, "What did Dean Erik Lindholm offer?").locator("button.cite").first
    quote = point_at(page, cited)
    page.evaluate("location.hash = 'browse/overview'")
    expect(quote).to_be_hidden()
    page.evaluate("location.hash = 'ask'")
    quote = point_at(page, page.locator("button.cite").first)
    page.locator("button.cite").first.evaluate("(one) => one.remove()")
    expect(quote).to_be_hidden()


@pytest.mark.parametrize("settings", [{"viewport": {"width": 1280, "height": 800}}, PHONE])
def test_what_is_said_of_a_deed_lies_over_nothing(settings: dict[str, object], visit: Open, address: str) -> None:
    page = visit(address, **settings)
    go(page, "keep/reports")
    page.locator("#kept").evaluate("(one) => one.scrollTo(0, 200)")
    page.locator("#build-progress .html-container > div").evaluate(
        "(one) => { const told = document.createElement('p'); told.className = 'status done';"
        " told.textContent = 'Done. '.repeat(30); one.append(told); }"
    )
    said, below = page.locator("#build-progress").bounding_box(), page.locator("#kept").bounding_box()
    assert said and below and said["height"] > 20
    assert said["y"] + said["height"] <= below["y"] + 1
