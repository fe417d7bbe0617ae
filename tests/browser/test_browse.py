"""Every view over all records, from its first look down to the marked sentence."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.walk import choose_language, go, panel
from ui.wording import words

CSV = ("partners", "agreements", "people")


def lit(page: Page, citation: Locator) -> None:
    """Open a citation: its quote is marked in its record, in view."""
    quote = str(citation.get_attribute("data-quote"))
    citation.click()
    expect(panel(page).locator("mark").first).to_be_in_viewport()
    marked = "".join("".join(panel(page).locator(".body mark").all_inner_texts()).split())
    assert marked and marked in "".join(quote.split())


def number(text: str) -> int:
    """The first number of a sentence."""
    found = re.search(r"\d+", text)
    assert found, text
    return int(found[0])


def test_from_all_partners_to_one_its_dossier_and_a_sentence(page: Page) -> None:
    page.get_by_role("link", name="Browse").click()
    page.locator(".overview").get_by_role("link", name="Kazakhstan").click()
    expect(page.locator(".browse-partners select[name=country]")).to_have_value("KZ")
    page.get_by_role("navigation", name="Browse").get_by_role("link", name="Partners").click()
    partners = page.locator(".browse-partners")
    expect(partners.locator("select[name=country]")).to_have_value("")
    name = "Nazarbayev University"
    partners.locator("input[name=search]").fill(name)
    partners.get_by_role("button", name="Show").click()
    found = partners.get_by_role("rowheader").get_by_role("link", name=name, exact=True)
    expect(partners.locator("tbody tr").nth(5)).to_have_count(0)
    found.click()
    dossier = page.locator(".browse-partner")
    expect(dossier.get_by_role("heading", name=name).first).to_be_focused()
    expect(dossier.locator(".browse-card")).to_contain_text("memorandum of understanding")
    lit(page, dossier.locator(".browse-dossier button.cite").first)
    page.go_back()
    expect(found).to_have_count(1)


def test_a_dossier_is_taken_away_as_a_word_file(page: Page) -> None:
    dossier = go(page, "browse/partner?name=Nazarbayev University")
    with page.expect_download() as saving:
        dossier.locator(".browse-downloads a[href*=docx]").click()
    assert Path(saving.value.path()).read_bytes().startswith(b"PK")


def test_the_board_holds_each_agreement_under_its_state_down_to_its_sentence(page: Page) -> None:
    board = go(page, "browse/agreements").locator(".browse-board")
    signed = board.locator(".browse-column", has=page.locator("h3[data-kind=signed]"))
    assert number(signed.locator(".browse-count").inner_text()) == signed.locator(".browse-tile").count() > 0
    lit(page, signed.locator("button.cite").first)


def test_all_signed_agreements_stand_in_a_table_and_along_a_timeline(page: Page) -> None:
    view = go(page, "browse/agreements")
    view.get_by_label("State").select_option("signed")
    expect(page).to_have_url(re.compile("state=signed"))
    table = view.get_by_role("link", name="Table")
    expect(table).to_have_attribute("href", re.compile("state=signed"))
    table.click()
    expect(view.locator("tbody tr").first).to_be_visible()
    states = view.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert states and set(states) == {"signed"}
    lit(page, view.locator("tbody button.cite").first)
    view.get_by_role("link", name="Timeline").click()
    expect(view.locator(".browse-axis li").first).to_be_visible()
    lit(page, view.locator(".browse-axis button.cite").first)


def test_people_are_shown_as_of_a_day(page: Page) -> None:
    view = go(page, "browse/people")
    today = view.locator("tbody tr").count()
    view.locator("input[name=as_of]").fill("2018-06-01")
    view.get_by_role("button", name="Show").click()
    expect(view.locator(".browse-sentence").first).to_contain_text("2018")
    assert 0 < view.locator("tbody tr").count() < today
    lit(page, view.locator("tbody button.cite").first)


def test_a_cell_of_themes_and_partners_opens_as_many_quotes_as_it_says(page: Page) -> None:
    cell = go(page, "browse/themes").locator(".themes-grid tbody td a").first
    told = number(cell.inner_text())
    cell.click()
    quotes = page.locator("section.theme")
    expect(quotes.locator("blockquote")).to_have_count(told)
    lit(page, quotes.locator("button.cite").first)


def test_the_calendar_leads_to_a_month_its_contacts_and_a_sentence(page: Page) -> None:
    view = go(page, "browse/visits")
    month = view.locator(".visits-years td a").first
    told = number(month.inner_text())
    month.click()
    expect(page).to_have_url(re.compile("when="))
    expect(view.locator("tbody button.cite")).to_have_count(told)
    lit(page, view.locator("tbody button.cite").first)


def test_a_place_of_the_map_leads_to_its_contacts_and_a_sentence(page: Page) -> None:
    dot = go(page, "browse/visits").locator("a.world-dot").first
    told = number(str(dot.locator(".world-number").text_content()))
    dot.focus()
    page.keyboard.press("Enter")
    view = page.locator("section.visits")
    expect(page).to_have_url(re.compile("place="))
    expect(view.locator("tbody button.cite")).to_have_count(told)
    lit(page, view.locator("tbody button.cite").first)


def test_reports_are_searched_down_to_the_sentence_that_matches(page: Page) -> None:
    view = go(page, "browse/reports")
    view.locator("input[name=search]").fill("eleven scholarships")
    view.get_by_role("button", name="Show").click()
    expect(view.locator("tbody tr")).to_have_count(1)
    view.locator(".reports-match a").click()
    report = page.locator("section.report")
    expect(report.locator("mark")).to_contain_text("eleven scholarships")
    expect(report.locator("mark")).to_be_in_viewport()
    expect(report.locator(".reports-facts li").first).to_be_visible()
    report.locator(".reports-facts li").get_by_role("link", name="in the text").first.click()
    expect(report.locator(".reports-text mark").first).to_be_in_viewport()


@pytest.mark.parametrize("name", CSV)
def test_the_rows_of_a_view_are_downloaded_as_it_shows_them(name: str, page: Page) -> None:
    view = go(page, f"browse/{name}{'?as=table' if name == 'agreements' else ''}")
    shown = view.locator("tbody tr").count()
    with page.expect_download() as saving:
        view.locator(f'a[href^="download/{name}.csv"]').click()
    rows = list(csv.DictReader(io.StringIO(Path(saving.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(rows) >= shown > 0
    assert all(row.get("Quote") for row in rows)


def test_views_are_not_sent_through_the_stream_that_loses_events_while_it_closes(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for view in ("browse/partners", "browse/themes", "history"):
        go(page, view)

    assert [url for url in asked if "/run/" in url]
    assert [url for url in asked if "/queue/" in url] == []


def test_a_table_is_sorted_in_place(page: Page) -> None:
    view = go(page, "browse/partners")
    head = view.get_by_role("columnheader").last
    counts = view.locator("tbody td.number")
    for way in ("ascending", "descending"):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", way)
        found = [int(text) for text in counts.all_inner_texts()]
        assert found == sorted(found, reverse=way == "descending") and len(set(found)) > 1


@pytest.mark.parametrize("view", ["browse/nothing", "browse/partner?name=%3Cimg%20src%3Dx%3E", "browse/report?id=../x"])
def test_an_address_that_names_nothing_gives_a_sentence_and_the_way_back(view: str, page: Page) -> None:
    page.evaluate("(view) => { location.hash = view }", view)
    expect(page.locator("#browse .browse h2")).to_be_visible()
    assert page.locator("#browse img").count() == 0


@pytest.mark.parametrize("language", ["zh", pytest.param("ru", marks=pytest.mark.slow)])
def test_every_room_is_put_into_another_language_where_it_is(language: str, page: Page) -> None:
    titles = {
        "browse/partners": "partners_title",
        "history": "history_title",
        "improve": "improve_title",
        "improve/quality": "quality_title",
    }
    for view, key in titles.items():
        choose_language(page, "en")
        expect(go(page, view).get_by_role("heading", name=words("en").say(key)).first).to_be_visible()
        choose_language(page, language)
        room = page.locator(f"#room-{view.partition('/')[0]}")
        expect(room.get_by_role("heading", name=words(language).say(key)).first).to_be_visible()
    go(page, "ask")
    expect(page.get_by_role("button", name=words(language).say("ask"), exact=True)).to_be_visible()
    expect(page.get_by_text(words(language).say("welcome"))).to_be_visible()


def test_of_two_quick_clicks_the_last_one_counts(page: Page) -> None:
    go(page, "browse/partners")
    page.evaluate("for (const view of ['people', 'visits', 'reports', 'themes']) location.hash = `browse/${view}`")
    expect(page.locator("section.themes")).to_be_visible()
