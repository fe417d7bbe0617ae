"""Signing in and out on a real server, and once in a real browser."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.ui.conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.ui.test_server import PASSWORD, greeting_page
from ui.web.access.door import COOKIE
from ui.web.access.identity import People
from ui.web.access.sessions import IDLE_SECONDS, WHOLE_SECONDS
from ui.web.access.sign_in_page import sign_in_page
from ui.web.access.users import UsersFile
from ui.web.access.visitor import Visitor
from ui.wording import LANGUAGES, words

PLACES = itertools.count(1)


class Clock:
    """Stands still until it is set."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> UsersFile:
    made = UsersFile(tmp_path_factory.mktemp("people") / "users.toml")
    for name in ("Anna", "Bo"):
        made.add(name, "keeper" if name == "Anna" else "reader", PASSWORD)
    return made


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def address(users: UsersFile, clock: Clock) -> Iterator[str]:
    people = People.by_password(users, proxies=["127.0.0.1"], clock=clock)
    with greeting_page(people, users.path.parent, allowed_hosts=("records.example",)) as (address, _):
        yield address


class Client(httpx.Client):
    """A visitor from an address of their own, as the proxy in front says."""

    def enter(self, name: str = "Anna", password: str = PASSWORD, **settings: Any) -> httpx.Response:
        return self.post("/sign-in", data={"name": name, "password": password}, **settings)

    @property
    def is_in(self) -> bool:
        return self.get("/download/x").status_code == 200


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    with Client(base_url=address, headers={"x-forwarded-for": f"198.51.100.{next(PLACES)}"}) as client:
        yield client


def test_the_right_password_opens_a_session_that_signing_out_ends(client: Client) -> None:
    assert client.get("/").headers["location"] == "sign-in"
    entered = client.enter()
    assert entered.status_code == 303 and entered.headers["location"] == "./"
    cookie = entered.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert len(client.cookies[COOKIE]) == 43
    assert client.is_in
    token = client.cookies[COOKIE]
    assert client.get("/sign-in").text.count("<h1>You are signed in as Anna</h1>") == 1
    assert client.post("/sign-out").headers["location"] == "sign-in?signed-out"
    assert COOKIE not in client.cookies
    client.cookies.set(COOKIE, token)
    assert not client.is_in


def test_signing_in_again_gives_another_token_and_ends_the_first_session(client: Client) -> None:
    client.enter()
    first = client.cookies[COOKIE]
    client.enter("Bo")
    assert client.cookies[COOKIE] != first and client.get("/download/x").json()["visitor"] == "Bo"
    client.cookies.clear()
    client.cookies.set(COOKIE, first)
    assert not client.is_in


def test_behind_https_the_cookie_is_kept_to_https(client: Client) -> None:
    assert "Secure" in client.enter(headers={"x-forwarded-proto": "https"}).headers["set-cookie"]


@pytest.mark.parametrize(
    ("name", "password"), [("Anna", "not the password"), ("Zoe", PASSWORD), ("", ""), ("Anna", "x" * 5000)]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(name: str, password: str, client: Client) -> None:
    refused = client.enter(name, password)
    assert refused.status_code == 401 and not client.cookies
    assert '<p role="alert"' in refused.text and "do not belong together" in refused.text
    assert password == "" or password not in refused.text
    assert not client.is_in


def test_a_session_ends_when_it_was_not_used_for_long_and_in_any_case_after_a_week(
    client: Client, clock: Clock
) -> None:
    client.enter()
    clock.now += IDLE_SECONDS - 1
    assert client.is_in
    clock.now += IDLE_SECONDS - 1
    assert client.is_in
    clock.now += IDLE_SECONDS
    assert not client.is_in
    client.enter()
    opened = clock.now
    while clock.now + IDLE_SECONDS / 2 < opened + WHOLE_SECONDS:
        clock.now += IDLE_SECONDS / 2
        assert client.is_in
    clock.now = opened + WHOLE_SECONDS
    assert not client.is_in


def test_sessions_end_with_another_password_and_with_the_user(client: Client, users: UsersFile) -> None:
    users.add("Cy", "reader", PASSWORD)
    client.enter("Cy")
    assert client.is_in
    users.change_password("Cy", "another good one")
    assert not client.is_in
    client.enter("Cy", "another good one")
    assert client.is_in
    users.remove("Cy")
    assert not client.is_in


def test_a_list_that_cannot_be_read_lets_nobody_in_and_says_so(client: Client, users: UsersFile) -> None:
    client.enter()
    whole = users.path.read_bytes()
    users.path.write_bytes(whole + b"[[user")
    try:
        assert not client.is_in
        refused = client.enter("Bo")
        assert refused.status_code == 503 and "cannot be read" in refused.text
    finally:
        users.path.write_bytes(whole)
    assert client.is_in


def test_after_five_failures_a_name_must_wait_even_with_the_right_password(client: Client, users: UsersFile) -> None:
    users.add("Dov", "reader", PASSWORD)
    assert [client.enter("Dov", "wrong one here").status_code for _ in range(4)] == [401] * 4
    assert client.enter("Dov").status_code == 303
    client.cookies.clear()
    assert [client.enter("dov", "wrong one here").status_code for _ in range(5)] == [401] * 5
    refused = client.enter("DOV", headers={"accept-language": "ru"})
    assert refused.status_code == 429 and not client.cookies
    assert 0 < int(refused.headers["retry-after"]) <= 300
    assert "через 5 минут." in refused.text
    assert client.enter("Bo").status_code == 303


def test_after_twenty_failures_an_address_must_wait_and_others_need_not(client: Client) -> None:
    names = [f"nobody {n}" for n in range(20)]
    assert [client.enter(name).status_code for name in names] == [401] * 20
    assert client.enter("Bo").status_code == 429
    # What a visitor writes before the proxy's own entry does not count.
    place = client.headers["x-forwarded-for"]
    assert client.enter("Bo", headers={"x-forwarded-for": f"203.0.113.9, {place}"}).status_code == 429
    assert client.enter("Bo", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language_of_the_browser_or_the_one_chosen(language: str, client: Client) -> None:
    heading = f"<h1>{words(language).say('people_sign_in')}</h1>"
    assert heading in client.get("/sign-in", headers={"accept-language": f"{language}-XX,en;q=0.5"}).text
    chosen = client.get(f"/sign-in?language={language}", headers={"accept-language": "fr"}).text
    assert heading in chosen and f'<html lang="{language}">' in chosen
    assert f'action="sign-in?language={language}"' in chosen


def test_a_hostile_name_is_only_text() -> None:
    hostile = '"><script>alert(1)</script>'
    shown = sign_in_page(words("en"), name=hostile, fault=hostile)
    signed = sign_in_page(words("en"), visitor=Visitor(name=hostile, role="reader"))
    assert "<script" not in shown + signed


def test_the_style_has_the_colors_of_the_page_in_light_and_dark(client: Client) -> None:
    given = client.get("/sign-in.css")
    assert given.headers["content-type"].startswith("text/css")
    page = (Path(__file__).parents[2] / "ui/web/page.css").read_text(encoding="utf-8")
    for color in re.findall(r"--(?:paper|ink|accent): #\w+;", page):
        assert color in given.text
    assert "prefers-color-scheme: dark" in given.text


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        # A name that is not this computer's, over plain http: there browsers send less (no Sec-Fetch-Site).
        rules = "--host-resolver-rules=MAP records.example 127.0.0.1"
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_ARGUMENTS, rules])
        yield opened
        opened.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "records.example"])
def test_a_person_signs_in_sees_the_page_and_signs_out_in_a_browser(host: str, address: str, browser: Any) -> None:
    context = browser.new_context(locale="en-US", extra_http_headers={"x-forwarded-for": "203.0.113.77"})
    page: Page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    own = address.replace("127.0.0.1", host)
    page.goto(f"{own}/")
    expect(page.get_by_role("main").get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_role("link", name="Русский").click()
    expect(page.get_by_role("heading", name="Вход")).to_be_visible()
    expect(page.get_by_role("button", name="Войти")).to_be_visible()
    page.get_by_role("link", name="English").click()
    page.get_by_label("Name").fill("Anna")
    page.get_by_label("Password").fill("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Hello Anna, Anna")).to_be_visible()
    page.goto(f"{own}/sign-in")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_have_text("You have signed out.")
    page.goto(f"{own}/")
    expect(page.get_by_label("Password")).to_be_visible()
    assert all(url.startswith((own, "data:")) for url in requests)
    context.close()


def test_a_link_elsewhere_leads_somebody_signed_in_to_the_page(address: str, browser: Any) -> None:
    context = browser.new_context(locale="en-US", extra_http_headers={"x-forwarded-for": "203.0.113.78"})
    page: Page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_label("Name").fill("Bo")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Hello Bo, Bo")).to_be_visible()
    other = address.replace("127.0.0.1", "localhost")
    page.goto(f"{other}/sign-in")
    page.evaluate("there => { location.href = there }", f"{address}/#view")
    expect(page.get_by_text("Hello Bo, Bo")).to_be_visible()
    assert page.url == f"{address}/?again#view"
    context.clear_cookies()
    page.goto(f"{other}/sign-in")
    page.evaluate("there => { location.href = there }", f"{address}/#view")
    expect(page.get_by_label("Password")).to_be_visible()
    context.close()
