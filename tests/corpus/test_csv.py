import pytest

from corpus.errors import ReportError
from corpus.read.csv_table import extract
from corpus.read.limits import ReadLimits

LIMITS = ReadLimits()
SHOWN = "| Guest | Role |\n| Ines Prado | Dean |\n| Bo Lind | Rector |"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_records_are_rows_whatever_separates_their_values(separator: str) -> None:
    text = "Guest,Role\nInes Prado,Dean\nBo Lind,Rector\n".replace(",", separator)
    assert extract(text.encode(), LIMITS).text == SHOWN


def test_a_comma_within_values_does_not_separate_where_something_else_does() -> None:
    text = "Город;Гости, всего\nОрёл;1,5\nТверь;2,5\n"
    assert extract(text.encode("cp1251"), LIMITS).text == "| Город | Гости, всего |\n| Орёл | 1,5 |\n| Тверь | 2,5 |"


def test_quoted_values_keep_separators_quotes_and_lines_in_one_cell() -> None:
    text = 'Guest,Said\r\n"Prado, Ines","She said ""yes""\r\nand left"\r\n'
    assert extract(text.encode(), LIMITS).text == '| Guest | Said |\n| Prado, Ines | She said "yes" and left |'


def test_empty_records_and_columns_are_left_out() -> None:
    assert extract(b"Guest,,Role\n,,\nInes Prado,,Dean\n\nBo Lind,,Rector\n", LIMITS).text == SHOWN


def test_a_line_that_tells_the_separator_is_obeyed_and_not_shown() -> None:
    assert (
        extract(b"sep=;\nGuest, first;Role\nAna, Leo;Dean\n", LIMITS).text
        == "| Guest, first | Role |\n| Ana, Leo | Dean |"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encoding_is_told_by_the_bytes(encoding: str) -> None:
    text = "学校,校长\n东湖大学,李强\n明德大学,王芳\n"
    assert extract(text.encode(encoding), LIMITS).text == "| 学校 | 校长 |\n| 东湖大学 | 李强 |\n| 明德大学 | 王芳 |"


def test_a_title_above_the_head_row_is_a_paragraph() -> None:
    assert extract(b"Visits of 2024,\nGuest,Role\nAna,Dean\n", LIMITS).text == (
        "Visits of 2024\n\n| Guest | Role |\n| Ana | Dean |"
    )


def test_a_table_without_values_and_binary_data_are_refused() -> None:
    with pytest.raises(ReportError, match="without values"):
        extract(b",,\n,,\n", LIMITS)
    with pytest.raises(ReportError, match="binary"):
        extract(bytes(range(256)), LIMITS)
