"""A session that ends under an open page, in a real browser: one sentence says so and leads back."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.ui.conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from ui.users import UsersFile
from ui.web.app import build_page
from ui.web.desk import Desk
from ui.web.memory import Memory
from ui.web.office import Office
from ui.web.people import People
from ui.web.serve import page_app, server
from ui.wording import LANGUAGES, words

PASSWORD = "a long enough one"


@pytest.fixture
def users(tmp_path: Path) -> UsersFile:
    made = UsersFile(tmp_path / "users.toml")
    made.add("Anna", "keeper", PASSWORD)
    return made


@pytest.fixture
def address(users: UsersFile, desk: Desk, tmp_path: Path) -> Iterator[str]:
    people = People.by_password(users)
    office = Office(desk=desk, data=tmp_path, memory=Memory(tmp_path), people=people)
    page = server(page_app(build_page(office), data=tmp_path, people=people))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=page.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    with contextlib.closing(listening):
        while not page.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        page.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield opened
        opened.close()


@pytest.mark.parametrize("language", LANGUAGES)
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
