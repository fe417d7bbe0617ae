"""The ledger of several records: one name for each thing, common names and like persons kept apart."""

from collections.abc import Callable

import pytest

from corpus.citation import locate
from corpus.names import known_forms
from ingest.ledger.fact import Contact, Fact, Organization
from ingest.ledger.ledger import Ledger, identity
from tests.ingest.records import facts_of, record

Kept = Callable[..., Ledger]


@pytest.fixture
def kept() -> Kept:
    """The ledger of records with these texts, named ``0.md``, ``1.md`` and so on."""

    def make(*texts: str) -> Ledger:
        reports = [record(text, name=f"{number}.md") for number, text in enumerate(texts)]
        return Ledger([fact for report in reports for fact in facts_of(report)])

    return make


def where(facts: dict[str, tuple], name: str) -> list[str]:
    return [fact.citation.file for fact in facts[name]]


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (
            ("The Velmar Institute of Technology (VIT) sang.", "Guests of VIT came to Norwick University and VIT sang. "
             "The Velmar Institute of Technology (VIT) left."),
            "Velmar Institute of Technology",
        ),
        (("The Penmoor Centre for Music sang.", "The Penmoor Center for Music left."), "Penmoor Centre for Music"),
        (("云岭大学举办讲座。", "代表团访问云岭大学。"), "云岭大学"),
    ],
)  # fmt: skip
def test_an_organization_is_one_under_its_fullest_name_across_records(kept, texts, name):
    assert where(kept(*texts).organizations, name) == ["0.md", "1.md"]


def test_all_names_of_the_office_are_one_in_any_language(kept):
    forms = [
        next(form for form in known_forms("tec") if form.startswith(start)) for start in ("UNESCO", "教师", "Центр")
    ]
    facts = [fact for text in forms for fact in organization(text, is_us=True)]
    ledger = Ledger([*facts, *organization("Norwick University")])
    assert ledger.same(forms[0], forms[1]) and ledger.same(forms[1], forms[2])
    assert ledger.is_us(forms[1]) and not ledger.is_us("Norwick University")


def organization(name: str, *, is_us: bool = False) -> list[Fact]:
    report = record(f"{name} sang.", name=f"{name}.md")
    cited = locate(report, report.text)
    assert cited
    return [Organization(name=name, is_us=is_us, citation=cited, extractor="by hand")]


def test_a_country_joins_no_ministries():
    names = "Kenyan Ministry of Education", "Ministry of Education of Kenya", "Ministry of Education of Chile"
    assert len(Ledger([fact for name in names for fact in organization(name)]).organizations) == 3


def test_a_ministry_of_no_named_country_is_its_own_record_s():
    assert identity("Ministry of Education", "a") != identity("Ministry of Education", "b")
    assert identity("Министерство образования", "a") != identity("Министерства образования", "b")


def test_ministries_of_no_named_country_in_two_records_are_listed_as_two(kept):
    ledger = kept("The Ministry of Education sang.", "The Ministry of Education danced.")
    assert len(ledger.organizations) == 2


def test_bodies_that_only_share_words_stay_apart(kept):
    ledger = kept("Harwick University sang.", "Harwick University of Arts sang.", "Penmoor University sang.")
    assert len(ledger.organizations) == 3


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("Rector Anna Berg of Norwick University spoke.", "Anna Berg of Norwick University left.", 1),
        ("Rector Anna Berg of Norwick University spoke.", "Dr. Anna Maria Berg of Norwick University left.", 2),
        ("Rector Anna Berg of Norwick University spoke.", "Dean Anna Maria Berg of Penmoor Academy left.", 2),
        ("Rector Anna Berg of Norwick University spoke.", "Rector Paul Stone of Norwick University left.", 2),
        ("Rector Yuri Zhukov of Norwick University spoke.", "Юрий Жуков выступил.", 2),
    ],
)
def test_a_person_is_one_across_records_unless_name_or_organization_differs(kept, one, other, count):
    assert len(kept(one, other).people) == count


def test_persons_of_exactly_one_name_at_two_organizations_stay_apart(kept):
    ledger = kept("Rector Anna Berg of Norwick University spoke.", "Dean Anna Berg of Penmoor Academy left.")
    assert all(len({fact.body for fact in facts}) == 1 for facts in ledger.people.values())


def test_facts_are_given_by_kind_and_by_report(kept):
    ledger = kept(
        "On 3 May 2024 our office visited Penmoor Academy. Its rector received us.", "A choir sang in the hall."
    )
    first = ledger.facts(Contact)[0].citation.report_id
    assert {fact.kind for fact in ledger.of_report(first)} == {"organization", "contact"}
    assert ledger.of_report("none such") == ()


def test_longer_forms_come_first():
    ledger = Ledger(
        [*organization("VIT"), *organization("Velmar Institute of Technology"), *organization("Norwick Hall")]
    )
    assert [form for form, _ in ledger.names_by_length()] == ["Velmar Institute of Technology", "Norwick Hall", "VIT"]


def test_a_ledger_without_facts_is_empty():
    ledger = Ledger(())
    assert (ledger.organizations, ledger.people, ledger.names_by_length()) == ({}, {}, ())
    assert ledger.key("Norwick University") == "Norwick University"
