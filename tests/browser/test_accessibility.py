"""Nothing that axe-core finds fault with, in any view, language and light."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ingest import Embedder
from tests.browser.axe import findings
from tests.browser.conftest import Open, Worded, serving
from tests.browser.walk import answered, ask, choose_language, choose_light, go, point_at
from ui.web.access.identity import People
from ui.web.access.users import UsersFile
from ui.wording import LANGUAGES

TALL = {"viewport": {"width": 1440, "height": 2600}}
"""Text that is scrolled out of view has its contrast not checked."""
VIEWS = (
    "history",
    "browse/overview",
    "browse/partners",
    "browse/partner?name=Nazarbayev University",
    "browse/partner?name=Nobody",
    "browse/agreements",
    "browse/agreements?as=timeline",
    "browse/agreements?as=table",
    "browse/promises",
    "browse/people",
    "browse/themes",
    "browse/theme?partner=Nazarbayev University",
    "browse/visits",
    "browse/visits?year=2025",
    "browse/reports",
    "browse/reports?search=memorandum",
    "browse/report",
    "browse/year",
    "keep",
    "keep/generations",
    "keep/reports",
    "keep/names",
    "keep/said",
    "keep/facts",
    "keep/model",
    "improve",
    "improve/quality",
)
LIGHTS = [(language, is_dark) for language in LANGUAGES for is_dark in (False, True)]
Show = Callable[[Page], None]


def _conversation(page: Page) -> None:
    ask(page, "哪些代表团来访过？")
    page.locator("button[data-route=timeline]").click()
    answered(page, 1)
    ask(page, "What was the weather in Almaty?")
    exchange = ask(page, "What did Dean Erik Lindholm offer?")
    exchange.locator("input[name=turn]").check()
    exchange.get_by_role("button", name="Not good").click()
    expect(page.locator(".improve-why")).to_be_visible()


def show_view(page: Page, name: str) -> None:
    """Go to a view; one that is of a report, to that of the first."""
    view = name
    if name in ("browse/report", "keep/facts"):
        opened = str(go(page, "browse/reports").locator(".reports-title a").first.get_attribute("href"))
        view = f"{name}?{opened.partition('?')[2]}"
    go(page, view)


def _checked(page: Page, name: str, language: str, is_dark: bool) -> list[str]:
    choose_language(page, language)
    choose_light(page, is_dark)
    return [f"{name}, {language}, {'dark' if is_dark else 'light'}: {one}" for one in findings(page)]


@pytest.mark.parametrize("language, is_dark", LIGHTS)
def test_each_view_in_one_language_and_light(language: str, is_dark: bool, visit: Open, address: str) -> None:
    part = VIEWS[LIGHTS.index((language, is_dark)) :: len(LIGHTS)]
    _check_views(visit(address, **TALL), part, language, is_dark)


@pytest.mark.slow
@pytest.mark.parametrize("language, is_dark", LIGHTS)
def test_all_views_in_every_language_and_light(language: str, is_dark: bool, visit: Open, address: str) -> None:
    _check_views(visit(address, **TALL), VIEWS, language, is_dark)


def _check_views(page: Page, views: tuple[str, ...], language: str, is_dark: bool) -> None:
    found = []
    for name in views:
        show_view(page, name)
        found += _checked(page, name, language, is_dark)
    assert found == []


def test_answers_of_every_kind_the_open_panel_and_the_quote_under_the_pointer(visit: Open, address: str) -> None:
    page = visit(address, **TALL)
    found = _checked(page, "welcome", "ru", True)
    choose_language(page, "en")
    _conversation(page)
    page.locator("#filters summary").click()
    found += findings(page)
    for language, is_dark in (("zh", True), ("ru", False)):
        found += _checked(page, "conversation", language, is_dark)
        point_at(page, page.locator("button.cite").first)
        found += findings(page)
        page.locator("button.cite").first.click()
        expect(page.locator("#source mark").first).to_be_visible()
        found += findings(page)
    assert found == []


@pytest.mark.parametrize("is_dark", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_withheld_and_uncertain_sentences(is_dark: bool, visit: Open, worded: Worded) -> None:
    worded.withhold()
    page = visit(worded.address, **TALL)
    exchange = ask(page, "What did Dean Erik Lindholm offer?")
    exchange.locator(".withheld summary").click()
    assert [one for language in LANGUAGES for one in _checked(page, "withheld", language, is_dark)] == []


@pytest.mark.parametrize("is_dark", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_the_page_where_people_sign_in(
    is_dark: bool, visit: Open, indexed: Path, records: Path, embedder: Embedder, tmp_path: Path
) -> None:
    users = UsersFile(tmp_path / "users.toml")
    users.add("Anna", "keeper", "correct horse battery")
    with serving(indexed, records, embedder, people=People.by_password(users)) as address:
        page = visit(address, "sign-in", refused="401 (Unauthorized)", color_scheme="dark" if is_dark else "light")
        found = []
        for language in LANGUAGES:
            page.goto(f"{address}sign-in?language={language}")
            found += findings(page)
        page.locator("#name").fill("Anna")
        page.locator("#password").fill("wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        found += findings(page)
        page.locator("#password").fill("correct horse battery")
        page.keyboard.press("Enter")
        page.locator("#header nav a").first.wait_for()
        found += findings(page)
    assert found == []
