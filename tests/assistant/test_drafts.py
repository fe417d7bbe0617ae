import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.compose.drafts import MAX_DRAFT, MAX_REWRITTEN, MOST_SENTENCES, drafts, one_line, rewritten
from assistant.compose.prompts import NOTHING
from corpus.errors import LanguageModelFailed
from tests.timing import grows_no_faster_than_its_input


def drafted(text: str, *, quotes: int = 3, language: str = "en", size: int = 1):
    pieces = (text[start : start + size] for start in range(0, len(text), size))
    return [(one.text, one.cited, one.unknown) for one in drafts(pieces, language, quotes)]


def texts(text: str, **given):
    return [text for text, _, _ in drafted(text, **given)]


WRITTEN = {
    "One fact [1]. Another [2, 3]. Third [1][2].": [
        ("One fact.", (1,), ()),
        ("Another.", (2, 3), ()),
        ("Third.", (1, 2), ()),
    ],
    "One fact. [1] Another fact.[2] Third fact. [1] [3]": [
        ("One fact.", (1,), ()),
        ("Another fact.", (2,), ()),
        ("Third fact.", (1, 3), ()),
    ],
    "校长来了。【1】他们参观了图书馆[2]。会谈了，没有签署【1】【3】。": [
        ("校长来了。", (1,), ()),
        ("他们参观了图书馆。", (2,), ()),
        ("会谈了，没有签署。", (1, 3), ()),
    ],
    "Ректор С. Ж. Пралиев приехал [1-3]. Он уехал 5 мая 2024 г. [2]": [
        ("Ректор С. Ж. Пралиев приехал.", (1, 2, 3), ()),
        ("Он уехал 5 мая 2024 г.", (2,), ()),
    ],
    "The U.S. Indonesian team came [99][1]. It cost 3.5 million [0].": [
        ("The U.S. Indonesian team came.", (1,), (99,)),
        ("It cost 3.5 million.", (), (0,)),
    ],
    "# Summary\n\n- **Bold** fact [1]\n* Second `fact` [2]\n3. Third fact [3]\n": [
        ("Bold fact", (1,), ()),
        ("Second fact", (2,), ()),
        ("Third fact", (3,), ()),
    ],
    "```\nAssistant: They met [1].\n```\n答：他们会谈[2]。": [("They met.", (1,), ()), ("他们会谈。", (2,), ())],
    "<think>Was it so? Yes [2].\n</think>\nIt was so [1].": [("It was so.", (1,), ())],
    "It was so [1].<|im_end|>": [("It was so.", (1,), ())],
    "<<<\n[1] First fact.\n[2] Second fact\n[3] Third fact.\n>>>\nWho came?": [
        ("First fact.", (1,), ()),
        ("Second fact", (2,), ()),
        ("Third fact.", (3,), ()),
    ],
    "A line\nthat goes on [1].": [("A line that goes on.", (1,), ())],
}


@pytest.mark.parametrize("text", WRITTEN)
@pytest.mark.parametrize("size", [1, 5, 10_000])
def test_sentences_are_the_same_wherever_the_stream_is_cut(text, size):
    assert drafted(text, size=size) == WRITTEN[text]


PARTS = st.sampled_from(
    [
        "One fact. [1] ",
        "Он встретил проф. А. Б. Иванова [2]. ",
        "事实一。【1】",
        "In the U.S. Indonesian teachers met. ",
        "In the U.S. The team met [1, 2]. ",
        "\n[2] listed\n",
        "\n- bullet [3]\n",
        "\n\n",
        "Well! [1][2] ",
        f"{'so ' * 250}. ",
        "3.5 million people etc. came. [9-11] ",
        "<think>no. yes</think>",
        "**Bold.** ",
    ]
)


@given(parts=st.lists(PARTS, max_size=8), size=st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_no_cut_of_any_stream_changes_its_sentences(parts, size):
    text = "".join(parts)
    assert drafted(text, size=size) == drafted(text, size=len(text) + 1)


def test_the_lines_of_a_chinese_sentence_are_joined_without_a_blank():
    assert texts("他们参观\n了图书馆。", language="zh") == ["他们参观了图书馆。"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", NOTHING, f"{NOTHING}.", f'"{NOTHING.title()}"', "<think>It never ends. No."]
)
def test_nothing_gives_no_sentence(text):
    assert drafted(text) == []


def test_a_sentence_is_given_as_soon_as_the_next_one_has_begun():
    taken = []

    def pieces():
        for piece in ("One fact [1]", ". The second fact", " goes on"):
            taken.append(piece)
            yield piece

    given = drafts(pieces(), "en", 1)
    assert next(given).text == "One fact."
    assert taken == ["One fact [1]", ". The second fact"]


def test_the_unfinished_sentence_of_a_broken_stream_is_dropped():
    def pieces():
        yield "One fact [1]. The agreement was signed"
        raise LanguageModelFailed("It broke off.")

    kept = []
    with pytest.raises(LanguageModelFailed, match="broke off"):
        for draft in drafts(pieces(), "en", 1):
            kept.append(draft.text)
    assert kept == ["One fact."]


def test_what_never_ends_is_no_sentence_and_those_beside_it_are():
    endless = "so " * MAX_DRAFT
    assert texts(f"First fact [1]. It went {endless}on. Last fact [2].") == ["First fact.", "Last fact."]


def test_no_more_sentences_are_given_than_a_person_would_read():
    assert len(drafted("One fact is here. " * 40)) == MOST_SENTENCES


@pytest.mark.parametrize(
    "text", ["a " * 9000, ". " * 9000, "\n" * 20_000, "[" * 20_000, "【1】" * 6000, "One. [" + "1," * 9000]
)
def test_a_flood_is_read_in_a_time_that_grows_with_its_length(text):
    whole = len(text)
    assert grows_no_faster_than_its_input(
        lambda length: drafted(text[:length]), small=whole // 10, large=whole, floor=0.002
    )


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("When did Rector Praliyev come?", "When did Rector Praliyev come?"),
        ('\nQuestion: "Когда приехал ректор?"\n', "Когда приехал ректор?"),
        ("<think>He is the rector.\n</think>普拉利耶夫校长什么时候来的？", "普拉利耶夫校长什么时候来的？"),
        ("List the visits of the rector", "List the visits of the rector"),
        ("", None),
        ("?!", None),
        (NOTHING, None),
        ("When? And where?", None),
        ("When did he come?\nHe came in May.", None),
        ("w" * (MAX_REWRITTEN + 1), None),
    ],
)
def test_a_rewritten_question_is_one_question_on_one_line(text, question):
    assert rewritten(text) == question


def reply(*facts: tuple[list[int], str], told: bool = True) -> str:
    return json.dumps({"told": told, "sentences": [{"quotes": numbers, "text": text} for numbers, text in facts]})


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize(
    "frame", ["{}", "Here is the JSON:\n{}", "```json\n{}\n```", "<think>{{}}</think>\n{}", "\n {}"]
)
def test_a_reply_in_json_gives_its_sentences_with_their_quotes(frame, size):
    text = frame.format(reply(([2], 'They met in {braces} and "quotes".'), ([1, 3, 9], "Двое приехали. Один уехал.")))
    assert drafted(text, size=size) == [
        ('They met in {braces} and "quotes".', (2,), ()),
        ("Двое приехали.", (1, 3), (9,)),
        ("Один уехал.", (1, 3), (9,)),
    ]


def test_a_sentence_of_json_is_given_before_the_reply_is_whole():
    whole = reply(([1], "One fact."), ([2], "Another."))
    half = whole[: whole.index("Another")]
    assert texts(half) == ["One fact."]


@pytest.mark.parametrize(
    "text",
    [
        reply(told=False),
        reply(([1], "It was so."), told=False),
        '{"told": true}',
        '{"sentences": [{"quotes": 1, "text": "No list."}, {"text": "None."}, {"quotes": [1], "text": 5}, 7]}',
        "{" * 5000,
        '{"sentences": [{"quotes": ' + "[" * 5000,
        "{ broken",
    ],
)
def test_json_that_tells_nothing_or_is_of_another_form_gives_no_sentence(text):
    assert drafted(text) == []


def test_sentences_without_the_object_around_them_and_odd_values_are_read_as_far_as_they_go():
    text = '[{"quotes": [1, true], "text": "One fact\\ud83d is here."}, {"quotes": ["2"], "text": "Another one is."}]'
    assert drafted(text) == [("One fact is here.", (1,), ()), ("Another one is.", (), ())]


def test_a_sentence_that_holds_json_is_none():
    assert drafted('They met, and then {"answer": "nothing else"}.') == []


@pytest.mark.parametrize("text", ["Он сказал: «Меморандум подписан»", "问题：资金不足。", "12. Декабря они уехали."])
def test_one_line_stays_as_it_was_written(text):
    assert one_line(f"\n{text} \n", 100) == one_line(f"<<<\n{text}\n>>>", 100) == text


@pytest.mark.parametrize("text", ["", "One.\nTwo.", "x" * 101, NOTHING])
def test_what_is_not_one_line_is_none(text):
    assert one_line(text, 100) is None
