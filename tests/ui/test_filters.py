import pytest

from assistant import Filters
from corpus import UsageError
from tests.ui.browsing import Records, shelf
from tests.ui.elements import Elements
from tests.ui.standin import ATTACK
from ui.web.desk import Shelf
from ui.web.filters import FIELDS, filters_html, read_filters
from ui.wording import words

EN = words("en")


@pytest.fixture(scope="module")
def held() -> Shelf:
    return shelf()


def test_the_forms_values_become_filters_and_blanks_bound_nothing() -> None:
    told = {"since": " 2024 ", "until": "2025-06", "partner": "Norwick", "place": "Lyon", "theme": "", "language": "ru"}
    assert read_filters(told | {"file": "a.md", "address": "#ask", "do": "filters"}) == Filters(
        since="2024", until="2025-06", partner="Norwick", place="Lyon", languages=("ru",), files=("a.md",)
    )
    assert read_filters({}) == read_filters(dict.fromkeys(FIELDS, "  ")) == Filters()


@pytest.mark.parametrize("date", ["soon", "2024-13", "03.05.2024", ATTACK])
def test_a_date_that_is_none_is_refused(date: str) -> None:
    for name in ("since", "until"):
        with pytest.raises(UsageError):
            read_filters({name: date})


def test_endless_values_are_cut() -> None:
    assert len(read_filters({"partner": "x" * 100_000}).partner) == 200


def test_every_field_is_labelled_and_the_form_is_a_deed(held: Shelf) -> None:
    page = Elements(filters_html(held, Filters(), EN))
    fields = page.named("input") + page.named("select")
    assert {one["name"] for one in fields} == set(FIELDS)
    assert len(page.named("label")) == len(FIELDS)
    assert [form["data-do"] for form in page.named("form")] == ["filters"]
    assert all(EN.say(f"filter_{name}") in page.text for name in FIELDS)


def test_partners_are_suggested_and_reports_chosen_by_title(held: Shelf) -> None:
    page = Elements(filters_html(held, Filters(), EN))
    (partner,) = [one for one in page.named("input") if one["name"] == "partner"]
    assert partner["list"] == page.named("datalist")[0]["id"]
    values = [one["value"] for one in page.named("option")]
    assert set(held.ledger.organizations) <= set(values)
    assert {report.path for report in held.reports} <= set(values)


def test_what_bounds_the_search_is_named_in_the_folded_form_and_can_be_taken_away(held: Shelf) -> None:
    page = Elements(filters_html(held, Filters(since="2024", partner="Norwick", files=("b",)), EN))
    (details,) = page.named("details")
    assert details["data-held"] == "3" and "open" not in details
    assert "From: 2024 · Partner: Norwick · Report: Record b" in page.text
    assert [one["value"] for one in page.named("option") if "selected" in one and one["value"]] == ["b"]
    assert "reset_filters" in [one.get("data-do") for one in page.named("button")]
    assert Elements(filters_html(held, Filters(), EN)).named("details")[0]["data-held"] == "0"


def test_a_theme_and_a_language_are_named_in_the_language_of_the_page() -> None:
    told = Records()
    told.tell("a", "Учителя сельских школ.", kind="theme", subject="TEC", object="rural_teachers")
    page = Elements(filters_html(told.shelf(), Filters(theme="rural_teachers", languages=("ru",)), words("ru")))
    summary = page.text[: page.text.index(words("ru").say("filter_any"))]
    assert "русский" in summary and "rural_teachers" not in summary


def test_a_fault_opens_the_form_and_keeps_what_held(held: Shelf) -> None:
    page = Elements(filters_html(held, Filters(place="Lyon"), EN, "soon is no date."))
    assert "open" in page.named("details")[0] and "soon is no date." in page.text
    assert [one["value"] for one in page.named("input") if one["name"] == "place"] == ["Lyon"]
    assert [one["role"] for one in page.named("p") if "role" in one] == ["alert"]


def test_hostile_values_stay_text_and_there_is_no_form_without_an_index(held: Shelf) -> None:
    bounds = Filters(since=ATTACK, place=ATTACK, partner=ATTACK, theme=ATTACK, languages=(ATTACK,), files=(ATTACK,))
    page = Elements(filters_html(held, bounds, EN, ATTACK))
    assert not page.named("img") and not page.named("script") and page.text.count(ATTACK) > 4
    assert filters_html(None, bounds, EN) == ""
