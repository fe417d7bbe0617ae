"""Who invited and who paid, as terms of the visit that they belong to, by the real tagger."""

import pytest

from ingest.ledger.fact import Contact
from tests.ingest.records import facts_of, record

PORT = ("Harbour Trust of Quellmouth", "Quellmouth")


def terms(text: str, kind: str) -> set[tuple[str, str]]:
    found = [fact for fact in facts_of(record(text), PORT) if isinstance(fact, Contact)]
    return {(fact.partner, term.value) for fact in found for term in fact.terms if term.kind == kind}


@pytest.mark.parametrize(
    ("text", "partner", "who"),
    [
        ("From 3 to 6 May a delegation of the Harbour Trust of Quellmouth visited the Port of Varde at the invitation "
         "of the Port of Varde.", "Port of Varde", "Port of Varde"),
        ("应瓦尔德港务局邀请，我港代表团于2023年5月3日至6日访问了瓦尔德港务局。", "瓦尔德港务局", "瓦尔德港务局"),
    ],
)  # fmt: skip
def test_who_invited_is_a_term_of_the_visit(text: str, partner: str, who: str) -> None:
    assert (partner, who) in terms(text, "invited")


def test_who_paid_is_a_term_of_the_visit_with_its_own_quote() -> None:
    text = (
        "On 3 May 2023 a delegation of the Harbour Trust of Quellmouth visited the Port of Varde. "
        "The Port of Varde paid for the hotel and all meals."
    )
    assert ("Port of Varde", "Port of Varde") in terms(text, "paid")
    (term,) = (one for fact in facts_of(record(text), PORT) if isinstance(fact, Contact) for one in fact.terms)
    assert term.citation.quote == "The Port of Varde paid for the hotel and all meals."


def test_a_price_and_an_invitation_for_later_are_no_terms() -> None:
    text = (
        "On 3 May 2023 a delegation of the Harbour Trust of Quellmouth visited the Port of Varde. "
        "The new crane cost the Port of Varde two million crowns. The quay was finished in 2019."
    )
    assert terms(text, "paid") == terms(text, "invited") == set()
