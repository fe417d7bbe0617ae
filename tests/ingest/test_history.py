import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import IndexBusy, IndexMissing, IndexStale, IndexUnusable, UsageError
from ingest import (
    IngestConfig,
    build_index,
    current_generation,
    forget_generations,
    generations,
    open_index,
    roll_back,
)
from ingest.guard import only_builder
from tests.ingest.words import WordEmbedder, state, write


@pytest.fixture
def grow(built: Path, generation: Path, folder: Path) -> Callable[..., str]:
    """Write reports and publish the next generation of `built`, as one of `folder`; gives its name."""
    path = generation / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"folder": str(folder)}))

    def next_one(reports: dict[str, str], keep: int = 3) -> str:
        write(folder, reports)
        config = IngestConfig(keep_generations=keep)
        return build_index(folder, data=built, config=config, embedder=WordEmbedder()).generation

    return next_one


def names(data: Path) -> list[str]:
    return [one.generation for one in generations(data)]


def texts_of(data: Path) -> str:
    index = open_index(data)
    index.close()
    return "\n".join(passage.text for passage in index.passages())


def test_before_the_first_build_no_generation_is_kept(tmp_path: Path) -> None:
    assert generations(tmp_path) == ()
    with pytest.raises(IndexMissing):
        roll_back(tmp_path, "any")
    with pytest.raises(IndexMissing):
        forget_generations(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_generations_are_listed_newest_first_with_their_receipts(grow: Callable[..., str], built: Path) -> None:
    first = current_generation(built).name
    second = grow({"new.md": "# New\n\nA dean spoke of bridges.\n"})
    listed = generations(built)
    assert [one.generation for one in listed] == [second, first]
    assert [one.is_published for one in listed] == [True, False]
    assert [one.reports for one in listed] == [4, 3]
    assert listed[0].receipt is not None and listed[0].receipt["added"] == ["new.md"]
    assert listed[1].receipt is not None and len(listed[1].receipt["added"]) == 3
    assert all(one.is_readable and one.model == "hashed words" for one in listed)


@pytest.mark.slow
def test_only_as_many_generations_stay_as_are_asked_for(grow: Callable[..., str], built: Path) -> None:
    made = [current_generation(built).name] + [grow({f"{n}.md": f"# {n}\n\nSentence {n}.\n"}) for n in range(3)]
    assert names(built) == [made[3], made[2], made[1]]
    kept = generations(built)
    assert [len(one.receipt["forgotten"]) for one in kept if one.receipt] == [1, 0, 0]
    last = grow({"last.md": "# Last\n\nA sentence.\n"}, keep=1)
    assert names(built) == [last]
    (one,) = generations(built)
    assert one.receipt is not None and one.receipt["forgotten"] == [one.built_at for one in kept]
    with pytest.raises(UsageError, match="keep_generations"):
        IngestConfig(keep_generations=0)


def test_an_earlier_generation_serves_again_though_the_library_forgot_it(
    grow: Callable[..., str], folder: Path, built: Path
) -> None:
    first = current_generation(built).name
    (folder / "lyon.md").unlink()
    second = grow({})
    reader = open_index(built)
    assert "silk museum" not in texts_of(built)
    done = roll_back(built, first)
    assert (done.generation, done.is_published) == (first, True)
    assert "silk museum" in texts_of(built)
    assert current_generation(built).name != reader.manifest.generation == second
    reader.close()


@pytest.mark.slow
def test_a_roll_back_writes_nothing_but_the_pointer(grow: Callable[..., str], built: Path) -> None:
    first = current_generation(built).name
    grow({"new.md": "# New\n\nA sentence.\n"})
    before = state(built / "generations")
    roll_back(built, first)
    assert state(built / "generations") == before


@pytest.mark.slow
def test_the_run_after_a_roll_back_builds_from_the_folder_again(
    grow: Callable[..., str], folder: Path, built: Path
) -> None:
    first = current_generation(built).name
    (folder / "lyon.md").unlink()
    grow({"new.md": "# New\n\nThe dean spoke of bridges.\n"})
    roll_back(built, first)
    third = grow({})
    assert third != first
    assert "bridges" in texts_of(built) and "silk museum" not in texts_of(built)
    assert generations(built)[0].receipt["removed"] == ["lyon.md"]


@pytest.mark.slow
def test_a_file_that_fails_after_a_roll_back_keeps_the_version_rolled_back_to(
    grow: Callable[..., str], folder: Path, built: Path
) -> None:
    first = current_generation(built).name
    (folder / "lyon.md").unlink()
    grow({})
    roll_back(built, first)
    grow({"lyon.md": ""})
    assert "silk museum" in texts_of(built)


@pytest.mark.parametrize("name", ["unknown", "", "..", "../generations", "building-x"])
def test_an_unknown_generation_is_refused_by_naming_those_kept(name: str, built: Path) -> None:
    (built / "generations" / "building-x").mkdir()
    with pytest.raises(UsageError, match=current_generation(built).name):
        roll_back(built, name)


@pytest.mark.slow
def test_a_damaged_generation_is_not_published_again(
    grow: Callable[..., str], built: Path, damage: Callable[[Path], None]
) -> None:
    first = current_generation(built)
    second = grow({"new.md": "# New\n\nA sentence.\n"})
    damage(first / "passages.npy")
    with pytest.raises(IndexUnusable, match=r"one in use stays.*passages\.npy"):
        roll_back(built, first.name)
    assert current_generation(built).name == second


@pytest.mark.slow
def test_what_checksums_do_not_tell_the_audit_does(grow: Callable[..., str], built: Path) -> None:
    first = current_generation(built)
    second = grow({"new.md": "# New\n\nA sentence.\n"})
    path = first / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"sentences": 99}))
    with pytest.raises(IndexUnusable, match="recheck"):
        roll_back(built, first.name)
    assert current_generation(built).name == second


@pytest.mark.slow
def test_a_generation_of_another_format_is_listed_but_not_published_again(
    grow: Callable[..., str], built: Path
) -> None:
    first = current_generation(built)
    grow({"new.md": "# New\n\nA sentence.\n"})
    path = first / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 1}))
    assert [one.is_readable for one in generations(built)] == [True, False]
    with pytest.raises(IndexStale, match="format 1"):
        roll_back(built, first.name)


def test_forgetting_leaves_no_trace_of_a_report_that_was_removed(
    grow: Callable[..., str], folder: Path, built: Path
) -> None:
    (folder / "lyon.md").unlink()
    last = grow({})
    assert len(forget_generations(built)) == 1
    assert names(built) == [last]
    assert forget_generations(built) == ()
    left = [path for path in built.rglob("*") if path.is_file() and b"silk museum" in path.read_bytes()]
    assert left == []
    open_index(built).close()


@pytest.mark.slow
def test_only_the_named_generations_go_and_the_published_one_never(grow: Callable[..., str], built: Path) -> None:
    first = current_generation(built).name
    second = grow({"new.md": "# New\n\nA dean spoke of bridges.\n"})
    with pytest.raises(UsageError, match="Nothing was removed"):
        forget_generations(built, [first, second])
    assert names(built) == [second, first]
    roll_back(built, first)
    (built / "replaced").mkdir()
    assert forget_generations(built, [second]) == (second,)
    assert names(built) == [first] and not (built / "replaced").exists()


def test_neither_happens_while_an_index_is_being_built(built: Path) -> None:
    name = current_generation(built).name
    with only_builder(built, 1):
        with pytest.raises(IndexBusy):
            roll_back(built, name, lock_seconds=0.1)
        with pytest.raises(IndexBusy):
            forget_generations(built, lock_seconds=0.1)
