import hashlib
import threading
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZipFile

import pytest

from corpus import UsageError, read_reports
from ingest import aside, build_index, fact_key, read_corrections
from tests.ingest.words import WordEmbedder
from ui.web.keep.deeds import Keeping, shown_fields
from ui.web.keep.files import plain_name
from ui.web.keep.intake import MAX_WAITING
from ui.web.keep.waiting_file import card
from ui.wording import words

RECORD = (
    "---\ntitle: Porto visits Lyon\ndate: 2025-03-12\nplace: Lyon\n---\n\nOn 12 March 2025 a delegation of the "
    "University of Porto visited the Lyon Institute of Education. Director Claire Moreau welcomed the delegation.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports" / "2024").mkdir(parents=True)
    (tmp_path / "reports" / "2024" / "old.md").write_text("# Old\n\nAn older record.\n")
    return tmp_path / "reports"


@pytest.fixture
def keeping(tmp_path: Path, folder: Path) -> Keeping:
    return Keeping(tmp_path / "data", folder, patience=60)


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    (tmp_path / "brought").mkdir()
    return tmp_path / "brought"


def bring(place: Path, name: str = "porto.md", text: str = RECORD) -> Path:
    (place / name).write_text(text, encoding="utf-8")
    return place / name


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_nothing_waits_before_anything_was_uploaded(keeping: Keeping, tmp_path: Path) -> None:
    assert keeping.waiting() == ()
    assert keeping.kept().generations == ()
    assert not (tmp_path / "data").exists()


def test_an_uploaded_file_waits_and_is_added_by_a_deed_of_its_own(
    keeping: Keeping, folder: Path, brought: Path, tmp_path: Path
) -> None:
    keeping.upload([bring(brought)])
    (one,) = keeping.waiting()
    assert one.preview.report is not None and one.preview.report.title == "Porto visits Lyon"
    assert not one.replaces
    assert files(folder) == ["2024/old.md"]
    keeping.add(one.id)
    assert files(folder) == ["2024/old.md", "porto.md"]
    assert (folder / "porto.md").read_text() == RECORD
    assert keeping.waiting() == () and files(tmp_path / "data") == []


def test_a_file_of_a_known_name_is_offered_as_its_replacement_where_that_lies(
    keeping: Keeping, folder: Path, brought: Path
) -> None:
    keeping.upload([bring(brought, "old.md", "# Old\n\nThe record was mended.\n")])
    (one,) = keeping.waiting()
    assert (one.preview.path, one.replaces) == ("2024/old.md", True)
    assert "older" in (folder / "2024" / "old.md").read_text()
    keeping.add(one.id)
    assert "mended" in (folder / "2024" / "old.md").read_text()
    assert files(folder) == ["2024/old.md"]
    assert list((folder.parent / "data" / "inbox").iterdir()) == []


def test_what_came_in_meanwhile_is_never_overwritten(keeping: Keeping, folder: Path, brought: Path) -> None:
    keeping.upload([bring(brought)])
    (seen,) = keeping.waiting()
    (folder / "porto.md").write_text("# Another\n\nAnother record.\n")
    with pytest.raises(UsageError, match="Look again"):
        keeping.add(seen.id)
    assert "Another" in (folder / "porto.md").read_text()
    (now,) = keeping.waiting()
    assert now.replaces and now.id != seen.id


def test_refused_files_are_named_and_the_others_wait(keeping: Keeping, folder: Path, brought: Path) -> None:
    with (brought / "big.md").open("wb") as file:
        file.truncate(20_000_001)
    (brought / "link.md").symlink_to(brought / "porto.md")
    with pytest.raises(UsageError) as refused:
        keeping.upload(
            [
                brought / "big.md", bring(brought, "tool.exe"), brought / "link.md", bring(brought),
                brought / "none.md", bring(brought, "old.md", "# Old\n\nAn older record.\n"),
            ]
        )  # fmt: skip
    for told in ("big.md: it is larger than 20 MB", "tool.exe: it is of no kind", "link.md: it is no file",
                 "none.md: it is no file", "old.md: it is among the reports already"):  # fmt: skip
        assert told in str(refused.value)
    assert [one.preview.path for one in keeping.waiting()] == ["porto.md"]


def test_of_a_zip_archive_each_record_waits_and_what_is_refused_is_named(keeping: Keeping, brought: Path) -> None:
    mail = EmailMessage()
    mail.set_content("The rector of Lyon came on 12 March 2025.")
    mail.add_attachment(RECORD, filename="porto.txt")
    with ZipFile(brought / "May.zip", "w") as archive:
        archive.writestr("visits/porto.md", RECORD)
        archive.writestr("visits/lyon.md", RECORD.replace("Porto", "Braga"))
        archive.writestr("trips/lyon.md", RECORD.replace("Porto", "Faro"))
        archive.writestr("letter.eml", mail.as_bytes())
        archive.writestr("old.md", "# Old\n\nAn older record.\n")
        archive.writestr("tool.exe", "no record")
    (brought / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(UsageError) as refused:
        keeping.upload([brought / "May.zip", brought / "broken.zip"])
    assert "old.md: it is among the reports already" in str(refused.value)
    assert "broken.zip: it is a damaged or truncated zip archive" in str(refused.value)
    waiting = [one.preview.path for one in keeping.waiting()]
    assert waiting == ["letter.eml", "trips/lyon.md", "visits/lyon.md", "visits/porto.md"]


def test_a_waiting_file_is_not_overwritten_by_another_of_its_name(keeping: Keeping, brought: Path) -> None:
    keeping.upload([bring(brought)])
    keeping.upload([bring(brought)])
    with pytest.raises(UsageError, match="another file of this name waits"):
        keeping.upload([bring(brought, text=RECORD + "More.\n")])
    (one,) = keeping.waiting()
    assert one.preview.report is not None and one.preview.report.text == RECORD


def test_no_more_files_wait_than_can_be_looked_through(keeping: Keeping, brought: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "data" / "inbox"
    inbox.mkdir(parents=True)
    for n in range(MAX_WAITING):
        (inbox / f"{n}.md").write_text(f"# {n}\n")
    with pytest.raises(UsageError, match=f"{MAX_WAITING} files wait already"):
        keeping.upload([bring(brought)])


def test_names_lose_folders_and_what_cannot_be_seen() -> None:
    assert plain_name("../../etc/a.md") == "a.md"
    assert plain_name("C:\\visits\\a.md") == "a.md"
    assert plain_name("a\x00\n\u202eb.md") == "ab.md"
    assert plain_name(" ..hidden.md. ") == "hidden.md"
    assert plain_name("~$lock.docx") == "lock.docx"
    assert plain_name("") == plain_name("...") == plain_name("md") == plain_name("\x01.md") == ""
    assert plain_name("访问.docx") == "访问.docx"
    assert len(plain_name("я" * 300 + ".md").encode()) <= 200


def test_a_file_that_cannot_be_read_says_why_and_is_not_added(keeping: Keeping, folder: Path, brought: Path) -> None:
    keeping.upload([bring(brought, "blank.md", " \n")])
    (one,) = keeping.waiting()
    assert one.preview.report is None and "empty" in one.preview.reason
    with pytest.raises(UsageError, match="cannot be read"):
        keeping.add(one.id)
    with pytest.raises(UsageError, match="nothing to correct"):
        keeping.correct(one.id, {"title": "Good"})
    keeping.discard(one.id)
    assert keeping.waiting() == ()


def test_what_was_discarded_last_waits_again_until_the_next_one_or_a_new_start(
    tmp_path: Path, folder: Path, brought: Path
) -> None:
    keeping = Keeping(tmp_path / "data", folder, patience=60)
    keeping.upload([bring(brought, "one.md"), bring(brought, "two.md")])
    for one in keeping.waiting():
        keeping.discard(one.id)
    assert keeping.waiting() == () and keeping.kept().discarded == "two.md"
    assert keeping.undiscard() == "two.md"
    assert [one.preview.path for one in keeping.waiting()] == ["two.md"] and keeping.kept().discarded == ""
    with pytest.raises(UsageError, match="Upload it again"):
        keeping.undiscard()
    keeping.discard(keeping.waiting()[0].id)
    keeping.upload([bring(brought, "two.md")])
    with pytest.raises(UsageError, match="another file of this name waits"):
        keeping.undiscard()
    assert Keeping(tmp_path / "data", folder).kept().discarded == ""


def test_without_a_folder_of_reports_files_wait_but_are_not_added(tmp_path: Path, brought: Path) -> None:
    keeping = Keeping(tmp_path / "data", None, patience=60)
    keeping.upload([bring(brought)])
    with pytest.raises(UsageError, match="No folder"):
        keeping.add(keeping.waiting()[0].id)
    assert len(keeping.waiting()) == 1


@pytest.mark.slow
def test_corrections_hold_from_the_inbox_into_the_index(
    keeping: Keeping, folder: Path, brought: Path, tmp_path: Path
) -> None:
    keeping.upload([bring(brought)])
    (one,) = keeping.waiting()
    keeping.correct(one.id, shown_fields(one.preview) | {"title": "Porto in Lyon", "other": "x"})
    assert read_corrections(tmp_path / "data")[0].dates is None
    (one,) = keeping.waiting()
    key = fact_key(one.preview.facts[0])
    keeping.reject(one.id, key)
    with pytest.raises(UsageError, match="no such fact"):
        keeping.reject(one.id, "unknown")
    (one,) = keeping.waiting()
    assert one.preview.rejected == {key}
    keeping.add(one.id)
    build_index(folder, data=tmp_path / "data", embedder=WordEmbedder())
    published = keeping.kept().published
    assert published is not None and published.facts == len(one.preview.facts) - 1
    sha256 = hashlib.sha256(RECORD.encode()).hexdigest()
    assert [(told.path, told.sha256, told.title) for told in read_corrections(tmp_path / "data")] == [
        ("porto.md", sha256, "Porto in Lyon")
    ]


def test_corrections_and_rejections_are_taken_back(keeping: Keeping, brought: Path) -> None:
    keeping.upload([bring(brought)])
    (one,) = keeping.waiting()
    keeping.correct(one.id, {"dates": "May 2024", "place": ""})
    keeping.reject(one.id, fact_key(one.preview.facts[0]))
    (now,) = keeping.waiting()
    assert shown_fields(now.preview) == shown_fields(one.preview) | {"dates": "May 2024", "place": ""}
    with pytest.raises(UsageError, match="dates"):
        keeping.correct(one.id, {"dates": "some day"})
    keeping.uncorrect(one.id)
    keeping.accept(one.id, fact_key(one.preview.facts[0]))
    (again,) = keeping.waiting()
    assert shown_fields(again.preview) == shown_fields(one.preview)
    assert again.preview.rejected == frozenset()


def test_a_deed_on_what_does_not_wait_is_refused(keeping: Keeping) -> None:
    for deed in (keeping.add, keeping.discard, keeping.uncorrect):
        with pytest.raises(UsageError, match="does not wait"):
            deed("../../etc")


def test_a_folder_that_leads_out_by_a_link_is_refused(
    keeping: Keeping, folder: Path, brought: Path, tmp_path: Path
) -> None:
    keeping.upload([bring(brought, "old.md", "# Old\n\nMended.\n")])
    (tmp_path / "elsewhere").mkdir()
    (folder / "2024" / "old.md").unlink()
    (folder / "2024").rmdir()
    (folder / "2024").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="leave the folder"):
        keeping.add(keeping.waiting()[0].id)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert len(list(read_reports(tmp_path / "data" / "inbox"))) == 1


def test_a_file_takes_the_place_of_a_report_of_another_name_which_is_kept(
    keeping: Keeping, folder: Path, brought: Path, tmp_path: Path
) -> None:
    keeping.upload([bring(brought)])
    (one,) = keeping.waiting()
    keeping.correct(one.id, {"title": "Porto in Lyon"})
    (one,) = keeping.waiting()
    keeping.replace(one.id, "2024/old.md")
    assert files(folder) == ["porto.md"]
    assert [kept.path for kept in aside(tmp_path / "data")] == ["2024/old.md"]
    assert [said.path for said in read_corrections(tmp_path / "data")] == ["porto.md"]


def test_a_replacement_of_a_report_that_is_gone_is_refused_and_the_file_still_waits(
    keeping: Keeping, brought: Path
) -> None:
    keeping.upload([bring(brought)])
    with pytest.raises(UsageError, match="no report of the folder"):
        keeping.replace(keeping.waiting()[0].id, "gone.md")
    assert len(keeping.waiting()) == 1


def test_adding_over_a_report_of_the_same_name_keeps_the_old_one(
    keeping: Keeping, brought: Path, tmp_path: Path
) -> None:
    keeping.upload([bring(brought, "old.md", "# Old\n\nThe record was mended.\n")])
    keeping.add(keeping.waiting()[0].id)
    (kept,) = aside(tmp_path / "data")
    assert "older" in (tmp_path / "data" / "replaced" / kept.id / kept.path).read_text()


def test_an_archive_in_an_archive_in_an_archive_is_refused_by_name(keeping: Keeping, brought: Path) -> None:
    (brought / "0.md").write_text(RECORD)
    for number in range(3):
        with ZipFile(brought / f"{number + 1}.zip", "w") as archive:
            archive.write(brought / (f"{number}.zip" if number else "0.md"), f"{number}.zip" if number else "0.md")
    with pytest.raises(UsageError, match=r"2\.zip/1\.zip: it lies in more than 1 other archives"):
        keeping.upload([brought / "3.zip"])
    assert keeping.waiting() == ()


def test_a_file_that_is_still_being_read_is_named_and_may_be_discarded(
    tmp_path: Path, folder: Path, brought: Path
) -> None:
    keeping = Keeping(tmp_path / "data", folder, patience=0)
    keeping.upload([bring(brought)])
    (one,) = keeping.waiting()
    assert not one.is_read and one.preview.path == "porto.md"
    assert "data-again" in card(one, words()) and "Stop and discard" in card(one, words())
    keeping.discard(one.id)
    assert keeping.waiting() == ()


@pytest.mark.slow
def test_while_a_long_file_is_read_no_other_deed_has_to_wait(keeping: Keeping, brought: Path) -> None:
    keeping.upload([bring(brought, "long.txt", "The delegation of Orlen visited the port of Vessia. " * 60_000)])
    reading = threading.Thread(target=keeping.waiting)
    reading.start()
    keeping.upload([bring(brought)])
    assert reading.is_alive()
    reading.join()
    assert [one.preview.path for one in keeping.waiting()] == ["long.txt", "porto.md"]
