"""The checker over a small index of its own, with the real model."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.prove import CHECKS, Checker, Pair, open_checker
from corpus import IndexMissing, UsageError
from ingest import Embedder, TokenVectors, build_index

RECORDS = {
    "2023/porto.md": "---\ntitle: A visit to Porto\n---\n\nThe Teacher Training Board (TTB) was founded in 1998.\n",
    "almaty.md": (
        "---\ntitle: Workshop in Almaty\nsource: https://example.org/almaty\n---\n\n"
        "The Teacher Training Board welcomed twelve guests. Aliya Bekova spoke about small classes. "
        "The two sides wish to sign an agreement on rural schools.\n"
    ),
}
WELCOMED = "The Teacher Training Board welcomed twelve guests."
WISHED = "The two sides wish to sign an agreement on rural schools."
SIGNED = "The two sides signed an agreement on rural schools."


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    folder, data = tmp_path_factory.mktemp("records"), tmp_path_factory.mktemp("data")
    for name, text in RECORDS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    build_index(folder, data=data, embedder=embedder)
    return data


@pytest.fixture(scope="module")
def checker(data: Path, embedder: Embedder) -> Checker:
    return open_checker(data, embedder=embedder)


def pair(sentence: str, *quotes: str, file: str = "") -> Pair:
    return Pair(id="1", sentence=sentence, quotes=quotes, file=file)


def test_quotes_alone_need_no_index_and_leave_nothing_behind(tmp_path: Path, embedder: Embedder) -> None:
    checker = open_checker(tmp_path / "nowhere", embedder=embedder)
    assert checker.check(pair(WISHED, WISHED)).proof.verdict == "proved"
    assert checker.check(pair(SIGNED, WISHED)).proof.verdict == "withheld"
    with pytest.raises(IndexMissing):
        checker.check(pair(WISHED, file="almaty.md"))
    assert not (tmp_path / "nowhere").exists()


def test_a_line_holds_the_public_fields_and_a_reason_only_where_something_failed(checker: Checker) -> None:
    proved = checker.check(pair(WISHED, WISHED)).to_dict()
    assert list(proved) == ["id", "verdict", "score", "checks", "reason", "quote"]
    assert (proved["id"], proved["verdict"], proved["reason"], proved["quote"]) == ("1", "proved", "", WISHED)
    assert proved["checks"] == dict.fromkeys(CHECKS, True)
    withheld = checker.check(pair(SIGNED, WISHED))
    assert withheld.to_dict()["checks"]["no_stronger"] is False
    reasons = {withheld.to_dict(language)["reason"] for language in ("en", "zh", "ru")}
    assert len(reasons) == 3 and withheld.to_dict()["reason"] == withheld.to_dict("en")["reason"] != ""


def test_quotes_of_a_record_must_stand_in_it_word_for_word(checker: Checker) -> None:
    assert checker.check(pair(WELCOMED, WELCOMED, file="almaty.md")).proof.checks["located"]
    for quote in ("The Teacher Training Board welcomed 12 guests.", RECORDS["2023/porto.md"][-40:].strip()):
        assert not checker.check(pair(WELCOMED, quote, file="almaty.md")).proof.checks["located"]


def test_without_quotes_the_whole_record_is_the_evidence_but_not_its_front_matter(checker: Checker) -> None:
    found = checker.check(pair(SIGNED, file="almaty.md")).proof
    assert (found.verdict, found.quote) == ("withheld", WISHED)
    assert checker.check(pair("Aliya Bekova spoke about small classes.", file="almaty.md")).proof.verdict == "proved"
    assert (
        checker.check(pair(WELCOMED, " ", file="almaty.md")).proof
        == checker.check(pair(WELCOMED, file="almaty.md")).proof
    )
    assert checker.check(pair("source: https://example.org/almaty", file="almaty.md")).proof.verdict != "proved"


def test_names_of_the_title_and_acronyms_of_other_records_count_for_a_record_and_only_there(checker: Checker) -> None:
    for sentence in ("TTB welcomed twelve guests.", "The Teacher Training Board welcomed guests in Almaty."):
        assert checker.check(pair(sentence, WELCOMED, file="almaty.md")).proof.checks["covered"], sentence
        assert not checker.check(pair(sentence, WELCOMED)).proof.checks["covered"], sentence


def test_an_acronym_that_a_quote_explains_is_known_in_the_other_quotes(checker: Checker) -> None:
    explained = "The Rural Schools Union (RSU) met in May."
    both = checker.check(pair("The RSU met in May.", explained)).proof
    assert both.checks["covered"]
    assert not checker.check(pair("The RSU met in May.", "The Rural Schools Union met in May.")).proof.checks["covered"]


def test_a_record_is_found_under_another_suffix_and_an_unknown_one_is_named(checker: Checker) -> None:
    assert checker.check(pair(WELCOMED, file="almaty.txt")).proof.verdict == "proved"
    with pytest.raises(UsageError, match=r"taraz\.md.*rapporteur index"):
        checker.check(pair(WELCOMED, file="taraz.md"))
    named = [pair("a", file="taraz.md"), pair("b", file="almaty.md"), pair("c", "q"), pair("d", file="taraz.md")]
    assert checker.lacking(named) == ("taraz.md",)


def test_the_same_evidence_on_many_lines_is_read_by_the_model_once(tmp_path: Path, embedder: Embedder) -> None:
    read: list[str] = []

    class Counting:
        def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
            read.extend(texts)
            return embedder.embed_tokens(texts)

    checker = open_checker(tmp_path, embedder=Counting())
    for sentence in (SIGNED, "Both sides hope for an agreement.", SIGNED):
        checker.check(pair(sentence, WISHED))
    assert sorted(read) == sorted({WISHED, SIGNED, "Both sides hope for an agreement."})
