"""A session that ends under an open page, in a real browser: one sentence says so and leads back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.serving import served_page
from tests.ui.conftest import CHROMIUM, CHROMIUM_ARGUMENTS, services_at
from ui.web.access.identity import People
from ui.web.access.users import UsersFile
from ui.web.desk import Desk
from ui.wording import words

PASSWORD = "a long enough one"


@pytest.fixture
def users(tmp_path: Path) -> UsersFile:
    made = UsersFile(tmp_path / "users.toml")
    made.add("Anna", "keeper", PASSWORD)
    return made


@pytest.fixture
def address(users: UsersFile, desk: Desk, tmp_path: Path) -> Iterator[str]:
    with served_page(services_at(desk, tmp_path, people=People.by_password(users))) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield opened
        opened.close()


@pytest.mark.parametrize("language", ["zh", *(pytest.param(one, marks=pytest.mark.slow) for one in ("en", "ru"))])
def test_who_is_not_signed_in_any_more_is_told_so_once_and_led_to_the_form(
    language: str, address: str, browser: Any, users: UsersFile
) -> None:
    say = words(language).say
    context = browser.new_context(locale=language)
    page: Page = context.new_page()

    def enter() -> None:
        page.get_by_label(say("people_name")).fill("Anna")
        page.get_by_label(say("people_password")).fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("navigation", name=say("rooms"))).to_contain_text(say("room_keep"), timeout=30_000)

    page.goto(address)
    enter()
    ended = page.get_by_role("alert").filter(has_text=say("people_ended"))
    expect(ended).to_have_count(0)
    context.clear_cookies()
    way = ended.get_by_role("link", name=say("people_enter_again"))
    page.get_by_role("link", name=say("room_browse"), exact=True).click()
    expect(way).to_be_focused()
    page.get_by_role("link", name=say("room_history"), exact=True).click()
    expect(ended).to_have_count(1)
    expect(page.get_by_text("server response").filter(visible=True)).to_have_count(0)
    way.focus()
    page.keyboard.press("Enter")
    enter()
    expect(ended).to_have_count(0)
    context.close()
