"""The ledger of several records: one name for each thing, common names and like persons kept apart."""

from collections.abc import Callable

import pytest

from corpus.names import known_forms
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
        (
            ("Заречный университет открыл музей.", "Делегация Заречного университета приехала в мае."),
            "Заречный университет",
        ),
    ],
)  # fmt: skip
def test_an_organization_is_one_under_its_fullest_name_across_records(kept, texts, name):
    assert where(kept(*texts).organizations, name) == ["0.md", "1.md"]


def test_all_forms_of_a_known_organization_are_one_in_any_language(kept):
    english, chinese, russian = (
        next(form for form in known_forms("tec") if form.startswith(start)) for start in ("UNESCO", "教师", "Центр")
    )
    ledger = kept(f"{english} sang.", f"代表团访问{chinese}。", f"{russian} открыл музей.")
    assert ledger.same(english, chinese) and ledger.same(chinese, russian)
    assert ledger.is_us(chinese)
    assert not ledger.is_us("Norwick University")


def test_ministries_of_two_countries_are_two_and_of_one_country_one(kept):
    ledger = kept(
        "The Kenyan Ministry of Education sent a letter.",
        "The Ministry of Education of Kenya took part.",
        "The Ministry of Education of Chile took part.",
    )
    assert ledger.same("Kenyan Ministry of Education", "Ministry of Education of Kenya")
    assert not ledger.same("Ministry of Education of Chile", "Ministry of Education of Kenya")


def test_a_ministry_of_no_named_country_is_its_own_record_s():
    assert identity("Ministry of Education", "a") != identity("Ministry of Education", "b")
    assert identity("Министерство образования", "a") != identity("Министерства образования", "b")
    assert identity("Kenyan Ministry of Education", "a") == identity("Ministry of Education of Kenya", "b")


@pytest.mark.xfail(strict=True, reason="organizations are listed by the name shown, which two of one common name share")
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
        ("Rector Anna Berg of Norwick University spoke.", "Dr. Anna Maria Berg of Norwick University left.", 1),
        ("Rector Anna Berg of Norwick University spoke.", "Dean Anna Maria Berg of Penmoor Academy left.", 2),
        ("Rector Anna Berg of Norwick University spoke.", "Rector Paul Stone of Norwick University left.", 2),
        ("Rector Yuri Zhukov of Norwick University spoke.", "Юрий Жуков выступил.", 1),
    ],
)
def test_a_person_is_one_across_records_unless_name_or_organization_differs(kept, one, other, count):
    assert len(kept(one, other).people) == count


def test_persons_of_exactly_one_name_at_two_organizations_stay_apart(kept):
    ledger = kept("Rector Anna Berg of Norwick University spoke.", "Dean Anna Berg of Penmoor Academy left.")
    assert all(len({fact.object for fact in facts}) == 1 for facts in ledger.people.values())


def test_facts_are_given_by_kind_and_by_report(kept):
    ledger = kept("Norwick University visited Penmoor Academy.", "A choir sang in the hall.")
    first = ledger.facts("contact")[0].citation.report_id
    assert {fact.kind for fact in ledger.of_report(first)} == {"organization", "contact"}
    assert ledger.of_report("none such") == ()


def test_longer_forms_come_first(kept):
    forms = [form for form, _ in kept("Velmar Institute of Technology (VIT) met Norwick University.").names_by_length()]
    assert forms == ["Velmar Institute of Technology", "Norwick University", "VIT"]


def test_a_ledger_without_facts_is_empty():
    ledger = Ledger(())
    assert (ledger.organizations, ledger.people, ledger.names_by_length()) == ({}, {}, ())
    assert ledger.key("Norwick University") == "Norwick University"
