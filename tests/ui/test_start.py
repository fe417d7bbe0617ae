"""The two walks of the main job, in a real browser over the real assistant."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import Visit
from ui.web.start import open_desk

QUESTION = "Who signed the memorandum of understanding in Lyon?"
SENTENCE = "Claire Moreau and Rector Tiago Lopes signed a memorandum of understanding on teacher training."
NEW = (
    "---\ntitle: Opening of a science center in Gdansk\ndate: 2025-09-01\n---\n\n"
    "The science center in Gdansk was opened on 1 September 2025 by Mayor Halina Nowak.\n"
)


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("article[aria-busy=false] .status").last).to_contain_text("searched", timeout=60_000)


def test_a_question_is_asked_and_its_cited_sentence_read_by_keyboard(
    serve: Callable[..., str], visit: Callable[..., Visit], indexed: tuple[Path, Path]
) -> None:
    page = visit(serve(open_desk(indexed[1]), indexed[1])).page
    ask(page, QUESTION)
    expect(page.locator(".claims")).to_contain_text(SENTENCE)
    source = page.locator("button.cite").first
    source.focus()
    expect(page.get_by_role("tooltip")).to_contain_text(SENTENCE)
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Source", exact=True)
    mark = panel.locator("mark")
    expect(mark).to_be_focused()
    expect(mark).to_contain_text(SENTENCE)
    expect(panel.get_by_role("heading", name="Delegation of Porto visits Lyon")).to_be_attached()
    expect(panel).to_contain_text("12 March 2025 · Lyon, France")
    expect(panel).not_to_contain_text("source: https")
    link = panel.get_by_role("link", name="Open the original page")
    expect(link).to_have_attribute("href", "https://example.org/lyon")
    expect(link).to_have_attribute("rel", re.compile("noopener"))


@pytest.mark.slow
def test_a_report_added_to_the_folder_is_answered_from_after_regenerating_on_the_page(
    serve: Callable[..., str], visit: Callable[..., Visit], indexed: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for report in indexed[0].iterdir():
        (folder / report.name).write_bytes(report.read_bytes())
    data = tmp_path / "data"
    page = visit(serve(open_desk(data), data, offered=folder)).page
    page.locator(".missing").get_by_role("link", name="Bring in the first reports").click()
    keep = page.locator("#keep")
    keep.locator(".keep-main").click()
    expect(keep).to_contain_text("2 reports · ", timeout=90_000)
    rooms = page.get_by_role("navigation", name="Rooms of the page")
    rooms.get_by_role("link", name="Ask").click()
    ask(page, "Who opened the science center in Gdansk?")
    expect(page.locator(".claims")).to_have_count(0)
    (folder / "gdansk.md").write_text(NEW, encoding="utf-8")
    rooms.get_by_role("link", name="Keep").click()
    keep.get_by_role("button", name="Update the records").click()
    expect(keep).to_contain_text("1: gdansk.md", timeout=90_000)
    expect(keep).to_contain_text("The records hold 3 reports")
    rooms.get_by_role("link", name="Ask").click()
    ask(page, "Who opened the science center in Gdansk?")
    expect(page.locator(".claims")).to_contain_text("Mayor Halina Nowak")
    expect(page.locator(".exchange").last).to_contain_text("3 reports searched")
