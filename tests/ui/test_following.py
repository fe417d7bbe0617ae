import pytest

from assistant import Citation, Claim, Filters, Question
from ingest import Contact, Fact, Organization
from tests.ui.browsing import shelf
from tests.ui.standin import answer_of
from ui.web.ask.following import OFFERED, Following, following
from ui.web.desk import Shelf
from ui.wording import LANGUAGES, words

EN = words("en")


@pytest.fixture(scope="module")
def held() -> Shelf:
    return shelf()


def cited(held: Shelf, kind: type[Fact], name: str) -> Citation:
    return next(one.citation for one in held.ledger.facts(kind) if name in (one.summary, *one.parties))


def answer_on(*citations: Citation) -> object:
    return answer_of("q", *(Claim(text=one.quote, citations=(one,)) for one in citations))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_is_on_facts_that_the_answer_does_not_tell(held: Shelf, language: str) -> None:
    visit = cited(held, Contact, "Norwick University")
    offered = following(answer_on(visit), held.ledger, held.reports, (), words(language))
    assert offered and len(set(offered)) == len(offered) <= OFFERED
    assert Following("agreements", "Norwick University") in offered
    assert "contacts" not in {one.of for one in offered}, "its only contact is what was answered"
    assert all("Norwick University" in one.text(words(language)) for one in offered if one.of != "role")


def test_what_was_asked_is_not_offered_again(held: Shelf) -> None:
    answer = answer_on(cited(held, Contact, "Norwick University"))
    first, *rest = following(answer, held.ledger, held.reports, (), EN)
    again = following(answer, held.ledger, held.reports, {first.text(EN)}, EN)
    assert first not in again and set(rest) <= set(again)


def test_an_answer_that_cites_nothing_the_ledger_knows_offers_nothing(held: Shelf) -> None:
    assert following(answer_of("q"), held.ledger, held.reports, (), EN) == ()
    ours = next(fact.citation for fact in held.ledger.facts(Organization) if held.ledger.is_us(fact.name))
    assert following(answer_on(ours), held.ledger, held.reports, (), EN) == ()


def test_a_narrowed_answer_offers_only_what_can_be_answered_within_its_bounds(held: Shelf) -> None:
    visit = cited(held, Contact, "Norwick University")
    narrowed = Question(text="q", filters=Filters(files=("b",)))
    answer = answer_of("q", Claim(text=visit.quote, citations=(visit,)), question=narrowed)
    assert following(answer, held.ledger, held.reports, (), EN) == ()
