import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import Receipt, build_index
from ingest.ledger.news import News
from tests.ingest.words import WordEmbedder, write

Index = Callable[[dict[str, str]], Receipt]


def record(title: str, date: str, text: str) -> str:
    return f"---\ntitle: {title}\ndate: {date}\nplace: Porto\n---\n\n{text}\n"


WISHED = record(
    "TEC visits the University of Porto",
    "2024-03-05",
    "On 5 March 2024 TEC visited the University of Porto. Rector Tiago Lopes of the University of Porto received the "
    "delegation. The University of Porto wishes to sign a memorandum of understanding with TEC.",
)
SIGNED = record(
    "TEC at the University of Porto again",
    "2025-06-10",
    "On 10 June 2025 TEC visited the University of Porto. Rector Ana Ferreira of the University of Porto received the "
    "delegation. TEC and the University of Porto signed a memorandum of understanding.",
)
MET = record(
    "TEC visits the Lyon Institute of Education",
    "2025-09-01",
    "On 1 September 2025 TEC visited the Lyon Institute of Education.",
)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """Write records into a folder and bring its index up to date."""

    def made(records: dict[str, str]) -> Receipt:
        write(tmp_path / "reports", records)
        return build_index(tmp_path / "reports", data=tmp_path / "data", embedder=WordEmbedder())

    return made


def of_kind(receipt: Receipt, kind: str) -> list[News]:
    return [one for one in receipt.news if one.kind == kind]


def test_a_new_record_tells_what_moved_who_follows_whom_and_who_is_new(index: Index) -> None:
    assert index({"a.md": WISHED}).news == ()
    receipt = index({"b.md": SIGNED, "c.md": MET})
    (moved,) = of_kind(receipt, "agreement moved")
    assert (moved.before, moved.after, moved.form) == ("wished", "signed", "mou")
    assert moved.citation.file == "b.md" and "signed a memorandum" in moved.citation.quote
    assert moved.text().startswith("Agreement moved from wished for to signed: memorandum of understanding, ")
    (changed,) = of_kind(receipt, "holder changed")
    assert (changed.before, changed.after) == ("Tiago Lopes", "Ana Ferreira")
    assert changed.text() == "Rector of University of Porto: now Ana Ferreira, before Tiago Lopes"
    (partner,) = of_kind(receipt, "new partner")
    assert (partner.subject, partner.after) == ("Lyon Institute of Education", "visited")
    assert partner.text("zh") == "新伙伴：Lyon Institute of Education（到访）"
    assert len(receipt.news) == 3
    assert receipt.to_dict()["news"][0] == {
        "kind": "agreement moved",
        "subject": moved.subject,
        "form": "mou",
        "before": "wished",
        "after": "signed",
        "file": "b.md",
        "quote": moved.citation.quote,
    }


def test_a_run_that_changes_nothing_and_one_that_renames_a_file_tell_no_news(index: Index, tmp_path: Path) -> None:
    index({"a.md": WISHED, "b.md": SIGNED})
    assert index({}).news == ()
    (tmp_path / "reports" / "b.md").rename(tmp_path / "reports" / "z.md")
    receipt = index({})
    assert receipt.added == ("z.md",) and receipt.news == ()


def test_an_older_record_moves_nothing_and_changes_no_holder(index: Index) -> None:
    index({"b.md": SIGNED})
    assert {one.kind for one in index({"a.md": WISHED}).news} <= {"agreement new"}


def test_two_rectors_on_one_day_are_a_conflict_and_no_change(index: Index) -> None:
    index({"a.md": WISHED})
    receipt = index({"b.md": SIGNED.replace("10 June 2025", "5 March 2024").replace("2025-06-10", "2024-03-05")})
    kinds = {(one.kind, one.before, one.after) for one in receipt.news}
    assert ("conflict opened", "Tiago Lopes", "Ana Ferreira") in kinds
    assert ("conflict opened", "wished", "signed") in kinds
    assert not of_kind(receipt, "holder changed") and not of_kind(receipt, "agreement moved")
    again = index({"d.md": MET})
    assert not of_kind(again, "conflict opened")


def test_a_person_with_another_office_is_told_and_one_who_gets_a_rank_is_not(index: Index) -> None:
    first = "On 5 March 2024 TEC visited the University of Porto. Vice Rector Ana Ferreira received the delegation."
    later = "On 10 June 2025 TEC visited the University of Porto. {} Ana Ferreira received the delegation."
    index({"a.md": record("TEC visits the University of Porto", "2024-03-05", first)})
    ranked = index({"b.md": record("TEC at the University of Porto", "2025-06-10", later.format("Professor"))})
    assert not of_kind(ranked, "role changed") and not of_kind(ranked, "role differs")
    receipt = index({"c.md": record("TEC at the University of Porto", "2025-06-10", later.format("Rector"))})
    (role,) = of_kind(receipt, "role changed")
    assert role.subject == "Ana Ferreira" and role.before.startswith("Vice Rector") and role.after.startswith("Rector")


def test_where_no_year_is_stated_the_order_is_not_decided(index: Index) -> None:
    first = "TEC visited the University of Porto. Vice Rector Ana Ferreira received the delegation."
    index({"a.md": record("TEC visits the University of Porto", "not stated", first)})
    second = record("TEC at the University of Porto", "not stated", first.replace("Vice Rector", "Rector"))
    receipt = index({"b.md": second})
    (role,) = of_kind(receipt, "role differs")
    assert "cannot be decided" in role.text() and "无法确定" in role.text("zh")


def test_a_kept_promise_is_told_once(index: Index) -> None:
    promised = record(
        "TEC visits the University of Porto",
        "2024-03-05",
        "On 5 March 2024 TEC visited the University of Porto. TEC promised the University of Porto to sign a "
        "memorandum of understanding.",
    )
    index({"a.md": promised})
    receipt = index({"b.md": SIGNED})
    (kept,) = of_kind(receipt, "promise closed")
    assert "memorandum" in kept.subject and kept.citation.file == "b.md"
    assert not of_kind(index({"c.md": MET}), "promise closed")


def test_a_damaged_or_older_index_gives_no_news(index: Index, tmp_path: Path) -> None:
    index({"a.md": WISHED})
    generation = tmp_path / "data" / "generations" / (tmp_path / "data" / "current").read_text().strip()
    with sqlite3.connect(generation / "records.db") as database:
        database.execute("DELETE FROM facts")
    assert index({"b.md": SIGNED}).news == ()
    generation = tmp_path / "data" / "generations" / (tmp_path / "data" / "current").read_text().strip()
    manifest = json.loads((generation / "manifest.json").read_text())
    (generation / "manifest.json").write_text(json.dumps(manifest | {"format": 2}))
    assert index({"c.md": MET}).news == ()
