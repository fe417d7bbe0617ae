"""A quote of another language than the page's is translated beside its original, where there is a language model."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant import Translation
from assistant.prove import Proof, Reason
from tests.ui.conftest import Visit
from tests.ui.standin import StandIn
from ui.web.desk import Desk
from ui.web.panel import translation
from ui.wording import LANGUAGES, words

Opened = Callable[..., Page]


@pytest.fixture
def opened(
    serve: Callable[..., str], visit: Callable[..., Visit], desk: Desk, standin: StandIn, tmp_path: Path
) -> Opened:
    """The page in a language, with the source of an answer opened."""

    def open_in(locale: str, *, has_model: bool = True) -> Page:
        standin.can_translate = has_model
        page = visit(serve(desk, tmp_path), locale=locale).page
        page.locator("#question textarea").fill("Who signed?")
        page.locator("#question textarea").press("Enter")
        page.locator("#conversation button.cite").first.click()
        expect(page.locator("#source .opened")).to_be_visible()
        return page

    return open_in


def test_a_quote_is_translated_beside_its_original(opened: Opened) -> None:
    panel = opened("ru-RU").locator("#source")
    panel.get_by_role("button", name=words("ru").say("translate")).click()
    expect(panel.locator(".panel-translation blockquote")).to_have_text("Перевод.")
    expect(panel.locator(".panel-translation")).to_contain_text(words("ru").say("translation_unproved"))
    expect(panel.locator("mark").first).to_contain_text("Ana Silva")


@pytest.mark.parametrize(("locale", "has_model"), [("en-US", True), ("ru-RU", False)])
def test_nothing_is_offered_in_the_own_language_or_without_a_model(
    opened: Opened, locale: str, has_model: bool
) -> None:
    panel = opened(locale, has_model=has_model).locator("#source")
    expect(panel.locator("mark").first).to_contain_text("Ana Silva")
    expect(panel.locator(".panel-translate")).to_have_count(0)


def test_a_model_that_fails_is_told_and_the_record_stays(opened: Opened, standin: StandIn) -> None:
    page = opened("ru-RU")
    standin.fails = "The language model did not finish."
    page.locator(".panel-translate").click()
    expect(page.locator("#source")).to_contain_text("did not finish")
    expect(page.locator("#source mark").first).to_contain_text("Ana Silva")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_withheld_is_not_shown_and_its_reason_is(language: str) -> None:
    failed: Any = {"covered": Reason(key="number_missing", values={"what": "41"})}
    withheld = Translation(text="", language=language, proof=Proof(failed=failed))
    shown = translation.shown(withheld, words(language))
    assert "41" in shown and "blockquote" not in shown
