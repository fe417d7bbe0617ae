"""Dates of rows and labels in the words of a language."""

import pytest

from ui.days import told_in, when_in
from ui.wording import words


@pytest.mark.parametrize(
    ("written", "start", "language", "shown"),
    [
        ("13 August 2023", "2023-08-13", "zh", "2023年8月13日"),
        ("13 August 2023", "2023-08-13", "en", "13 August 2023"),
        ("по состоянию на 20 February 2023", "2023-02-20", "ru", "по состоянию на 20 февраля 2023\u202fг."),
        ("yesterday", "2024-03-14", "en", "14 March 2024"),
        ("yesterday", "", "en", "yesterday"),
        ("date not stated", "", "zh", "日期未注明"),
        ("", "", "ru", ""),
    ],
)
def test_a_date_of_a_row_is_told_in_the_language_of_the_page(
    written: str, start: str, language: str, shown: str
) -> None:
    assert when_in(written, start, words(language)) == shown


def test_of_a_label_only_what_is_a_date_is_put_into_other_words() -> None:
    label = "May 2024 University · signed · 3 May 2024; Lyon · 4 May 2024"
    assert told_in(label, words("zh")) == "May 2024 University · signed · 2024年5月3日; Lyon · 2024年5月4日"
    assert told_in("", words("zh")) == ""
