"""Themes from small reports in three languages, and what is none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.lexicon import patterns, read_lexicon
from corpus.read import read_report
from ingest.ledger.reading import Reading, read
from ingest.ledger.themes import new_themes, theme_facts, theme_name

Written = Callable[..., Reading]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(body: str, *, name: str = "visit.md", title: str = "A visit", date: str = "2024-05-03") -> Reading:
        (tmp_path / name).write_text(f"---\ntitle: {title}\ndate: {date}\n---\n\n{body}\n", encoding="utf-8")
        return read(read_report(Path(name), tmp_path))

    return write


def themes(reading: Reading) -> set[tuple[str, str]]:
    return {(fact.subject, fact.object) for fact in theme_facts(reading)}


def test_a_theme_goes_with_the_organization_met_and_cites_its_first_line(written: Written) -> None:
    reading = written(
        "On 3 May 2024 TEC visited Lund University. Rural teachers and artificial intelligence were discussed with "
        "Lund University. Later they talked about AI again."
    )
    facts = {fact.object: fact for fact in theme_facts(reading)}
    assert set(facts) == {"rural_teachers", "ai"}
    assert facts["ai"].subject == "Lund University"
    assert facts["ai"].citation.quote.startswith("Rural teachers")
    assert (facts["ai"].kind, facts["ai"].start) == ("theme", "2024-05-03")


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
        "TEC met the Ministry of Education and Vocational Training.",  # the name of a body
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


def test_a_phrase_of_three_reports_is_offered_once_in_its_commonest_form(written: Written) -> None:
    readings = [
        written("Anna Berg praised the outdoor classrooms of Lund.", name="a.md"),
        written("The guests saw an outdoor classroom.", name="b.md"),
        written("We built outdoor classrooms and drank green tea.", name="c.md"),
        written("They drank green tea.", name="d.md"),
    ]
    (offered,) = new_themes(readings)
    assert (offered.phrase, offered.count) == ("outdoor classrooms", 3)
    assert offered.citation.quote == "Anna Berg praised the outdoor classrooms of Lund."


def test_known_themes_names_and_small_words_are_not_offered(written: Written) -> None:
    line = "Anna Berg of Lund University talked about student mobility and the delegation took part in talks."
    assert new_themes([written(line, name=f"{at}.md") for at in range(4)]) == ()


def test_chinese_phrases_are_offered_whole_and_not_in_pieces(written: Written) -> None:
    lines = ["代表团参观了劳动教育基地。", "双方讨论了劳动教育基地。", "校长介绍了劳动教育基地。"]
    offered = new_themes([written(line, name=f"{at}.md") for at, line in enumerate(lines)])
    assert [(one.phrase, one.count) for one in offered] == [("劳动教育基地", 3)]


def test_no_reports_offer_nothing() -> None:
    assert new_themes([]) == ()


def test_every_theme_has_words_and_a_name_in_three_languages() -> None:
    listed = read_lexicon("themes")
    assert set(listed["names"]) == set(listed["words"])
    for key in listed["names"]:
        assert {"en", "zh", "ru"} <= set(listed["names"][key])
        assert {"en", "zh", "ru", "kk"} <= set(patterns("themes", "words", key))
    assert theme_name("ai", "zh") == "人工智能与教育"
    assert theme_name("ai", "fr") == theme_name("ai")
