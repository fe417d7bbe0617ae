"""Rows of an answer of the ledger as columns: the same for every fact of a kind, ready to be shown and sorted."""

import pytest

from assistant.compose.rows import label, row
from corpus.citation import Citation
from ingest import Fact, Ledger
from tests.assistant.ledgers import CHINESE, ENGLISH

QUOTE = "They met on 3 May 2024."


def fact(kind: str, **fields: object) -> Fact:
    cited = Citation(report_id="r", file="r.md", title="Visit", date="2024-05-03", start=0, end=len(QUOTE), quote=QUOTE)
    values = {"subject": "Norwick University", "date": "3 May 2024", "start": "2024-05-03"} | fields
    return Fact(kind=kind, citation=cited, extractor="test", **values)  # type: ignore[arg-type]


def cells(one: Fact, language: str = "en") -> dict[str, str]:
    us = [fact("organization", subject=name, state="us") for name in (ENGLISH, CHINESE)]
    return dict(row(one, Ledger(us), language))


def test_an_agreement_gives_its_partners_without_us_and_its_words_in_the_language_of_the_answer():
    signed = fact("agreement", subject=ENGLISH, object="Norwick University", others=("Penmoor Academy",),
                  form="mou", state="signed")  # fmt: skip
    assert cells(signed, "ru") == {
        "partner": "Norwick University – Penmoor Academy",
        "form": "меморандум о взаимопонимании",
        "state": "подписано",
        "date": "3 May 2024",
        "start": "2024-05-03",
    }


@pytest.mark.parametrize("us", [ENGLISH, CHINESE])
def test_a_contact_gives_whom_we_met_whichever_side_wrote_it(us):
    ours = cells(fact("contact", subject=us, object="Norwick University", state="received"), "zh")
    theirs = cells(fact("contact", object=us, state="received"), "zh")
    assert ours == theirs
    assert (ours["partner"], ours["degree"]) == ("Norwick University", "来访")


def test_a_contact_between_others_gives_the_one_that_was_met():
    assert cells(fact("contact", object="Penmoor Academy", state="talks"))["partner"] == "Penmoor Academy"


def test_a_person_gives_who_in_what_role_of_which_organization():
    one = cells(fact("person", subject="Ana Silva", form="Rector", object="Norwick University"))
    assert (one["who"], one["role"], one["organization"]) == ("Ana Silva", "Rector", "Norwick University")


def test_a_theme_gives_its_name_in_the_language_of_the_answer():
    assert [cells(fact("theme", object="ai"), language)["theme"] for language in ("en", "zh", "ru")] == [
        "Artificial intelligence in education", "人工智能与教育", "Искусственный интеллект в образовании",
    ]  # fmt: skip


def test_a_promise_gives_who_promised_what_to_whom_and_by_when():
    one = cells(fact("promise", subject="Ana Silva", object="send a draft", others=("TEC",), state="open"))
    assert one == {"who": "Ana Silva", "what": "send a draft", "to": "TEC", "due": "3 May 2024",
                   "start": "2024-05-03"}  # fmt: skip


def test_the_date_of_the_record_is_told_as_that_as_of_which_it_is_known():
    known = fact("person", subject="Ana Silva", date="June 2025", start="2025-06")
    assert (cells(known)["date"], cells(known)["start"]) == ("as of June 2025", "2025-06")
    assert label(known, "en").endswith("as of June 2025")


@pytest.mark.parametrize("kind", ["agreement", "contact", "person", "theme", "promise", "organization"])
def test_what_has_no_year_has_nothing_to_sort_by(kind):
    assert cells(fact(kind, date="3 May", start="--05-03"))["start"] == ""
    assert cells(fact(kind, date="", start=""))["start"] == ""
