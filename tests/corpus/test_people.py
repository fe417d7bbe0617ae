import pytest

from corpus.people import people_in


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Director Zhang Minxuan and Dr. Saltanat Jakubayeva spoke.", ("Zhang Minxuan", "Saltanat Jakubayeva")),
        ("Prof. Bi Xiaohan, Han Wei and Wu Lintuo came.", ("Bi Xiaohan", "Han Wei", "Wu Lintuo")),
        ("Его встретил проректор Ян Чунхуа.", ("Ян Чунхуа",)),
        ("выступил Н. А. Ахметов", ("Н. А. Ахметов",)),
        ("由院长胡国勇、张华峰主持", ("胡国勇", "张华峰")),
        ("张民选主任出席", ("张民选",)),
    ],
)
def test_people_are_named_in_three_scripts_without_their_titles(text, people):
    assert people_in(text) == people


def test_a_foreign_name_in_chinese_is_known_by_its_raised_dot():
    assert people_in("尼克·吉布，英国教育部国务大臣")[:1] == ("尼克·吉布",)


def test_a_person_is_named_once():
    assert people_in("Zhang Minxuan came. Then Zhang Minxuan spoke.") == ("Zhang Minxuan",)


@pytest.mark.parametrize(
    "text",
    ["", "Shanghai", "Nazarbayev University received the Ministry of Education.", "On Monday in November.", "他们来了"],
)
def test_places_bodies_and_single_words_are_no_people(text):
    assert people_in(text) == ()
