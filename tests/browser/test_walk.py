"""What somebody finds who has only the page to read: four things, each within a minute, by the names that stand there.

With `RAPPORTEUR_PICTURES` set to a folder (`make pictures`) each end is kept as the picture that README shows.
"""

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ingest import Embedder
from tests.browser.conftest import Open, serving

A_MINUTE = 60.0


@pytest.fixture(scope="module")
def own_address(
    records: Path, indexed: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The page over a folder and an index of its own, since a report is added to them."""
    from ingest import build_index

    home = tmp_path_factory.mktemp("walk")
    folder = shutil.copytree(records, home / "reports")
    data = shutil.copytree(indexed, home / "data")
    build_index(folder, data=data, embedder=embedder)  # nothing is embedded anew: only the folder's name is another
    with serving(data, folder, embedder) as address:
        yield address


@pytest.fixture
def newcomer(own_address: str, visit: Open) -> Iterator[Page]:
    began = time.monotonic()
    yield visit(own_address)
    assert time.monotonic() - began < A_MINUTE


def keep(page: Page, name: str) -> None:
    """Keep what the page shows as the picture `name`, where pictures are asked for."""
    folder = os.environ.get("RAPPORTEUR_PICTURES")
    if folder:
        page.mouse.move(0, 0)
        page.wait_for_timeout(600)  # until scrolling has come to rest
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_an_answer_with_its_sentence_lit_in_the_record(newcomer: Page) -> None:
    newcomer.get_by_label("Your question").fill("Who is the Vice Rector of Abai University?")
    newcomer.get_by_role("button", name="Ask", exact=True).click()
    source = newcomer.get_by_role("button", name="Source 1").first
    expect(newcomer.get_by_role("log")).to_contain_text("reports searched")
    source.click()
    lit = newcomer.get_by_role("region", name="Source", exact=True).locator("mark")
    expect(lit.first).to_contain_text("Aigul Iskakova")
    expect(lit.first).to_be_in_viewport()
    keep(newcomer, "answer")


def test_all_signed_agreements_as_a_table(newcomer: Page) -> None:
    newcomer.get_by_role("link", name="All agreements, by state").click()
    newcomer.get_by_role("link", name="Table").click()
    expect(newcomer.get_by_role("table")).to_be_visible()
    newcomer.get_by_label("State").select_option(label="signed")
    expect(newcomer.locator("#browse")).to_contain_text(re.compile(r"\d+ of \d+ shown"))
    rows = newcomer.get_by_role("table").get_by_role("row")
    states = {row.inner_text() for row in rows.all()[1:]}
    assert states and all("signed" in state for state in states)
    keep(newcomer, "agreements")


def test_a_partners_dossier_down_to_the_sentence(newcomer: Page) -> None:
    newcomer.get_by_role("link", name="All partners, each with its dossier").click()
    newcomer.get_by_role("link", name="Abai Kazakh National Pedagogical University").first.click()
    expect(newcomer.get_by_role("heading", name="Abai Kazakh National Pedagogical University")).to_be_visible()
    expect(newcomer.get_by_role("heading", name="What was not found")).to_be_attached()
    newcomer.get_by_role("button", name="Source 2:").first.click()
    expect(newcomer.get_by_role("region", name="Source", exact=True).locator("mark").first).to_be_in_viewport()
    keep(newcomer, "dossier")


def test_a_report_is_added_and_then_answers(newcomer: Page, tmp_path: Path) -> None:
    report = tmp_path / "lyon.md"
    report.write_text(
        "---\ntitle: The Lyon Institute of Education visits TEC\ndate: 2025-03-12\nplace: Shanghai, China\n---\n\n"
        "On 12 March 2025 a delegation of the Lyon Institute of Education visited the UNESCO Teacher Education Centre. "
        "Director Claire Moreau and Zhang Minxuan signed a memorandum of understanding on teacher training.\n",
        encoding="utf-8",
    )
    newcomer.get_by_role("link", name="Add a report").click()
    newcomer.locator("#upload input[type=file]").set_input_files(report)
    expect(newcomer.get_by_label("Title")).to_have_value("The Lyon Institute of Education visits TEC")
    keep(newcomer, "add")
    newcomer.get_by_role("button", name="Add to the records").click()
    expect(newcomer.get_by_text("No file waits")).to_be_visible()
    newcomer.get_by_role("button", name="Update the records").click()
    expect(
        newcomer.get_by_text("New agreement: memorandum of understanding, Lyon Institute of Education")
    ).to_be_visible(timeout=50_000)
    newcomer.get_by_role("link", name="Ask", exact=True).click()
    newcomer.get_by_label("Your question").fill("Who is the Director of the Lyon Institute of Education?")
    newcomer.keyboard.press("Enter")
    expect(newcomer.locator(".claims")).to_contain_text("Claire Moreau")
