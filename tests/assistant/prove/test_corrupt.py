import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.prove import read_pairs
from assistant.train.lies import corruptions, in_other_form, write_pairs

ROOT = Path(__file__).parents[3]

EN = (
    "On 14 March Marta Okello and 12 weavers from Kenya wished to sign a contract with the Silk House, "
    "and the large workshop was opened before Jonas Brandt.",
    "Olga Petrova came to Ghana in June with 35 pupils; the bobbins were mended and polished at the Wool Hall.",
)
ZH = (
    "3月14日，王小明主任访问了临江丝绸大学，随后会见了陈建国校长，希望签署12项合同。",
    "李志强主任和35名学生参观了青山学院。",
)
RU = (
    "14 марта ректор Иван Петров посетил Томск, 12 гостей приехали позже и хотят подписать договор; музей не открылся.",
    "Олег Сидоров приехал в Казань с 35 учениками; старые станки чинили мастера.",
)
KINDS = {
    EN: {"number", "date", "person", "place", "direction", "negation", "word", "status"},
    ZH: {"number", "date", "person", "direction", "negation", "word", "status"},
    RU: {"number", "date", "person", "direction", "negation", "word", "status"},
}
LANGUAGES = pytest.mark.parametrize("material", [EN, ZH, RU], ids=["en", "zh", "ru"])


def lies(material: tuple[str, str], kind: str = "", seed: int = 0) -> list[str]:
    sentence, rest = material
    return [lie.text for lie in corruptions(sentence, f"{sentence} {rest}", seed=seed) if kind in ("", lie.kind)]


@LANGUAGES
def test_every_kind_of_lie_is_told(material):
    sentence, rest = material
    told = [lie for seed in range(5) for lie in corruptions(sentence, f"{sentence} {rest}", seed=seed)]
    assert KINDS[material] <= {lie.kind for lie in told}


@LANGUAGES
def test_no_lie_is_the_sentence_or_stands_in_the_record_or_comes_twice(material):
    sentence, rest = material
    for seed in range(20):
        told = lies(material, seed=seed)
        assert told
        assert not any(lie == sentence or lie in f"{sentence} {rest}" for lie in told)
        assert len(told) == len(set(told))


@LANGUAGES
def test_the_same_seed_tells_the_same_lies_and_another_one_others(material):
    assert lies(material, seed=3) == lies(material, seed=3)
    assert any(lies(material, seed=3) != lies(material, seed=seed) for seed in range(4, 10))


def test_a_lie_that_stands_in_the_record_is_not_told():
    told = lies((EN[0], ""), "negation")[0]
    assert told not in lies((EN[0], told), "negation")


@LANGUAGES
def test_a_number_becomes_another_one_and_all_else_stays(material):
    for lie in lies(material, "number"):
        assert re.sub(r"\d+", "#", lie) == re.sub(r"\d+", "#", material[0])
        assert re.findall(r"\d+", lie) != re.findall(r"\d+", material[0])


@pytest.mark.parametrize(
    ("material", "kind", "lie"),
    [
        (EN, "status", "signed a contract"),
        (EN, "negation", "was not opened"),
        (ZH, "negation", "没有会见陈建国"),
        (RU, "status", "гостей приехали позже и подписали договор"),
        (RU, "negation", "музей открылся"),
    ],
)
def test_a_wish_is_told_as_done_and_a_no_comes_and_goes(material, kind, lie):
    assert any(lie in told for seed in range(5) for told in lies(material, kind, seed))


def test_a_person_becomes_another_one_of_the_record():
    assert any("Olga Petrova" in lie for lie in lies(EN, "person"))
    assert all("李志强" in lie for lie in lies(ZH, "person"))
    assert all("Олег Сидоров" in lie for lie in lies(RU, "person"))


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("The weavers came on 14 March with gifts.", "The weavers came on March 14 with gifts."),
        ("There were 13 weavers.", "There were thirteen weavers."),
        ("The weavers came on 14 March 2018.", "The weavers came on 14 March 2018."),
        ("Nobody came.", "Nobody came."),
    ],
)
def test_a_truth_in_another_form_keeps_what_it_says(sentence, other):
    assert in_other_form(sentence) == other


@pytest.mark.parametrize(("figure", "word"), [("3", "three"), ("12", "twelve"), ("4", "four"), ("10", "ten")])
def test_a_counted_thing_in_another_form_is_counted_by_a_plain_word(figure, word):
    assert in_other_form(f"There were {figure} weavers.") == f"There were {word} weavers."


def test_the_pairs_made_by_program_are_those_the_program_makes(tmp_path):
    written = ROOT / "tests" / "attacks" / "by_program.jsonl"
    assert write_pairs(ROOT / "corpus" / "reports", tmp_path / "pairs.jsonl") == len(read_pairs(written))
    assert (tmp_path / "pairs.jsonl").read_bytes() == written.read_bytes()


def test_pairs_made_by_program_quote_their_record(tmp_path):
    (tmp_path / "a.md").write_text(
        f"---\ntitle: Weavers\n---\n\n{EN[0]} {EN[1]}\n\n{RU[0]} {RU[1]}\n", encoding="utf-8"
    )
    assert write_pairs(tmp_path, tmp_path / "pairs.jsonl") > 4
    for pair in read_pairs(tmp_path / "pairs.jsonl"):
        assert pair.file == "a.md"
        assert pair.quotes[0] in {EN[0], EN[1], RU[0], RU[1]}
        assert pair.is_true is not None
        assert pair.sentence not in f"{EN} {RU}"


@pytest.mark.parametrize("sentence", ["", "Yes.", "好。", "Да."])
def test_of_a_sentence_that_says_nothing_no_lie_is_told(sentence):
    assert corruptions(sentence, sentence) == ()


def test_at_most_two_lies_of_a_kind_are_told():
    for seed in range(20):
        kinds = Counter(lie.kind for lie in corruptions(EN[0], " ".join(EN), seed=seed))
        assert max(kinds.values()) <= 2


def test_no_lie_says_no_twice():
    assert not any("не не" in lie for lie in lies(RU))


@pytest.mark.xfail(reason="the month before a name is taken for a part of it", strict=True, raises=AssertionError)
def test_a_lie_about_a_person_leaves_the_date_alone():
    assert all("14 March" in lie for kind in ("person", "direction") for lie in lies(EN, kind))
