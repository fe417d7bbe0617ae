"""Which questions the ledger can answer whole, and what they ask of it, in three languages."""

from collections.abc import Callable

import pytest

from assistant.ledger_question import SIGNED, UNSIGNED, LedgerQuestion, bodies_in, ledger_question
from ingest import Ledger
from ingest.ledger.extract import extract
from tests.assistant.ledgers import RECORDS
from tests.ingest.records import record

Asked = Callable[[str], LedgerQuestion | None]


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    reports = [record(text, date=date, name=name) for name, (date, text) in RECORDS.items()]
    return Ledger([fact for report in reports for fact in extract(report)])


@pytest.fixture
def asked(ledger, understood) -> Asked:
    return lambda text: ledger_question(understood(text), ledger)


@pytest.mark.parametrize(
    ("question", "about", "shape"),
    [
        ("Which agreements have we signed?", "agreements", "list"),
        ("我们签署了哪些协议？", "agreements", "list"),
        ("Какие соглашения мы подписали?", "agreements", "list"),
        ("How many agreements have we signed?", "agreements", "count"),
        ("我们签署了多少份协议？", "agreements", "count"),
        ("Сколько соглашений мы подписали?", "agreements", "count"),
        ("What was the latest visit of Norwick University?", "contacts", "latest"),
        ("我们与云岭大学最近一次会谈是什么时候？", "contacts", "latest"),
        ("Когда был последний визит Заречного университета?", "contacts", "latest"),
        ("What was the earliest visit of Norwick University?", "contacts", "earliest"),
        ("Give a timeline of our contacts with Norwick University.", "contacts", "timeline"),
        ("请列出我们与云岭大学的交往史时间线。", "contacts", "timeline"),
        ("Хронология наших контактов с Заречным университетом.", "contacts", "timeline"),
        ("Which universities did we visit?", "contacts", "list"),
        ("我们访问过哪些大学？", "contacts", "list"),
        ("Каких гостей мы принимали?", "contacts", "list"),
        ("List all visits to Kazakhstan.", "contacts", "list"),
        ("请列出所有访问。", "contacts", "list"),
        ("Перечислите все визиты.", "contacts", "list"),
    ],
)
def test_what_is_asked_and_in_what_shape_is_read_in_three_languages(asked, question, about, shape):
    found = asked(question)
    assert found is not None
    assert (found.about, found.shape) == (about, shape)


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("Which agreements did we sign with Norwick University?", "Norwick University"),
        ("我们与云岭大学签署了哪些协议？", "云岭大学"),
        ("Какие соглашения мы подписали с Заречным университетом?", "Заречный университет"),
    ],
)
def test_the_partner_is_found_in_any_form_and_we_are_left_out(asked, question, body):
    found = asked(question)
    assert found is not None
    assert (found.bodies, found.asks_us) == ((body,), True)


@pytest.mark.parametrize(
    "question",
    [
        "Which agreements did we sign with Zelbrook University?",
        "List all agreements with Zelbrook.",
        "Which agreements did we sign with Karl Zell?",
        "我们与天马大学签署了哪些协议？",
        "我们访问过哪些大学，天马大学在内吗？",
        "Какие соглашения мы подписали с Тихвинским университетом?",
        "Give a timeline of our contacts with Zelbrook Academy.",
    ],
)
def test_a_name_that_no_record_has_sends_the_question_elsewhere(asked, question):
    assert asked(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "How many teachers visited Norwick University?",
        "Which song did the choir sing?",
        "Who is the Rector of Norwick University?",
        "Which agreements were not signed, and was nothing signed?",
        "云岭大学有多少学生？",
        "Сколько студентов в Заречном университете?",
    ],
)
def test_a_question_for_one_thing_or_for_what_no_ledger_holds_goes_elsewhere(asked, question):
    assert asked(question) is None


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("Which agreements have we signed?", SIGNED),
        ("Which agreements are not signed yet?", UNSIGNED),
        ("哪些协议尚未签署？", UNSIGNED),
        ("Какие соглашения не подписаны?", UNSIGNED),
        ("Which agreements did we discuss with Penmoor Academy?", {"discussed"}),
    ],
)
def test_the_states_asked_for_are_those_named(asked, question, states):
    found = asked(question)
    assert found is not None
    assert found.states == states


@pytest.mark.parametrize(
    ("question", "direction"),
    [
        ("Which universities did we visit?", "went"),
        ("Which universities visited us?", "came"),
        ("我们访问过哪些大学？", "went"),
        ("哪些大学来访？请列出与我们的交往。", "came"),
        ("Каких гостей мы принимали?", "came"),
    ],
)
def test_who_went_to_whom_is_read(asked, question, direction):
    found = asked(question)
    assert found is not None
    assert found.direction == direction


def test_years_and_sorts_of_bodies_are_read(asked):
    found = asked("Which universities did we visit in 2021 and 2022?")
    assert found is not None
    assert (found.years, found.sorts) == ((2021, 2022), {"university"})


def test_a_longer_name_is_not_also_taken_for_the_shorter_one_inside_it():
    reports = [record("Harwick University of Arts sang."), record("Harwick University sang.", name="b.md")]
    ledger = Ledger([fact for report in reports for fact in extract(report)])
    assert bodies_in("Which agreements has Harwick University of Arts?", ledger) == ("Harwick University of Arts",)
