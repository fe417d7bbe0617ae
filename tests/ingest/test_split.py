from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Report
from ingest.passages import passages_of, sentences_of
from ingest.split import MAX_SENTENCE, split_sentences
from tests.timing import grows_no_faster_than_its_input

SENTENCES = {
    "two plain sentences": ["The rector spoke.", "Guests listened."],
    "titles": ["Dr. Aliya met Prof. Li and Mr. Orazov.", "They agreed."],
    "initials": ["S. Zh. Praliyev signed it.", "J. R. R. Brown did not."],
    "Russian initials": ["Выступил Т. Г. Дж. Шаров.", "Гости слушали."],
    "an honored name": ["Гости из КазНПУ им. Абая прибыли.", "Их встретил проф. Ли."],
    "Russian shorthand": ["Были ректор, деканы и т.д. и т.п.", "Встреча прошла на ул. Пушкина, д. 5.", "Затем отъезд."],
    "a year in Russian": ["Визит 2019 г. был первым.", "Второй был в 2021 г."],
    "the end of a shorthand": ["It covered fees, visas, etc.", "The visit ended at 5 p.m.", "Guests left."],
    "a country in dots": ["The U.S. Embassy helped.", "He lives in the U.S.", "The visit was short."],
    "for example": ["Some rooms, e.g. Room 5, i.e. the hall, were open.", "Others were not."],
    "numbers": ["The fee is 3.5 million.", "It rose by 1,000.50 in May.", "No. 5 was chosen."],
    "a date in figures": ["Встреча прошла 05.06.2024.", "Делегация уехала 07.06.2024.", "Всё."],
    "an address of the web": ["See www.example.org.", "It is kept at example.com.", "Write to a.b@example.org."],
    "quotes": ['"We agree." he said.', "“Is it so?” she asked.", "«Да.»", "Он ушёл."],
    "quotes that end": ["He said: “We agree.”", "She said: «Нет!»", "They left."],
    "a word in low case after a stop": ["He met approx. ten of them.", "He paused... then went on.", "Done."],
    "other marks": ["Was it signed?", "It was!", "Really?!", "So…", "Yes."],
    "notes and emphasis": ["It was signed.[1]", "**It was sealed.**", "_It was sent._", "It came.[2][13]", "End."],
    "an unfinished last sentence": ["The rector spoke.", "Guests"],
    "a stop without a blank": ["Version 2.0.1 of file.txt was sent.", "Done."],
}


@pytest.mark.parametrize("sentences", SENTENCES.values(), ids=list(SENTENCES))
def test_sentences_of_words_and_blanks_are_found(sentences: list[str]) -> None:
    for between in (" ", "\n", "  "):
        assert found(between.join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["代表团参观了大学。", "双方讨论了合作！", "是否签署？", "尚未签署；", "以后再议。"],
        ["他说：“我们同意。”", "（会议结束。）", "《备忘录》已签署。", "“好！”", "大家离开了。"],
        ["参观了3.5万平方米的校区。", "见www.example.org的说明。", "Dr. Li出席。"],
        ["真的?", "是的!", "好…", "再见。"],
        ["会议在Almaty举行。", "The rector spoke.", "Гости слушали!", "结束"],
    ],
)
def test_chinese_sentences_need_no_blank_and_keep_their_closing_marks(sentences: list[str]) -> None:
    joined = "".join(one + " " * one.isascii() + " " * one.endswith("слушали!") for one in sentences)
    assert found(joined) == sentences
    assert found("\n\n".join(sentences)) == sentences


BLOCKS = {
    "list items": (
        "- one school\n- two schools\n* three\n• four",
        ["- one school", "- two schools", "* three", "• four"],
    ),
    "numbered items": (
        "1. Opening words\n2) Talks. Tea.\n3、结束",
        ["1. Opening words", "2) Talks.", "Tea.", "3、结束"],
    ),
    "numbered sections": ("1.2. Scope of work\n\nIV. Results", ["1.2. Scope of work", "IV. Results"]),
    "an item that goes on": ("- one school\n  in Lyon. Two", ["- one school\n  in Lyon.", "Two"]),
    "headings": ("# Visit\nThe rector spoke.\n## Talks\nTea", ["# Visit", "The rector spoke.", "## Talks", "Tea"]),
    "an underlined heading": ("Visit\n-----\nThe rector spoke", ["Visit", "The rector spoke"]),
    "table rows": ("| a | b |\n|---|---|\n| 1 | 2 |\nText", ["| a | b |", "| 1 | 2 |", "Text"]),
    "blank lines": ("No stop here\n\nNor here\n \nEnd", ["No stop here", "Nor here", "End"]),
    "a line break inside a paragraph": ("The rector\nspoke. Then\nhe left.", ["The rector\nspoke.", "Then\nhe left."]),
    "a hash that is no heading": ("Room\n#5 was open.", ["Room\n#5 was open."]),
    "nothing to say": ("***\n\n…\n\n— !?\n", []),
    "no text": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), BLOCKS.values(), ids=list(BLOCKS))
def test_what_stands_apart_is_a_sentence_apart(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_only_the_stretch_asked_for_is_split() -> None:
    text = "One two. Three four. Five six."
    assert split_sentences(text, 4, 14) == [(4, 8), (9, 14)]
    assert split_sentences(text, 9) == [(9, 20), (21, 30)]
    assert split_sentences(text, 8, 9) == []


def test_a_sentence_without_end_is_cut_between_words_and_never_inside_a_number() -> None:
    text = ", ".join(f"{number},000 pupils" for number in range(100, 300))
    pieces = found(text)
    assert len(pieces) > 3
    assert all(len(piece) <= MAX_SENTENCE and piece[0].isdigit() for piece in pieces)
    assert all(piece.rstrip(",").endswith("000 pupils") for piece in pieces)
    assert [len(piece) for piece in found("字" * 1300)] == [600, 600, 100]


@pytest.mark.parametrize("text", ["The dean left. ", "。", "a. ", "?!", ".", "字", " ", "-", "#", "# a \t", "1,"])
@pytest.mark.parametrize("before", ["", "# a", "- "])
def test_the_time_taken_grows_with_the_text_and_no_faster(text: str, before: str) -> None:
    def split(length: int) -> object:
        return sentences_of(report_of(before + text * (length // len(text)) + "b"))

    # Twenty times the text: the square would be four hundred times the work.
    assert grows_no_faster_than_its_input(split, small=20_000, large=400_000)


# Everything the splitter looks at, beside anything at all.
PIECES = [
    *("Dr. ", "S. ", "им. ", "г. ", "т.д. ", "No. ", "U.S. ", "3.5", "1,000 ", "05.06.2024. "),
    *("。", "！", "？”", "；", "?", "!", "… ", ". ", ".", ".” ", '." ', "» ", "[1] ", "** "),
    *("- ", "1. ", "\n", "\n\n", "\n# ", "\n## Head\n", "\n| ", "\n---\n", "> "),
    *(" ", "\t", "\u00a0", "\u2028", "\x0c", "\x1c", "\x85", "\r\n"),
    *("école", "The", "school", "学校", "школа", "Абая"),
]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@given(TEXTS)
def test_every_letter_and_digit_of_any_text_is_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    for start, end in spans:
        assert start < end
        assert text[start:end] == text[start:end].strip()
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    inside = {at for start, end in spans for at in range(start, end)}
    assert all(at in inside for at, letter in enumerate(text) if letter.isalnum())


@given(TEXTS, st.integers(0, 200), st.integers(1, 40))
def test_passages_of_any_report_are_slices_that_hold_each_sentence_once(text: str, body: int, max_tokens: int) -> None:
    report = report_of(text, body=min(body, len(text)))
    sentences = sentences_of(report)
    passages = passages_of(report, max_tokens=max_tokens, count_tokens=lambda one: len(one.split()))
    for one in (*sentences, *passages):
        assert one.text and one.text == report.text[one.start : one.end] == one.text.strip()
        assert one.start >= report.body and one.report_id == report.id
    assert all(left.end <= right.start for left, right in pairwise(passages))
    for sentence in sentences:
        assert sum(one.start <= sentence.start and sentence.end <= one.end for one in passages) == 1
    for passage in passages:
        held = [one for one in sentences if passage.start <= one.start and one.end <= passage.end]
        assert (held[0].start, held[-1].end) == (passage.start, passage.end)
        assert len(held) == 1 or sum(len(one.text.split()) for one in held) <= max_tokens


def test_headings_stand_above_the_passages_and_in_no_sentence() -> None:
    text = "---\ntitle: Visit\n---\n# Visit\n\nOne.\n\n## Talks\n\nTwo.\n\n### Fees ###\nThree.\n\n## Tea\n\nFour.\n"
    report = report_of(text, body=text.index("# Visit"))
    passages = passages_of(report, count_tokens=len)
    assert [(one.text, one.heading) for one in passages] == [
        ("One.", "Visit"),
        ("Two.", "Visit › Talks"),
        ("Three.", "Visit › Talks › Fees"),
        ("Four.", "Visit › Tea"),
    ]
    assert [one.text for one in sentences_of(report)] == ["One.", "Two.", "Three.", "Four."]


def test_a_heading_without_end_does_not_hide_what_stands_below() -> None:
    (passage,) = passages_of(report_of(f"# {'words ' * 1000}\n\nThe rector spoke."), count_tokens=len)
    assert passage.text == "The rector spoke."
    assert passage.heading.startswith("Visit › words words") and len(passage.heading) < 300


def test_a_passage_ends_with_its_paragraph_where_that_leaves_enough_behind() -> None:
    report = report_of("a b c d. e f g.\n\nh i j k. l m n o.\n\np.")
    passages = passages_of(report, max_tokens=10, count_tokens=lambda one: len(one.split()))
    assert [one.text for one in passages] == ["a b c d. e f g.", "h i j k. l m n o.\n\np."]


def test_a_passage_knows_its_page() -> None:
    report = report_of("One.\n\n# A\nTwo.\n\n# B\nThree.", pages=(0, 10))
    assert [one.page for one in passages_of(report, count_tokens=len)] == [1, 2, 2]
    assert [one.page for one in passages_of(report_of("One."), count_tokens=len)] == [None]


def test_a_passage_that_begins_inside_a_table_bears_its_head_and_one_that_holds_the_head_or_no_table_does_not() -> None:
    rows = "".join(f"| Pier {n} | {n} metres |\n" for n in range(1, 9))
    text = f"Before.\n\n| Berth | Depth |\n{rows}\nAfter it nothing stands in a row.\n"
    passages = passages_of(report_of(text), max_tokens=12, count_tokens=lambda some: len(some.split()))
    told = [(one.text.split("\n")[0], one.heading) for one in passages]
    assert told[0] == ("Before.", "Visit") and told[-1] == ("After it nothing stands in a row.", "Visit")
    assert "| Berth | Depth |" in passages[0].text and len(told) > 4
    assert {heading for _, heading in told[1:-1]} == {"Visit › Berth · Depth"}


def test_a_report_without_a_record_proper_gives_nothing() -> None:
    for report in (report_of(""), report_of("---\ntitle: A\n---\n", body=17), report_of("# Only\n## Headings\n")):
        assert sentences_of(report) == passages_of(report, count_tokens=len) == ()


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def report_of(text: str, *, body: int = 0, pages: tuple[int, ...] = ()) -> Report:
    return Report(id="0123456789ab", title="Visit", text=text, body=body, path="a.md", sha256="0" * 64, pages=pages)


@pytest.mark.parametrize(
    "sentences",
    [
        ["Guests spoke about water and about bread.", "学院教师参加了座谈。", "大家离开了。"],
        ["Гости говорили о воде и о хлебе.", "学院教师参加了座谈。"],
        ["Guests spoke about water (and bread).", "学院教师参加了座谈。"],
        ["与Rowan Books Inc.的合作已结束。"],
        ["由the Rowan Trading Co.发布的消息。"],
        ["Guests met with Prof.林小雨 in the hall."],
    ],
)
def test_a_latin_sentence_may_end_right_before_a_chinese_one(sentences: list[str]) -> None:
    assert found("".join(sentences)) == sentences
