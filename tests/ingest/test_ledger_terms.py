"""Terms of agreements: number, signers and last day, each with a quote that has it, and when an agreement lapses."""

import pytest

from assistant.terms import QUESTIONS, TermReader, open_term_reader
from corpus.citation import Citation
from ingest.ledger.extract import rules
from ingest.ledger.fact import Agreement, Contact, Term, fact_from_dict
from ingest.ledger.term_days import Length, is_within, last_day, last_day_of, length_of, months_later
from ingest.ledger.term_signs import SIGNED, SPANNED, whole_span
from ingest.ledger.terms import scenes_of, with_terms
from tests.ingest.records import reading_of, record

OFFICE = ("Corran Harbour Trust",)
TEXT = (
    "The Corran Harbour Trust received the Port of Velmar on 14 May 2023. On 15 May 2023 the Corran Harbour Trust and "
    "the Port of Velmar signed a memorandum of understanding. Director Anna Holt signed for the Trust and Harbour "
    "Master Piet Maas for the Port of Velmar. The memorandum is valid for five years. The guests were shown berth 12."
)


@pytest.fixture(scope="module")
def ask(embedder) -> TermReader:
    found = open_term_reader(embedder=embedder)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("span", "told"),
    [
        ("for five years", Length(months=60)),
        ("eighteen months", Length(months=18)),
        ("сроком на три года", Length(months=36)),
        ("в течение пяти лет", Length(months=60)),
        ("為期兩年", Length(months=24)),
        ("九个月", Length(months=9)),
        ("until 31 August 2028", Length(day="2028-08-31", is_date=True)),
        ("конца 2027 года", Length(day="2027", is_date=True)),
        ("二〇二六年六月十四日", Length(day="2026-06-14", is_date=True)),
        ("June this year", Length(day="2024-06", is_date=True)),
        ("October", Length(is_date=True)),
        ("три года, до 11 июня 2027 года", Length(day="2027-06-11", months=36, is_date=True)),
        ("berth 12", Length()),
        ("", Length()),
    ],
)
def test_a_span_tells_a_last_day_or_a_number_of_months_in_any_language(span, told):
    assert length_of(span, "", "2024-05-03") == told


@pytest.mark.parametrize("sentence", ["It was signed three years ago.", "Подписано три года назад.", "三年前签署。"])
def test_how_long_ago_it_was_signed_is_not_how_long_it_holds(sentence):
    span = next(words for words in ("three years", "три года", "三年") if words in sentence)
    assert not length_of(whole_span(span, sentence, "", "2024-05-03"), "", "2024-05-03").months


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        ("2021", 60, "2026"), ("2021-05", 18, "2022-11"), ("2024-08-31", 6, "2025-02-28"), ("2021", 18, ""),
        ("-05-03", 12, ""), ("", 12, ""),
    ],
)  # fmt: skip
def test_months_are_added_as_finely_as_the_day_is_known_and_never_to_one_without_a_year(start, months, day):
    assert months_later(start, months) == day


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2025-01-31", True), ("2025-07-31", True), ("2025-08-01", False), ("2025", False), ("2025-01", True),
     ("2025-01-30", False), ("", False), ("-05-03", False)],
)  # fmt: skip
def test_what_lapses_soon_does_so_on_its_last_possible_day(day, holds):
    assert is_within(day, "2025-01-31", 6) is holds


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("It is valid for five years.", "2028-05-15"),
        ("Signed on 15 May, it is valid for five years.", "2028-05-15"),
        ("It is valid for five years from 1 September.", ""),
    ],
)
def test_years_are_counted_from_the_signing_unless_another_day_stands_beside_them(sentence, day):
    assert last_day_of(Length(months=60), "2023-05-15", sentence, "five years") == day


def test_a_day_named_outright_comes_before_one_counted_from_the_signing():
    cited = Citation(report_id="r", file="r.md", title="A visit", date="2023-05-15", start=0, end=1, quote="x")
    terms = tuple(
        Term(kind=kind, text="x", value=day, citation=cited) for kind, day in (("for", "2028"), ("until", "2027"))
    )
    agreement = Agreement(
        sides=("A", "B"), form="mou", state="signed", terms=terms, citation=cited, extractor="by hand"
    )
    assert last_day(agreement) == "2027"
    assert fact_from_dict(agreement.to_dict()) == agreement


def test_agreements_near_each_other_between_the_same_parties_are_asked_about_once():
    reading = reading_of(record(TEXT), OFFICE)
    at_line = [reading.cite(line) for line in reading.lines]
    facts = [
        Agreement(sides=("A", other), form="mou", state=state, citation=at_line[at], extractor="by hand")
        for at, other, state in ((1, "B", "signed"), (3, "B", "in force"), (3, "C", "signed"), (3, "D", "wished"))
    ]  # fmt: skip
    assert [(len(scene.facts), scene.told) for scene in scenes_of(reading, facts)] == [(2, (1, 3)), (1, (1,))]


@pytest.fixture(scope="module")
def signed_with_terms(ask) -> Agreement:
    reading = reading_of(record(TEXT), OFFICE)
    signed = Agreement(
        sides=(reading.us, "Port of Velmar"), form="mou", state="signed", start="2023-05-15",
        citation=reading.cite(reading.lines[1]), extractor="by hand",
    )  # fmt: skip
    contact = Contact(partner="A", degree="visited", citation=signed.citation, extractor="by hand")
    other, found = with_terms(reading, [contact, signed], ask)
    assert other == contact and isinstance(found, Agreement)
    return found


def test_terms_of_a_signed_agreement_stand_in_the_quotes_that_prove_them(signed_with_terms: Agreement):
    assert all(term.text in term.citation.quote for term in signed_with_terms.terms)
    assert not any(term.kind == "number" for term in signed_with_terms.terms)


@pytest.mark.xfail(reason="five years told after the signature are likely, not enough since the eleventh round")
def test_the_last_day_is_counted_from_the_signing(signed_with_terms: Agreement):
    assert last_day(signed_with_terms) == "2028-05-15"


def test_who_signed_for_each_side_is_told(signed_with_terms: Agreement):
    assert {"Anna Holt", "Piet Maas"} == {term.value for term in signed_with_terms.terms if term.kind == "signer"}


def test_every_language_asks_all_that_is_decided_about(ask):
    assert all(tuple(questions) == (*SPANNED, *SIGNED) for questions in QUESTIONS.values())


def test_what_was_fitted_is_part_of_how_facts_are_found(ask):
    assert rules("recipe", OFFICE, ask=ask) == f"{rules('recipe', OFFICE)}, {ask.name}"


def test_a_configured_cross_encoder_reads_no_terms(monkeypatch):
    monkeypatch.setenv("RAPPORTEUR_READER", "some/cross-encoder")
    assert open_term_reader() is None
