import io
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path, PurePosixPath

import pytest

from corpus import ReadFailure, ReadLimits, Report, ReportError, page_picture, read_report, read_reports, unpack
from corpus.read import find_records
from corpus.read.archive import members

LIMITS = ReadLimits()
NOTE = b"# A visit\n\nThe team came to Oslo.\n"


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return file.getvalue()


def mail(*attached: tuple[str, bytes], subject: str = "A letter") -> bytes:
    made = EmailMessage()
    made["Subject"] = subject
    made.set_content("Words of the letter.\n")
    for name, content in attached:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def read(folder: Path, limits: ReadLimits = LIMITS) -> dict[str, str]:
    """Text of each record by its path, or the reason against it."""
    return {
        one.path: one.reason if isinstance(one, ReadFailure) else one.text
        for one in read_reports(folder, limits=limits)
    }


def names(data: bytes) -> list[str]:
    return [name for name, _ in members(data, PurePosixPath("a.zip"), LIMITS)]


def test_the_members_of_an_archive_are_records_of_their_own_and_it_is_none(tmp_path: Path, word_file: bytes) -> None:
    (tmp_path / "bundle.zip").write_bytes(zipped(("b.md", NOTE), ("inner/word.docx", word_file), ("c.bin", b"x")))
    (tmp_path / "a.txt").write_text("Alone.")
    found = {one.path: one for one in read_reports(tmp_path) if isinstance(one, Report)}
    assert list(found) == ["a.txt", "bundle.zip/b.md", "bundle.zip/inner/word.docx"]
    note = found["bundle.zip/b.md"]
    assert (note.title, note.text, note.sha256) == ("A visit", NOTE.decode(), sha256(NOTE).hexdigest())
    assert note.id == sha256(b"bundle.zip/b.md").hexdigest()[:12]
    assert read_report(Path("bundle.zip/b.md"), tmp_path) == note
    assert read_report(tmp_path / "bundle.zip" / "b.md", tmp_path) == note


def test_attachments_follow_the_mail_that_brought_them(tmp_path: Path) -> None:
    (tmp_path / "letter.eml").write_bytes(mail(("minutes.md", NOTE), ("logo.bmp", b"BM")))
    report, minutes = read_reports(tmp_path)
    assert isinstance(report, Report) and isinstance(minutes, Report)
    assert (report.path, report.title, report.notes) == (
        "letter.eml", "A letter", ("attachment logo.bmp was not read",)
    )  # fmt: skip
    assert (minutes.path, minutes.title) == ("letter.eml/minutes.md", "A visit")


def test_containers_are_opened_two_deep_and_no_deeper(tmp_path: Path) -> None:
    innermost = zipped(("deep.md", NOTE))
    letter = mail(("inner.md", NOTE), ("more.zip", innermost))
    (tmp_path / "outer.zip").write_bytes(zipped(("letter.eml", letter), ("second.zip", zipped(("d.md", NOTE)))))
    found = read(tmp_path)
    assert list(found) == [
        "outer.zip/letter.eml", "outer.zip/letter.eml/inner.md", "outer.zip/letter.eml/more.zip",
        "outer.zip/second.zip/d.md",
    ]  # fmt: skip
    assert "no record itself" in found["outer.zip/letter.eml/more.zip"]
    with pytest.raises(ReportError, match="more than 2"):
        read_report(Path("outer.zip/letter.eml/more.zip/deep.md"), tmp_path)


def test_a_page_of_a_member_is_drawn(tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(("plan.pdf", make_pdf("The plan."))))
    assert page_picture(tmp_path, Path("a.zip/plan.pdf"), 1, "plan").startswith(b"\x89PNG")


def test_members_that_lead_out_are_hidden_or_no_files_are_passed_over() -> None:
    link = zipfile.ZipInfo("link.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    good = [("./a.md", NOTE), ("folder\\b.md", NOTE), ("c.MD", NOTE), ("inner/", b"")]
    bad = [("/root.md", NOTE), ("../up.md", NOTE), ("in/../../up.md", NOTE), ("C:\\disk.md", NOTE), (link, "a.md")]
    hidden = [("__MACOSX/a.md", NOTE), (".git/a.md", NOTE), (".a.md", NOTE), ("~$a.docx", NOTE), (".a", b"x")]
    assert names(zipped(*good, *bad, *hidden)) == ["a.md", "c.MD", "folder/b.md"]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp866", "Отчёт о визите.md"), ("gb18030", "访问报告.md"), ("utf-8", "отчёт.md"), ("cp437", "Réunion.md")],
)
def test_names_written_by_old_programs_are_told_by_their_bytes(encoding: str, name: str) -> None:
    raw = name.encode(encoding)
    plain = "x" * (len(raw) - 3) + ".md"
    assert names(zipped((plain, NOTE)).replace(plain.encode(), raw)) == [name]


def test_a_member_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    data = zipped(("a.md", NOTE), ("b.docx", b"no Word file"), ("big.txt", b"word " * 500_000), ("empty.md", b" "))
    (tmp_path / "a.zip").write_bytes(data)
    found = read(tmp_path, replace(LIMITS, file_mb=1))
    assert found["a.zip/a.md"] == NOTE.decode()
    assert "not a Word file" in found["a.zip/b.docx"]
    assert "2.5 MB, the limit is 1 MB" in found["a.zip/big.txt"]
    assert "empty" in found["a.zip/empty.md"]


def encrypted(data: bytes) -> bytes:
    """The archive with its members marked as encrypted, which is all that a reader without password sees."""
    changed = bytearray(data)
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(start)
        while place >= 0:
            changed[place + at] |= 1
            place = changed.find(start, place + 1)
    return bytes(changed)


def test_an_archive_that_gives_nothing_is_named_with_the_reason(tmp_path: Path) -> None:
    reasons = {
        "password": encrypted(zipped(("a.md", NOTE))),
        "damaged": zipped(("a.md", NOTE))[:60],
        "without a file": zipped(("a.exe", b"MZ")),
        "1001 files, the limit is 1000": zipped(*((f"{number}.md", NOTE) for number in range(1001))),
        "bomb": zipped(("a.md", b" " * 30_000_000)),
        "not a zip archive": b"Just words.",
    }
    for number, data in enumerate(reasons.values()):
        (tmp_path / f"{number}.zip").write_bytes(data)
    (tmp_path / "good.md").write_bytes(NOTE)
    found = read(tmp_path)
    assert list(found) == [*(f"{number}.zip" for number in range(len(reasons))), "good.md"]
    for number, reason in enumerate(reasons):
        assert reason in found[f"{number}.zip"]


def test_what_is_not_in_a_container_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(("a.md", NOTE)))
    (tmp_path / "b.md").write_bytes(NOTE)
    for path in ("a.zip/b.md", "a.zip/a.md/c.md", "b.md/a.md"):
        (failure,) = read_reports(tmp_path, [Path(path)])
        assert isinstance(failure, ReadFailure), path
        assert failure.path == path
    (failure,) = read_reports(tmp_path, [Path("a.zip")])
    assert isinstance(failure, ReadFailure) and "its 1 files are" in failure.reason


def test_records_are_found_with_the_digests_of_their_own_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(("a.md", NOTE)))
    (tmp_path / "b.eml").write_bytes(mail(("c.md", NOTE)))
    digest = sha256(NOTE).hexdigest()
    found = [(one.path.as_posix(), one.sha256) for one in find_records(tmp_path)]
    assert found == [("a.zip/a.md", digest), ("b.eml", ""), ("b.eml/c.md", digest)]


def test_an_office_file_named_zip_is_read_as_what_it_is(tmp_path: Path, word_file: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(word_file)
    (report,) = read_reports(tmp_path)
    assert isinstance(report, Report)
    assert report.title == "Visit to Almaty"


def test_the_libraries_of_formats_are_loaded_only_where_they_are_needed() -> None:
    libraries = {"openpyxl", "pptx", "striprtf", "docx"}
    program = f"import sys, corpus, corpus.read.child; print(*sorted({libraries} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "\n"


def test_members_of_no_readable_kind_are_told_and_those_of_systems_are_not(tmp_path: Path) -> None:
    others = (
        ("in/plan.DOC", b"x"),
        ("table.numbers", b"x"),
        ("photo.jpeg", b"x"),
        ("tool.exe", b"x"),
        ("README", b"x"),
    )
    silent = (("Thumbs.db", b"x"), ("in/desktop.ini", b"x"), ("__MACOSX/plan.doc", b"x"), ("~$plan.doc", b"x"))
    inner = zipped(("c.md", NOTE), ("letter.msg", b"x"))
    data = zipped(("a.md", NOTE), ("inner.zip", inner), *others, *silent, (".hidden/plan.doc", b"x"))
    (tmp_path / "a.zip").write_bytes(data)
    found = read(tmp_path)
    assert {path: why.split(". ")[-1] for path, why in found.items() if not path.endswith(".md")} == {
        "a.zip/in/plan.DOC": "Save it as .docx or PDF.",
        "a.zip/inner.zip/letter.msg": "Save it as .eml.",
        "a.zip/table.numbers": "Save it as .xlsx.",
        "a.zip/photo.jpeg": "Recognize its text and save that as .txt.",
        "a.zip/tool.exe": "If it holds a report, save that as .docx, PDF or .txt.",
        "a.zip/README": "Give it the suffix of its format, such as .docx or .txt.",
    }
    assert found["a.zip/in/plan.DOC"].startswith("it is a .doc file, a kind that is not read.")
    refused = {one.path: one.reason for one in unpack(tmp_path / "a.zip", tmp_path / "out")}
    assert refused == {path.removeprefix("a.zip/"): why for path, why in found.items() if not path.endswith(".md")}


@pytest.mark.parametrize(("count", "last"), [(21, "it is a .png file"), (25, "it and 4 more of the archive's files")])
def test_of_many_members_of_no_readable_kind_the_last_one_told_counts_the_rest(
    tmp_path: Path, count: int, last: str
) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(("z.md", NOTE), *((f"{one:02}.png", b"x") for one in range(count))))
    found = read(tmp_path)
    assert list(found) == [*(f"a.zip/{one:02}.png" for one in range(21)), "a.zip/z.md"]
    assert all(found[f"a.zip/{one:02}.png"].startswith("it is a .png file") for one in range(20))
    assert found["a.zip/20.png"].startswith(last)
