"""The year as a view: figures that lead to their rows, and the summary to take away."""

import csv
import io
import json

import pytest

from tests.ui.browsing import empty_shelf, shelf
from tests.ui.elements import Elements
from ui.web.browse.year import year
from ui.web.downloads import download
from ui.wording import LANGUAGES, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_figure_leads_to_its_rows(language: str) -> None:
    shown = year(shelf(), {"year": "2021"}, words(language))
    links = [str(one["href"]) for one in Elements(shown).named("a")]
    assert "#browse/year?year=2021&part=out" in links
    rows = year(shelf(), {"year": "2021", "part": "out"}, words(language))
    assert "Norwick University" in rows and rows.count("<h3") == 1 < shown.count("<h3")


def test_visits_are_counted_by_country_and_agreements_by_state() -> None:
    shown = year(shelf(), {"year": "2021"}, words())
    assert "part=agreements&amp;of=signed" in shown and "part=out&amp;of=none" in shown
    one = year(shelf(), {"year": "2022", "part": "agreements", "of": "signed"}, words())
    assert one.count('class="year-rows"') == 1 and "An exchange was signed." in one
    assert "An exchange was discussed." not in one


def test_the_newest_year_opens_and_an_unknown_one_gives_it_too() -> None:
    assert year(shelf(), {}, words()) == year(shelf(), {"year": "<1>"}, words())
    assert words().say("summary_title", year="2022") in year(shelf(), {}, words())


def test_without_a_year_the_view_says_so() -> None:
    assert words().say("year_none") in year(empty_shelf(), {}, words())


def test_the_summary_is_downloaded_as_word_json_and_csv() -> None:
    content, kind, name = download("summary.json", {"year": "2021"}, shelf()) or (b"", "", "")
    told = json.loads(content)
    assert (kind, name, told["year"]) == ("application/json", "summary-2021.json", "2021")
    assert any(line["quotes"] for part in told["sections"] for line in part["lines"])
    word = download("summary.docx", {"year": "2021", "language": "ru"}, shelf())
    assert word is not None and word[0][:2] == b"PK"
    table, kind, _ = download("summary.csv", {"year": "2021"}, shelf()) or (b"", "", "")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert kind.startswith("text/csv") and {"out", "agreements"} <= {row["section"] for row in rows}
    assert all(row["quotes"] and row["files"] for row in rows)
    assert download("summary.json", {"year": "1900"}, shelf()) is None
