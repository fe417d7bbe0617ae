"""The page in a real browser, over the stand-in assistant."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from corpus import IndexMissing
from ingest import Receipt
from tests.ui.conftest import Visit
from tests.ui.standin import ATTACK, StandIn
from ui.web.desk import Desk

Serve = Callable[..., str]
Open = Callable[..., Visit]


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")


def panel(page: Page):
    return page.get_by_role("region", name="Source")


def test_hostile_text_is_shown_as_text_and_nothing_leaves_the_page(
    serve: Serve, visit: Open, desk: Desk, tmp_path: Path
) -> None:
    address = serve(desk, tmp_path)
    opened = visit(address)
    page: Page = opened.page
    ask(page, f"hostile {ATTACK}")
    page.get_by_role("button", name=re.compile("^Source 1")).first.click()
    expect(panel(page).locator("mark")).to_have_text(ATTACK)
    expect(page.locator(".claims")).to_contain_text(ATTACK)
    assert page.title() == "Rapporteur"
    assert page.locator(".log img, .panel img, .log script, .panel script").count() == 0
    assert panel(page).get_by_role("link").count() == 0
    assert {urlsplit(url).netloc for url in opened.requests if not url.startswith(("data:", "blob:"))} == {
        urlsplit(address).netloc
    }
    assert opened.faults == []


def test_a_source_is_reached_read_and_left_by_keyboard_alone(
    serve: Serve, visit: Open, desk: Desk, tmp_path: Path
) -> None:
    page: Page = visit(serve(desk, tmp_path)).page
    ask(page, "Who signed?")
    expect(page.get_by_text("reports searched")).to_be_visible()
    page.get_by_role("log").focus()
    page.keyboard.press("Tab")
    expect(page.locator("button.cite").first).to_be_focused()
    page.keyboard.press("Enter")
    mark = panel(page).locator("mark")
    expect(mark).to_have_text("The agreement was signed by Ana Silva.")
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("button.cite").first).to_be_focused()
    # The panel already holds it: Enter must lead there again, without a new answer of the server.
    page.keyboard.press("Enter")
    expect(mark).to_be_focused()


def test_on_a_phone_the_source_covers_the_conversation_until_it_is_closed(
    serve: Serve, visit: Open, desk: Desk, tmp_path: Path
) -> None:
    page: Page = visit(serve(desk, tmp_path), viewport={"width": 390, "height": 844}).page
    expect(panel(page)).to_be_hidden()
    ask(page, "Who signed?")
    page.locator("button.cite").first.click()
    expect(panel(page).locator("mark")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Back to the answer").click()
    expect(panel(page)).to_be_hidden()
    expect(page.locator("button.cite").first).to_be_focused()


def test_a_refusal_lists_near_passages_that_open_as_such(serve: Serve, visit: Open, desk: Desk, tmp_path: Path) -> None:
    page: Page = visit(serve(desk, tmp_path)).page
    ask(page, "What was the weather?")
    expect(page.get_by_text("The records do not say. 2 reports were searched.")).to_be_visible()
    expect(page.locator("button.cite")).to_have_count(0)
    page.get_by_role("button", name="Visit to Lyon").click()
    expect(panel(page)).to_contain_text("Near the question, not cited")


def test_errors_are_sentences_and_the_next_question_is_answered(
    serve: Serve, visit: Open, desk: Desk, tmp_path: Path
) -> None:
    page: Page = visit(serve(desk, tmp_path)).page
    ask(page, "search fails")
    expect(page.get_by_text("The search failed on stand-in. Run: rapporteur doctor")).to_be_visible()
    ask(page, "this breaks")
    expect(page.get_by_text("Something failed on our side.")).to_be_visible()
    ask(page, "Who signed?")
    expect(page.locator(".claims")).to_contain_text("signed by Ana Silva")
    assert "secret detail" not in page.content() and "Traceback" not in page.content()


def test_a_growing_answer_can_be_stopped_and_the_conversation_cleared(
    serve: Serve, visit: Open, desk: Desk, standin: StandIn, tmp_path: Path
) -> None:
    page: Page = visit(serve(desk, tmp_path)).page
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


def test_an_example_question_is_asked_with_one_press(
    serve: Serve, visit: Open, desk: Desk, standin: StandIn, tmp_path: Path
) -> None:
    page: Page = visit(serve(desk, tmp_path)).page
    page.get_by_role("button", name="Which agreements were signed, and with whom?").press("Enter")
    expect(page.locator(".claims")).to_contain_text("signed by Ana Silva")
    assert standin.asked[0].text == "Which agreements were signed, and with whom?"


def test_the_page_speaks_the_browsers_language_and_the_one_that_is_chosen(
    serve: Serve, visit: Open, desk: Desk, tmp_path: Path
) -> None:
    page: Page = visit(serve(desk, tmp_path), locale="zh-CN").page
    expect(page.get_by_text("您想了解什么？")).to_be_visible()
    expect(page.get_by_role("button", name="提问", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "zh"
    page.get_by_label("Русский").check()
    expect(page.get_by_text("Что вы хотели бы узнать?")).to_be_visible()
    expect(page.get_by_role("button", name="Спросить")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "ru"


def test_without_an_index_the_page_offers_to_build_one_and_then_answers(
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

    page: Page = visit(serve(Desk(open_assistant=open_assistant, build=build), tmp_path)).page
    expect(page.get_by_role("heading", name="There is no index yet")).to_be_visible()
    expect(page.get_by_label("Your question")).to_be_hidden()
    page.get_by_label("Folder with the reports").fill(str(tmp_path))
    page.get_by_role("button", name="Build the index").click()
    expect(page.get_by_text("2 reports, 3 passages")).to_be_visible()
    assert built == [tmp_path]
    ask(page, "Who signed?")
    expect(page.locator(".claims")).to_contain_text("signed by Ana Silva")


def test_on_a_page_for_others_only_the_given_folder_can_be_indexed(serve: Serve, visit: Open, tmp_path: Path) -> None:
    built: list[Path] = []

    def build(folder: Path, progress: object) -> Receipt:
        built.append(folder)
        return Receipt(generation="g1", reports=2)

    desk = Desk(open_assistant=StandIn, build=build)
    page: Page = visit(serve(desk, tmp_path / "data", folder=tmp_path, is_fixed=True)).page
    page.get_by_role("button", name="Records and index").click()
    expect(page.get_by_label("Folder with the reports")).to_be_disabled()
    page.get_by_role("button", name="Regenerate the index").click()
    expect(page.get_by_text("The index is up to date.")).to_be_visible()
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
