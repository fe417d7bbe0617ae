"""Themes from small reports in three languages, and what is none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.read import read_report
from ingest.ledger.reading import Reading
from ingest.ledger.themes import theme_facts
from tests.ingest.records import reading_of

Written = Callable[..., Reading]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(body: str, *, name: str = "visit.md", title: str = "A visit", date: str = "2024-05-03") -> Reading:
        (tmp_path / name).write_text(f"---\ntitle: {title}\ndate: {date}\n---\n\n{body}\n", encoding="utf-8")
        return reading_of(read_report(Path(name), tmp_path))

    return write


def themes(reading: Reading) -> set[tuple[str, str]]:
    return {(fact.partner, fact.key) for fact in theme_facts(reading)}


def test_a_theme_goes_with_the_organization_met_and_cites_its_first_line(written: Written) -> None:
    reading = written(
        "On 3 May 2024 TEC visited Lund University. Rural teachers and artificial intelligence were discussed with "
        "Lund University. Later they talked about AI again."
    )
    facts = {fact.key: fact for fact in theme_facts(reading)}
    assert set(facts) == {"rural_teachers", "ai"}
    assert facts["ai"].partner == "Lund University"
    assert facts["ai"].citation.quote.startswith("Rural teachers")
    assert (facts["ai"].kind, facts["ai"].start) == ("theme", "2024-05-03")


@pytest.mark.xfail(reason="the tagger does not tell whom so short a record met")
def test_each_partner_has_its_own_themes(written: Written) -> None:
    reading = written(
        "TEC visited Lund University. With Lund University it discussed STEM.\n\n"
        "TEC then visited Oslo University. With Oslo University it discussed STEM and student mobility."
    )
    assert themes(reading) == {
        ("Lund University", "stem"),
        ("Oslo University", "stem"),
        ("Oslo University", "mobility"),
    }


@pytest.mark.xfail(reason="the tagger does not tell whom so short a record met")
def test_chinese_lines_have_themes(written: Written) -> None:
    reading = written("2024年5月3日，上海师范大学代表团访问北京大学。双方讨论了人工智能、乡村教师和职业教育。")
    assert {key for _, key in themes(reading)} == {"ai", "rural_teachers", "vocational"}
    assert {partner for partner, _ in themes(reading)} == {"北京大学"}


def test_russian_lines_have_themes_in_any_case(written: Written) -> None:
    reading = written("Обсуждались обмен студентами, инклюзивное образование и цифровизация образования.")
    assert {key for _, key in themes(reading)} == {"mobility", "inclusive", "digital"}


@pytest.mark.parametrize(
    "line",
    [
        "Anna Berg, a mathematics education expert, came to TEC.",  # an office
        "Anna Berg directs inclusive education at the Ministry of Education.",
        "They did not discuss mobility of students, and no PISA results.",  # denied
        "The professionalisation was told by Chinese guests, who painted Stems.",  # other words
        "双方没有讨论人工智能。",
        "Стороны не обсуждали академическую мобильность.",
    ],
)
def test_names_offices_and_denials_are_no_themes(written: Written, line: str) -> None:
    assert themes(written(line)) == set()


def test_a_report_that_met_nobody_has_themes_without_partner(written: Written) -> None:
    assert themes(written("The lecture was about the school curriculum.")) == {("", "curriculum")}
