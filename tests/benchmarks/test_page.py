"""How soon the page can be used and an answer begins, as a browser sees it; printed, never asserted as seconds."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from ingest import Embedder
from tests.browser.conftest import browser, serving

__all__ = ["browser"]  # the fixture of the browser suite

QUESTION = "Who is the Vice Rector of Abai University?"
TIMES = 10


@pytest.fixture(scope="module")
def address(sample_index_data: Path, embedder: Embedder) -> Iterator[str]:
    with serving(sample_index_data, Path("corpus/reports"), embedder) as address:
        yield address


def opened(browser: Browser, address: str) -> tuple[Page, float]:
    """A page of a browser that has never been there, and the seconds until a question can be typed into it."""
    page = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900}).new_page()
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("#question textarea").wait_for()
    page.locator(".example").first.wait_for()
    return page, time.perf_counter() - began


def asked(page: Page) -> float:
    """Seconds from Enter to the first sentence of the answer."""
    page.locator("#question textarea").fill(QUESTION)
    began = time.perf_counter()
    page.keyboard.press("Enter")
    page.locator(".claims").wait_for()
    return time.perf_counter() - began


@pytest.mark.bench
def test_the_page_opens_and_answers(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address)
    asked(page)  # the server is up and has answered once
    screens, answers = [], []
    for _ in range(TIMES):
        page, seconds = opened(browser, address)
        screens.append(seconds)
        answers.append(asked(page))
        page.context.close()
    for name, seconds in (("first useful screen", screens), ("first sentence of a look-up", answers)):
        print(f"\n{name}: median {statistics.median(seconds):.2f} s, at most {max(seconds):.2f} s of {TIMES}")
    # Opening loads a whole application, asking one answer: whatever the machine, the answer comes sooner.
    assert statistics.median(answers) < statistics.median(screens) * 3
