"""Agreements: a board by latest state, a timeline, a table; clashes side by side, filters that say what they left."""

import re

import pytest

from assistant import ledger_word
from tests.ui.browsing import empty_shelf, shelf
from tests.ui.standin import ATTACK
from ui.web.browse.agreements import COLUMNS, agreements
from ui.web.desk import Shelf
from ui.wording import LANGUAGES, words

EN = words("en")


@pytest.fixture(scope="module")
def held() -> Shelf:
    return shelf()


def column(html: str, state: str) -> str:
    found = re.search(rf'<section class="browse-column[^"]*"><h3 data-kind="{state}">(.*?)</section>', html)
    assert found
    return found[1]


def test_a_card_stands_under_the_latest_state_and_tells_the_earlier_one(held: Shelf) -> None:
    html = agreements(held, {}, EN)
    signed = column(html, "signed")
    assert "Norwick University" in signed and "memorandum of understanding" in signed
    assert "no. 17/2021" in signed and "discussed, as of 1 February 2020" in signed
    assert "Norwick" not in column(html, "discussed")


def test_columns_stand_in_their_order_and_empty_ones_are_folded(held: Shelf) -> None:
    html = agreements(held, {}, EN)
    assert re.findall(r'<h3 data-kind="([^"]+)">', html) == list(COLUMNS)
    assert html.count("browse-folded") == len(COLUMNS) - 2


def test_clashing_states_stand_side_by_side(held: Shelf) -> None:
    html = agreements(held, {}, EN)
    sides = html.split('class="browse-sides"')[1].split("</ul>")[0]
    assert "An exchange was discussed." in sides and "An exchange was signed." in sides
    assert EN.say("agreements_conflict") in column(html, "signed")


def test_the_wish_without_a_date_says_who_and_that_no_date_is_stated(held: Shelf) -> None:
    wished = column(agreements(held, {}, EN), "wished")
    assert "wanted by Yunling University" in wished and "date not stated" in wished


def test_the_timeline_goes_by_years_with_undated_ones_apart_and_a_sentence(held: Shelf) -> None:
    html = agreements(held, {"as": "timeline"}, EN)
    axis, apart = html.split("browse-apart")
    assert re.findall(r"<h3>(\d{4})</h3>", axis) == ["2020", "2021", "2022"]
    assert EN.say("agreements_no_year") in apart and "Yunling University" in apart
    assert "4 dated statements from 2020 to 2022, most in 2022 (2). 1 more states no year." in html
    assert html.count('class="cite"') >= 5


def test_the_table_has_a_row_for_each_statement_and_a_download_of_the_same(held: Shelf) -> None:
    html = agreements(held, {"as": "table", "state": "signed", "partner": "norwick"}, EN)
    assert html.split("<tbody>")[1].count("<tr>") == 1
    assert 'href="download/agreements.csv?language=en&amp;state=signed&amp;partner=norwick"' in html


@pytest.mark.parametrize(("key", "value", "n"), [("form", "mou", 1), ("partner", "Yunling", 1), ("state", "signed", 2)])
def test_filters(held: Shelf, key: str, value: str, n: int) -> None:
    assert f"{n} of 3 shown" in agreements(held, {key: value}, EN)


def test_a_filter_that_nothing_fits_says_so_and_an_unknown_partner_gets_near_names(held: Shelf) -> None:
    assert EN.say("agreements_none") in agreements(held, {"state": "renewed"}, EN)
    assert "#browse/partner?name=Norwick+University" in agreements(held, {"partner": "Norwik Univ"}, EN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_are_named_in_the_language_of_the_page(held: Shelf, language: str) -> None:
    html = agreements(held, {}, words(language))
    assert all(f">{ledger_word('states', state, language)} <span" in html for state in COLUMNS)


@pytest.mark.parametrize("kind", ["", "timeline", "table", ATTACK])
def test_hostile_values_and_an_empty_index_give_a_plain_sentence(held: Shelf, kind: str) -> None:
    for key in ("state", "form", "partner"):
        assert "<img" not in agreements(held, {key: ATTACK, "as": kind}, EN)
    assert EN.say("agreements_none") in agreements(empty_shelf(), {"as": kind}, EN)
