import re
from dataclasses import replace
from typing import Any

from corpus import EventDate
from ingest import Contact, Fact, Ledger
from tests.ui.standin import ATTACK, INDEX, cite, report_of
from ui.web.browse.visits import visits
from ui.web.desk import Shelf
from ui.wording import words

EN = words("en")
TEXT = "We visited Almaty University. Lyon came. Nice took part. Rome was planned. Oslo was mentioned. Bern spoke."
REPORT = replace(
    report_of(TEXT, title="Journey"), dates=(EventDate(text="3-5 May 2024", start="2024-05-03", end="2024-05-05"),)
)


def contact(partner: str, quote: str, state: str, **fields: Any) -> Fact:
    return Contact(
        side="Our Centre", partner=partner, degree=state, citation=cite(REPORT, quote),
        extractor="test", **fields,
    )  # fmt: skip


FACTS = (
    contact(
        "Almaty University",
        "We visited Almaty University.",
        "visited",
        direction="went",
        start="2024-05-03",
        date="3-5 May 2024",
        place="Almaty, Kazakhstan",
    ),
    contact("Lyon University", "Lyon came.", "received", direction="came", start="2023-07", place="Paris, France"),
    contact("Nice University", "Nice took part.", "took part", start="2023", place="Kazakhstan"),
    contact("Rome University", "Rome was planned.", "planned", start="--11-04", place="online"),
    contact("Oslo University", "Oslo was mentioned.", "mentioned"),
    contact("Bern University", "Bern spoke.", "talks"),
)


def shelf_of(*facts: Fact) -> Shelf:
    return Shelf(index=INDEX, ledger=Ledger(facts), reports=(REPORT,))


SHELF = shelf_of(*FACTS)


def listed(html: str) -> list[str]:
    return re.findall(r"(\w+) University</a></th>", html)


def test_contacts_stand_in_order_of_time_and_those_without_a_year_apart() -> None:
    html = visits(SHELF, {}, EN)
    assert listed(html) == ["Nice", "Lyon", "Almaty", "Rome", "Bern"]
    apart = html[html.index("<h3>Year not stated</h3>") :]
    assert listed(apart) == ["Rome", "Bern"] and "4 November, year not stated" in apart
    assert "5 contacts, 5 partners" in html and "Oslo" not in html


def test_a_row_says_who_went_to_whom_and_opens_its_sentence() -> None:
    html = visits(SHELF, {"year": "2023"}, EN)
    came = html[html.index(">Lyon University</span>") :]
    assert re.match(r">Lyon University</span>.{0,120}went to.{0,60}Our Centre", came)
    assert html.count('class="cite"') == 2


def test_all_days_of_a_visit_are_marked_and_lead_to_it() -> None:
    html = visits(SHELF, {"year": "2024"}, EN)
    marked = re.findall(r"when=(2024-05-\d\d)", html)
    assert marked == ["2024-05-03", "2024-05-04", "2024-05-05"]
    assert 'aria-label="4 May 2024: 1 contact"' in html and "May 2024 (1)" in html
    assert listed(visits(SHELF, {"year": "2024", "when": "2024-05-05"}, EN)) == ["Almaty"]
    assert listed(visits(SHELF, {"year": "2024", "when": "2024-05-06"}, EN)) == []


def test_days_and_months_that_are_not_stated_are_told_and_never_guessed() -> None:
    html = visits(SHELF, {"year": "2023"}, EN)
    assert "Day not stated" in html and "month not stated" in html and "when=2023-07-" not in html
    assert listed(visits(SHELF, {"year": "2023", "when": "2023-07"}, EN)) == ["Lyon"]
    assert listed(visits(SHELF, {"year": "2023", "when": "year"}, EN)) == ["Nice"]
    assert set(listed(visits(SHELF, {"year": "none"}, EN))) == {"Rome", "Bern"}


def test_the_map_has_a_dot_a_place_and_sentences_say_the_same() -> None:
    html = visits(SHELF, {}, EN)
    assert html.count("<circle") == 3 and html.count("world-country") == 1
    assert 'aria-label="Almaty: 1 contact"' in html
    assert 'aria-label="Kazakhstan, the report names no city: 1 contact"' in html
    assert (
        "Not on the map: <span" in html
        and "online (1)" in html
        and "No place at the head of the report: 1 contact" in html
    )


def test_a_dot_leads_to_the_contacts_of_its_place() -> None:
    html = visits(SHELF, {"state": "visited"}, EN)
    place = re.search(r'<a href="#browse/visits\?state=visited&amp;place=(\w+)" aria-label', html)
    assert place is not None
    assert listed(visits(SHELF, {"place": place[1]}, EN)) == ["Almaty"]
    assert listed(visits(SHELF, {"place": "none"}, EN)) == ["Bern"]


def test_one_sentence_about_two_forms_of_a_name_is_one_contact() -> None:
    twice = shelf_of(FACTS[0], FACTS[0])
    assert listed(visits(twice, {}, EN)) == ["Almaty"]


def test_nothing_on_record_and_nothing_that_fits_are_said_differently() -> None:
    assert "No report tells of a visit" in visits(shelf_of(FACTS[4]), {}, EN)
    for query in (
        {"year": ATTACK},
        {"when": ATTACK},
        {"when": "2024-99"},
        {"when": "2024-13-99"},
        {"year": "²024"},
        {"place": ATTACK},
        {"state": ATTACK},
        {"year": "0000", "when": "year"},
    ):
        html = visits(SHELF, query, EN)
        assert "No contact fits" in html and "<script" not in html and "<img" not in html


def test_hostile_names_and_places_stay_text_on_the_map_too() -> None:
    hostile = contact(
        ATTACK, "Bern spoke.", "talks", place=f"{ATTACK} and Almaty, Kazakhstan", start="2024", date=ATTACK
    )
    for language in ("en", "zh", "ru"):
        html = visits(shelf_of(replace(hostile, people=(ATTACK,))), {}, words(language))
        assert "&lt;script&gt;" in html and "<script" not in html and "<img" not in html
        assert html.count("<circle") == 1
