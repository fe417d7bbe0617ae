import pytest

from assistant import Filters
from tests.ui.browsing import Records, shelf
from tests.ui.elements import Elements
from tests.ui.standin import ATTACK
from ui.web.ask.filters import FIELDS, Fault, faults_of, filters_html, filters_of, read_values, without
from ui.web.desk import Shelf
from ui.wording import words

EN = words("en")


@pytest.fixture(scope="module")
def held() -> Shelf:
    return shelf()


def test_the_forms_values_become_filters_and_blanks_bound_nothing() -> None:
    told = {"since": " 2024 ", "until": "2025-06", "partner": "Norwick", "place": "Lyon", "theme": "", "language": "ru"}
    assert filters_of(read_values(told | {"file": "a.md", "address": "#ask", "do": "filters"})) == Filters(
        since="2024", until="2025-06", partner="Norwick", place="Lyon", languages=("ru",), files=("a.md",)
    )
    assert filters_of(read_values({})) == filters_of(read_values(dict.fromkeys(FIELDS, "  "))) == Filters()


@pytest.mark.parametrize("date", ["soon", "2024-13", "03.05.2024", ATTACK])
def test_a_date_that_is_none_is_said(date: str) -> None:
    for name in ("since", "until"):
        (fault,) = faults_of(read_values({name: date}), None, EN)
        assert fault.field == name and date in fault.told
    assert faults_of(read_values({"since": "2024", "until": "2024-05"}), None, EN) == ()


def test_a_value_that_no_report_has_is_said_with_the_near_ones_to_be_written_by_a_press(held: Shelf) -> None:
    typed = read_values({"partner": "Norwik Univercity", "place": ""})
    (fault,) = faults_of(typed, held, EN)
    assert fault.field == "partner" and "Norwik Univercity" in fault.told and "Norwick University" in fault.near
    page = Elements(filters_html(held, Filters(place="Lyon"), EN, (fault,), typed))
    assert "open" in page.named("details")[0] and "Place: Lyon" in page.text
    buttons = [one for one in page.named("button") if one.get("data-fill") == "partner"]
    assert [one["data-value"] for one in buttons] == list(fault.near)
    (box,) = [one for one in page.named("input") if one.get("aria-invalid")]
    assert box["value"] == "Norwik Univercity"
    assert box["aria-describedby"] in [one.get("id") for one in page.named("p")]
    assert faults_of(read_values({"partner": "Norwick"}), held, EN) == ()


def test_one_bound_is_taken_away_and_the_others_hold() -> None:
    bounds = Filters(since="2024", place="Lyon", languages=("ru",))
    assert without(bounds, "language") == Filters(since="2024", place="Lyon")
    assert without(bounds, "nothing") == bounds


def test_endless_values_are_cut() -> None:
    assert len(read_values({"partner": "x" * 100_000})["partner"]) == 200


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
    assert partner["list"] in [one["id"] for one in page.named("datalist")]
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
    told.tell("a", "Учителя сельских школ.", kind="theme", partner="TEC", key="rural_teachers")
    page = Elements(filters_html(told.shelf(), Filters(theme="rural_teachers", languages=("ru",)), words("ru")))
    summary = page.text[: page.text.index(words("ru").say("filter_any"))]
    assert "русский" in summary and "rural_teachers" not in summary


def test_a_fault_opens_the_form_on_what_was_typed_and_keeps_what_held(held: Shelf) -> None:
    fault, typed = Fault("since", "soon is no date."), read_values({"since": "soon"})
    page = Elements(filters_html(held, Filters(place="Lyon"), EN, (fault,), typed))
    assert "open" in page.named("details")[0] and "soon is no date." in page.text and "Place: Lyon" in page.text
    assert [one["value"] for one in page.named("input") if one["name"] in ("since", "place")] == ["soon", ""]
    assert [one["role"] for one in page.named("p") if "role" in one] == ["alert"]


def test_hostile_values_stay_text_and_there_is_no_form_without_an_index(held: Shelf) -> None:
    bounds = Filters(since=ATTACK, place=ATTACK, partner=ATTACK, theme=ATTACK, languages=(ATTACK,), files=(ATTACK,))
    page = Elements(filters_html(held, bounds, EN, (Fault("place", ATTACK, (ATTACK,)),)))
    assert not page.named("img") and not page.named("script") and page.text.count(ATTACK) > 4
    assert filters_html(None, bounds, EN) == ""
