"""Asking: answers grow and end, are switched, corrected, narrowed, copied, sorted and taken away."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect
from typer.testing import CliRunner

from tests.browser.conftest import Open, Worded
from tests.browser.records import IN_WORD
from tests.browser.walk import answered, ask
from ui.cli import app

DEAN = "What did Dean Erik Lindholm offer?"
VICE_RECTOR = "Who is the Vice Rector of Abai University?"
MANY = "哪些代表团来访过？"
_WATCH = """() => { window.seen = []; const log = document.querySelector("#conversation");
  new MutationObserver(() => { const last = [...log.querySelectorAll(".exchange")].at(-1);
    if (last) window.seen.push([last.ariaBusy, last.querySelectorAll(".claims button.cite").length]); })
  .observe(log, {childList: true, subtree: true}); }"""


def test_a_list_grows_row_by_row_until_it_is_whole(page: Page) -> None:
    page.locator("#question textarea").wait_for()
    page.evaluate(_WATCH)
    rows = ask(page, MANY).locator("tbody tr")
    grown = [claims for is_busy, claims in page.evaluate("window.seen") if is_busy == "true"]
    assert grown[0] == 0 and any(claims > 0 for claims in grown), grown
    assert rows.count() > 1


def test_a_sentence_is_shown_while_the_next_is_awaited_and_stop_ends_it(visit: Open, worded: Worded) -> None:
    worded.endpoint.script, worded.endpoint.text = "says and hangs", f"{IN_WORD[:-1]} [1]. Half a sentence is"
    page = visit(worded.address)
    page.locator("#question textarea").fill(DEAN)
    page.keyboard.press("Enter")
    exchange = page.locator(".exchange")
    expect(exchange.locator(".claims")).to_contain_text(IN_WORD[:-1])
    expect(exchange).to_have_attribute("aria-busy", "true")
    page.locator("#question textarea").fill("Too early?")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    expect(exchange.get_by_text("Stopped.")).to_be_visible()
    expect(exchange.locator(".claims")).to_contain_text(IN_WORD[:-1])
    expect(page.locator("#question textarea")).to_have_value("Too early?")
    worded.endpoint.script = "fails with 500"
    expect(ask(page, VICE_RECTOR).locator(".claims")).to_contain_text("Aigul Iskakova")


def test_an_answer_says_which_sentences_were_withheld_and_why(visit: Open, worded: Worded) -> None:
    worded.withhold()
    exchange = ask(visit(worded.address), DEAN)
    expect(exchange.locator(".claims")).to_contain_text("eleven scholarships")
    expect(exchange.locator(".claims")).not_to_contain_text("ninety")
    exchange.locator(".withheld summary").click()
    expect(exchange.locator(".withheld li").first).to_be_visible()


def test_what_the_records_do_not_say_is_refused_with_the_nearest_they_hold(page: Page) -> None:
    exchange = ask(page, "What was the weather in Almaty?")
    expect(exchange.get_by_role("heading", name="No sure answer")).to_be_visible()
    expect(exchange.get_by_text("Closest passage, which may not answer")).to_be_visible()
    expect(exchange.get_by_text("49 reports were searched")).to_be_visible()


def test_the_route_is_shown_and_switched_to_a_list_and_a_drawn_timeline(page: Page) -> None:
    first = ask(page, "What does Abai University want to sign with TEC?")
    expect(first.get_by_role("button", name="Look up")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".exchange")).to_have_count(0)
    listed = ask(page, MANY)
    expect(listed.get_by_role("button", name="List")).to_have_attribute("aria-pressed", "true")
    expect(listed.get_by_role("table")).to_be_visible()
    listed.get_by_role("button", name="Timeline").click()
    drawn = answered(page, 1)
    expect(drawn.get_by_role("button", name="Timeline")).to_have_attribute("aria-pressed", "true")
    expect(drawn.locator("ol.timeline li").first).to_be_visible()
    years = [year for year in drawn.locator(".timeline .year").all_inner_texts() if year.isdigit()]
    assert len(years) > 1 and years == sorted(years)


def test_a_table_is_sorted_by_its_headings_and_downloaded_whole(page: Page) -> None:
    exchange = ask(page, MANY)
    date = exchange.get_by_role("columnheader", name="Date")
    column = date.evaluate("(head) => [...head.parentElement.children].indexOf(head)")
    for is_down, named in ((False, "ascending"), (True, "descending")):
        date.get_by_role("button").click()
        expect(date).to_have_attribute("aria-sort", named)
        keys = exchange.locator("tbody tr").evaluate_all(
            "(rows, column) => rows.map((row) => row.children[column].dataset.sort || '')", column
        )
        stated = [key for key in keys if key]
        assert stated == sorted(stated, reverse=is_down) and keys[: len(stated)] == stated and len(set(stated)) > 1
    with page.expect_download() as saving:
        exchange.get_by_role("link", name="Download the table").click()
    rows = list(csv.DictReader(io.StringIO(_read(saving.value).decode("utf-8-sig"))))
    assert len(rows) == exchange.locator("tbody tr").count()
    assert all(row["Sentence"] and row["Quotes"] and row["Where it stands"] for row in rows)


def test_filters_narrow_the_next_answers_until_they_are_removed(page: Page) -> None:
    page.locator("#filters summary").click()
    page.locator("#filters select[name=file]").select_option("uppsala.docx")
    page.locator("#filters").get_by_role("button", name="Apply").click()
    expect(page.locator("#filters summary")).to_contain_text("Uppsala")
    narrowed = ask(page, VICE_RECTOR)
    expect(narrowed.get_by_role("heading", name="Not in the reports you narrowed")).to_be_visible()
    expect(narrowed.locator(".chip", has_text="Uppsala")).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#filters summary")).not_to_contain_text("Uppsala")
    expect(page.locator(".exchange")).to_have_count(0)
    expect(ask(page, VICE_RECTOR).locator(".claims")).to_contain_text("Aigul Iskakova")


def test_a_date_that_is_none_is_said_and_changes_nothing(page: Page) -> None:
    page.locator("#filters summary").click()
    page.locator("#filters input[name=since]").fill("last spring")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#filters").get_by_role("alert")).to_contain_text("last spring")
    expect(ask(page, DEAN).locator(".claims")).to_contain_text("scholarships")


def test_what_was_understood_is_shown_and_corrected(page: Page) -> None:
    ask(page, DEAN)
    second = ask(page, "And to whom?")
    expect(second.locator(".understood")).to_contain_text("Lindholm")
    second.get_by_role("button", name="Ask exactly what I wrote").click()
    expect(answered(page, 2).locator(".understood")).to_have_count(0)
    second.get_by_role("button", name="Change").click()
    expect(page.locator("#question textarea")).to_have_value(re.compile("Lindholm"))
    expect(page.locator("#question textarea")).to_be_focused()


def test_an_answer_is_copied_with_its_footnotes(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, DEAN).get_by_role("button", name="Copy with footnotes").click()
    expect(page.locator("#said")).to_have_text("Copied")
    text = page.evaluate("navigator.clipboard.readText()")
    assert f"{IN_WORD} [1]" in text and "(uppsala.docx, " in text


@pytest.mark.parametrize("kind, suffix", [pytest.param("Markdown", "md", marks=pytest.mark.slow), ("Word", "docx")])
def test_chosen_answers_are_exported_and_every_footnote_of_them_still_holds(
    kind: str, suffix: str, page: Page, indexed: Path, tmp_path: Path
) -> None:
    ask(page, VICE_RECTOR)
    ask(page, "What was the weather in Almaty?")
    ask(page, DEAN).locator("input[name=turn]").check()
    page.locator(".exchange").first.locator("input[name=turn]").check()
    with page.expect_download() as saving:
        page.locator(".take-away").get_by_role("link", name=kind).click()
    note = tmp_path / f"note.{suffix}"
    note.write_bytes(_read(saving.value))
    done = CliRunner().invoke(app, ["recheck", str(note), "--data", str(indexed)])
    assert done.exit_code == 0, done.output
    assert "2" in done.output and "holds" in done.output
    if suffix == "md":
        text = note.read_text(encoding="utf-8")
        assert "Iskakova" in text and IN_WORD in text and "weather" not in text


def _read(download: Download) -> bytes:
    return Path(download.path()).read_bytes()
