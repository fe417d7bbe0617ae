"""The page as a whole in a real browser, over the stand-in assistant: safe, in each language, every view by address."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from corpus import IndexMissing
from ingest import Receipt
from tests.ui.conftest import Visit
from tests.ui.standin import ATTACK, StandIn
from ui.web.desk import Desk
from ui.wording import words

Serve = Callable[..., str]
Open = Callable[..., Visit]


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")


def panel(page: Page) -> Locator:
    return page.get_by_role("region", name="Source", exact=True)


def room(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Rooms of the page").get_by_role("link", name=name, exact=True)


def test_hostile_text_is_shown_as_text_and_nothing_leaves_the_page(address: str, visit: Open) -> None:
    opened = visit(address)
    page = opened.page
    ask(page, f"hostile {ATTACK}")
    page.get_by_role("button", name=re.compile("^Source 1")).first.click()
    expect(panel(page).locator("mark")).to_have_text(ATTACK)
    expect(page.locator(".claims")).to_contain_text(ATTACK)
    assert panel(page).get_by_role("link").all_inner_texts() == ["Open the whole report", "Correct these facts"]
    panel(page).get_by_role("link", name="Open the whole report").click()
    expect(page.locator("#browse")).to_contain_text(ATTACK)
    assert page.title() == "Rapporteur"
    assert page.locator("#desk :is(img, script)").count() == 0
    assert {urlsplit(url).netloc for url in opened.requests if not url.startswith(("data:", "blob:"))} == {
        urlsplit(address).netloc
    }
    assert opened.faults == []


def test_the_page_speaks_the_browsers_language_and_the_one_that_is_chosen(address: str, visit: Open) -> None:
    page = visit(address, locale="zh-CN").page
    expect(page.get_by_text("您想了解什么？")).to_be_visible()
    expect(page.get_by_role("button", name="提问", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "zh"
    page.get_by_label("Русский").check()
    expect(page.get_by_text("Что вы хотели бы узнать?")).to_be_visible()
    expect(page.get_by_role("button", name="Спросить")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "ru"


def test_a_view_that_is_open_is_drawn_anew_in_another_language(address: str, visit: Open) -> None:
    page = visit(address, "#browse/people").page
    expect(page.locator("#browse").get_by_role("heading", name="People", exact=True)).to_be_visible()
    page.get_by_label("中文").check()
    expect(page.locator("#browse").get_by_role("link", name="人员", exact=True)).to_be_visible()
    expect(page.locator("#browse").get_by_role("link", name="People")).to_have_count(0)
    expect(page).to_have_url(re.compile("#browse/people$"))


def test_the_back_button_returns_to_the_view_before(address: str, visit: Open) -> None:
    page = visit(address).page
    room(page, "Browse").click()
    page.locator("#browse").get_by_role("link", name="Partners", exact=True).click()
    page.locator("#browse").get_by_role("link", name="Norwick University", exact=True).first.click()
    expect(page.get_by_role("heading", name="Norwick University")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("heading", name="Partners", exact=True)).to_be_visible()
    expect(room(page, "Browse")).to_have_attribute("aria-current", "page")
    page.go_back()
    page.go_back()
    expect(page.get_by_text("What would you like to know?")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="Overview", exact=True)).to_be_visible()


def test_a_form_in_a_view_changes_the_address_and_a_bookmark_of_it_opens_the_same(address: str, visit: Open) -> None:
    page = visit(address, "#browse/partners").page
    search = page.locator("#browse").get_by_role("searchbox").or_(page.locator("#browse input[name=search]")).first
    search.fill("norwick & sons?")
    search.press("Enter")
    expect(page).to_have_url(re.compile(r"#browse/partners\?.*search=norwick\+%26\+sons%3F"))
    expect(page.locator("#browse")).to_contain_text("No partner fits")
    again = visit(page.url).page
    expect(again.locator("#browse")).to_contain_text("No partner fits")
    expect(again.locator("#browse input[name=search]")).to_have_value("norwick & sons?")


def test_choosing_from_a_list_in_a_view_needs_no_button(address: str, visit: Open) -> None:
    page = visit(address, "#browse/agreements").page
    page.locator("#browse select[name=state]").select_option("signed")
    expect(page).to_have_url(re.compile(r"#browse/agreements\?.*state=signed"))
    expect(page.locator("#browse")).to_contain_text("2 of 3 shown")
    expect(page.locator("#browse select[name=state]")).to_have_value("signed")


@pytest.mark.parametrize(
    "view", ["#nowhere", "#browse/nowhere", f"#browse/partner?name={ATTACK}", "#keep/x?=&", "#%00"]
)
def test_an_address_that_names_nothing_opens_the_page_all_the_same(view: str, address: str, visit: Open) -> None:
    opened = visit(address, view)
    expect(opened.page.locator(".room:visible").get_by_role("heading").first).to_be_visible()
    assert opened.page.title() == "Rapporteur" and opened.faults == []


def test_the_chosen_theme_is_kept_over_a_reload(address: str, visit: Open) -> None:
    page = visit(address, color_scheme="light").page
    theme = page.get_by_role("button", name="Dark theme")
    expect(theme).to_have_attribute("aria-pressed", "false")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    theme.focus()
    page.keyboard.press("Enter")
    expect(theme).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(theme).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_the_theme_is_first_that_of_the_computer(address: str, visit: Open) -> None:
    page = visit(address, color_scheme="dark").page
    expect(page.get_by_role("button", name="Dark theme")).to_have_attribute("aria-pressed", "true")


def test_on_a_phone_no_view_is_wider_than_the_screen_and_the_source_covers_it(address: str, visit: Open) -> None:
    page = visit(address, viewport={"width": 390, "height": 844}).page
    expect(panel(page)).to_be_hidden()
    ask(page, "Which agreements?")
    page.locator("button.cite").first.click()
    expect(panel(page).locator("mark")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Back", exact=True).click()
    expect(panel(page)).to_be_hidden()
    expect(page.locator("button.cite").first).to_be_focused()
    for name in ("Browse", "Keep", "Improve", "My questions"):
        page.get_by_role("button", name="Menu").click()
        room(page, name).click()
        expect(page.locator(".room:visible").get_by_role("heading").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name


def test_visitors_keep_their_own_conversations(
    serve: Serve, visit: Open, desk: Desk, standin: StandIn, tmp_path: Path
) -> None:
    address = serve(desk, tmp_path)
    slow, quick = visit(address).page, visit(address).page
    ask(slow, "slow: who signed?")
    expect(slow.locator(".claims")).to_be_visible()
    ask(quick, "What was the weather?")
    expect(quick.get_by_text("The records do not say.")).to_be_visible()
    standin.go_on.set()
    expect(slow.get_by_text("reports searched")).to_be_visible()
    expect(slow.get_by_role("article")).to_have_count(1)
    expect(quick.get_by_role("article")).to_have_count(1)


def test_without_an_index_the_page_says_so_leads_to_keep_and_then_answers(
    serve: Serve, visit: Open, tmp_path: Path
) -> None:
    built: list[Path] = []

    def open_assistant() -> StandIn:
        if not built:
            raise IndexMissing("nothing has been indexed here yet")
        return StandIn()

    def build(folder: Path, progress: object) -> Receipt:
        built.append(folder)
        return Receipt(generation="g1", reports=2, passages=3)

    folder = tmp_path / "visits"
    folder.mkdir()
    page = visit(serve(Desk(open_assistant=open_assistant, build=build), tmp_path)).page
    expect(page.locator("#conversation").get_by_role("heading", name=words().say("no_index"))).to_be_visible()
    expect(page.get_by_label("Your question")).to_be_hidden()
    page.locator("#conversation").get_by_role("link", name="Bring in the first reports").click()
    page.get_by_label("Folder with the reports").fill(str(folder))
    page.get_by_label("Folder with the reports").press("Enter")
    expect(page.get_by_text(words().say("built"))).to_be_visible()
    assert built == [folder]
    room(page, "Ask").click()
    ask(page, "Who signed?")
    expect(page.locator(".claims")).to_contain_text("signed by Ana Silva")


def test_on_a_page_for_others_only_the_given_folder_can_be_indexed(serve: Serve, visit: Open, tmp_path: Path) -> None:
    built: list[Path] = []

    def build(folder: Path, progress: object) -> Receipt:
        built.append(folder)
        return Receipt(generation="g1", reports=2)

    desk = Desk(open_assistant=StandIn, build=build)
    page = visit(serve(desk, tmp_path / "data", offered=tmp_path, is_fixed=True), "#keep").page
    expect(page.locator("#keep").get_by_role("heading").first).to_be_visible()
    expect(page.get_by_label("Folder with the reports")).to_have_count(0)
    page.locator("#keep [data-do=regenerate]").first.click()
    expect(page.get_by_text(words().say("built"))).to_be_visible()
    assert built == [tmp_path]


def test_the_server_limits_the_page_to_itself_and_serves_no_files_of_the_data_folder(
    serve: Serve, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "library.db").write_text("private", encoding="utf-8")
    address = serve(desk, tmp_path)
    with urllib.request.urlopen(address) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "connect-src 'self'" in policy and "frame-ancestors 'none'" in policy
    for request in (
        urllib.request.Request(f"{address}gradio_api/file={tmp_path}/library.db"),
        urllib.request.Request(address, headers={"Host": "rebinding.example"}),
        urllib.request.Request(f"{address}docs"),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        assert refused.value.code in (400, 403, 404)
