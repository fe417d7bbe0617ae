import pytest

from corpus.acronyms import Acronyms, acronyms_in
from corpus.names import is_body, is_calendar_word, known_keys, names_of
from corpus.sounds import same_sound, sound


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        ("张民选", "They met Zhang Minxuan there."),
        ("张民选", "Его принял Чжан Миньсюань."),
        ("Minxuan", "主任张民选出席。"),
        ("Zhang", "Его принял Чжан Миньсюань."),
        ("Minxuan", "Его принял Чжан Миньсюань."),
        ("Чжан", "They met Zhang Minxuan there."),
        ("Миньсюань", "They met Zhang Minxuan there."),
        ("胡国勇", "Deputy Director Hu Guoyong came."),
        ("胡国勇", "Приехал Ху Гоюн."),
        ("Guoyong", "副主任胡国勇出席。"),
        ("Ху", "Deputy Director Hu Guoyong came."),
    ],
)
def test_a_name_is_found_in_another_script(asked, stated):
    assert names_of(stated).has(asked)


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        ("Minxuan", "They met Zhang Huafeng there."),
        ("Hu", "They met Wang Li there."),
        ("张华峰", "Zhang Minxuan came."),
    ],
)
def test_another_persons_name_is_not_taken_for_it(asked, stated):
    assert not names_of(stated).has(asked)


@pytest.mark.parametrize("form", ["Hu Guoyong", "Ху Гоюн", "胡国勇"])
def test_whole_names_sound_alike_in_three_scripts(form):
    assert same_sound(sound(form), sound("Hu Guoyong"))


@pytest.mark.parametrize("word", ["", "123", "—"])
def test_what_has_no_letters_has_no_sound(word):
    assert sound(word) == ""


def test_a_short_russian_name_keeps_enough_to_be_heard():
    assert names_of("Кто проректор Университета Абая?").has("Abai")


def test_a_russian_ending_is_forgiven():
    assert names_of("Делегация встретила Ахметова в Астане.").has("Ахметов")
    assert known_keys("в Ташкенте") == known_keys("Ташкент") == {"tashkent"}


@pytest.mark.parametrize("form", ["Shanghai Normal University", "SHNU", "上海师范大学", "上海师大"])
def test_a_known_body_has_one_key_in_every_form(form):
    assert known_keys(form) == {"shnu"}
    assert is_body("shnu")


def test_a_city_inside_the_name_of_a_university_is_named_only_within():
    names = names_of("They went to Shanghai Normal University.")
    assert names.known == {"shnu"}
    assert {"shnu", "shanghai"} <= names.within
    assert not is_body("shanghai")


def test_a_country_inside_a_name_counts_when_it_also_stands_alone():
    assert known_keys("Kazakhstan and the Abai Kazakh National Pedagogical University") == {"KZ", "abai_university"}


@pytest.mark.parametrize("form", ["Kenya", "肯尼亚", "Кения", "в Кении"])
def test_countries_are_known_in_three_languages_without_a_line_of_ours(form):
    assert known_keys(form) == {"KE"}


def test_words_of_a_known_name_are_not_listed_again():
    assert names_of("At Shanghai Normal University they met Azoulay.").words == ("Azoulay",)


def test_titles_and_months_are_no_names():
    assert names_of("They met late in November, and the Director spoke on Monday.").words == ()
    assert is_calendar_word("November") and is_calendar_word("ноября") and not is_calendar_word("Nurlan")


def test_a_text_without_names_has_none():
    for text in ("", "they came and spoke", "他们讲话"):
        names = names_of(text)
        assert (names.known, names.within, names.words) == (frozenset(), frozenset(), ())


def test_an_acronym_is_explained_by_the_words_it_stands_for():
    text = "They saw the Tanzania Institute of Education (TIE) and the European Union (EU); two words (AB)."
    assert dict(acronyms_in(text)) == {"TIE": "Tanzania Institute of Education", "EU": "European Union"}


def test_an_acronym_of_the_records_is_filled_in_both_ways():
    filled = Acronyms(["a visit to the Tanzania Institute of Education (TIE)"]).filled
    assert filled("Who leads TIE?") == "Who leads TIE?; Tanzania Institute of Education"
    assert filled("the tanzania institute of education") == "the tanzania institute of education; TIE"


@pytest.mark.parametrize("text", ["", "ties and parties", "TIE, the Tanzania Institute of Education"])
def test_nothing_is_filled_in_where_nothing_is_missing(text):
    assert Acronyms(["a visit to the Tanzania Institute of Education (TIE)"]).filled(text) == text
