"""Answers from the ledger over a small real index: complete, a citation on every row, true about what was read."""

import pytest

from assistant import Answer, Assistant, AssistantConfig, Question, open_assistant
from assistant.compose.lists import listed
from assistant.ledger_question import ledger_question
from assistant.understand import understand
from ingest import Ledger, build_index
from ingest.ledger.extract import extract
from tests.assistant.ledgers import RECORDS
from tests.ingest.records import record


@pytest.fixture(scope="module")
def small(tmp_path_factory, embedder):
    """An assistant over an index of RECORDS."""
    place = tmp_path_factory.mktemp("listed")
    (place / "reports").mkdir()
    for name, (date, text) in RECORDS.items():
        front = f"title: A visit\ndate: '{date}'" if date else "title: A visit"
        (place / "reports" / name).write_text(f"---\n{front}\n---\n\n{text}\n", encoding="utf-8")
    build_index(place / "reports", data=place / "data", embedder=embedder)
    opened = open_assistant(AssistantConfig(data=place / "data"), embedder=embedder)
    yield opened
    opened.close()


def ask(assistant: Assistant, text: str) -> Answer:
    return assistant.answer(Question(text=text))


def files(answer: Answer) -> list[str]:
    return [citation.file for claim in answer.claims for citation in claim.citations]


@pytest.mark.parametrize(
    ("question", "expected", "route"),
    [
        ("Which agreements have we signed?", ["a.md", "e.md", "f.md"], "list"),
        ("我们签署了哪些协议？", ["a.md", "e.md", "f.md"], "list"),
        ("Какие соглашения мы подписали?", ["a.md", "e.md", "f.md"], "list"),
        ("How many agreements have we signed?", ["a.md", "e.md", "f.md"], "count"),
        ("Which agreements are not signed yet?", ["b.md", "c.md"], "list"),
        ("What was the latest visit of Norwick University?", ["b.md"], "latest"),
        ("我们与云岭大学最近一次会谈是什么时候？", ["e.md"], "latest"),
        ("Когда был последний визит Заречного университета?", ["f.md"], "latest"),
        ("Give a timeline of our contacts with Norwick University.", ["a.md", "b.md", "d.md"], "timeline"),
        ("请列出我们与云岭大学的交往史时间线。", ["e.md"], "timeline"),
        ("Хронология наших контактов с Заречным университетом.", ["f.md"], "timeline"),
        ("Which universities did we visit?", ["a.md", "d.md"], "list"),
    ],
)
def test_every_row_that_fits_is_given_once_in_order_of_time(small, question, expected, route):
    answer = ask(small, question)
    assert (files(answer), answer.route, answer.status) == (expected, route, "answered")


@pytest.mark.parametrize(
    "question", ["Which agreements have we signed?", "我们签署了哪些协议？", "Какие соглашения мы подписали?"]
)
def test_every_row_is_cited_and_the_quote_stands_in_its_record(small, question):
    answer = ask(small, question)
    assert answer.claims
    for claim in answer.claims:
        (citation,) = claim.citations
        assert citation.quote in RECORDS[citation.file][1]


def test_the_coverage_counts_what_was_read_what_fits_and_what_is_unclear(small):
    answer = ask(small, "Which universities did we visit in 2021?")
    assert files(answer) == ["a.md"]
    assert answer.coverage is not None
    assert (answer.coverage.reports, answer.coverage.matched, answer.coverage.unclear) == (len(RECORDS), 1, 1)


@pytest.mark.parametrize(
    "question", ["How many agreements have we signed?", "我们签署了多少份协议？", "Сколько соглашений мы подписали?"]
)
def test_a_count_is_told_and_is_that_of_the_rows(small, question):
    answer = ask(small, question)
    assert len(answer.claims) == 3
    assert "3" in answer.notice.split(".")[0].split("。")[0]


@pytest.mark.parametrize(
    "question", ["Which agreements did we sign with Zelbrook University?", "我们与天马大学签署了哪些协议？"]
)
def test_a_partner_that_no_record_names_gets_no_rows_of_others(small, question):
    assert not any(claim.label for claim in ask(small, question).claims)


def kept(*names: str) -> tuple[Ledger, dict[str, str]]:
    reports = [record(RECORDS[name][1], date=RECORDS[name][0], name=name) for name in names]
    return Ledger([fact for report in reports for fact in extract(report)]), {one.id: one.title for one in reports}


def test_what_a_filter_leaves_out_is_neither_listed_nor_counted():
    ledger, titles = kept("a.md", "e.md", "f.md")
    asked = ledger_question(understand(Question(text="Which agreements have we signed?")), ledger)
    assert asked is not None
    allowed = list(titles)[:1]
    found = listed(asked, ledger, allowed, titles)
    assert ([fact.citation.file for fact in found.rows], found.checked) == (["a.md"], 1)
    assert listed(asked, ledger, (), titles).rows == ()


def test_a_row_without_a_year_is_unclear_where_a_year_or_an_order_is_asked():
    ledger, titles = kept("a.md", "b.md", "d.md")
    for text in ("Which universities did we visit in 2021?", "What was our latest visit to Norwick University?"):
        asked = ledger_question(understand(Question(text=text)), ledger)
        assert asked is not None
        found = listed(asked, ledger, titles, titles)
        assert [fact.citation.file for fact in found.unclear] == ["d.md"]
        assert "d.md" not in [fact.citation.file for fact in found.rows]


def test_each_row_of_the_ledger_has_its_columns_and_quotes_of_a_search_have_none(small):
    listed_rows = [dict(row) for claim in ask(small, "Which agreements have we signed?").claims for row in claim.rows]
    assert [(row["partner"], row["state"], row["start"]) for row in listed_rows] == [
        ("Norwick University", "signed", "2021-05-04"),
        ("云岭大学", "signed", "2023-03-02"),
        ("Заречный университет", "signed", "2024-02-01"),
    ]
    assert not any(claim.rows for claim in ask(small, "Which song did the choir sing?").claims)
