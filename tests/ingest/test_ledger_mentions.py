"""Where a text names organizations, where one name ends and another begins, and what is none."""

from itertools import pairwise

import pytest

from ingest.ledger.mentions import acronyms_of, organizations_in


def names(text: str) -> list[str]:
    return [one.name for one in organizations_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Harwick University wrote to the Ministry of Education.", ["Harwick University", "Ministry of Education"]),
        ("Harwick University and Penmoor College opened a course.", ["Harwick University", "Penmoor College"]),
        (
            "The Ministry of Education, Science and Technology received Norwick College.",
            ["Ministry of Education, Science and Technology", "Norwick College"],
        ),
        ("Norwick Teachers' College, Penmoor Academy and the Velmar Foundation took part.",
         ["Norwick Teachers' College", "Penmoor Academy", "Velmar Foundation"]),
        ("The Dean of the Faculty of Physics of Orlow State University came.",
         ["Faculty of Physics", "Orlow State University"]),
        ("They saw Brightwater University's Institute of Music.", ["Brightwater University", "Institute of Music"]),
        ("In May, Norwick University of Arts came.", ["Norwick University of Arts"]),
        ("The 3rd Brightwater Secondary School sang.", ["3rd Brightwater Secondary School"]),
        ("Anna Berg of Norwick University met Dr. Paul Stone.", ["Norwick University"]),
        ("Посол Чжан Вэй посетил Norwick University.", ["Norwick University"]),
        ("Қытай елшісі Чжан Вэй Norwick University қонағы болды.", ["Norwick University"]),
        ("代表团访问了云岭大学和海州师范学院。", ["云岭大学", "海州师范学院"]),
        ("青岩大学校长赵明应云岭大学邀请来访。", ["青岩大学", "云岭大学"]),
        ("云岭大学建议与青岩大学签署框架协议。", ["云岭大学", "青岩大学"]),
        ("林州市教育局愿与海州师范学院合作。", ["林州市教育局", "海州师范学院"]),
        (
            "Делегация Приморского педагогического университета посетила Институт физики.",
            ["Приморского педагогического университета", "Институт физики"],
        ),
        ("Заречный университет и Озёрская академия провели семинар.", ["Заречный университет", "Озёрская академия"]),
        ("Министерство образования и науки приняло гостей.", ["Министерство образования и науки"]),
        ("Ректор Заречного университета Иван Соколов открыл музей.", ["Заречного университета"]),
    ],
)  # fmt: skip
def test_a_name_is_taken_whole_and_apart_from_its_neighbors(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The Norwick Education Forum and the Marsh Prize were named.",
        "STEM and PISA came up in Lakeside Hall.",
        "Anna Berg met Paul Stone in May.",
        "A school sang a song.",
        "在论坛上，两国讨论了教育合作。",
        "Международный форум «Мир» прошёл в мае.",
        "В школе прошёл урок.",
        "",
    ],
)
def test_events_programmes_persons_and_plain_words_are_no_organizations(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "name", "acronym"),
    [
        ("The Velmar Institute of Technology (VIT) sent two teachers.", "Velmar Institute of Technology", "VIT"),
        ("Marsland's capacity-building centre for islands (MCCI) wrote.",
         "Marsland's capacity-building centre for islands", "MCCI"),
    ],
)  # fmt: skip
def test_an_acronym_in_brackets_belongs_to_the_name_before_it(text, name, acronym):
    found = organizations_in(text)[0]
    assert (found.name, found.acronym) == (name, acronym)
    assert acronym in acronyms_of(text)


def test_an_acronym_explained_elsewhere_in_the_record_names_a_body():
    assert names("A letter came from VIT.") == []
    assert [one.name for one in organizations_in("A letter came from VIT.", frozenset({"VIT"}))] == ["VIT"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The University thanked its guests.", "University"),
        ("该校介绍了课程。", "该校"),
        ("Академия поблагодарила гостей.", "Академия"),
    ],
)
def test_a_body_called_by_its_sort_alone_is_marked_so(text, name):
    found = organizations_in(text)
    assert [(one.name, one.is_generic) for one in found] == [(name, True)]


@pytest.mark.parametrize(
    "text",
    [
        "Harwick University and the Velmar Institute (VIT) met Orlow State University, Penmoor College and others.",
        "青岩大学教育学院与林州市教育局、海州师范学院会谈。",
        "Ректор Заречного университета Иван Соколов и Озёрская академия имени Ивана Лескова.",
    ],
)
def test_names_stand_where_they_are_said_to_and_never_overlap(text):
    found = organizations_in(text)
    assert len(found) > 1
    assert all(text[one.start : one.end] == one.name for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_person_named_right_behind_a_body_is_no_part_of_it():
    assert names("President of Norwick University Tom Hale spoke.") == ["Norwick University"]
