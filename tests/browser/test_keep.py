"""What a keeper does with the keyboard and the mouse: a report is corrected, a fact struck and taken back."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.walk import go


def test_a_keeper_corrects_a_report_and_its_facts_and_takes_both_back(visit: Open, address: str) -> None:
    page = visit(address)
    room = page.locator("#room-keep")
    row = go(page, "keep/reports").locator("tr", has_text="baltic.pdf")
    row.get_by_text("Edit", exact=True).press("Enter")
    row.get_by_label("Title").fill("Riga visits TEC")
    row.get_by_role("button", name="Save corrections").press("Enter")
    expect(room.get_by_text("Report corrected.")).to_be_visible()
    row = room.locator("tr", has_text="Riga visits TEC")
    row.get_by_text("Edit", exact=True).click()
    row.get_by_role("button", name="As in the file again").click()
    expect(room.locator("tr", has_text="Riga visits TEC")).to_have_count(0)
    opened = room.locator("tr", has_text="baltic.pdf").get_by_role("link").first
    opened.click()
    page.get_by_role("link", name="Correct these facts").click()
    strike = room.locator("button[data-do=strike]")
    strike.first.click()
    expect(room.get_by_text("Fact struck.")).to_be_visible()
    room.locator("section", has_text="Struck").get_by_role("button", name="Undo").last.click()
    expect(room.get_by_text("Correction undone.")).to_be_visible()
    expect(room.locator("s")).to_have_count(0)
    waiting = room.locator(".keep-pending")
    expect(waiting).to_contain_text("4 changes wait")
    expect(waiting.get_by_role("button")).to_be_enabled()
