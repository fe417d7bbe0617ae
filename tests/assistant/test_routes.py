"""The route that a person asks for: what it gives, and what is said where it cannot be had."""

import pytest

from assistant import Answer, AssistantConfig, Filters, Question, open_assistant
from assistant.ledger_question import unknown_names
from corpus.errors import UsageError
from ingest import build_index
from tests.assistant.ledgers import RECORDS

CHOIR = "g.md"
UNDATED = "A choir sang at the Zelbrook fair, and the guests thanked it."
LATER = "A choir sang in the hall of Norwick University again."


@pytest.fixture(scope="module")
def small(tmp_path_factory, embedder):
    place = tmp_path_factory.mktemp("routes")
    (place / "reports").mkdir()
    for name, (date, text) in (RECORDS | {"h.md": ("2024-07-01", LATER), "i.md": ("", UNDATED)}).items():
        front = f"title: A visit\ndate: '{date}'" if date else "title: A visit"
        (place / "reports" / name).write_text(f"---\n{front}\n---\n\n{text}\n", encoding="utf-8")
    build_index(place / "reports", data=place / "data", embedder=embedder)
    opened = open_assistant(AssistantConfig(data=place / "data"), embedder=embedder)
    yield opened
    opened.close()


def ask(assistant, text: str, route: str = "", **filters: object) -> Answer:
    return assistant.answer(Question(text=text, route=route, filters=Filters(**filters)))  # type: ignore[arg-type]


SIGNED = ("Which agreements have we signed?", "我们签署了哪些协议？", "Какие соглашения мы подписали?")


@pytest.mark.parametrize("question", SIGNED)
def test_a_lookup_never_asks_the_ledger(small, question):
    answer = ask(small, question, "lookup")
    assert answer.route == "lookup" and answer.claims
    assert not any(claim.rows or claim.label for claim in answer.claims)


@pytest.mark.parametrize("question", SIGNED)
@pytest.mark.parametrize("route", ["list", "timeline"])
def test_a_list_and_a_timeline_give_every_fact_in_order_of_time(small, question, route):
    answer = ask(small, question, route)
    starts = [dict(row)["start"] for claim in answer.claims for row in claim.rows]
    assert (answer.route, starts) == (route, ["2021-05-04", "2023-03-02", "2024-02-01"])


def test_a_list_may_be_asked_for_where_the_question_asks_for_one_thing(small):
    latest = "What was the latest visit of Norwick University?"
    assert ask(small, latest).route == "latest"
    listed = ask(small, latest, "list")
    assert listed.route == "list" and len(listed.claims) > len(ask(small, latest).claims)


@pytest.mark.parametrize(
    ("question", "said"),
    [("Where did a choir sing?", "there may be more"), ("合唱团在哪里唱歌？", "可能还有更多"),
     ("Где пел хор?", "возможно, это не всё")],
)  # fmt: skip
def test_a_list_that_no_facts_give_is_searched_for_and_says_so(small, question, said):
    answer = ask(small, question, "list")
    assert (answer.route, answer.status) == ("list", "answered")
    assert said in answer.notice


def test_a_timeline_of_quotes_is_in_order_of_time_with_dates_and_those_without_a_year_last(small):
    answer = ask(small, "Where did a choir sing?", "timeline")
    assert (answer.route, answer.status) == ("timeline", "answered")
    starts = [dict(claim.rows[0])["start"] for claim in answer.claims]
    assert len(starts) > 1
    assert starts == sorted(starts, key=lambda start: start or "9999")
    assert all(claim.label == claim.citations[0].date for claim in answer.claims)


def test_a_timeline_without_any_year_is_a_list_and_says_so(small):
    answer = ask(small, "Who sang at the Zelbrook fair?", "timeline", files=("i.md",))
    assert (answer.route, answer.status) == ("list", "answered")
    assert "None of these reports states a year" in answer.notice


@pytest.mark.parametrize("route", ["lookup", "list", "timeline"])
def test_no_route_breaks_the_silence(small, route):
    answer = ask(small, "How many moons does Jupiter have?", route)
    assert (answer.route, answer.status) == ("refusal", "not_in_records")


def test_an_unknown_route_is_refused_with_those_there_are(small):
    with pytest.raises(UsageError, match=r"'oracle'.*lookup, list, timeline"):
        ask(small, "Who came?", "oracle")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("List all agreements with Zelbrook.", ("Zelbrook",)),
        ("请列出我们与天马大学签署的所有协议。", ("天马大学",)),
        ("Перечислите все соглашения с Зелбруком.", ("Зелбруком",)),
        ("List all agreements with Norwick University.", ()),
        ("List all songs of Zelbrook.", ()),
        ("What was signed with Zelbrook?", ()),
    ],
)
def test_the_names_that_keep_a_list_from_the_ledger_are_told(small, understood, question, names):
    assert unknown_names(understood(question), small.ledger) == names


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("List all visits and meetings we had at the Zelbrook fair.", "since “Zelbrook” cannot be looked up as a fact"),
        ("请列出我们与天马大学签署的所有协议。", "“天马大学” 无法按事实查找"),
    ],
)
def test_a_list_that_a_search_answers_names_what_is_no_fact(small, question, said):
    answer = ask(small, question)
    assert (answer.route, answer.status) == ("list", "answered")
    assert said in answer.notice


def test_facts_that_a_filter_leaves_out_are_not_silently_replaced(small):
    answer = ask(small, "List all agreements we signed with Norwick University.", files=("b.md",))
    assert answer.status == "answered" and "No facts on record answer this" in answer.notice


def test_filters_that_nothing_passes_are_named_also_where_facts_are_asked(small):
    answer = ask(small, "Which promises are open?", theme="ai")
    assert answer.status == "not_in_records" and "theme ai" in answer.notice
