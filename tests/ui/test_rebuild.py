from pathlib import Path

from corpus import IndexBusy, ReadFailure
from ingest import Receipt
from tests.ui.standin import StandIn
from ui.web.desk import Desk, Progress
from ui.web.rebuild import rebuild
from ui.wording import words

EN = words("en")


def desk_that(build: object) -> Desk:
    return Desk(open_assistant=StandIn, build=build)


def test_progress_comes_before_one_sentence_that_says_how_it_ended(tmp_path: Path) -> None:
    def build(folder: Path, progress: Progress) -> Receipt:
        progress("read", 1, 2)
        return Receipt(generation="g", reports=2, failed=failed)

    failed: tuple[ReadFailure, ...] = ()
    shown = list(rebuild(desk_that(build), str(tmp_path), EN))
    assert "<progress>" in shown[0]
    assert EN.say("built") in shown[-1] and 'role="status"' in shown[-1]
    failed = (ReadFailure(path="x.pdf", reason="truncated"),)
    assert EN.say("built_with_failures") in list(rebuild(desk_that(build), str(tmp_path), EN))[-1]


def test_a_folder_that_is_missing_or_not_given_is_told_before_anything_is_built(tmp_path: Path) -> None:
    desk = desk_that(lambda folder, progress: 1 / 0)
    assert EN.say("folder_missing") in "".join(rebuild(desk, " ", EN))
    assert "There is no folder &lt;nowhere&gt;" in "".join(rebuild(desk, "<nowhere>", EN))


def test_errors_become_sentences(tmp_path: Path) -> None:
    def busy(folder: Path, progress: Progress) -> Receipt:
        raise IndexBusy("Another process is building. Wait and try again.")

    assert "Another process is building" in list(rebuild(desk_that(busy), str(tmp_path), EN))[-1]
    broken = list(rebuild(desk_that(lambda folder, progress: 1 / 0), str(tmp_path), EN))[-1]
    assert EN.say("trouble_unknown") in broken and "division" not in broken
