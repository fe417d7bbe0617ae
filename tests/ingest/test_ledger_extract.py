"""All facts of a record: each stands in it word for word, says no more than its quote, and no text breaks the rules."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.read import read_report
from corpus.report import EventDate, Report
from ingest.ledger.fact import (
    AGREEMENT_STATES,
    DEGREES,
    KINDS,
    PERHAPS,
    Agreement,
    Contact,
    Kind,
    Organization,
    Promise,
    Role,
    fact_from_dict,
)
from ingest.ledger.veto import vetoed_degrees
from tests.ingest.records import facts_of, record

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"
SENTENCES = [
    "Norwick University visited Penmoor Academy on 4 May 2023.",
    "The University received Rector Anna Berg, and a memorandum (MoU) was signed.",
    "No agreement was signed; the Institute and VIT hope for a dual degree once the board approves.",
    "Velmar Institute of Technology (VIT), invited by the Ministry of Education, Science and Arts, met them online.",
    "云岭大学代表团访问青岩大学，校长赵明会见。",
    "该校愿与云岭大学签署协议，待条件成熟。",
    "双方尚未签署备忘录，但双学位已启动。",
    "Ректор Заречного университета Иван Соколов и Озёрская академия подписали меморандум.",
    "Академия не подписала соглашение, если позволят условия.",
    "«", "(VIT", "5–6 May", "的", "И", "’s of the and", "University of of the University",
]  # fmt: skip


def report_of(text: str) -> Report:
    dates = (EventDate(text="May 2023", start="2023-05", end="2023-05"),)
    return Report(id="r", title="A visit", text=text, path="r.txt", sha256="0", dates=dates)


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.md")), ids=lambda path: path.stem)
def test_every_fact_of_every_sample_record_is_borne_out_by_its_quote(path: Path) -> None:
    report = read_report(path, REPORTS)
    facts = facts_of(report)
    assert facts
    for fact in facts:
        assert report.text[fact.citation.start : fact.citation.end] == fact.citation.quote
        assert (fact.citation.report_id, fact.citation.file) == (report.id, report.path)
        assert "located" in fact.checks
        assert fact.extractor
        assert fact.kind in KINDS
        known = {Contact: DEGREES, Agreement: AGREEMENT_STATES, Promise: ("open", *PERHAPS)}
        assert fact.reached in known.get(type(fact), ("",))


def test_a_fact_reads_back_as_it_was_written() -> None:
    facts = facts_of(record(" ".join(SENTENCES)))
    assert {fact.kind for fact in facts} >= {"organization", "person", "contact", "agreement"}
    assert tuple(fact_from_dict(fact.to_dict()) for fact in facts) == facts


def test_a_record_without_sentences_gives_no_facts() -> None:
    assert facts_of(report_of("")) == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), max_size=8), st.sampled_from([" ", "\n", "\n\n"]), st.integers(0, 10**6))
def test_no_cut_of_sentences_breaks_the_rules(parts: list[str], joint: str, seed: int) -> None:
    text = joint.join(parts)
    draw = random.Random(seed)
    report = report_of(text[draw.randint(0, 12) : len(text) - draw.randint(0, 12)])
    for fact in facts_of(report):
        assert report.text[fact.citation.start : fact.citation.end] == fact.citation.quote


VISIT = (
    "On 4 May 2023 our harbour office visited Brackwater Maritime Academy. Its Rector, Rosa Lindgren, received us. "
    "The academy and our office signed a memorandum of understanding on pilots. The academy promised to send us two "
    "charts by 1 June 2023."
)
ПОЕЗДКА = (
    "12 мая 2023 года делегация нашего порта посетила Академию Озёрного флота. Нас принял ректор академии Пётр Лунин. "
    "Стороны подписали меморандум о взаимопонимании."
)
来访 = "2023年6月3日，云岭港务局代表团来访我院。局长郑海涛会见了我院师生。双方签署了引航员培训合作备忘录。"


def of(kind: type[Kind], text: str) -> list[Kind]:
    return [fact for fact in facts_of(record(text), ()) if isinstance(fact, kind)]


@pytest.mark.parametrize(
    ("text", "partner", "degree"),
    [
        (VISIT, "Brackwater Maritime Academy", "visited"),
        (ПОЕЗДКА, "Озёрного флота", "visited"),
        (来访, "云岭港务局", "received"),
    ],
)
def test_we_in_any_person_and_language_met_a_partner(text: str, partner: str, degree: str) -> None:
    assert any(partner in fact.partner and fact.degree == degree for fact in of(Contact, text))


@pytest.mark.parametrize(
    ("text", "person", "role"),
    [
        (VISIT, "Rosa Lindgren", "Rector"),
        (ПОЕЗДКА, "Пётр Лунин", "ректор"),
        (来访, "郑海涛", "局长"),
    ],
)
def test_a_person_is_found_with_the_role(text: str, person: str, role: str) -> None:
    assert any(fact.person == person and fact.role.startswith(role) for fact in of(Role, text))


def test_of_two_persons_in_a_list_each_has_a_title_of_its_own() -> None:
    text = "Present for the bank: Vasudha Kulkarni, managing director; Meenal Deshpande, head of rural lending."
    assert [fact.role for fact in of(Role, text)] == ["managing director", "head of rural lending"]


@pytest.mark.parametrize("text", ["They met Velmar Institute.", "双方会谈。", "Встреча прошла в Тарне."])
def test_nobody_is_met_from_afar_where_no_word_says_so(text: str) -> None:
    assert vetoed_degrees(text) == {"online"}


@pytest.mark.parametrize(
    "text", ["They met by video link.", "双方线上会谈。", "Беседа прошла онлайн.", "She rang on 2 May."]
)
def test_a_word_for_it_leaves_the_tagger_free_to_tell_it(text: str) -> None:
    assert vetoed_degrees(text) == set()


@pytest.mark.parametrize("text", [VISIT, ПОЕЗДКА, 来访])
def test_a_signed_agreement_is_found(text: str) -> None:
    assert "signed" in {fact.state for fact in of(Agreement, text)}


def test_a_promise_is_found_with_its_day() -> None:
    (fact,) = of(Promise, VISIT)
    assert "charts" in fact.what and fact.start == "2023-06-01"


@pytest.mark.parametrize(
    "sentence",
    [
        "No agreement was signed with Calder Point College.",
        "Calder Point College hopes to sign an agreement with us next year.",
        "The agreement with Calder Point College was to be signed that day, but was withdrawn.",
        "☐ signed ☒ not signed: agreement with Calder Point College.",
        "✗ signed ✓ postponed: agreement with Calder Point College.",
        "我方与青岩大学尚未签署任何协议。",
        "Соглашение с Озёрской академией подписано не было.",
    ],
)
def test_what_is_denied_wished_or_open_is_not_signed(sentence: str) -> None:
    told = of(Agreement, f"On 4 May 2023 our office visited a partner. {sentence}")
    assert not {fact.state for fact in told} & {"signed", "in force", "renewed"}


def test_names_end_before_small_words_and_begin_after_an_article() -> None:
    text = "On 4 May 2023 we visited the Gorsefield Library. Ms Ida Falk, Director of the Gorsefield Library, spoke."
    assert "Gorsefield Library" in {fact.name for fact in of(Organization, text)}
    assert {fact.role for fact in of(Role, text)} == {"Director"}


def test_our_own_body_by_a_common_noun_is_no_partner() -> None:
    assert "我院" not in {fact.partner for fact in of(Contact, 来访)}
    assert all("我院" not in fact.sides for fact in of(Agreement, 来访))


@pytest.mark.parametrize(
    "spoken",
    [
        "",
        " “We are glad of our loans,” said Rector Anna Berg of Alder College.",
        ' "Our readers gain by it", said its librarian.',
        " A US delegation looked on.",
        " It marks a new page in our relations with the islands, said a spokesman of the ministry.",
    ],
)
def test_a_paper_of_others_is_not_ours_where_nobody_but_whom_it_quotes_says_we(spoken: str) -> None:
    text = f"On 3 May 2024 Alder College and Birch Library signed a memorandum of understanding on loans.{spoken}"
    facts = facts_of(record(text), ("Harbour Office",))
    told = [fact for fact in facts if isinstance(fact, Agreement | Contact)]
    assert any(fact.reached == "signed" for fact in told)
    assert all("Harbour Office" not in fact.parties for fact in told)
