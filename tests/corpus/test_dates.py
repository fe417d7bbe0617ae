from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import EventDate, Report, UsageError, date_label, event_dates, overlaps
from corpus.dates import is_date_line, name_dates, names_day, record_dates
from tests.timing import grows_no_faster_than_its_input

EXAMPLES = [
    # English
    ("From November 4 to 5, a delegation came", "--11-04", "--11-05"),
    ("26 August (year not stated)", "--08-26", "--08-26"),
    ("2025-03-19", "2025-03-19", "2025-03-19"),
    ("2016-06-21 (visit 20 June 2016)", "2016-06-20", "2016-06-20"),
    ("2025-05-15 (opened 12 May 2025)", "2025-05-12", "2025-05-12"),
    ("2017-11-25 (visit in November 2017)", "2017-11", "2017-11"),
    ("2019-05 (18 to 25 May 2019)", "2019-05-18", "2019-05-25"),
    ("2025-11-17 (released 2025-11-20)", "2025-11-17", "2025-11-17"),
    ("May 2023", "2023-05", "2023-05"),
    ("October 2021", "2021-10", "2021-10"),
    ("2023", "2023", "2023"),
    ("April (year not stated)", "--04", "--04"),
    ("28 December to 3 January 2024", "2023-12-28", "2024-01-03"),
    ("28 December 2023 to 3 January", "2023-12-28", "2024-01-03"),
    ("November 30 to December 2, 2024", "2024-11-30", "2024-12-02"),
    ("Nov. 4–5, 2024", "2024-11-04", "2024-11-05"),
    ("They met on 7.XI.2024 in Tver", "2024-11-07", "2024-11-07"),
    ("29/IV/2023", "2023-04-29", "2023-04-29"),
    ("14–16.II.2022", "2022-02-14", "2022-02-16"),
    ("8 & 9 March 2024", "2024-03-08", "2024-03-09"),
    ("3rd-5th June 2024", "2024-06-03", "2024-06-05"),
    ("the 4th of November 2024", "2024-11-04", "2024-11-04"),
    ("Monday, 3 June 2024 at 10 a.m.", "2024-06-03", "2024-06-03"),
    ("on 12 and 13 May 2022", "2022-05-12", "2022-05-13"),
    ("between 20 and 28 February 2017", "2017-02-20", "2017-02-28"),
    ("May to June 2024", "2024-05", "2024-06"),
    ("2024-05-03 to 2024-05-07", "2024-05-03", "2024-05-07"),
    ("2024-05-03/07", "2024-05-03", "2024-05-07"),
    ("2024-06-03T10:00:00Z", "2024-06-03", "2024-06-03"),
    ("25/06/2024", "2024-06-25", "2024-06-25"),
    ("05/06/2024", "2024", "2024"),
    ("29 February", "--02-29", "--02-29"),
    ("on 2nd August the guests", "--08-02", "--08-02"),
    ("March 3rd to 5th, 2021", "2021-03-03", "2021-03-05"),
    ("7–9.03.2021", "2021-03-07", "2021-03-09"),
    # Chinese
    ("9.14日，客人来到学院", "--09-14", "--09-14"),
    ("9.14-9.16日，客人来到学院", "--09-14", "--09-16"),
    ("9.14—16日", "--09-14", "--09-16"),
    ("2021年9.14日", "2021-09-14", "2021-09-14"),
    ("2021.9.14-9.16", "2021-09-14", "2021-09-16"),
    ("2016年6月20日上午，主席来到上海", "2016-06-20", "2016-06-20"),
    ("十一月四日至五日，代表团一行四人", "--11-04", "--11-05"),
    ("二〇一六年六月二十日", "2016-06-20", "2016-06-20"),
    ("2023年10月5—20日", "2023-10-05", "2023-10-20"),
    ("2023年9月28日至10月3日", "2023-09-28", "2023-10-03"),
    ("2017年12月28日至2018年1月3日", "2017-12-28", "2018-01-03"),
    ("2023年5月", "2023-05", "2023-05"),
    # Russian
    ("23 июня 2023 года", "2023-06-23", "2023-06-23"),
    ("с 5 по 20 октября", "--10-05", "--10-20"),
    ("с 28 сентября по 3 октября 2023 года", "2023-09-28", "2023-10-03"),
    ("12 и 13 мая 2022 г.", "2022-05-12", "2022-05-13"),
    ("в октябре 2021 года", "2021-10", "2021-10"),
    ("23.06.2023", "2023-06-23", "2023-06-23"),
    ("07.03 2021 прошла встреча", "2021-03-07", "2021-03-07"),
    ("с 07.03 по 09.03.2021", "2021-03-07", "2021-03-09"),
    ("30.12.2020 – 02.01.2021", "2020-12-30", "2021-01-02"),
    ("30.12-02.01.2021", "2020-12-30", "2021-01-02"),
    # Kazakh
    ("2024 жылғы сәуірде", "2024-04", "2024-04"),
    ("2024 жылғы 15 сәуірде", "2024-04-15", "2024-04-15"),
    ("2023 жылдың 5-20 қазаны аралығында", "2023-10-05", "2023-10-20"),
    ("from Monday 3 March to Wednesday 5 March 2025", "2025-03-03", "2025-03-05"),
    ("Thursday, May 7 – Saturday, May 9, 2020", "2020-05-07", "2020-05-09"),
    ("March 3 (Mon) to March 5 (Wed), 2025", "2025-03-03", "2025-03-05"),
    ("3 марта (понедельник) – 5 марта (среда) 2025 г.", "2025-03-03", "2025-03-05"),
    ("2025年3月3日（星期一）至5日（星期三）", "2025-03-03", "2025-03-05"),
    ("«20» ноября 2019 г.", "2019-11-20", "2019-11-20"),
    ("20. 11. 2019", "2019-11-20", "2019-11-20"),
    ("20-11-2019", "2019-11-20", "2019-11-20"),
    ("05-06-2019", "2019", "2019"),
    # With the month's name closed in
    ("09MAR2024", "2024-03-09", "2024-03-09"),
    ("It was signed on 21JUN18.", "2018-06-21", "2018-06-21"),
    ("9-Mar-24", "2024-03-09", "2024-03-09"),
    ("The guests of 9/mar/1998 came back", "1998-03-09", "1998-03-09"),
    ("9-Mar-98", "1998-03-09", "1998-03-09"),
    ("9 March '24", "2024-03-09", "2024-03-09"),
    ("9-11-Mar-24", "2024-03-09", "2024-03-11"),
    ("30DEC2023-02JAN2024", "2023-12-30", "2024-01-02"),
    ("2024-Mar-09", "2024-03-09", "2024-03-09"),
    ("9-июня-2024", "2024-06-09", "2024-06-09"),
    ("March 9,2024", "2024-03-09", "2024-03-09"),
    # By eras
    ("民國103年11月8日，貴賓來訪", "2014-11-08", "2014-11-08"),
    ("民國114.05.03 來訪", "2025-05-03", "2025-05-03"),
    ("民國114.05.03-05.05", "2025-05-03", "2025-05-05"),
    ("民國114.5.3至5.5", "2025-05-03", "2025-05-05"),
    ("民國114.05.03～114.05.07", "2025-05-03", "2025-05-07"),
    ("令和元.5.3", "2019-05-03", "2019-05-03"),
    ("令和7/5/3に来訪", "2025-05-03", "2025-05-03"),
    ("中華民國一百零三年十一月八日", "2014-11-08", "2014-11-08"),
    ("民国103年11月8日至10日", "2014-11-08", "2014-11-10"),
    ("令和元年11月8日", "2019-11-08", "2019-11-08"),
]
NO_DATES = [
    "Договор с АПР подписан.",
    "",
    "undated",
    'not stated ("recently"; talks on the 26th)',
    "published 2024-05-01",
    "发布时间：2021-09-14",
    "Опубликовано: 7 марта 2021",
    "Posted by Ivy Marsh on 7 March 2021",
    "学院面积9.14万平方米，版本9.14日志",
    "Model 9MAR24X and part 7MAR2024A of it, made by the firm in its works near the old harbour",
    "They may meet 20 people and march 5 to 10 km",
    "Founded in 1928, the university had over 20,000 students by 2019 and ranked 628th in the world",
    "The report of the Ministry says that in May 20 teachers met their colleagues from abroad",
    "学校创办于一九二八年，现有学生两万余人，与一百六十多所国际大学保持着学术联系，在世界大学排名中位列第六百二十八位，在亚洲位列前一百五十位。",
]


def report_of(*dates: EventDate) -> Report:
    return Report(id="a", title="A", text="a", path="a.md", sha256="", dates=dates)


@pytest.mark.parametrize(("text", "start", "end"), EXAMPLES)
def test_a_date_is_read_as_far_as_it_is_stated(text: str, start: str, end: str) -> None:
    main = event_dates(text)[0]
    assert (main.start, main.end) == (start, end)
    assert main.text in text


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert event_dates(text) == ()


def test_several_dates_come_in_reading_order_each_once() -> None:
    text = "He came on 3 and 10 May 2024, again on 1 June 2024 and, as said, on 10 May 2024."
    assert [date.start for date in event_dates(text)] == ["2024-05-03", "2024-05-10", "2024-06-01"]


def test_days_before_months_depend_on_the_language() -> None:
    assert event_dates("05/06/2024", "ru")[0].start == "2024-06-05"


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 60), st.sampled_from([
    "{a:%-d} {a:%B} {a:%Y} to {b:%-d} {b:%B} {b:%Y}", "{a:%B} {a:%-d}, {a:%Y} – {b:%B} {b:%-d}, {b:%Y}",
    "{a:%Y}年{a:%-m}月{a:%-d}日至{b:%Y}年{b:%-m}月{b:%-d}日", "{a:%Y-%m-%d} to {b:%Y-%m-%d}",
]))  # fmt: skip
def test_any_range_written_out_in_full_is_read_back(first: date, days: int, form: str) -> None:
    last = first + timedelta(days=days)
    found = event_dates(form.format(a=first, b=last))
    assert (found[0].start, found[0].end) == (first.isoformat(), last.isoformat())


@given(st.text(st.sampled_from("0123456789 -–/.月日年至to ofMayNov五十и мая,"), max_size=60))
def test_every_date_found_is_written_in_the_text_and_can_be_labeled(text: str) -> None:
    for found in event_dates(text):
        assert found.text in text
        assert date_label(report_of(found)) != "date not stated"
        overlaps(found, "2024", "2025")


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("--11-04", "--11-05", "4-5 November, year not stated"),
        ("2025-03-19", "2025-03-19", "19 March 2025"),
        ("2023-05", "2023-05", "May 2023"),
        ("2023", "2023", "2023"),
        ("--04", "--04", "April, year not stated"),
        ("2019-05-18", "2019-05-25", "18-25 May 2019"),
        ("2023-09-28", "2023-10-03", "28 September to 3 October 2023"),
        ("2023-12-28", "2024-01-03", "28 December 2023 to 3 January 2024"),
        ("--12-28", "--01-03", "28 December to 3 January, year not stated"),
        ("2024-05", "2024-06", "May to June 2024"),
        ("", "", "date not stated"),
    ],
)
def test_the_label_says_what_is_known_and_what_is_not(start: str, end: str, label: str) -> None:
    assert date_label(report_of(EventDate(text="x", start=start, end=end))) == label


def test_a_report_without_dates_is_labeled_so() -> None:
    assert date_label(report_of()) == "date not stated"


@pytest.mark.parametrize(
    ("start", "end", "since", "until", "inside"),
    [
        ("2024-05-03", "2024-05-05", "2024", "2024", True),
        ("2024-05-03", "2024-05-05", "2024-05-05", "", True),
        ("2024-05-03", "2024-05-05", "2024-05-06", "", False),
        ("2024-05-03", "2024-05-05", "", "2024-05-02", False),
        ("2024-05", "2024-05", "2024-05-20", "2024-05-21", True),
        ("2024", "2024", "2024-12", "", True),
        ("2023-12-28", "2024-01-03", "2024-01", "2024-01", True),
        ("--11-04", "--11-05", "2024", "", False),
        ("", "", "2024", "", False),
    ],
)
def test_bounds_are_inclusive_and_partial(start: str, end: str, since: str, until: str, inside: bool) -> None:
    assert overlaps(EventDate(text="x", start=start, end=end), since, until) is inside


@pytest.mark.parametrize("bound", ["yesterday", "2024-13", "2024-02-30", "05/2024"])
def test_a_bound_that_is_no_date_is_a_wrong_request(bound: str) -> None:
    with pytest.raises(UsageError, match="no date"):
        overlaps(EventDate(text="x", start="2024", end="2024"), bound)


BYLINES = [
    ("By editor | March 20, 2021\n\nGuests came from March 7 to March 9, 2021.", "en", "2021-03-07", "2021-03-09"),
    ("Posted on 20 March 2021\n\nGuests came on 7 March 2021.", "en", "2021-03-07", "2021-03-07"),
    ("March 20, 2021 by Ivy Marsh\n\nGuests came on March 7, 2021.", "en", "2021-03-07", "2021-03-07"),
    ("OSH, March 20 (Agency) -- Guests came on March 7.", "en", "--03-07", "--03-07"),
    ("发布时间：2021-03-20 作者：院办 点击：12\n\n2021年3月7日至9日，客人来访。", "zh", "2021-03-07", "2021-03-09"),
    ("某社北京3月20日电 3月7日，客人来访。", "zh", "--03-07", "--03-07"),
    ("Опубликовано: 20 марта 2021\n\nС 7 по 9 марта 2021 года приезжали гости.", "ru", "2021-03-07", "2021-03-09"),
    ("ОШ, 20 марта. /Агентство/. Гости приехали 7 марта.", "ru", "--03-07", "--03-07"),
    ("Жарияланған күні: 20 наурыз 2021\n\n2021 жылғы 7 наурызда қонақтар келді.", "kk", "2021-03-07", "2021-03-07"),
]


@pytest.mark.parametrize(("text", "language", "start", "end"), BYLINES)
def test_the_day_of_the_event_counts_before_that_of_its_publication(
    text: str, language: str, start: str, end: str
) -> None:
    main = record_dates(text, language)[0]
    assert (main.start, main.end) == (start, end)


def test_the_day_of_publication_counts_where_there_is_no_other_and_lends_its_year_a_place_behind() -> None:
    assert [date.start for date in record_dates("Posted on 20 March 2021\n\nGuests came.")] == ["2021-03-20"]
    dates = record_dates("Posted on 20 March 2021\n\nGuests came on 7 March.")
    assert [date.start for date in dates] == ["--03-07", "2021-03-20"]


@pytest.mark.parametrize(
    "line",
    [
        "20 March 2021",
        "Saturday, 20 March 2021, 10:30",
        "Sat, 20 March 2021",
        "20 March 2021 | News",
        "Date: 20.03.2021",
    ],
)
def test_a_line_with_nothing_but_a_date_tells_of_publication_on_the_web_alone(line: str) -> None:
    text = f"# Guests\n\n{line}\n\nGuests came on 7 March 2021."
    assert record_dates(text, web_page=True)[0].start == "2021-03-07"
    assert record_dates(text)[0].start == "2021-03-20"
    assert (
        record_dates(f"{line}\n\nThe school, opened on 7 March 1950, had guests.", web_page=True)[0].start
        == "2021-03-20"
    )


@pytest.mark.parametrize(
    "text",
    [
        "By invitation of the school, guests came to it on 7 March 2021.",
        "7 March 2021 (Sunday) — guests",
        "来源学院的客人于2021年3月7日来访。",
    ],
)
def test_a_sentence_about_an_event_is_no_byline(text: str) -> None:
    assert [date.start for date in record_dates(text)] == ["2021-03-07"]
    assert event_dates(text) == record_dates(text)


def test_a_day_is_named_by_a_month_at_least() -> None:
    assert names_day("Posted: 7 March") and names_day("2021年3月")
    assert not names_day("Room 2021") and not names_day("")


@pytest.mark.parametrize(
    "text", ["On 7 May 2021 guests came, ", "9.14 ", "三月", "2021-", "20.11-", "May ", "9MAR", "9-Mar-", "民國103年"]
)
def test_the_time_for_dates_grows_with_the_text_and_no_faster(text: str) -> None:
    def found(length: int) -> object:
        return event_dates(text * (length // len(text)))

    # Ten times the text: the square would be a hundred times the work.
    assert grows_no_faster_than_its_input(found, small=10_000, large=100_000, floor=0.002)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("guests_2024-06-07", ["2024-06-07"]),
        ("20240607 guests", ["2024-06-07"]),
        ("гости 07.06.2024", ["2024-06-07"]),
        ("guests 2024-06", []),
        ("guests 20249907", []),
        ("call 8120240607", []),
        ("", []),
    ],
)
def test_a_whole_day_in_the_name_of_a_file_is_found(name: str, days: list[str]) -> None:
    assert [found.start for found in name_dates(name)] == days


@pytest.mark.parametrize(
    ("line", "is_date"),
    [
        ("12 May 2024", True), ("Date: 2024-05-12, 10:30", True), ("2024年5月12日 星期日", True),
        ("Ulm, 12 May 2024", False), ("May rain", False), ("", False),
    ],
)  # fmt: skip
def test_a_line_that_says_only_a_day_is_a_date_line(line: str, is_date: bool) -> None:
    assert is_date_line(line) == is_date
