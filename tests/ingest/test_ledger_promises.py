"""Promises from small reports in three languages, what is none, and what keeps one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.citation import locate
from corpus.read import read_report
from ingest.ledger.fact import Fact, Kind
from ingest.ledger.promises import closed_by, promise_facts
from ingest.ledger.reading import Reading, read

Written = Callable[..., Reading]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(body: str, *, name: str = "visit.md", date: str = "2024-05-03") -> Reading:
        (tmp_path / name).write_text(f"---\ntitle: A visit\ndate: {date}\n---\n\n{body}\n", encoding="utf-8")
        return read(read_report(Path(name), tmp_path))

    return write


def only(reading: Reading) -> Fact:
    (fact,) = promise_facts(reading)
    return fact


def test_a_promise_has_who_what_to_whom_and_when(written: Written) -> None:
    fact = only(written("Lund University promised to send two lecturers to Oslo University in May 2025."))
    assert (fact.kind, fact.state, fact.subject) == ("promise", "open", "Lund University")
    assert fact.object == "send two lecturers to Oslo University in May 2025"
    assert fact.others == ("Oslo University",)
    assert (fact.date, fact.start) == ("in May 2025", "2025-05")


@pytest.mark.parametrize(
    ("line", "who", "what", "due"),
    [
        ("TEC will hold the next forum in July.", "TEC", "hold the next forum in July", "in July"),
        ("Lund University plans to translate the book.", "Lund University", "translate the book", ""),
        ("Anna Berg undertook to receive them next year.", "Anna Berg", "receive them next year", "next year"),
        ("Anna Berg offered TEC ten places.", "Anna Berg", "TEC ten places", ""),
        ("Textbooks will be sent to schools in April.", "", "Textbooks will be sent to schools in April", "in April"),
        ("Anna Berg said that the university would host them.", "Anna Berg", "host them", ""),
        ("Two books are to be published.", "", "Two books are to be published", ""),
        ("It named a Congress planned for November.", "", "a Congress planned for November", "for November"),
        ("北京大学将于2025年6月举办论坛。", "北京大学", "于2025年6月举办论坛", "2025年6月"),
        ("李伟校长承诺派两名专家讲学。", "李伟", "派两名专家讲学", ""),
        ("双方商定明年举办研讨会。", "", "明年举办研讨会", "明年"),
        ("Иван Петров пообещал направить двух учителей.", "Иван Петров", "направить двух учителей", ""),
        ("Стороны договорились открыть центр в мае.", "", "открыть центр в мае", "в мае"),
        ("В октябре будет проведен семинар.", "", "В октябре будет проведен семинар", "В октябре"),
    ],
)  # fmt: skip
def test_plans_and_commitments_are_found_in_three_languages(
    written: Written, line: str, who: str, what: str, due: str
) -> None:
    fact = only(written(line))
    assert (fact.subject, fact.object, fact.date) == (who, what, due)
    assert fact.object in fact.citation.quote


@pytest.mark.parametrize(
    "line",
    [
        "Lund University hopes to sign an agreement with TEC.",
        "Lund University would like to send two lecturers.",
        "Anna Berg proposed that a joint centre will be opened.",
        "Lund University did not promise to pay, and TEC will not pay either.",
        "Will TEC send teachers to Lund University?",
        "It was asked whether Lund University will join the network.",
        "The session opened on 12 May and was due to run until 19 May.",
        "The session was to run until 19 May.",
        "The course is to give deans tools for managing change.",
        "Both sides discussed plans to open a school.",
        "They agreed on the importance of teachers.",
        "Anna Berg offered a warm welcome.",
        "A man of good will came to TEC.",
        "Anna Berg said that education would be the key to growth.",
        "Anna Berg said that demand will grow.",
        "Болат Сериков отметил, что наука будет играть роль.",
        "李伟校长希望派教师来访。",
        "王明校长建议建立联合实验室。",
        "北京大学没有承诺提供经费。",
        "双方讨论了是否将开设分校。",
        "双方将合作项目介绍给了来宾。",
        "Ректор надеется, что будет подписан договор.",
        "Университет не обещал финансирования.",
        "Иван Петров предложил открыть филиал.",
    ],
)
def test_wishes_proposals_questions_denials_and_the_event_itself_are_no_promises(written: Written, line: str) -> None:
    assert list(promise_facts(written(line))) == []


def test_he_is_the_only_person_of_the_line_before_which_is_cited_too(written: Written) -> None:
    fact = only(written("Anna Berg spoke of schools. He promised to send the books."))
    assert (fact.subject, fact.speaker) == ("Anna Berg", "Anna Berg")
    assert fact.citation.quote.startswith("Anna Berg spoke")


def test_nobody_is_named_where_he_may_be_two(written: Written) -> None:
    fact = only(written("Anna Berg and Olga Lind spoke of schools. He promised to send the books."))
    assert (fact.subject, fact.speaker) == ("", "")


def test_a_body_in_a_side_remark_promises_nothing(written: Written) -> None:
    fact = only(written("The talks reviewed courses that TEC has run and settled details of two coming programmes."))
    assert fact.subject == ""


def test_both_sides_are_the_side_of_the_record_and_the_one_it_met(written: Written) -> None:
    fact = only(
        written("TEC visited Lund University. Both sides agreed to open a joint laboratory once money is found.")
    )
    assert (fact.subject, fact.others) == ("TEC", ("Lund University",))
    assert fact.condition == "once money is found"


def test_a_report_without_promises_gives_none(written: Written) -> None:
    assert list(promise_facts(written("TEC visited Lund University on 3 May."))) == []


def fact_of(reading: Reading, kind: Kind, subject: str, other: str, **fields: str) -> Fact:
    citation = locate(reading.report, reading.lines[0].text)
    assert citation
    return Fact(kind=kind, subject=subject, object=other, citation=citation, extractor="by hand", **fields)  # type: ignore[arg-type]


@pytest.fixture
def promised(written: Written) -> Fact:
    return only(written("Lund University and TEC agreed that a framework agreement should be signed."))


@pytest.fixture
def signed(written: Written) -> Fact:
    reading = written("TEC and Lund University signed a framework agreement.", name="later.md", date="2025-01-20")
    return fact_of(
        reading, "agreement", "TEC", "Lund University", form="framework agreement", state="signed", start="2025-01-20"
    )


def test_a_promised_agreement_is_closed_by_its_signature_between_the_same_parties(promised: Fact, signed: Fact) -> None:
    assert closed_by(promised, [signed]) == signed
    assert closed_by(promised, [replace(signed, start="2026"), signed]) == signed


@pytest.mark.parametrize(
    "change",
    [
        {"start": "2024-05-03"},
        {"start": "2024-01"},
        {"start": "2024"},
        {"start": "--06-01"},
        {"start": ""},
        {"state": "agreed"},
        {"form": "mou"},
        {"object": "Oslo University"},
        {"kind": "contact", "state": "visited"},
    ],
)
def test_a_promise_stays_open_while_nothing_later_tells_of_it_as_done(
    promised: Fact, signed: Fact, change: dict[str, str]
) -> None:
    assert closed_by(promised, [replace(signed, **change)]) is None  # type: ignore[arg-type]
    assert closed_by(promised, []) is None


def test_a_promise_of_an_undated_report_stays_open(written: Written, signed: Fact) -> None:
    line = "Lund University and TEC agreed that a framework agreement should be signed."
    assert closed_by(only(written(line, date="not stated")), [signed]) is None


def test_a_promised_visit_is_closed_by_that_visit_and_not_by_its_return(written: Written) -> None:
    promise = only(written("Lund University promised to visit TEC next year."))
    assert promise.others == () or promise.others == ("TEC",)
    promise = replace(promise, others=("TEC",))
    reading = written("A delegation of Lund University visited TEC.", name="later.md", date="2025-03-02")
    came = fact_of(reading, "contact", "TEC", "Lund University", state="received", direction="came", start="2025-03-02")
    assert closed_by(promise, [came]) == came
    assert closed_by(promise, [replace(came, state="visited", direction="went")]) is None


def test_a_persons_word_is_that_of_the_organization_a_fact_tells(written: Written, signed: Fact) -> None:
    promise = only(written("Anna Berg promised to sign a framework agreement with TEC."))
    home = replace(signed, kind="person", subject="Anna Berg", object="Lund University", form="rector", state="")
    assert closed_by(promise, [signed]) is None
    assert closed_by(promise, [home, signed]) == signed
