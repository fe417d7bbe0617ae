import numpy as np
import pytest

from assistant.prove.align import Alignment, joined

TEXTS = [
    "The potters opened a kiln in Ravenholm; it's warm.",
    "陶工们在临江开了一座窑（共12座）。",
    "Мы видели, как гончары открыли печь №7.",
    "  Well—known   co-operation, Lü’s house ",
]


def partner_of(word: str, aligned: Alignment) -> str:
    row = next(at for at, one in enumerate(aligned.claim.words) if one.text == word)
    return aligned.source.words[aligned.partners[row]].text


def strength_of(word: str, aligned: Alignment) -> float:
    row = next(at for at, one in enumerate(aligned.claim.words) if one.text == word)
    return float(aligned.best[row])


@pytest.mark.parametrize("text", TEXTS)
def test_words_stand_in_the_text_in_reading_order_with_a_unit_vector_each(text, read_text):
    found = read_text(text)
    assert found.words
    assert all(text[word.start : word.end] == word.text for word in found.words)
    assert [word.start for word in found.words] == sorted(word.start for word in found.words)
    assert found.vectors.shape == (len(found.words), len(found.whole))
    assert np.linalg.norm(found.vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(found.whole) == pytest.approx(1, abs=1e-5)


def test_a_latin_or_cyrillic_word_is_one_however_many_tokens_it_has(read_text):
    words = {word.text for word in read_text("The kilnkeepers' обжигальщики co-operate").words}
    assert {"kilnkeepers", "обжигальщики", "co-operate"} <= words


@pytest.mark.parametrize("text", ["teacher", "Oleg spoke", "Гончары пели", "Potters sang"])
def test_the_first_word_of_a_text_is_read_whole(text, read_text):
    assert [word.text for word in read_text(text).words[:1]] == text.split()[:1]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("So the guests were at the fair", ["guests", "fair"]),
        ("И гости были в зале", ["гости", "зале"]),
        ("他看学校和老师", ["看", "学校", "老师"]),
    ],
)
def test_words_that_say_nothing_of_their_own_are_no_content(text, content, read_text):
    assert [word.text for word in read_text(text).words if word.is_content] == content


@pytest.mark.parametrize(
    ("claim", "source", "pairs"),
    [
        ("学校有老师。", "Here the school has teachers.", {"学校": "school", "老师": "teachers"}),
        ("Здесь открыли музей.", "Here a museum was opened.", {"музей": "museum", "открыли": "opened"}),
        ("Here a museum was opened.", "这里开了一座博物馆。", {"museum": "博物馆"}),
        ("А школа ждёт учителей.", "我们的学校等老师。", {"школа": "学校", "учителей": "老师"}),
    ],
)
def test_a_word_finds_its_partner_in_another_language(claim, source, pairs, aligned):
    found = aligned(claim, source)
    assert {word: partner_of(word, found) for word in pairs} == pairs


@pytest.mark.parametrize(
    ("claim", "source", "word", "partner"),
    [
        ("So the teacher came.", "Many teachers left.", "teacher", "teachers"),
        ("И школа закрыта.", "Там много школ.", "школа", "школ"),
    ],
)
def test_two_forms_of_one_word_are_one(claim, source, word, partner, aligned):
    found = aligned(claim, source)
    assert (partner_of(word, found), strength_of(word, found)) == (partner, 1.0)


def test_two_words_for_one_thing_of_the_word_list_are_nearly_one(aligned):
    found = aligned("The memorandum is old.", "协议很旧。")
    assert partner_of("memorandum", found) == "协议"
    assert strength_of("memorandum", found) >= 0.85


def test_a_changed_word_is_weaker_than_a_kept_one(aligned):
    found = aligned("The potters burned the museum.", "The potters opened the museum.")
    assert strength_of("museum", found) == 1.0
    assert strength_of("burned", found) < 0.9


def test_strengths_lie_between_none_and_sameness(aligned):
    found = aligned(TEXTS[0], "\n".join(TEXTS[1:]))
    assert found.strengths.shape == (len(found.claim.words), len(found.source.words))
    assert found.strengths.min() >= 0
    assert found.strengths.max() <= 1
    assert found.best == pytest.approx(found.strengths.max(axis=1))


def test_nothing_aligns_with_an_empty_text(aligned):
    found = aligned("So the potters sang.", "")
    assert found.best.tolist() == [0.0] * len(found.claim.words)
    assert found.partners.tolist() == [-1] * len(found.claim.words)


@pytest.mark.parametrize("text", ["", "   ", "!!!"])
def test_a_text_without_words_has_none_to_align(text, aligned, read_text):
    assert read_text(text).words == ()
    found = aligned(text, "So the potters sang.")
    assert (len(found.best), len(found.partners), len(found.content)) == (0, 0, 0)


def test_several_texts_are_read_as_one_with_line_ends_between(read_text):
    parts = [read_text(text) for text in TEXTS]
    whole = joined(parts)
    assert whole.text == "\n".join(TEXTS)
    assert all(whole.text[word.start : word.end] == word.text for word in whole.words)
    assert [word.text for word in whole.words] == [word.text for part in parts for word in part.words]
    assert whole.parts == tuple(number for number, part in enumerate(parts) for _ in part.words)
    assert len(whole.vectors) == len(whole.words)
    assert np.linalg.norm(whole.whole) == pytest.approx(1, abs=1e-5)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_one_text_joined_is_itself_and_none_is_refused(read_text):
    part = read_text(TEXTS[0])
    assert (joined([part]).text, joined([part]).words) == (part.text, part.words)
    with pytest.raises(ValueError, match="at least one"):
        joined([])
