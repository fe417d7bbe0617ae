"""How near two sides came, who went to whom, and what is no contact, in three languages."""

from collections.abc import Callable

import pytest

from corpus.names import known_forms
from ingest.ledger.contacts import contact_facts
from ingest.ledger.fact import Fact
from ingest.ledger.reading import read
from tests.ingest.records import record

Facts = Callable[..., list[Fact]]
US = known_forms("tec")
OURS = {
    "en": next(form for form in US if form.isascii() and " " in form),
    "zh": next(form for form in US if "中" in form),
    "ru": next(form for form in US if form.startswith("Центр подготовки")),
}


@pytest.fixture
def facts() -> Facts:
    """Contacts of a record with this text; ``{en}``, ``{zh}`` and ``{ru}`` stand for our own name."""
    return lambda text, **others: list(contact_facts(read(record(text.format(**OURS), **others))))


def told(found: list[Fact]) -> dict[str, tuple[str, str]]:
    return {fact.object: (fact.state, fact.direction) for fact in found}


@pytest.mark.parametrize(
    ("text", "degree", "direction"),
    [
        ("{en} visited Norwick University.", "visited", "went"),
        ("A delegation of {en} came to Norwick University.", "visited", "went"),
        ("{en} was warmly received by Norwick University.", "visited", "went"),
        ("Norwick University welcomed a delegation of {en}.", "visited", "went"),
        ("Norwick University visited {en}.", "received", "came"),
        ("{en} received a delegation of Norwick University.", "received", "came"),
        ("A delegation of Norwick University was received at {en}.", "received", "came"),
        ("{en} held talks with Norwick University.", "talks", ""),
        ("{en} met Norwick University online.", "online", ""),
        ("{en} held a seminar. Norwick University took part.", "took part", ""),
        ("{en} plans to visit Norwick University next year.", "planned", ""),
        ("{en} hopes to receive Norwick University in spring.", "planned", ""),
        ("{en} opened a course. Norwick University stands in a park.", "mentioned", ""),
    ],
)
def test_the_degree_and_direction_of_an_english_contact(facts, text, degree, direction):
    assert told(facts(text)) == {"Norwick University": (degree, direction)}


@pytest.mark.parametrize(
    ("text", "degree", "direction"),
    [
        ("{zh}访问了云岭大学。", "visited", "went"),
        ("云岭大学代表团访问{zh}。", "received", "came"),
        ("{zh}接待了云岭大学代表团。", "received", "came"),
        ("{zh}与云岭大学举行会谈。", "talks", ""),
        ("{zh}与云岭大学线上会谈。", "online", ""),
        ("{zh}举办研讨会。云岭大学专家参加。", "took part", ""),
        ("{zh}计划访问云岭大学。", "planned", ""),
    ],
)
def test_the_degree_and_direction_of_a_chinese_contact(facts, text, degree, direction):
    assert told(facts(text)) == {"云岭大学": (degree, direction)}


@pytest.mark.parametrize(
    ("text", "degree", "direction"),
    [
        ("Делегация Озёрской академии посетила Заречный университет.", "visited", "went"),
        ("{ru} принял Заречный университет.", "received", "came"),
        ("Заречный университет посетил {ru}.", "received", "came"),
        ("{ru} провел переговоры, встретив Заречный университет онлайн.", "online", ""),
        ("{ru} планирует посетить Заречный университет.", "planned", ""),
    ],
)
def test_the_degree_and_direction_of_a_russian_contact(facts, text, degree, direction):
    assert told(facts(text)) == {"Заречный университет": (degree, direction)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{en}, invited by Norwick University, held a course.", "Norwick University"),
        ("应云岭大学邀请，{zh}举办讲座。", "云岭大学"),
        ("По приглашению Заречного университета {ru} провел курс.", "Заречного университета"),
    ],
)
def test_who_only_invited_took_part_and_was_not_visited(facts, text, name):
    (fact,) = facts(text)
    assert (fact.object, fact.state, fact.direction) == (name, "took part", "")
    assert fact.extractor == "contacts: invited"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{en} went to Penmoor Academy. The Academy is attached to the Velmar Foundation.", "Velmar Foundation"),
        ("{en} met Anna Berg, a graduate of Norwick University, at Penmoor Academy.", "Norwick University"),
        ("{en} visited Penmoor Academy, which like Norwick University is old.", "Norwick University"),
        ("{zh}访问海州师范学院。该院隶属于林州市教育局。", "林州市教育局"),
    ],
)
def test_the_one_above_a_former_school_and_a_comparison_are_only_mentioned(facts, text, name):
    assert told(facts(text))[name] == ("mentioned", "")


def test_the_nearest_of_several_contacts_with_one_body_counts(facts):
    (fact,) = facts("{en} wrote to Norwick University. {en} visited Norwick University on 5 June 2023.")
    assert (fact.state, fact.date, fact.start) == ("visited", "5 June 2023", "2023-06-05")
    assert fact.citation.quote.endswith("on 5 June 2023.")


def test_a_contact_without_a_date_of_its_own_has_that_of_the_record(facts):
    (fact,) = facts("{en} visited Norwick University.", date="2022-11")
    assert fact.start == "2022-11"


def test_a_contact_of_a_record_without_a_year_has_none(facts):
    (fact,) = facts("On 5 June {en} visited Norwick University.", date="")
    assert (fact.date, fact.start) == ("5 June", "--06-05")


def test_a_plan_has_no_date_of_a_contact(facts):
    (fact,) = facts("{en} plans to visit Norwick University on 5 June 2024.")
    assert (fact.state, fact.date, fact.start) == ("planned", "", "")


def test_without_us_the_side_is_the_first_body_that_is_named(facts):
    (fact,) = facts("Norwick University received Penmoor Academy.")
    assert (fact.subject, fact.object, fact.state, fact.direction) == (
        "Norwick University", "Penmoor Academy", "received", "came"
    )  # fmt: skip


@pytest.mark.parametrize("text", ["Norwick University opened a library.", "Guests came."])
def test_a_record_that_names_no_other_body_tells_of_no_contact(facts, text):
    assert facts(text) == []
