from pathlib import Path

import pytest

from corpus import UsageError
from ingest import aside, put_back, remove_report, replace_report
from tests.ingest.words import state, write

OLD, NEW = "# Visit to Arden\n\nThe old account.\n", "# Visit to Arden\n\nThe corrected account.\n"


def test_a_new_file_takes_the_place_of_a_report_which_is_kept(tmp_path: Path) -> None:
    folder, new = write(tmp_path / "reports", {"2025/arden.md": OLD}), write(tmp_path / "desk", {"arden v2.md": NEW})
    kept = replace_report(folder, "2025/arden.md", new / "arden v2.md", data=tmp_path / "data")
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*.md")] == ["2025/arden v2.md"]
    assert (folder / "2025/arden v2.md").read_text() == NEW
    assert kept.is_relative_to(tmp_path / "data") and kept.read_text() == OLD
    assert (new / "arden v2.md").exists()


def test_a_new_file_of_the_same_name_overwrites_the_report_whose_text_is_kept(tmp_path: Path) -> None:
    folder, new = write(tmp_path / "reports", {"arden.md": OLD}), write(tmp_path / "desk", {"arden.md": NEW})
    kept = replace_report(folder, "arden.md", new / "arden.md", data=tmp_path / "data")
    assert (folder / "arden.md").read_text() == NEW and kept.read_text() == OLD


def test_of_two_twins_in_the_folder_one_goes_and_the_other_stays_where_it_is(tmp_path: Path) -> None:
    folder = write(tmp_path / "reports", {"a/arden.md": OLD, "b/arden.md": OLD})
    replace_report(folder, "a/arden.md", folder / "b/arden.md", data=tmp_path / "data")
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*.md")] == ["b/arden.md"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("gone.md", "desk/new.md", "no report of this path"),
        ("../desk/new.md", "desk/new.md", "no report of this path"),
        ("a.md", "desk/none.md", "no such file"),
        ("a.md", "desk/empty.md", "empty"),
        ("a.md", "reports/a.md", "the report itself"),
        ("a.md", "desk/b.md", "there already"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(old: str, new: str, why: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "reports", {"a.md": OLD, "b.md": "Another.\n"})
    write(tmp_path / "desk", {"new.md": NEW, "empty.md": "", "b.md": NEW})
    before = state(tmp_path)
    with pytest.raises(UsageError, match=why):
        replace_report(folder, old, tmp_path / new, data=tmp_path / "data")
    assert state(tmp_path) == before


def test_a_removed_report_is_kept_and_put_back_where_it_lay(tmp_path: Path) -> None:
    folder, data = write(tmp_path / "reports", {"2025/arden.md": OLD}), tmp_path / "data"
    remove_report(folder, "2025/arden.md", data=data)
    assert list(folder.rglob("*.md")) == []
    (kept,) = aside(data)
    assert kept.path == "2025/arden.md" and kept.at
    assert put_back(folder, kept.id, data=data) == "2025/arden.md"
    assert (folder / "2025/arden.md").read_text() == OLD and aside(data) == ()


def test_a_file_is_not_put_back_over_another(tmp_path: Path) -> None:
    folder, data = write(tmp_path / "reports", {"arden.md": OLD}), tmp_path / "data"
    remove_report(folder, "arden.md", data=data)
    write(folder, {"arden.md": NEW})
    with pytest.raises(UsageError, match="another file lies there"):
        put_back(folder, aside(data)[0].id, data=data)
    assert (folder / "arden.md").read_text() == NEW and len(aside(data)) == 1
