import pytest

from corpus.concepts import concepts_in, offices_in


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("the Rector", {"rector"}),
        ("ректором", {"rector"}),
        ("Vice Rector and Provost", {"vice rector", "provost"}),
        ("Vice-Rectors", {"vice rector"}),
        ("проректор по науке", {"vice rector"}),
        ("Deputy Minister", {"vice minister"}),
        ("заместитель министра", {"vice minister"}),
        ("замминистра", {"vice minister"}),
        ("former President", {"former president"}),
        ("Associate Professor", {"associate professor"}),
        ("доцент", {"associate professor"}),
        ("副教授", {"associate professor"}),
        ("", set()),
    ],
)
def test_an_office_is_named_with_its_rank(text, offices):
    assert offices_in(text) == offices


def test_the_chinese_vice_head_of_a_university_is_not_its_head():
    assert "vice rector" in offices_in("副校长武成") and "rector" not in offices_in("副校长武成")
    assert "rector" in offices_in("校长朱自强")


def test_rank_keeps_offices_apart_across_languages():
    for text in ("Vice Rector", "проректор", "副校长"):
        assert not offices_in(text) & offices_in("Rector")
        assert offices_in(text) & offices_in("Vice Rector")


@pytest.mark.parametrize("texts", [("agreement", "协议", "соглашение"), ("signed", "签署", "подписали")])
def test_a_concept_has_one_key_in_three_languages(texts):
    assert frozenset.intersection(*(concepts_in(text) for text in texts))


def test_a_text_without_concepts_has_none():
    assert concepts_in("") == frozenset()
