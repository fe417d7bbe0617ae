"""The two walks of the main job, in a real browser over the real assistant."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from ui.web.chat import open_desk

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
    serve: Callable[..., str], visit: Callable[..., object], indexed: tuple[Path, Path]
) -> None:
    page: Page = visit(serve(open_desk(indexed[1]), indexed[1])).page
    ask(page, QUESTION)
    expect(page.locator(".claims")).to_contain_text(SENTENCE)
    page.get_by_role("log").focus()
    page.keyboard.press("Tab")
    expect(page.locator("button.cite").first).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Source")
    mark = panel.locator("mark")
    expect(mark).to_be_focused()
    expect(mark).to_contain_text(SENTENCE)
    expect(panel.get_by_role("heading", name="Delegation of Porto visits Lyon")).to_be_attached()
    expect(panel).to_contain_text("12 March 2025 · Lyon, France")
    expect(panel).not_to_contain_text("source: https")
    link = panel.get_by_role("link", name="Open the original page")
    expect(link).to_have_attribute("href", "https://example.org/lyon")
    expect(link).to_have_attribute("rel", re.compile("noopener"))


def test_a_report_added_to_the_folder_is_answered_from_after_regenerating_on_the_page(
    serve: Callable[..., str], visit: Callable[..., object], indexed: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for report in indexed[0].iterdir():
        (folder / report.name).write_bytes(report.read_bytes())
    data = tmp_path / "data"
    page: Page = visit(serve(open_desk(data), data, folder=folder)).page
    expect(page.get_by_role("heading", name="There is no index yet")).to_be_visible()
    page.get_by_role("button", name="Build the index").click()
    expect(page.get_by_text("2 reports, 2 passages")).to_be_visible(timeout=90_000)
    ask(page, "Who opened the science center in Gdansk?")
    expect(page.locator(".claims")).to_have_count(0)
    (folder / "gdansk.md").write_text(NEW, encoding="utf-8")
    page.get_by_role("button", name="Regenerate the index").click()
    expect(page.get_by_text("1: gdansk.md")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("The index holds 3 reports")).to_be_visible()
    ask(page, "Who opened the science center in Gdansk?")
    expect(page.locator(".claims")).to_contain_text("Mayor Halina Nowak")
    expect(page.get_by_text("3 reports searched")).to_be_visible()
