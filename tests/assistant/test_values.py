import pytest

from assistant.values import agreement_in_time, states_kind, states_unit
from corpus.names import names_of
from corpus.report import EventDate, Report

NOBODY = names_of("")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("25 officials came.", "officials"),
        ("1,200 students study there.", "students"),
        ("22 experts from universities came.", "universities"),
        ("Twelve teachers came.", "teachers"),
        ("Twenty-two officials came.", "participants"),
        ("22名政府官员来访。", "官员"),
        ("Приехали 25 участников.", "participants"),
    ],
)
def test_a_number_counts_the_thing_close_after_it(text, unit):
    assert states_unit(text, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("In 2024 officials came.", "officials"),
        ("On 5 May officials came.", "officials"),
        ("On May 5 officials came.", "officials"),
        ("2018年官员来访。", "官员"),
        ("5月3日官员来访。", "官员"),
        ("Officials came.", "officials"),
        ("Room 25; officials came.", "officials"),
        ("25 officials came.", "schools"),
    ],
)
def test_years_days_and_numbers_of_other_things_count_nothing(text, unit):
    assert not states_unit(text, unit)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("who", "Zhang Minxuan spoke."),
        ("who", "Shanghai Normal University was the host."),
        ("person", "Zhang Minxuan spoke."),
        ("how_many", "33 came."),
        ("how_many", "Twelve came."),
        ("money", "It cost 500 dollars."),
        ("money", "经费为100万元。"),
        ("contact", "Write to someone@example.org."),
        ("duration", "They stayed for three days."),
        ("duration", "为期三天。"),
        ("countries", "They came from Kenya and Ghana."),
        ("what", "Anything."),
    ],
)
def test_a_sentence_states_the_kind_of_thing_asked_for(kind, text):
    assert states_kind(kind, text, NOBODY)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("who", "They spoke."),
        ("person", "Shanghai Normal University was the host."),
        ("how_many", "They came in 2024."),
        ("how_many", "They came on 5 May."),
        ("money", "It was grand."),
        ("contact", "They were in touch."),
        ("duration", "Three teachers came."),
        ("countries", "They came from Kenya."),
    ],
)
def test_a_sentence_without_it_does_not(kind, text):
    assert not states_kind(kind, text, NOBODY)


def test_a_person_whom_the_question_names_is_no_answer_to_who():
    assert not states_kind("who", "Zhang Minxuan came.", names_of("Who received Zhang Minxuan?"))
    assert states_kind("who", "Zhang Minxuan met Hu Guoyong.", names_of("Who received Zhang Minxuan?"))


def dated(*spans: tuple[str, str]) -> Report:
    dates = tuple(EventDate(text=start, start=start, end=end) for start, end in spans)
    return Report(id="a", title="Visit", text="They came.", path="a.md", sha256="0", language="en", dates=dates)


DAYS = ("--11-04", "--11-06")


@pytest.mark.parametrize(
    ("asked", "spans", "around", "agreement"),
    [
        ("Who came?", [("2023", "2023")], "", 0.5),
        ("Who came in 2024?", [], "", 0.5),
        ("Who came in 2024?", [("2024-05-03", "2024-05-03")], "", 1.0),
        ("Who came in 2024?", [("2023-05-03", "2023-05-03")], "", 0.0),
        ("2024年谁来了？", [("2024", "2024")], "", 1.0),
        ("Who came in 2024?", [], "They came in 2024.", 1.0),
        ("Who came in 2024?", [DAYS], "", 0.5),
        ("Who came on 5 November?", [DAYS], "", 1.0),
        ("Who came in November?", [DAYS], "", 1.0),
        ("Who came on 7 November?", [DAYS], "", 0.0),
        ("Who came on 5 November 2024?", [DAYS], "", 0.5),
        ("Who came in 2023 and 2024?", [("2023", "2023")], "", 0.0),
        ("Compare the visits of 2023 and 2024.", [("2023", "2023")], "", 1.0),
    ],
)
def test_times_agree_where_the_record_states_those_named(understood, asked, spans, around, agreement):
    assert agreement_in_time(understood(asked), dated(*spans), around) == agreement
