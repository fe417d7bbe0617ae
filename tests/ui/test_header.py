import pytest

from tests.ui.elements import Elements
from tests.ui.standin import ATTACK
from ui.web.access.visitor import LOCAL, Visitor
from ui.web.browse.views import BROWSE, VIEWS, browse_navigation
from ui.web.header import header
from ui.wording import LANGUAGES, words

EN = words("en")
ANNA, BO = Visitor(name="Anna", role="keeper"), Visitor(name="Bo", role="reader")


def rooms(visitor: Visitor) -> list[str | None]:
    return [one["href"] for one in Elements(header(EN, visitor)).named("a")]


def test_keepers_have_two_rooms_more_than_readers() -> None:
    assert rooms(ANNA) == rooms(LOCAL) == ["#ask", "#browse/overview", "#keep", "#improve", "#history"]
    assert rooms(BO) == ["#ask", "#browse/overview", "#history"]


def test_who_signed_in_is_named_and_can_leave_and_nobody_else() -> None:
    page = Elements(header(EN, BO))
    (form,) = page.named("form")
    assert "Bo" in page.text and (form["method"], form["action"]) == ("post", "sign-out")
    assert not Elements(header(EN, LOCAL)).named("form")
    assert not Elements(header(EN, Visitor(name="", role="reader"))).named("form")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frame_says_its_language_and_names_its_rooms_in_it(language: str) -> None:
    page = Elements(header(words(language)))
    assert page.named("div")[0]["data-language"] == language
    assert words(language).say("room_browse") in page.text
    assert page.named("nav")[0]["aria-label"] == words(language).say("rooms")


def test_light_and_dark_is_a_named_button_that_says_whether_it_is_pressed() -> None:
    (button,) = [one for one in Elements(header(EN)).named("button") if "data-theme" in one]
    assert button["aria-pressed"] == "false" and button["title"] == "Dark theme"


def test_a_hostile_name_stays_text() -> None:
    page = Elements(header(EN, Visitor(name=ATTACK, role="reader")))
    assert not page.named("img") and not page.named("script") and ATTACK in page.text


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_marks_the_one_it_belongs_to(view: str) -> None:
    links = Elements(browse_navigation(view, EN)).named("a")
    assert [one["href"] for one in links] == [f"#browse/{name}" for name in BROWSE]
    marked = [one["href"] for one in links if one.get("aria-current") == "page"]
    assert len(marked) == 1 and (view in marked[0] or f"{view}s" in marked[0])
