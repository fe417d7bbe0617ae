import threading
from pathlib import Path

import pytest

from corpus import IndexBusy, ReadFailure
from ingest import Receipt
from tests.ui.standin import StandIn
from ui.web.desk import Desk, Progress
from ui.web.keep.indexing import progress, rebuild, receipt
from ui.wording import LANGUAGES, words

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


def test_a_receipt_names_what_changed_and_why_files_failed() -> None:
    made = Receipt(
        generation="g",
        added=("a.md", "b.md"),
        unchanged=3,
        failed=(ReadFailure(path="<x>.pdf", reason="truncated"),),
        reports=5,
        passages=9,
        seconds=2.34,
    )
    html = receipt(made.to_dict(), EN)
    assert "could not read every file" in html
    assert "5 reports · 2.3 seconds" in html and "9" not in html
    assert "2: a.md, b.md" in html
    assert "&lt;x&gt;.pdf</strong>: truncated" in html
    assert "Removed" not in html


def test_many_files_are_counted_and_some_named() -> None:
    html = receipt(Receipt(generation="g", added=tuple(f"{n}.md" for n in range(20))).to_dict(), EN)
    assert "20: 0.md" in html and "(+12)" in html and "15.md" not in html


def test_progress_has_a_bar_that_assistive_technology_can_read() -> None:
    assert '<progress value="3" max="10"></progress>' in progress("embed", 3, 10, EN)
    assert "<progress></progress>" in progress("", 0, 0, EN)
    assert "<p>polish</p>" in progress("polish", 1, 2, EN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_over_passages_is_told_in_the_reports_of_the_run(language: str, tmp_path: Path) -> None:
    def build(folder: Path, told: Progress) -> Receipt:
        told("read", 40, 40)
        told("embed", 300, 1200)
        shown.acquire(timeout=20)
        return Receipt(generation="g", reports=40)

    shown, say = threading.Semaphore(0), words(language)
    lines = []
    for html in rebuild(desk_that(build), str(tmp_path), say):
        lines.append(html)
        if say.stage("embed") in html:
            shown.release()
    (told,) = [one for one in lines if say.stage("embed") in one]
    text = told.split("</p>")[0]
    assert "10" in text and say.count("reports", 40) in text
    assert "300" not in text and "1200" not in text
