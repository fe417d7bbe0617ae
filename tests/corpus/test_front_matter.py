import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.read.front_matter import front_matter

FENCED = "---\ntitle: A visit\ndate: 2024-05-03\n---\n\nThe team came.\n"
CLOSED = "title: A visit\ndate: 2024-05-03\n---\nThe team came.\n"
UNCLOSED = "---\ntitle: A visit\ndate: 2024-05-03\n\nThe team came.\n"


@pytest.mark.parametrize("text", [FENCED, CLOSED, UNCLOSED], ids=["fenced", "closed by one line", "never closed"])
def test_the_ways_of_writing_front_matter_give_the_same_values_and_body(text: str) -> None:
    found = front_matter(text)
    assert found.values == {"title": "A visit", "date": "2024-05-03"}
    assert text[found.body :] == "The team came.\n"


@pytest.mark.parametrize(
    "text",
    [
        "The team came.\n",
        "",
        "---\n\nThe team came after a line across the page.\n\n---\nMore.\n",
        "Meeting in Almaty: what was said\n---\nThe team came.\n",
        "# Visit\n\nFrom 3 May: the team came.\n\n---\n\nMore.\n",
        "https://example.org/page\n---\nThe team came.\n",
    ],
)
def test_text_without_front_matter_is_left_whole(text: str) -> None:
    found = front_matter(text)
    assert (found.values, found.body) == ({}, 0)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"not stated (\\"recently\\")"', 'not stated ("recently")'),
        ("'it''s here'", "it's here"),
        ("TEC: a visit", "TEC: a visit"),
        ("[Almaty, Astana]", "Almaty, Astana"),
        ("Almaty  # a city", "Almaty"),
        ('"half quoted', '"half quoted'),
        (">\n  two\n  lines", "two lines"),
        ("\n  - one\n  - two", "one, two"),
    ],
)
def test_values_lose_the_marks_of_yaml_and_nothing_else(written: str, value: str) -> None:
    assert front_matter(f"---\nplace: {written}\n---\nBody.").values == {"place": value}


def test_keys_in_four_languages_have_one_name() -> None:
    for key, name in {"日期": "date", "Дата": "date", "Күні": "date", "Visit_Date": "date", "标题": "title"}.items():
        assert front_matter(f"---\n{key}: x\n---\nBody.").values == {name: "x"}
    assert front_matter("---\n标题：访问\n---\n正文。").values == {"title": "访问"}


def test_a_line_that_cannot_be_understood_costs_only_itself() -> None:
    text = "---\ntitle: A visit\n%%% broken [\ndate: 2024\n---\nBody."
    found = front_matter(text)
    assert found.values == {"title": "A visit", "date": "2024"}
    assert text[found.body :] == "Body."


@given(st.text(st.sampled_from("ab:- \n\"'#[\u65e5\uff1a"), max_size=80))
def test_whatever_stands_at_the_top_the_body_is_a_true_offset(text: str) -> None:
    found = front_matter(text)
    assert 0 <= found.body <= len(text)
    assert found.body == 0 or found.values
