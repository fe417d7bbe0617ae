"""Kinds of records that a ledger once misread, each in other words: names made one, states told too far, odd names."""

from collections.abc import Sequence

import pytest

from corpus.citation import locate
from ingest.ledger.fact import Fact
from ingest.ledger.ledger import Ledger
from tests.ingest.records import facts_of, record

FIRM = {"signed", "in force", "renewed"}


def kept(*texts: str, office: Sequence[str] = ("Harbour Office",)) -> Ledger:
    return Ledger([fact for n, text in enumerate(texts) for fact in facts_of(record(text, name=f"{n}.md"), office)])


def named(*names: str) -> Ledger:
    """A ledger of records that name a body each, parted by " = " from its other forms."""
    facts = []
    for number, forms in enumerate(name.split(" = ") for name in names):
        report = record(f"{forms[0]} sang.", name=f"{number}.md")
        cited = locate(report, report.text)
        assert cited
        facts.append(
            Fact(kind="organization", subject=forms[0], others=tuple(forms[1:]), citation=cited, extractor="by hand")
        )
    return Ledger(facts)


def told(text: str, kind: str) -> list[Fact]:
    return [fact for fact in facts_of(record(text), ("Harbour Office",)) if fact.kind == kind]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("National Library of Latvia", "National Library of Norway"),
        ("University of Malawi", "University of Benin"),
        ("Chilean Academy of Sciences", "Kenyan Academy of Sciences"),
        ("Государственный университет Казани", "Государственный университет Томска"),
    ],
)
def test_bodies_that_differ_in_country_or_city_alone_are_two(one: str, other: str) -> None:
    ledger = named(one, other)
    assert not ledger.same(one, other)
    assert len(ledger.organizations) == 2


def test_a_ministry_of_common_words_is_each_record_s_own() -> None:
    ledger = kept(
        "We visited Chile and the Ministry of Education received us.",
        "We visited Kenya and the Ministry of Education received us.",
    )
    places = {ledger.key("Ministry of Education", fact.citation.report_id) for fact in ledger.facts("contact")}
    assert len({fact.citation.report_id for fact in ledger.facts("contact")}) == 2
    assert places


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We visited a mill. Walter Pine, its manager, showed it.", "Ректор университета Пайнов В.С. принял нас."),
        ("Dr Li Wei, director of Nanhe College, met us.", "Professor Li Wei, dean of Donglin University, met us."),
        ("Anna Holm, head of Norrby Museum, met us.", "A. Holm, dean of Lund Academy, met us."),
    ],
)  # fmt: skip
def test_persons_are_not_one_by_sound_initial_or_family_name(one: str, other: str) -> None:
    ledger = kept(one, other)
    assert all(len({fact.citation.report_id for fact in facts}) == 1 for facts in ledger.people.values())


def test_the_paper_belongs_to_the_visit_that_signed_it() -> None:
    text = (
        "On 3 May 2024 we visited Foxmoor University. No agreement was signed.\n\n"
        "On 5 May 2024 we visited Gorsedale College. Its director, Ada Quint, signed a memorandum with us."
    )
    signed = [fact for fact in told(text, "agreement") if fact.state in FIRM]
    assert signed
    assert all("Foxmoor University" not in (fact.subject, fact.object, *fact.others) for fact in signed)


@pytest.mark.parametrize(
    "text",
    [
        "We visited Halmar University. ☐ signed ☒ not signed",
        "We visited Halmar University. The memorandum, which was to be signed that day, was withdrawn.",
        "We visited Halmar University. According to a newspaper the university will sign a contract with a bank.",
        "我们访问了青湖大学。双方未能签署协议。",
        "Мы посетили Озёрный университет. Договор подписан не был.",
    ],
)
def test_what_was_not_signed_is_not_told_as_signed(text: str) -> None:
    assert not {fact.state for fact in told(text, "agreement")} & FIRM


@pytest.mark.xfail(reason="a sentence that denies one paper tells of none")
def test_a_withdrawn_or_denied_paper_does_not_hide_another() -> None:
    text = (
        "We visited Halmar University. No treaty was signed, but both sides signed a contract on pilots on 4 May 2024."
    )
    assert "signed" in {fact.state for fact in told(text, "agreement")}


def test_a_title_is_no_part_of_a_name() -> None:
    text = "Saltmoor International School Director Hina Sarp signed an agreement with Harbour Office."
    names = {fact.subject for fact in told(text, "person")}
    assert "Hina Sarp" in names
    assert not any("Director" in fact.subject for fact in told(text, "organization"))


@pytest.mark.parametrize(
    "text", ["Action Items: call the mill. Top Ten Schools was read aloud.", "Press Release: the weather was fine."]
)
def test_headings_and_lists_are_no_persons(text: str) -> None:
    assert told(text, "person") == []


def test_the_same_names_in_any_case_and_with_their_acronym_are_one() -> None:
    names = "Velmar Institute of Technology = VIT", "the Velmar Institute for Technology"
    ledger = named(*names, "Заречный университет", "Заречного университета")
    assert ledger.same("Velmar Institute of Technology", "VIT", "", ledger.facts("organization")[0].citation.report_id)
    assert ledger.same("Velmar Institute of Technology", "the Velmar Institute for Technology")
    assert ledger.same("Заречного университета", "Заречный университет")


def test_a_short_form_of_one_record_joins_nothing_in_another() -> None:
    ledger = named("North Harbour Board = Board = NIE", "South Harbour Board = Board = NIE")
    assert not ledger.same("North Harbour Board", "South Harbour Board")
    assert len(ledger.organizations) == 2
