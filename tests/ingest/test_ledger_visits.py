"""Who invited and who paid, as terms of the visit that they belong to, by the real tagger."""

import pytest

from ingest.ledger.fact import Contact
from tests.ingest.records import facts_of, record

VISIT_DONE = "visited Norwick University on 3 May 2023."
VISIT = "On 3 May 2023 TEC visited Norwick University. "
MISSED = pytest.mark.xfail(reason="within the sentence of the visit itself it is told too seldom")


def terms(text: str, kind: str) -> list[tuple[str, str, str]]:
    found = [fact for fact in facts_of(record(text)) if isinstance(fact, Contact)]
    return [(one.partner, term.value, term.citation.quote) for one in found for term in one.terms if term.kind == kind]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (f"TEC {VISIT_DONE} The visit took place at the invitation of its Rector, Anna Berg.", ""),
        pytest.param(
            "应诺维克大学邀请，教师教育中心代表团于2023年5月3日访问了诺维克大学。", "应诺维克大学邀请", marks=MISSED
        ),
    ],
)
def test_who_invited_is_a_term_of_the_visit_with_its_own_quote(text: str, quote: str) -> None:
    (told,) = terms(text, "invited")
    assert told[1] in (told[0], "Anna Berg") and told[1] in text
    assert told[2] in text and ("invitation" in told[2] or quote in told[2])


def test_who_paid_is_a_term_of_the_visit_with_its_own_quote() -> None:
    told = "Norwick University paid for the hotel and all meals of the delegation."
    assert terms(VISIT + told, "paid") == [("Norwick University", "Norwick University", told)]


def test_a_price_and_an_invitation_for_later_are_no_terms() -> None:
    text = f"{VISIT}The new library cost Norwick University two million crowns. It invited TEC to come again next year."
    assert terms(text, "paid") == terms(text, "invited") == []
