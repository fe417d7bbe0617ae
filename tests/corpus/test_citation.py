import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citation import locate
from corpus.errors import UsageError
from corpus.report import Report


def report_of(text: str, *pages: int) -> Report:
    return Report(id="r1", title="Visit", text=text, path="a.md", sha256="0", language="en", pages=pages)


@given(st.data())
def test_any_stretch_with_a_letter_is_found_where_it_stands(data):
    text = data.draw(st.text(min_size=1, max_size=60).filter(lambda text: any(c.isalnum() for c in text)))
    letter = data.draw(st.sampled_from([at for at, c in enumerate(text) if c.isalnum()]))
    start, end = data.draw(st.integers(0, letter)), data.draw(st.integers(letter + 1, len(text)))
    citation = locate(report_of(text), text[start:end], near=start)
    assert citation
    assert text[citation.start : citation.end] == citation.quote == text[start:end].strip()


@given(st.text(alphabet="ab 中", max_size=40), st.text(alphabet="abc中я", min_size=1, max_size=5))
def test_a_quote_is_found_exactly_when_the_text_holds_it(text, quote):
    assert (locate(report_of(text), quote) is not None) == (quote in text)


def test_words_that_differ_by_one_letter_are_not_found():
    assert locate(report_of("They signed nothing."), "They signed something.") is None
    assert locate(report_of("They came."), "they came.") is None


@pytest.mark.parametrize(("near", "start"), [(0, 0), (5, 4), (7, 8), (100, 8)])
def test_of_several_places_the_nearest_is_taken(near, start):
    assert locate(report_of("abc abc abc"), "abc", near=near).start == start


def test_offsets_count_code_points():
    citation = locate(report_of("😀😀 张民选出席。"), "张民选")
    assert (citation.start, citation.end) == (3, 6)


def test_a_citation_tells_its_record_and_page():
    citation = locate(report_of("first page second page", 0, 11), "second")
    assert (citation.report_id, citation.file, citation.title, citation.page) == ("r1", "a.md", "Visit", 2)
    assert locate(report_of("no pages"), "no").page is None


@pytest.mark.parametrize("quote", ["", "  \n"])
def test_an_empty_quote_is_refused(quote):
    with pytest.raises(UsageError, match=r"a\.md"):
        locate(report_of("They came."), quote)
