from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.errors import ReportError
from corpus.read.limits import ReadLimits
from corpus.read.pdf import extract

LIMITS = ReadLimits()
MakePdf = Callable[..., bytes]


def test_each_page_begins_at_its_offset(make_pdf: MakePdf) -> None:
    extracted = extract(make_pdf("First page of the visit.", "Second page of it."), LIMITS)
    first, second = extracted.pages
    assert extracted.text[first:second].strip() == "First page of the visit."
    assert extracted.text[second:] == "Second page of it."


def test_lines_of_a_paragraph_are_joined_and_short_lines_are_not(make_pdf: MakePdf) -> None:
    page = (
        "Visit report\nThe delegation of four people went to Almaty and\nmet the rector of the university there.\nEnd."
    )
    text = extract(make_pdf(page), LIMITS).text
    assert "went to Almaty and met the rector" in text
    assert text.startswith("Visit report\nThe delegation")


def test_a_sentence_runs_on_over_the_page(make_pdf: MakePdf) -> None:
    extracted = extract(make_pdf("The delegation met", "the rector."), LIMITS)
    assert extracted.text == "The delegation met the rector."
    assert extracted.text[extracted.pages[1] :] == "the rector."


def test_an_empty_page_has_a_place_too(make_pdf: MakePdf) -> None:
    extracted = extract(make_pdf("One.", "", "Three."), LIMITS)
    assert len(extracted.pages) == 3
    assert extracted.text[extracted.pages[2] :] == "Three."


def test_a_truncated_file_is_refused_at_any_length(make_pdf: MakePdf) -> None:
    whole = make_pdf("First page of the visit.", "Second page of it.")
    for length in range(20, len(whole) - 6, 97):
        with pytest.raises(ReportError, match=r"truncated|damaged"):
            extract(whole[:length], LIMITS)


def test_a_file_without_a_text_layer_is_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(ReportError, match="no text layer"):
        extract(make_pdf(""), LIMITS)


def test_too_many_pages_are_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(ReportError, match="3 pages, the limit is 2"):
        extract(make_pdf("a", "b", "c"), replace(LIMITS, pages=2))
