"""What a question asks for, and when it leans on what was said before."""

import numpy as np
import pytest

from assistant import Question, Turn
from assistant.intent import GRAM_SHARE, UNASKED, letters_of, open_heads
from assistant.understand import understand
from ingest import Embedder


def readings(embedder: Embedder, text: str, *earlier: str):
    turns = tuple(Turn(role="user" if at % 2 == 0 else "assistant", content=said) for at, said in enumerate(earlier))
    return understand(Question(text=text, history=turns), open_heads(), embedder.embed_questions, of_one(embedder))


def of_one(embedder: Embedder):
    return lambda text: embedder.embed_questions([text])[0]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Who is the harbour master of Tarnholm?", "lookup"),
        ("List all agreements we signed with hospitals", "list"),
        ("How many delegations came to us in 2022?", "count"),
        ("Tell me about our contacts with the Tarnholm museum", "summary"),
        ("Is the MoU with Tarnholm Harbour signed yet?", "status"),
        ("thanks a lot!", "small_talk"),
        ("谢谢你", "small_talk"),
        ("Добрый день!", "small_talk"),
        ("列出我们签署的所有协议", "list"),
        ("Расскажи о наших контактах с портом Тарнхольм", "summary"),
    ],
)
def test_the_kind_of_answer_is_understood_in_three_languages(embedder: Embedder, text: str, intent: str):
    assert readings(embedder, text)[0].intent == intent


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("When did the harbour master come to Tarnholm, and who received him there?", "When did he come to Tarnholm?"),
        ("代表团有几个人？团长是谁？", "代表团有几个人？"),
        ("Сколько дней длился визит в Тарнхольм и кто его оплатил?", "Сколько дней длился визит в Тарнхольм?"),
    ],
)
def test_a_question_in_two_parts_needs_more_sentences_than_its_first_part(embedder: Embedder, whole: str, part: str):
    assert readings(embedder, whole)[0].several > readings(embedder, part)[0].several


@pytest.mark.parametrize("text", ["asdkjh qwe", "Hello there", "who are you?", "Спасибо большое"])
def test_what_asks_nothing_of_the_records_is_known(embedder: Embedder, text: str):
    assert readings(embedder, text)[0].intent in UNASKED


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("And who signed it?", "Do we have an agreement with Tarnholm Harbour?"),
        ("那是什么时候？", "我们和塔恩港签了协议吗？"),
    ],
)
def test_a_question_that_leans_is_read_with_the_one_before(embedder: Embedder, text: str, earlier: str):
    first = readings(embedder, text, earlier)[0]
    assert first.history == (earlier,)
    assert earlier.rstrip("?？") in first.text and earlier in first.search_text


def test_a_question_with_its_own_names_is_not_narrowed(embedder: Embedder):
    text = "Who is the director of the Velmar Clock Museum?"
    (only,) = readings(embedder, text, "Do we have an agreement with Tarnholm Harbour?")
    assert (only.history, only.text) == ((), text)


def test_long_answers_before_it_are_not_leant_on(embedder: Embedder):
    first = readings(embedder, "And when?", "Who came from Tarnholm?", "Ms Brandt came. " * 40)[0]
    assert first.history == ("Who came from Tarnholm?",)


def test_what_was_asked_before_a_question_that_stands_alone_is_left_out(embedder: Embedder):
    said = (
        "Who came from Tarnholm?",
        "Ms Brandt came. " * 40,
        "Do we have an agreement with Velmar Museum?",
        "No. " * 60,
    )
    assert readings(embedder, "And who would sign it?", *said)[0].history == (said[2],)


def test_a_question_that_leans_on_one_that_leans_is_read_with_both(embedder: Embedder):
    said = ("Do we have an agreement with Tarnholm Harbour?", "Yes. " * 60, "And who signed it?", "Ms Brandt. " * 30)
    assert readings(embedder, "And when was that?", *said)[0].history == (said[0], said[2])


@pytest.mark.parametrize("text", ["Which partners?", "ＭＯＵ状态", "?", ""])
def test_the_letters_of_a_question_weigh_the_same_whatever_its_length_and_width(text: str):
    places, shares = letters_of(text)
    assert np.linalg.norm(shares) == pytest.approx(GRAM_SHARE) and len(set(places.tolist())) == len(places)


def test_width_and_case_of_letters_make_no_difference():
    assert [one.tolist() for one in letters_of("ＭＯＵ 狀態")] == [one.tolist() for one in letters_of("mou 状态")]
