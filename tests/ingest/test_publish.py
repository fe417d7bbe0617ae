import hashlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus import IndexBusy, IndexUnusable, ModelUnavailable, UsageError
from ingest import IngestConfig, Receipt, build_index, current_generation, open_index, watch
from ingest.guard import only_builder
from ingest.library import Library
from tests.ingest.words import REPORTS, WordEmbedder, state, write

ROOT = Path(__file__).parents[2]


@pytest.fixture
def again(built: Path, generation: Path, folder: Path) -> Callable[..., Receipt]:
    """Index `folder` into `built` again: the finished index is made to be one of `folder`, which holds the same."""
    path = generation / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"folder": str(folder)}))
    return lambda embedder, **more: build_index(folder, data=built, embedder=embedder, **more)


class Asleep(WordEmbedder):
    """A model that is gone when it is needed."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise ModelUnavailable("asleep")


def generations(data: Path) -> set[str]:
    return {path.name for path in (data / "generations").iterdir()}


def texts_of(data: Path) -> str:
    index = open_index(data)
    index.close()
    return "\n".join(passage.text for passage in index.passages())


def test_a_first_run_adds_everything_and_embeds_each_text_once(folder: Path, tmp_path: Path) -> None:
    embedder, steps = WordEmbedder(), []
    receipt = build_index(folder, data=tmp_path / "data", embedder=embedder, progress=lambda *step: steps.append(step))
    assert receipt.added == tuple(sorted(REPORTS))
    assert (receipt.changed, receipt.removed, receipt.unchanged, receipt.failed) == ((), (), 0, ())
    assert (receipt.reports, receipt.passages) == (3, 4)
    assert receipt.embedded == len(embedder.embedded) == len(set(embedder.embedded))
    assert receipt.generation == current_generation(tmp_path / "data").name
    assert list(dict.fromkeys(step for step, _, _ in steps)) == ["read", "split", "embed", "facts", "build", "audit"]
    assert all(0 <= done <= total for _, done, total in steps)


def test_a_second_run_changes_nothing_and_says_so(built: Path, built_folder: Path) -> None:
    before, embedder = state(built / "generations"), WordEmbedder()
    receipt = build_index(built_folder, data=built, embedder=embedder)
    assert (receipt.unchanged, receipt.added, receipt.changed, receipt.embedded) == (3, (), (), 0)
    assert receipt.generation == current_generation(built).name
    assert embedder.embedded == []
    assert state(built / "generations") == before


def test_one_changed_file_embeds_its_new_texts_only(again: Callable[..., Receipt], folder: Path, built: Path) -> None:
    write(folder, {"lyon.md": REPORTS["lyon.md"].replace("the silk museum", "two bridges")})
    embedder = WordEmbedder()
    receipt = again(embedder)
    assert (receipt.changed, receipt.unchanged, receipt.added) == (("lyon.md",), 2, ())
    assert len(embedder.embedded) == receipt.embedded == 1  # the passage that holds the new sentence
    assert all("two bridges" in text for text in embedder.embedded)
    assert "two bridges" in texts_of(built) and "silk museum" not in texts_of(built)


def test_a_deleted_file_is_gone_from_the_index_and_the_library(
    again: Callable[..., Receipt], folder: Path, built: Path
) -> None:
    (folder / "lyon.md").unlink()
    receipt = again(WordEmbedder())
    assert (receipt.removed, receipt.unchanged, receipt.embedded) == (("lyon.md",), 2, 0)
    assert "Moreau" not in texts_of(built)
    sha256 = hashlib.sha256(REPORTS["lyon.md"].encode()).hexdigest()
    library = Library(built / "library.db")
    assert library.report("lyon.md", sha256) is None
    library.close()


@pytest.mark.slow
def test_a_renamed_file_loads_no_model_and_a_model_that_is_gone_harms_nothing(
    again: Callable[..., Receipt], folder: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hashed words").mkdir()  # a folder of the model's name that holds no model
    monkeypatch.chdir(tmp_path)
    config = IngestConfig(model="hashed words")
    (folder / "lyon.md").unlink()
    (folder / "almaty.md").rename(folder / "renamed.md")
    receipt = again(None, config=config)
    assert (receipt.added, receipt.removed) == (("renamed.md",), ("almaty.md", "lyon.md"))
    assert receipt.embedded == 0
    before = state(built / "generations")
    write(folder, {"new.md": "# New\n\nA new sentence.\n"})
    with pytest.raises(ModelUnavailable):
        again(None, config=config)
    assert state(built / "generations") == before
    assert current_generation(built).name == receipt.generation


@pytest.mark.slow
def test_a_bad_file_is_named_and_the_good_ones_are_indexed(
    again: Callable[..., Receipt], folder: Path, built: Path
) -> None:
    write(folder, {"empty.md": "", "deep/new.md": "# New\n\nThe dean spoke of bridges.\n"})
    (folder / "torn.pdf").write_bytes(b"%PDF-1.7\nnot much of one")
    (folder / "b\udcffd.md").write_text("# Bad name\n\nWords.\n")
    receipt = again(WordEmbedder())
    assert receipt.added == ("deep/new.md",)
    assert sorted(failure.path for failure in receipt.failed) == ["b\\xffd.md", "empty.md", "torn.pdf"]
    assert all(failure.reason for failure in receipt.failed)
    assert "bridges" in texts_of(built)


def test_a_file_that_fails_now_keeps_its_last_good_version(
    again: Callable[..., Receipt], folder: Path, built: Path
) -> None:
    write(folder, {"lyon.md": ""})
    receipt = again(WordEmbedder())
    assert [failure.path for failure in receipt.failed] == ["lyon.md"]
    assert "last readable version stays" in receipt.failed[0].reason
    assert (receipt.reports, receipt.removed, receipt.unchanged) == (3, (), 3)
    assert "silk museum" in texts_of(built)
    assert again(WordEmbedder()).generation == receipt.generation


@pytest.mark.slow
def test_a_file_of_another_folder_is_no_last_good_version(
    again: Callable[..., Receipt], built: Path, tmp_path: Path
) -> None:
    other = write(tmp_path / "other", {"lyon.md": "", "other.md": "# Other\n\nAnother record.\n"})
    receipt = build_index(other, data=built, embedder=WordEmbedder())
    assert (receipt.reports, len(receipt.failed)) == (1, 1)
    assert "silk museum" not in texts_of(built)


@pytest.mark.slow
def test_only_the_published_version_is_the_last_good_one(
    again: Callable[..., Receipt], folder: Path, built: Path, tmp_path: Path
) -> None:
    """Builds that failed after reading leave newer versions in the library, and those of another folder."""
    other = write(tmp_path / "other", {"lyon.md": "# Other\n\nThe silver mine was seen.\n"})
    write(folder, {"lyon.md": "# Newer\n\nThe golden bridge was seen.\n"})
    for place in (folder, other):
        with pytest.raises(ModelUnavailable, match="asleep"):
            build_index(place, data=built, embedder=Asleep())
    write(folder, {"lyon.md": ""})
    again(WordEmbedder())
    texts = texts_of(built)
    assert "silk museum" in texts and "golden" not in texts and "silver" not in texts


def test_no_folder_and_no_readable_report_are_errors_that_change_nothing(built: Path, tmp_path: Path) -> None:
    before = state(built / "generations")
    with pytest.raises(UsageError, match="no such folder"):
        build_index(tmp_path / "nowhere", data=built, embedder=WordEmbedder())
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no readable report"):
        build_index(tmp_path / "empty", data=built, embedder=WordEmbedder())
    write(tmp_path / "bad", {"blank.md": " "})
    with pytest.raises(UsageError, match=r"blank\.md: it is empty"):
        build_index(tmp_path / "bad", data=built, embedder=WordEmbedder())
    assert state(built / "generations") == before
    open_index(built).close()


@pytest.mark.slow
def test_a_report_of_headings_only_is_indexed_without_passages(tmp_path: Path) -> None:
    folder = write(tmp_path / "reports", {"a.md": "# Only a heading\n"})
    receipt = build_index(folder, data=tmp_path / "data", embedder=WordEmbedder())
    index = open_index(tmp_path / "data")
    assert (receipt.reports, receipt.passages, index.passages()) == (1, 0, ())
    vector = WordEmbedder().embed_questions(["heading"])[0]
    assert index.nearest(vector, 5) == []
    assert (index.passage_vectors([]) @ vector).shape == index.lexical.scores("heading").shape == (0,)
    index.close()


@pytest.mark.slow
def test_another_model_or_passage_size_builds_anew(again: Callable[..., Receipt], built: Path) -> None:
    other = WordEmbedder("other model")
    receipt = again(other, config=IngestConfig(max_tokens=5))
    assert receipt.embedded == len(other.embedded) > 0
    assert receipt.unchanged == 3 and receipt.passages > 4
    open_index(built, model="other model").close()


@pytest.mark.slow
def test_the_generation_before_stays_and_older_go(again: Callable[..., Receipt], folder: Path, built: Path) -> None:
    before = current_generation(built).name
    write(built / "generations" / "older", {"manifest.json": "{}"})
    reader = open_index(built)
    write(folder, {"new.md": "# New\n\nA sentence.\n"})
    receipt = again(WordEmbedder())
    assert generations(built) == {before, receipt.generation}
    assert reader.nearest(reader.passage_vectors([0])[0], 1)[0][0] == 0
    reader.close()


@pytest.mark.slow
def test_a_damaged_index_is_cured_by_indexing_again(
    again: Callable[..., Receipt], built: Path, damage: Callable[[Path], None]
) -> None:
    damage(current_generation(built) / "passages.npy")
    with pytest.raises(IndexUnusable):
        open_index(built)
    embedder = WordEmbedder()
    receipt = again(embedder)
    assert (receipt.unchanged, receipt.embedded, embedder.embedded) == (3, 0, [])
    open_index(built).close()


@pytest.mark.slow
def test_all_that_is_lost_but_the_reports_is_cured_by_indexing_again(
    again: Callable[..., Receipt], built: Path
) -> None:
    for path in built.glob("library.db*"):
        path.unlink()
    (current_generation(built) / "manifest.json").unlink()
    (built / "current").write_bytes(b"\xff")
    receipt = again(WordEmbedder())
    assert (len(receipt.added), receipt.embedded > 0) == (3, True)
    open_index(built).close()


def test_a_damaged_library_is_named_with_the_cure_and_harms_no_index(
    again: Callable[..., Receipt], built: Path
) -> None:
    for path in built.glob("library.db*"):
        path.unlink()
    (built / "library.db").write_bytes(b"no database at all, but long enough" * 50)
    with pytest.raises(IndexUnusable, match=r"library\.db.*Remove it"):
        again(WordEmbedder())
    open_index(built).close()


def test_a_data_folder_that_cannot_be_written_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(IndexUnusable, match=r"could not be written.*--data"):
        build_index(folder, data=tmp_path / "data", embedder=WordEmbedder())


def test_a_failed_build_leaves_no_trace_and_the_old_index_answers(
    again: Callable[..., Receipt], folder: Path, built: Path
) -> None:
    before = state(built / "generations")
    write(folder, {"new.md": "# New\n\nA sentence.\n"})
    (built / "current.new").mkdir()  # the very last write is refused
    with pytest.raises(IndexUnusable, match="unharmed"):
        again(WordEmbedder())
    assert {name: one for name, one in state(built / "generations").items() if name in before} == before
    open_index(built).close()


def test_a_second_build_is_refused_while_one_runs(again: Callable[..., Receipt], built: Path) -> None:
    with only_builder(built, 1), pytest.raises(IndexBusy):
        again(WordEmbedder(), config=IngestConfig(lock_seconds=0.1))


BUILD = """
import sys, time
from pathlib import Path
from ingest import build_index
from tests.ingest.words import WordEmbedder

class Slow(WordEmbedder):
    def embed_passages(self, texts):
        time.sleep(0.5)
        return super().embed_passages(texts)

print("ready", flush=True)
build_index(
    Path(sys.argv[1]), data=Path(sys.argv[2]), embedder=Slow(), progress=lambda *step: print(step[0], flush=True)
)
"""


def start_build(folder: Path, data: Path, until: str) -> subprocess.Popen[str]:
    """A build in a process of its own, which has come to that step."""
    build = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(folder), str(data)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert build.stdout is not None
    assert any(line.strip() == until for line in build.stdout), f"it ended before it came to {until}"
    return build


def kill(build: subprocess.Popen[str]) -> None:
    build.kill()
    build.communicate()


def change(folder: Path, pilots: int) -> None:
    write(folder, {"almaty.md": REPORTS["almaty.md"].replace("48 teachers", f"{pilots} pilots")})


def assert_whole(data: Path, old: str, pilots: int) -> None:
    """The published index answers, and is either the one before or the new one, entirely."""
    index = open_index(data, model="hashed words")
    assert (f" {pilots} pilots" in index.passages()[0].text) == (index.manifest.generation != old)
    assert [index.nearest(index.passage_vectors([row])[0], 1)[0][0] for row in range(4)] == [0, 1, 2, 3]
    assert index.lexical.scores("workshop")[0] > 0
    index.close()


@pytest.mark.parametrize(
    "step", [pytest.param("embed", marks=pytest.mark.slow), pytest.param("build", marks=pytest.mark.slow), "audit"]
)
def test_a_build_killed_at_any_step_leaves_the_last_good_index_and_the_next_run_embeds_nothing_again(
    step: str, again: Callable[..., Receipt], folder: Path, built: Path
) -> None:
    change(folder, 999)
    old = current_generation(built).name
    kill(start_build(folder, built, step))
    assert_whole(built, old, 999)
    assert again(WordEmbedder()).embedded == 0
    assert " 999 pilots" in texts_of(built)
    assert not any(name.startswith("building-") for name in generations(built))


@pytest.mark.slow
def test_ten_kills_spread_over_a_run_leave_the_last_good_index_each_time(
    again: Callable[..., Receipt], folder: Path, built: Path
) -> None:
    change(folder, 100)
    build = start_build(folder, built, "ready")
    began = time.monotonic()
    build.communicate()
    seconds = time.monotonic() - began
    killed_while_building = 0
    for pilots in range(101, 111):
        change(folder, pilots)
        old = current_generation(built).name
        build = start_build(folder, built, "ready")
        time.sleep(seconds * (pilots - 100.5) / 10)
        kill(build)
        killed_while_building += build.returncode < 0
        assert_whole(built, old, pilots)
    assert killed_while_building >= 7
    again(WordEmbedder())
    assert " 110 pilots" in texts_of(built)
    assert not any(name.startswith("building-") for name in generations(built))


@pytest.mark.slow
def test_a_watched_folder_gives_a_receipt_for_each_change_and_none_for_its_own_writing(folder: Path) -> None:
    data, stop = folder / ".rapporteur", threading.Event()
    receipts = watch(folder, data=data, embedder=WordEmbedder(), stop=stop)
    assert len(next(receipts).added) == 3
    write(folder, {"new.md": "# New\n\nA sentence.\n"})
    (folder / "lyon.md").rename(folder / "moved.md")
    changed = next(receipts)
    assert (changed.added, changed.removed) == (("moved.md", "new.md"), ("lyon.md",))
    threading.Timer(3, stop.set).start()
    assert list(receipts) == []


def test_watching_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        next(watch(tmp_path / "nowhere", data=tmp_path / "data"))
