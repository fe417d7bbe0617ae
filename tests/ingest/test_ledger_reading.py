"""A record read as lines: one name for all forms, whom "the University" means, and who we are."""

from collections.abc import Callable

import pytest

from corpus.names import known_forms
from corpus.report import Report
from ingest.ledger.reading import Reading, is_us, own_keys, plain_name, read, same_body
from tests.ingest.records import record

Written = Callable[..., Reading]


@pytest.fixture
def written() -> Written:
    return lambda text, **others: read(record(text, **others))


def bodies(reading: Reading) -> list[list[str]]:
    return [[body.name for body in line.bodies] for line in reading.lines]


@pytest.mark.parametrize(
    ("text", "name", "forms"),
    [
        (
            "The Velmar Institute of Technology (VIT) received guests. VIT showed its rooms. Velmar Institute sang.",
            "Velmar Institute of Technology",
            {"Velmar Institute of Technology", "VIT", "Velmar Institute"},
        ),
        (
            "Harwick State University of Education sang. Harwick State University danced. Harwick University left.",
            "Harwick State University of Education",
            {"Harwick State University of Education", "Harwick State University", "Harwick University"},
        ),
        ("Penmoor Centre for Music sang. The Penmoor Center for Music left.", "Penmoor Centre for Music",
         {"Penmoor Centre for Music", "Penmoor Center for Music"}),
    ],
)  # fmt: skip
def test_all_forms_of_a_name_are_one_body_under_the_longest(written, text, name, forms):
    reading = written(text)
    assert {body for line in bodies(reading) for body in line} == {name}
    assert set(reading.forms[name]) == forms


def test_names_that_stand_in_one_sentence_are_two_bodies(written):
    reading = written("Harwick Central University met Harwick Central University of Arts.")
    assert bodies(reading) == [["Harwick Central University", "Harwick Central University of Arts"]]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Harwick University and Velmar Institute met. The Institute sang, and the University thanked it.",
         ["Velmar Institute", "Harwick University"]),
        ("Harwick University met Penmoor University. The University sang.", ["Penmoor University"]),
        ("Guests came. The University sang.", []),
        ("青岩大学与林州研究中心会谈。该校介绍了课程，该中心介绍了项目。", ["青岩大学", "林州研究中心"]),
        ("Заречный университет принял Озёрскую академию. Академия поблагодарила хозяев.", ["Озёрскую академию"]),
    ],
)  # fmt: skip
def test_a_body_called_by_its_sort_is_the_last_named_of_that_sort(written, text, meant):
    reading = written(text)
    last = reading.lines[-1]
    assert [body.name for body in last.bodies] == meant
    assert all(body.is_generic for body in last.bodies)


@pytest.mark.parametrize("key", sorted(own_keys()))
def test_every_form_of_our_own_name_is_us(key):
    assert known_forms(key)
    assert all(is_us(form) for form in known_forms(key))


def test_a_body_with_our_name_inside_its_own_is_not_us():
    ours = known_forms(sorted(own_keys())[0])[0]
    assert not is_us(f"Friends of {ours} Foundation")
    assert not is_us("Harwick University")


def test_us_are_told_in_order_of_appearance_and_nobody_else(written):
    ours = next(form for form in known_forms("shnu") if form.isascii() and " " in form)
    reading = written(f"Harwick University met {ours}. {ours} sang.")
    assert reading.us == (ours,)
    assert [body.is_us for body in reading.lines[0].bodies] == [False, True]
    assert written("Harwick University met Penmoor College.").us == ()


def test_every_line_stands_where_it_is_said_to_and_can_be_cited(written):
    reading = written("Harwick University sang.\n\n青岩大学来访。Гости уехали.")
    text = reading.report.text
    assert [text[line.start : line.end] for line in reading.lines] == [line.text for line in reading.lines]
    cited = reading.cite(reading.lines[0], reading.lines[1])
    assert cited.quote == text[reading.lines[0].start : reading.lines[1].end]


def test_a_record_without_sentences_gives_no_lines():
    reading = read(Report(id="r", title="A visit", text="— —", path="r.txt", sha256="0"))
    assert (reading.lines, reading.forms, reading.us) == ((), {}, ())


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("The Kenyan Ministry of Health", "Ministry of Health", True),
        ("Penmoor Center", "Penmoor Centre", True),
        ("Penmoor Centre", "Norwick Centre", False),
        ("Harwick University", "Harwick University of Arts", False),
    ],
)
def test_names_are_of_one_body_when_only_country_article_and_spelling_differ(one, other, is_same):
    assert same_body(one, other) is is_same


def test_a_name_of_a_country_alone_keeps_its_words():
    assert plain_name("Kenya") == "kenya"
