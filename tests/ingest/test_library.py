import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus import EventDate, ModelUnavailable, Report
from ingest import Passage, Sentence
from ingest.library import BATCH, Library, recipe_of
from tests.ingest.words import WordEmbedder

REPORT = Report(
    id="0123456789ab",
    title="Визит",
    text="One two. Три 四.",
    body=4,
    language="en",
    dates=(EventDate(text="4-5 November", start="--11-04", end="--11-05"),),
    path="a/b.md",
    sha256="5" * 64,
    pages=(0, 9),
)
SPLITS = [
    (
        Passage(report_id=REPORT.id, start=0, end=16, text=REPORT.text, heading="Визит › A", page=1),
        (
            Sentence(report_id=REPORT.id, start=0, end=8, text="One two."),
            Sentence(report_id=REPORT.id, start=9, end=16, text="Три 四."),
        ),
    )
]
RECIPE = recipe_of("m", 220)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "data" / "library.db")
    yield library
    library.close()


def test_a_report_comes_back_as_it_was_kept_and_only_for_its_bytes(library: Library) -> None:
    library.keep(REPORT)
    assert library.report("a/b.md", REPORT.sha256) == REPORT
    assert library.report("a/b.md", "6" * 64) is None
    assert library.report("other.md", REPORT.sha256) is None


def test_a_newer_version_does_not_drive_out_the_one_before(library: Library) -> None:
    newer = replace(REPORT, text="Newer.", sha256="6" * 64)
    library.keep(REPORT)
    library.keep(newer)
    assert library.report("a/b.md", REPORT.sha256) == REPORT
    assert library.report("a/b.md", newer.sha256) == newer
    library.prune([newer], RECIPE, "rules", "m", [])
    assert library.report("a/b.md", REPORT.sha256) is None
    assert library.report("a/b.md", newer.sha256) == newer


def test_a_report_read_in_an_older_way_is_given_only_to_who_accepts_it(library: Library, tmp_path: Path) -> None:
    library.keep(REPORT)
    database = sqlite3.connect(tmp_path / "data" / "library.db")
    with database:
        database.execute("UPDATE reports SET read_format = 0")
    database.close()
    assert library.report("a/b.md", REPORT.sha256) is None
    assert library.report("a/b.md", REPORT.sha256, as_now_read=False) == REPORT


def test_splits_come_back_as_they_were_kept_and_only_for_their_recipe(library: Library) -> None:
    library.keep_splits(REPORT, RECIPE, SPLITS)
    assert library.splits(REPORT, RECIPE) == SPLITS
    assert library.splits(REPORT, recipe_of("m", 100)) is None
    assert library.splits(REPORT, recipe_of("other", 220)) is None
    assert library.splits(replace(REPORT, text=REPORT.text + " "), RECIPE) is None


def test_the_recipe_names_the_model_and_the_size_of_passages() -> None:
    assert len({RECIPE, recipe_of("m", 100), recipe_of("other", 220)}) == 3


def test_a_renamed_report_keeps_its_splits_under_its_new_id(library: Library) -> None:
    library.keep_splits(REPORT, RECIPE, SPLITS)
    renamed = replace(REPORT, path="c.md", id="ba9876543210")
    found = library.splits(renamed, RECIPE)
    assert found is not None
    assert found[0][0] == replace(SPLITS[0][0], report_id=renamed.id)
    assert {sentence.report_id for sentence in found[0][1]} == {renamed.id}


def test_a_text_is_embedded_once_whatever_holds_it(library: Library, words: WordEmbedder) -> None:
    assert library.embed(words, ["a b", "c", "a b"]) == 2
    assert library.embed(words, ["c", "d", "a b"]) == 1
    assert sorted(words.embedded) == ["a b", "c", "d"]


def test_vectors_come_in_the_order_asked_for_and_are_those_of_the_model(library: Library, words: WordEmbedder) -> None:
    texts = ["one", "two words", "one", "三"]
    library.embed(words, texts)
    np.testing.assert_array_equal(library.vectors(words.name, texts), words.embed_passages(texts))
    assert library.vectors(words.name, []).shape == (0, 0)


def test_models_do_not_share_vectors(library: Library, words: WordEmbedder) -> None:
    library.embed(words, ["one"])
    assert library.missing("another", ["one"]) == ["one"]
    with pytest.raises(KeyError):
        library.vectors("another", ["one"])


class Failing(WordEmbedder):
    """Fails at the third batch."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(self.embedded) >= 2 * BATCH:
            raise MemoryError
        return super().embed_passages(texts)


def test_what_was_embedded_before_a_failure_is_kept(library: Library, words: WordEmbedder) -> None:
    texts = [f"text {number}" for number in range(3 * BATCH)]
    with pytest.raises(MemoryError):
        library.embed(Failing(), texts)
    assert library.embed(words, texts) == BATCH


class Broken(WordEmbedder):
    """Gives vectors that are no unit vectors, as a half-loaded model does."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return super().embed_passages(texts) * np.float32(self.factor)


@pytest.mark.parametrize("factor", [float("nan"), 0.0, 3.0])
def test_a_model_without_unit_vectors_is_refused_and_leaves_nothing(library: Library, factor: float) -> None:
    broken = Broken(factor)
    with pytest.raises(ModelUnavailable, match="hashed words"):
        library.embed(broken, ["one"])
    assert library.missing(broken.name, ["one"]) == ["one"]


def test_progress_counts_what_is_embedded(library: Library, words: WordEmbedder) -> None:
    told: list[tuple[int, int]] = []
    library.embed(words, [f"text {number}" for number in range(BATCH + 1)], lambda *step: told.append(step))
    assert told == [(BATCH, BATCH + 1), (BATCH + 1, BATCH + 1)]


def test_pruning_forgets_all_that_is_not_named(library: Library, words: WordEmbedder, tmp_path: Path) -> None:
    gone = replace(REPORT, path="gone.md", text="Gone now.")
    for report in (REPORT, gone):
        library.keep(report)
        library.keep_splits(report, RECIPE, SPLITS)
    library.embed(words, ["kept", "dropped"])
    library.embed(WordEmbedder("other model"), ["kept"])
    library.prune([REPORT], RECIPE, "rules", words.name, ["kept"])
    assert library.report("gone.md", gone.sha256) is None
    assert library.report(REPORT.path, REPORT.sha256) == REPORT
    assert library.splits(gone, RECIPE) is None
    assert library.splits(REPORT, RECIPE) == SPLITS
    database = sqlite3.connect(tmp_path / "data" / "library.db")
    assert database.execute("SELECT count(*) FROM vectors").fetchone() == (1,)
    database.close()
