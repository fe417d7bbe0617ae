"""Rows of an answer of the ledger as columns: the same for every fact of a kind, ready to be shown and sorted."""

import pytest

from assistant.compose.rows import label, row
from corpus.citation import Citation
from ingest import Fact, Ledger
from ingest.ledger.fact import FACTS
from tests.assistant.ledgers import CHINESE, ENGLISH

QUOTE = "They met on 3 May 2024."


def fact(kind: str, **fields: object) -> Fact:
    cited = Citation(report_id="r", file="r.md", title="Visit", date="2024-05-03", start=0, end=len(QUOTE), quote=QUOTE)
    values = {"date": "3 May 2024", "start": "2024-05-03"} | fields
    return FACTS[kind](citation=cited, extractor="test", **values)  # type: ignore[arg-type]


def cells(one: Fact, language: str = "en") -> dict[str, str]:
    us = [fact("organization", name=name, is_us=True) for name in (ENGLISH, CHINESE)]
    return dict(row(one, Ledger(us), language))


def test_an_agreement_gives_its_partners_without_us_and_its_words_in_the_language_of_the_answer():
    signed = fact("agreement", sides=(ENGLISH, "Norwick University", "Penmoor Academy"),
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
    ours = cells(fact("contact", side=us, partner="Norwick University", degree="received"), "zh")
    theirs = cells(fact("contact", side="Norwick University", partner=us, degree="received"), "zh")
    assert ours == theirs
    assert (ours["partner"], ours["degree"]) == ("Norwick University", "来访")


def test_a_contact_between_others_gives_the_one_that_was_met():
    assert cells(fact("contact", partner="Penmoor Academy", degree="talks"))["partner"] == "Penmoor Academy"


def test_a_person_gives_who_in_what_role_of_which_organization():
    one = cells(fact("person", person="Ana Silva", role="Rector", body="Norwick University"))
    assert (one["who"], one["role"], one["organization"]) == ("Ana Silva", "Rector", "Norwick University")


def test_a_theme_gives_its_name_in_the_language_of_the_answer():
    ai = fact("theme", partner="Norwick University", key="ai")
    assert [cells(ai, language)["theme"] for language in ("en", "zh", "ru")] == [
        "Artificial intelligence in education", "人工智能与教育", "Искусственный интеллект в образовании",
    ]  # fmt: skip


def test_a_promise_gives_who_promised_what_to_whom_and_by_when():
    one = cells(fact("promise", by="Ana Silva", what="send a draft", to=("TEC",), state="open"))
    assert one == {"who": "Ana Silva", "what": "send a draft", "to": "TEC", "due": "3 May 2024",
                   "start": "2024-05-03"}  # fmt: skip


def test_the_date_of_the_record_is_told_as_that_as_of_which_it_is_known():
    known = fact("person", person="Ana Silva", date="June 2025", start="2025-06")
    assert (cells(known)["date"], cells(known)["start"]) == ("as of June 2025", "2025-06")
    assert label(known, "en").endswith("as of June 2025")


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("agreement", {"sides": ("A", "B"), "form": "mou", "state": "signed"}),
        ("contact", {"partner": "A", "degree": "talks"}),
        ("person", {"person": "A"}),
        ("theme", {"key": "ai"}),
        ("promise", {"what": "A comes."}),
        ("organization", {"name": "A"}),
    ],
)
def test_what_has_no_year_has_nothing_to_sort_by(kind, needed):
    assert cells(fact(kind, **needed, date="3 May", start="--05-03"))["start"] == ""
    assert cells(fact(kind, **needed, date="", start=""))["start"] == ""
