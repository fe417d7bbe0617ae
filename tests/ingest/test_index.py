import inspect
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import chromadb.errors
import numpy as np
import pytest

from corpus import IndexMissing, IndexStale, IndexUnusable, SearchFailed
from ingest import Index, open_index
from ingest.history import RECEIPT
from ingest.index import nearest_in
from tests.ingest.words import WordEmbedder, state

READER = """
import sys
from pathlib import Path
from ingest import open_index
index = open_index(Path(sys.argv[1]))
for _ in range(20):
    for row in range(len(index.passages())):
        assert index.nearest(index.passage_vectors([row])[0], 2)[0][0] == row
        assert len(index.lexical.scores("delegation")) == len(index.passages())
index.close()
"""


def test_what_is_read_from_an_index_fits_together(built: Path) -> None:
    index = open_index(built, model="hashed words")
    assert [report.path for report in index.reports()] == ["almaty.md", "lyon.md", "shanghai.txt"]
    assert len(index.passages()) == index.manifest.passages == len(index.lexical) == 4
    for row, passage in enumerate(index.passages()):
        report = index.report(passage.report_id)
        assert report.text[passage.start : passage.end] == passage.text
        sentences = index.sentences_in(row)
        assert sentences
        for sentence in sentences:
            assert report.text[sentence.start : sentence.end] == sentence.text
            assert passage.start <= sentence.start < sentence.end <= passage.end
    index.close()


def test_vectors_are_those_of_heading_and_text(built: Path) -> None:
    index, embedder = open_index(built), WordEmbedder()
    rows = [2, 0]
    texts = [f"{index.passages()[row].heading}\n{index.passages()[row].text}" for row in rows]
    np.testing.assert_array_equal(index.passage_vectors(rows), embedder.embed_passages(texts))
    assert index.passage_vectors([]).shape == (0, 64)
    index.close()


def test_the_nearest_passages_come_with_their_cosine_best_first(built: Path) -> None:
    index = open_index(built)
    vector = WordEmbedder().embed_questions(["silk museum delegation"])[0]
    exact = index.passage_vectors(range(4)) @ vector
    found = index.nearest(vector, 100)
    assert [row for row, _ in found] == np.argsort(-exact).tolist()
    assert [cosine for _, cosine in found] == pytest.approx(np.sort(exact)[::-1].tolist(), abs=1e-5)
    assert index.nearest(vector, 2) == found[:2]
    assert index.nearest(vector, 0) == []
    index.close()


def test_words_find_the_passage_in_its_heading_too(built: Path) -> None:
    index = open_index(built)
    assert "silk museum" in index.passages()[int(np.argmax(index.lexical.scores("museum")))].text
    assert index.lexical.scores("Almaty")[0] > 0
    assert int(np.argmax(index.lexical.scores("教师培训"))) == 3
    index.close()


def test_two_processes_read_at_once_and_change_no_byte(built: Path) -> None:
    before = state(built)
    readers = [subprocess.Popen([sys.executable, "-c", READER, str(built)]) for _ in range(2)]
    assert [reader.wait(timeout=120) for reader in readers] == [0, 0]
    assert state(built) == before


def test_many_threads_ask_a_fresh_index_at_once(built: Path) -> None:
    index = open_index(built)
    vectors, found = index.passage_vectors(range(4)), []

    def ask(row: int) -> None:
        found.append((row, index.nearest(vectors[row], 1)[0][0]))

    threads = [threading.Thread(target=ask, args=(number % 4,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16
    assert all(asked == answered for asked, answered in found)
    index.close()


def test_an_open_index_answers_after_its_folder_is_gone(built: Path) -> None:
    index = open_index(built)
    shutil.rmtree(built)
    assert index.nearest(index.passage_vectors([1])[0], 1)[0][0] == 1
    assert index.lexical.scores("museum").max() > 0
    index.close()


def test_closing_removes_the_private_copy_and_ends_searching(built: Path) -> None:
    before = set(Path(tempfile.gettempdir()).glob("rapporteur-*"))
    index = open_index(built)
    (copy,) = set(Path(tempfile.gettempdir()).glob("rapporteur-*")) - before
    index.nearest(index.passage_vectors([0])[0], 1)
    index.close()
    index.close()
    assert not copy.exists()
    with pytest.raises(SearchFailed, match="closed"):
        index.nearest(index.passage_vectors([0])[0], 1)


def test_an_index_that_was_never_closed_leaves_nothing_behind_at_exit(built: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    code = READER.replace("index.close()", "")
    done = subprocess.run([sys.executable, "-c", code, str(built)], env={**os.environ, "TMPDIR": str(own)})
    assert done.returncode == 0
    assert list(own.glob("rapporteur-*")) == []


def test_no_index_is_missing_not_unusable(tmp_path: Path) -> None:
    for data in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissing, match="rapporteur index FOLDER"):
            open_index(data)


def test_another_model_is_refused_with_both_names_and_the_cure(built: Path) -> None:
    with pytest.raises(IndexStale, match=r"hashed words.*other model.*rapporteur index --model"):
        open_index(built, model="other model")


@pytest.mark.parametrize("fields", [{"format": 1}, {"format": 99}, {"format": 99, "invented_later": True}])
def test_another_format_is_stale_and_names_the_folder_to_index(
    built: Path, generation: Path, built_folder: Path, fields: dict[str, object]
) -> None:
    path = generation / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))
    with pytest.raises(IndexStale, match=f"format {fields['format']}.*rapporteur index {built_folder}"):
        open_index(built)


def test_every_file_of_a_generation_is_guarded(
    built: Path, generation: Path, damage: Callable[[Path], None], tmp_path: Path
) -> None:
    # The receipt tells of the run that made it; nothing is answered from it.
    files = [path for path in sorted(generation.rglob("*")) if path.is_file() and path.name != RECEIPT]
    names = [path.relative_to(generation) for path in files]
    assert {"records.db", "manifest.json", "passages.npy"} <= {str(name) for name in names}
    for name in names:
        for spoil in (damage, Path.unlink):
            copy = tmp_path / "copy"
            shutil.copytree(generation, copy)
            if spoil is damage and not (copy / name).stat().st_size:
                (copy / name).write_bytes(b"x")
            else:
                spoil(copy / name)
            with pytest.raises(IndexUnusable, match="rapporteur index"):
                Index(copy)
            shutil.rmtree(copy)


def test_an_unsealed_generation_is_refused(generation: Path) -> None:
    path = generation / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"checksums": {}}))
    with pytest.raises(IndexUnusable, match="never completed"):
        Index(generation)


@pytest.mark.parametrize("content", [b"", b"nothing-of-that-name", b"\xff\xfe", b"\n"])
def test_a_broken_pointer_is_unusable_with_the_cure(built: Path, content: bytes) -> None:
    (built / "current").write_bytes(content)
    with pytest.raises(IndexUnusable, match="rapporteur index FOLDER"):
        open_index(built)


CHROMA_ERRORS = [
    kind
    for _, kind in inspect.getmembers(chromadb.errors, inspect.isclass)
    if issubclass(kind, chromadb.errors.ChromaError) and not inspect.isabstract(kind)
]


class _Raising:
    """A store whose every search fails."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def query(self, query: object) -> object:
        raise self.error


@pytest.mark.parametrize("kind", CHROMA_ERRORS)
def test_every_error_of_chroma_is_a_failed_search_never_an_empty_one(kind: type[Exception]) -> None:
    error = kind.__new__(kind, "told")
    with pytest.raises(SearchFailed, match="rapporteur index"):
        nearest_in(_Raising(error), np.ones(3, dtype=np.float32), 1)


def test_a_vector_of_another_width_is_a_failed_search(built: Path) -> None:
    index = open_index(built)
    with pytest.raises(SearchFailed):
        index.nearest(np.ones(3, dtype=np.float32), 1)
    index.close()


def test_a_vector_of_no_numbers_is_a_failed_search_never_a_wrong_one(built: Path) -> None:
    index = open_index(built)
    with pytest.raises(SearchFailed, match="not a number"):
        index.nearest(np.full(64, np.nan, dtype=np.float32), 1)
    index.close()


def test_opening_loads_no_vector_store_and_importing_loads_nothing_heavy(built: Path) -> None:
    code = (
        "import sys, ingest\n"
        "heavy = {'torch', 'chromadb', 'llama_index', 'sentence_transformers', 'bm25s', 'scipy', 'watchfiles'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "from pathlib import Path\n"
        "ingest.open_index(Path(sys.argv[1])).close()\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(built)]).returncode == 0
