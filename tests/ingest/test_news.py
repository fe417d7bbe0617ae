import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.lexicon import read_lexicon
from corpus.read import read_report
from ingest import Fact, Receipt, build_index
from ingest.ledger.compared import NEWS_KINDS
from ingest.ledger.fact import Role
from ingest.ledger.news import News, news
from tests.ingest.records import facts_of
from tests.ingest.words import WordEmbedder, write

Index = Callable[[dict[str, str]], Receipt]
Told = Callable[..., tuple[News, ...]]


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


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """The news of records beside those before, by their facts alone."""

    def facts(records: dict[str, str]) -> list[Fact]:
        folder = write(tmp_path / "facts", records)
        return [fact for name in records for fact in facts_of(read_report(Path(name), folder))]

    def made(before: dict[str, str], added: dict[str, str], files: Collection[str] | None = None) -> tuple[News, ...]:
        known = facts(before)
        return news(known, [*known, *facts(added)], files=files)

    return made


def kinds(found: Iterable[News]) -> set[str]:
    return {one.kind for one in found}


def of_kind(receipt: Receipt, kind: str) -> list[News]:
    return [one for one in receipt.news if one.kind == kind]


@pytest.mark.slow
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
    assert partner.text("zh") == "新合作方：Lyon Institute of Education（前往访问）"
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


@pytest.mark.slow
def test_a_run_that_changes_nothing_and_one_that_renames_a_file_tell_no_news(index: Index, tmp_path: Path) -> None:
    index({"a.md": WISHED, "b.md": SIGNED})
    assert index({}).news == ()
    (tmp_path / "reports" / "b.md").rename(tmp_path / "reports" / "z.md")
    receipt = index({})
    assert receipt.added == ("z.md",) and receipt.news == ()


def test_an_older_record_moves_nothing_and_changes_no_holder(told: Told) -> None:
    assert kinds(told({"b.md": SIGNED}, {"a.md": WISHED})) == set()
    older_signature = SIGNED.replace("10 June 2025", "7 May 2019").replace("2025-06-10", "2019-05-07")
    assert kinds(told({"a.md": WISHED}, {"b.md": older_signature})) == {"agreement new"}


def test_two_rectors_on_one_day_are_a_conflict_that_opens_once(told: Told) -> None:
    same_day = SIGNED.replace("10 June 2025", "5 March 2024").replace("2025-06-10", "2024-03-05")
    found = told({"a.md": WISHED}, {"b.md": same_day})
    assert {(one.kind, one.before, one.after) for one in found} == {
        ("conflict opened", "Tiago Lopes", "Ana Ferreira"),
        ("conflict opened", "wished", "signed"),
    }
    later = told({"a.md": WISHED, "b.md": same_day}, {"c.md": same_day.replace("delegation", "guests"), "d.md": MET})
    assert kinds(later) == {"new partner"}


def test_an_office_that_many_hold_is_no_conflict(told: Told) -> None:
    vice = WISHED.replace("Rector Tiago", "Vice Rector Tiago")
    other = vice.replace("Tiago Lopes", "Ana Ferreira")
    assert kinds(told({"a.md": vice}, {"b.md": other})) == set()


VISIT = "On {day} TEC visited the University of Porto. {title} Ana Ferreira received the delegation."


def visit(day: str, date: str, title: str) -> str:
    return record("TEC visits the University of Porto", date, VISIT.format(day=day, title=title))


def test_a_person_with_another_office_is_told_and_one_who_gets_a_rank_is_not(told: Told) -> None:
    first = {"a.md": visit("5 March 2024", "2024-03-05", "Vice Rector")}
    ranked = {"b.md": visit("6 May 2024", "2024-05-06", "Professor")}
    assert kinds(told(first, ranked)) == set()
    (role,) = told(first | ranked, {"c.md": visit("10 June 2025", "2025-06-10", "Rector")})
    assert (role.kind, role.subject) == ("role changed", "Ana Ferreira")
    assert role.before.startswith("Vice Rector") and role.after.startswith("Rector")
    assert kinds(told({"c.md": visit("10 June 2025", "2025-06-10", "Rector")}, first)) == set()


@pytest.mark.parametrize(("role", "is_news"), [("Vice Rector", False), ("Rector", True)])
def test_the_same_office_at_another_body_is_no_news_of_a_person(tmp_path: Path, role: str, is_news: bool) -> None:
    folder = write(tmp_path / "facts", {"a.md": visit("5 March 2024", "2024-03-05", "Vice Rector")})
    told = facts_of(read_report(Path("a.md"), folder))
    (before,) = [one for one in told if isinstance(one, Role) and one.role]
    cited = replace(before.citation, report_id="b", quote=f"{before.citation.quote} Again.")
    after = replace(before, body="Lyon Institute", role=role, start="2025-01-01", citation=cited)
    assert bool([one for one in news([before], [before, after]) if one.kind.startswith("role")]) is is_news


def test_a_fact_that_a_keeper_corrects_is_no_news_of_the_person(tmp_path: Path) -> None:
    folder = write(tmp_path / "facts", {"a.md": WISHED})
    before = facts_of(read_report(Path("a.md"), folder))
    after = [replace(one, role="Vice Rector") if isinstance(one, Role) and one.role else one for one in before]
    assert list(before) != after
    assert news(before, after) == news(after, before) == ()


def test_where_no_year_is_stated_the_order_is_not_decided(told: Told) -> None:
    first = {"a.md": visit("5 March", "not stated", "Vice Rector")}
    (role,) = told(first, {"b.md": visit("10 June", "not stated", "Rector")})
    assert role.kind == "role differs"
    assert "cannot be decided" in role.text() and "无法确定" in role.text("zh")


def test_a_kept_promise_is_told_once(told: Told) -> None:
    promised = record(
        "TEC visits the University of Porto",
        "2024-03-05",
        "On 5 March 2024 TEC visited the University of Porto. TEC promised the University of Porto to sign a "
        "memorandum of understanding.",
    )
    (kept,) = (one for one in told({"a.md": promised}, {"b.md": SIGNED}) if one.kind == "promise closed")
    assert "memorandum" in kept.subject and kept.citation.file == "b.md"
    assert kinds(told({"a.md": promised, "b.md": SIGNED}, {"c.md": MET})) == {"new partner"}


def test_other_rules_of_reading_make_no_news_of_unchanged_reports(told: Told) -> None:
    assert told({"a.md": WISHED}, {"b.md": SIGNED}, files=()) == ()


def test_every_kind_can_be_told_in_every_language() -> None:
    forms = read_lexicon("news")["text"]
    assert set(forms) == set(NEWS_KINDS)
    assert all(set(by_language) == {"en", "zh", "ru"} for by_language in forms.values())


@pytest.mark.slow
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
