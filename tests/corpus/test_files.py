import os
from pathlib import Path

import pytest

from corpus import UsageError, find_files


def test_files_with_a_known_suffix_are_found_sorted_at_any_depth(tmp_path: Path) -> None:
    names = ["b.md", "a.TXT", "sub/c.html", "sub/deep/d.docx", "e.pdf", "README.md", "f.markdown", "g.htm"]
    names += ["h.mhtml", "i.pptx", "j.xlsx", "k.CSV", "l.tsv", "m.odt", "n.rtf", "o.eml", "p.zip"]
    for name in [*names, "no.ods", "none", ".hidden.md", ".git/x.md", "~$lock.docx"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert [path.as_posix() for path in find_files(tmp_path)] == sorted(names, key=lambda name: Path(name).parts)


def test_links_pipes_and_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.md").touch()
    (tmp_path / "link.md").symlink_to("real.md")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    assert find_files(tmp_path) == [Path("real.md")]


def test_a_folder_that_is_a_link_itself_is_searched(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.md").touch()
    (tmp_path / "link").symlink_to("real")
    assert find_files(tmp_path / "link") == [Path("a.md")]


def test_no_folder_is_a_wrong_request(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        find_files(tmp_path / "nowhere")
