from pathlib import Path

import pytest

from corpus import Report, read_reports
from ingest import preview
from ingest.embed import Embedder
from ingest.index import open_index
from ingest.publish import build_index
from ingest.twins import twins
from tests.ingest.words import write

RECORD = (
    "---\ntitle: The ferry office in Arden\ndate: 2025-03-12\n---\n\nOn 12 March 2025 three people of the ferry office "
    "visited the Arden Harbour Board. Its secretary Nils Orde showed them the new lock and the winter berths.\n\n"
    "Both sides signed a memorandum of understanding on pilots. The board asked for the tide tables of last year, and "
    "the ferry office promised to send them before the summer. Lunch was taken on the dredger.\n"
)
OTHER = RECORD.replace("Arden", "Molde").replace("three people", "the director and an engineer").replace(
    "The board asked for the tide tables of last year", "Nobody asked for anything but coffee, the fog had come in"
).replace("a memorandum of understanding on pilots", "the guest book and left with the evening boat")  # fmt: skip


IN_CHINESE = (
    "---\ntitle: 渡轮办公室访问阿登\ndate: 2025-03-12\n---\n\n2025年3月12日，渡轮办公室三人访问阿登港务局。"
    "港务局秘书尼尔斯·奥尔德带他们参观了新船闸和冬季泊位。\n\n双方签署了关于引航员的谅解备忘录。"
    "港务局请求提供去年的潮汐表，渡轮办公室承诺在夏天之前寄出。午餐在挖泥船上进行。\n"
)


SAME_DAY = (
    "---\ntitle: School of fiddlers in Lund\ndate: 2025-03-12\n---\n\nOn 12 March 2025 four teachers of the music "
    "school heard the school of fiddlers in Lund. They were shown a workshop for bows, and stayed for the evening.\n"
)


def reports(folder: Path) -> list[Report]:
    return [one for one in read_reports(folder) if isinstance(one, Report)]


def test_a_copy_under_another_name_or_form_is_a_twin_of_the_first_and_a_like_record_is_not(tmp_path: Path) -> None:
    page = (
        "<html><body>" + "".join(f"<p>{line}</p>" for line in RECORD.split("---\n")[2].split("\n\n")) + "</body></html>"
    )
    folder = write(tmp_path, {"a.md": RECORD, "copies/a (2).md": RECORD + "\n", "m.md": OTHER, "z.html": page})
    assert twins(reports(folder)) == {"copies/a (2).md": "a.md", "z.html": "a.md"}
    assert twins([]) == {}


def test_records_of_a_few_words_are_twins_only_where_all_words_are_the_same(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {"a.md": "Gone fishing.", "b.md": "Gone fishing!", "c.md": "Gone sailing.", "d.md": "会见"}
    )
    assert twins(reports(folder)) == {"b.md": "a.md"}


def test_the_facts_of_a_twin_count_once_and_the_receipt_names_it(tmp_path: Path, embedder: Embedder) -> None:
    folder = write(tmp_path / "reports", {"a.md": RECORD, "b.md": RECORD, "m.md": OTHER})
    receipt = build_index(folder, data=tmp_path / "data", embedder=embedder)
    assert receipt.notes == (("b.md", "it tells the same as a.md, so its facts are not counted again"),)
    index = open_index(tmp_path / "data")
    files = {fact.citation.file for fact in index.facts()}
    assert "a.md" in files and "b.md" not in files and len(index.reports()) == 3
    index.close()


def test_a_translation_of_a_record_counts_once_and_another_record_of_the_day_by_itself(
    tmp_path: Path, embedder: Embedder
) -> None:
    folder = write(tmp_path / "reports", {"a.md": RECORD, "m.md": OTHER, "zh.md": IN_CHINESE})
    receipt = build_index(folder, data=tmp_path / "data", embedder=embedder)
    assert [path for path, _ in receipt.notes] == ["zh.md"] and "the same as a.md" in receipt.notes[0][1]
    index = open_index(tmp_path / "data")
    assert {fact.citation.file for fact in index.facts()} == {"a.md", "m.md"}
    index.close()


@pytest.mark.slow
def test_when_the_first_goes_its_twin_is_counted(tmp_path: Path, embedder: Embedder) -> None:
    folder = write(tmp_path / "reports", {"a.md": RECORD, "b.md": RECORD})
    build_index(folder, data=tmp_path / "data", embedder=embedder)
    (folder / "a.md").unlink()
    build_index(folder, data=tmp_path / "data", embedder=embedder)
    index = open_index(tmp_path / "data")
    assert {fact.citation.file for fact in index.facts()} == {"b.md"}
    index.close()


@pytest.mark.parametrize(("name", "is_told"), [("again.md", True), pytest.param("a.md", False, marks=pytest.mark.slow)])
def test_a_waiting_file_that_tells_what_a_report_does_says_so(
    name: str, is_told: bool, tmp_path: Path, embedder: Embedder
) -> None:
    folder = write(tmp_path / "reports", {"a.md": RECORD})
    build_index(folder, data=tmp_path / "data", embedder=embedder)
    inbox = write(tmp_path / "inbox", {name: RECORD})
    (waiting,) = preview(inbox, data=tmp_path / "data")
    assert waiting.report is not None
    assert waiting.twin == ("a.md" if is_told else "")


def test_a_waiting_translation_of_a_report_names_it_and_another_record_of_the_day_names_none(
    tmp_path: Path, embedder: Embedder
) -> None:
    folder = write(tmp_path / "reports", {"m.md": OTHER, "a.md": RECORD})
    build_index(folder, data=tmp_path / "data", embedder=embedder)
    inbox = write(tmp_path / "inbox", {"zh.md": IN_CHINESE})
    (waiting,) = preview(inbox, data=tmp_path / "data")
    assert waiting.twin == "a.md"
    folder = write(tmp_path / "others", {"s.md": SAME_DAY})
    build_index(folder, data=tmp_path / "data", embedder=embedder)
    (waiting,) = preview(inbox, data=tmp_path / "data")
    assert waiting.twin == ""
