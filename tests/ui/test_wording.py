import string

import pytest

from ui.wording import LANGUAGES, preferred, words


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_values(language: str) -> None:
    english, other = words("en").entries, words(language).entries
    assert set(english) == set(other)
    for key, text in english.items():
        if isinstance(text, str):
            assert names(text) == names(other[key]), key


@pytest.mark.parametrize("status", ["answered", "partial", "not_in_records", "false_premise", "ambiguous", "conflict"])
def test_every_status_of_an_answer_has_a_name(status: str) -> None:
    assert all(words(language).say(status) for language in LANGUAGES)


def test_counts_follow_the_plural_rules_of_the_language() -> None:
    assert [words("ru").count("reports", n) for n in (1, 3, 5, 21)] == ["1 отчёт", "3 отчёта", "5 отчётов", "21 отчёт"]
    assert words("en").count("reports", 1) == "1 report"
    assert words("zh").count("reports", 2) == "2 份报告"


def test_the_language_is_chosen_from_what_the_browser_asks_for() -> None:
    assert preferred("ru-RU,ru;q=0.9,en;q=0.8") == "ru"
    assert preferred("kk,zh-CN;q=0.8") == "zh"
    assert preferred("fr") == "en"
    assert preferred("") == "en"


def test_a_moment_that_is_none_stays_as_it_was() -> None:
    assert words("en").moment("yesterday") == "yesterday"
    assert "2026" in words("zh").moment("2026-05-04T08:00:00+00:00")
