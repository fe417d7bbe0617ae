"""Which reports the filters let through, and what a filter that means nothing is told."""

import pytest

from assistant import Filters
from assistant.filters import filtered, passes, theme_key
from corpus.errors import UsageError
from corpus.report import EventDate, Report
from ingest import Ledger
from tests.assistant.ledgers import ENGLISH
from tests.ingest.records import facts_of
from tests.ingest.records import record as read


def record(text: str = "They came.", *, date: str = "", place: str = "", language: str = "en") -> Report:
    dates = (EventDate(text=date, start=date, end=date),) if date else ()
    return Report(
        id="a", title="Visit", text=text, place=place, dates=dates, path="a.md", sha256="0", language=language
    )


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        (Filters(), True),
        (Filters(since="2024"), True),
        (Filters(since="2024-05", until="2024-05"), True),
        (Filters(since="2024-06"), False),
        (Filters(until="2023"), False),
        (Filters(place="Kenya"), True),
        (Filters(place="肯尼亚"), True),
        (Filters(place="Ghana"), False),
        (Filters(partner="Azoulay"), True),
        (Filters(partner="上海师大"), True),
        (Filters(partner="Шанхайский педагогический университет"), True),
        (Filters(partner="Lanzhou University"), False),
        (Filters(languages=("en", "zh")), True),
        (Filters(languages=("ru",)), False),
        (Filters(files=("a.md",)), True),
        (Filters(files=("b.md",)), False),
        (Filters(place="Kenya", languages=("ru",)), False),
    ],
)
def test_a_report_lies_within_the_filters_when_all_of_them_hold(filters, holds):
    report = record("Azoulay met guests from Shanghai Normal University.", date="2024-05-03", place="Nairobi, Kenya")
    assert passes(report, filters) is holds


def test_a_report_without_a_year_lies_in_no_span_of_time():
    assert not passes(record(date="--11-04"), Filters(since="2000"))
    assert not passes(record(), Filters(until="2100"))


@pytest.mark.parametrize("word", ["!!", " ", "."])
def test_a_filter_without_a_word_is_refused(word):
    for filters in (Filters(place=word), Filters(partner=word)):
        with pytest.raises(UsageError, match="holds no word"):
            passes(record(), filters)


@pytest.fixture(scope="module")
def themed() -> tuple[tuple[Report, ...], Ledger]:
    told = {
        "a.md": f"{ENGLISH} received Penmoor Academy. They discussed artificial intelligence.",
        "b.md": f"{ENGLISH} received Norwick University. They discussed STEM education.",
        "c.md": "A choir sang of artificial light.",
    }
    reports = tuple(read(text, date="2024-05-03", name=name) for name, text in told.items())
    return reports, Ledger([fact for report in reports for fact in facts_of(report)])


@pytest.mark.parametrize("name", ["ai", "AI", " Artificial  intelligence in education ", "人工智能与教育",
                                  "искусственный интеллект в образовании"])  # fmt: skip
def test_a_theme_is_known_by_its_key_and_by_its_name_in_any_language(themed, name):
    reports, ledger = themed
    assert [report.path for report in filtered(reports, Filters(theme=name), ledger)] == ["a.md"]


def test_a_theme_holds_together_with_the_other_filters(themed):
    reports, ledger = themed
    assert filtered(reports, Filters(theme="ai", files=("b.md",)), ledger) == ()
    assert filtered(reports, Filters(), ledger) == reports


def test_an_unknown_theme_is_refused_with_the_themes_there_are():
    with pytest.raises(UsageError, match=r"'magic'.*ai \(Artificial intelligence in education\).*stem \(STEM"):
        theme_key("magic")
