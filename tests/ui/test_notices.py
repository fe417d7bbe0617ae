import pytest

from tests.ui.elements import Elements
from tests.ui.standin import ATTACK
from ui.web.access.visitor import Visitor
from ui.web.notices import no_index, trouble
from ui.wording import LANGUAGES, words

EN = words("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_index_the_page_says_so_and_leads_to_where_one_is_made(language: str) -> None:
    page = Elements(no_index(words(language)))
    assert words(language).say("no_index") in page.text
    assert [link["href"] for link in page.named("a")] == ["#keep"]


def test_a_reader_is_not_led_to_what_is_refused() -> None:
    page = Elements(no_index(EN, Visitor(name="r", role="reader")))
    assert EN.say("no_index_reader") in page.text and page.named("a") == []


def test_trouble_is_announced_and_hostile_text_in_it_stays_text() -> None:
    page = Elements(trouble(ATTACK))
    assert page.named("div")[0]["role"] == "alert" and page.text == ATTACK and not page.named("img")
