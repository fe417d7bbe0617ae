import io
import os
import re
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import psutil
import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus import ReadFailure, ReadLimits, Report, ReportError, UsageError, read_report, read_reports
from corpus.read.worker import CHILD, Worker

NOTE = (
    "---\ntitle: A visit\ndate: 2024-05-03\nplace: Almaty\nsource: see https://example.org/a\n---\n\nThe team came.\n"
)
LIMITS = ReadLimits()


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def reason_of(folder: Path, name: str, limits: ReadLimits = LIMITS) -> str:
    (result,) = read_reports(folder, [Path(name)], limits=limits)
    assert isinstance(result, ReadFailure), result
    assert result.path == name
    return result.reason


def test_a_markdown_file_keeps_its_whole_text_and_states_its_fields(tmp_path: Path) -> None:
    write(tmp_path, "2024/visit.md", NOTE.replace("\n", "\r\n"))
    report = read_report(Path("2024/visit.md"), tmp_path)
    assert report.text == NOTE
    assert report.text[report.body :] == "The team came.\n"
    assert (report.title, report.place, report.address) == ("A visit", "Almaty", "https://example.org/a")
    assert (report.path, report.id) == ("2024/visit.md", sha256(b"2024/visit.md").hexdigest()[:12])
    assert report.sha256 == sha256(NOTE.replace("\n", "\r\n").encode()).hexdigest()
    assert [date.start for date in report.dates] == ["2024-05-03"]


def test_dates_come_from_the_opening_where_no_line_states_them_and_undated_is_believed(tmp_path: Path) -> None:
    body = "From November 4 to 5 a delegation came. " + "It talked. " * 60 + "It left on 9 December 2024."
    write(tmp_path, "a.txt", body)
    write(tmp_path, "b.txt", f"---\ndate: undated\n---\n{body}")
    first, second = read_reports(tmp_path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert [(date.text, date.start, date.end) for date in first.dates] == [("November 4 to 5", "--11-04", "--11-05")]
    assert second.dates == ()


@pytest.mark.parametrize(
    ("content", "title"),
    [("# A visit\n\nIt was.", "A visit"), ("A visit\n=======\n\nIt was.", "A visit"), ("It was.", "name of file")],
)
def test_the_title_is_the_first_heading_or_the_name(tmp_path: Path, content: str, title: str) -> None:
    write(tmp_path, "name of file.md", content)
    assert read_report(Path("name of file.md"), tmp_path).title == title


STORY = "Two guests came to the school by bus and stayed until the evening. " * 3


@pytest.mark.parametrize(
    "above",
    ["A day in Ulm\n\n", "**A day in Ulm**\n", "A day in Ulm\n", "\n\n  A day in Ulm  \n\n12 May 2024\n\n"],
)
@pytest.mark.parametrize("name", ["b.txt", "b.md", "b.html"])
def test_a_short_first_line_apart_from_the_text_is_the_title(tmp_path: Path, above: str, name: str) -> None:
    if name.endswith("html"):
        above, text = "<p>A day in Ulm</p>", f"<p>{STORY}</p>"
    else:
        text = STORY
    write(tmp_path, name, above + text)
    assert read_report(Path(name), tmp_path).title == "A day in Ulm"


@pytest.mark.parametrize(
    "above",
    [
        "Two guests came to Ulm.\n\n", "12 May 2024\n\n", "Date: 12 May 2024\n\n", "Dear all,\n\n", "- tea\n\n",
        "| Ulm | Bonn |\n\n", "A day in Ulm\nand in Bonn\n\n", f"{'Ulm and ' * 20}Bonn\n\n", "* * *\n\n",
        "1. Ulm\n\n",
    ],
)  # fmt: skip
def test_a_sentence_date_item_or_part_of_a_paragraph_is_no_title(tmp_path: Path, above: str) -> None:
    write(tmp_path, "b.txt", above + STORY)
    assert read_report(Path("b.txt"), tmp_path).title == "b"


def test_a_line_that_runs_over_all_pages_is_no_title(tmp_path: Path) -> None:
    rtf = r"{\rtf1\ansi{\header\pard Office of Ties\par}\pard A day in Ulm\par\pard " + STORY + r"\par}"
    write(tmp_path, "b.rtf", rtf)
    canvas = Canvas(str(tmp_path / "c.pdf"))
    for lines in (("A day in Ulm", "", *re.findall(r".+?\. ", STORY)), ("The guests left.",)):
        for row, line in enumerate(("Office of Ties", "", "", *lines)):
            canvas.drawString(60, 800 - 14 * row, line)
        canvas.showPage()
    canvas.save()
    for report in read_reports(tmp_path):
        assert isinstance(report, Report)
        assert report.title == "A day in Ulm" and report.text.startswith("Office of Ties\n\nA day in Ulm\n\n")


@pytest.mark.parametrize(
    ("name", "text", "dates"),
    [
        ("a.csv", "Day,Guest\n2024-05-03,Ana\n2024-05-09,Leo\n", []),
        ("a.csv", "Visits of 12 May 2024,\nDay,Guest\n2024-05-03,Ana\n", ["2024-05-12"]),
        ("guests_2024-06-07.csv", "Day,Guest\n2024-05-03,Ana\n", ["2024-06-07"]),
        ("guests 2024.csv", "Day,Guest\n2024-05-03,Ana\n", []),
    ],
)
def test_a_day_in_a_cell_of_a_spreadsheet_dates_its_row_alone(
    tmp_path: Path, name: str, text: str, dates: list[str]
) -> None:
    write(tmp_path, name, text)
    assert [date.start for date in read_report(Path(name), tmp_path).dates] == dates


def test_every_format_is_read_in_the_order_asked_for(
    tmp_path: Path, word_file: bytes, make_pdf: Callable[..., bytes]
) -> None:
    page = "<html><body><article><h1>Visit</h1><p>The team came to Astana and talked.</p></article></body></html>"
    write(tmp_path, "a.md", NOTE)
    write(tmp_path, "b.txt", "校长接待了代表团。".encode("gb18030"))
    write(tmp_path, "c.html", page)
    write(tmp_path, "d.docx", word_file)
    write(tmp_path, "e.pdf", make_pdf("First page.", "Second page."))
    paths = [Path(name) for name in ("e.pdf", "c.html", "b.txt", "d.docx", "a.md")]
    results = list(read_reports(tmp_path, [*paths, tmp_path / "a.md"]))
    assert [result.path for result in results] == ["e.pdf", "c.html", "b.txt", "d.docx", "a.md", "a.md"]
    assert all(isinstance(result, Report) for result in results), results
    pdf, _, chinese, word, *_ = results
    assert isinstance(pdf, Report) and isinstance(chinese, Report) and isinstance(word, Report)
    assert pdf.page_at(pdf.text.index("Second")) == 2
    assert (chinese.text, chinese.language) == ("校长接待了代表团。", "zh")
    assert word.title == "Visit to Almaty"


def test_a_file_is_read_as_what_its_bytes_are(tmp_path: Path, word_file: bytes, make_pdf: Callable[..., bytes]) -> None:
    write(tmp_path, "page.txt", "<!DOCTYPE html><html><body><p>The team came to Astana.</p></body></html>")
    write(tmp_path, "pdf.txt", make_pdf("The team came."))
    write(tmp_path, "word.pdf", word_file)
    page, pdf, word = read_reports(tmp_path)
    assert isinstance(page, Report) and isinstance(pdf, Report) and isinstance(word, Report)
    assert page.text.strip() == "The team came to Astana."
    assert pdf.pages == (0,)
    assert "Nothing was signed." in word.text


def test_a_page_that_opens_with_many_comments_is_still_a_page(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "<!-- x -->\n" * 300 + "<html><body><p>The team came to Astana.</p></body></html>")
    assert (
        read_report(Path("a.txt"), tmp_path, limits=replace(LIMITS, seconds=5)).text.strip()
        == "The team came to Astana."
    )


def archive(name: str = "a.txt") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        written.writestr(zipfile.ZipInfo(name), "text")  # of no day: a test's name must not change with the hour
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.md", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("heads.md", b"---\ntitle: A visit\n---\n", "no words"),
        ("zip.docx", archive(), "zip archive, not a Word file"),
        ("sheet.docx", archive("xl/workbook.xml"), "Excel"),
        ("half.docx", archive()[:30], "damaged or truncated"),
        ("text.docx", b"Plain text.", "not a Word file"),
        ("text.pdf", b"Plain text.", "not a PDF"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office file"),
        ("picture.md", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        ("binary.txt", bytes(range(256)), "binary"),
        ("cut.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\n", "truncated"),
        ("damaged.pdf", b"%PDF-1.4\nnothing\n%%EOF\n", "damaged"),
        ("big.txt", b"a visit. " * 4_500_000, "40.5 MB, the limit is 20 MB"),
    ],
)
def test_a_bad_file_is_named_with_its_reason_and_the_next_is_read(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    write(tmp_path, name, content)
    write(tmp_path, "~good.md", NOTE)
    bad, good = read_reports(tmp_path, [Path(name), Path("~good.md")])
    assert isinstance(bad, ReadFailure)
    assert bad.path == name
    assert reason in bad.reason
    assert isinstance(good, Report)
    with pytest.raises(ReportError, match=name):
        read_report(Path(name), tmp_path)


def test_links_pipes_folders_and_missing_files_are_refused_at_once(tmp_path: Path) -> None:
    write(tmp_path, "good.md", NOTE)
    write(tmp_path, "real/good.md", NOTE)
    (tmp_path / "link.md").symlink_to("good.md")
    (tmp_path / "linked").symlink_to("real")
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    assert "symbolic link" in reason_of(tmp_path, "link.md")
    assert "symbolic link" in reason_of(tmp_path, "linked/good.md")
    assert "folder" in reason_of(tmp_path, "folder.md")
    assert "pipe" in reason_of(tmp_path, "pipe.md")
    assert "no such file" in reason_of(tmp_path, "missing.md")
    assert "outside" in reason_of(tmp_path / "real", "../good.md")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "closed.md", NOTE).chmod(0)
    assert "permission" in reason_of(tmp_path, "closed.md")


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser can become somebody else")
def test_a_file_that_another_user_may_not_read_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "closed.md", NOTE).chmod(0)
    for parent in (tmp_path, *tmp_path.parents):
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    program = (
        "import os, sys; from pathlib import Path; from corpus.read.files import read_bytes; "
        "from corpus.read.limits import ReadLimits; os.setuid(65534);\n"
        "try: read_bytes(Path(sys.argv[1]), Path('closed.md'), ReadLimits())\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ).stdout
    assert said.startswith("ReportError permission")


def test_a_name_that_is_not_unicode_is_refused_printably(tmp_path: Path) -> None:
    raw = os.fsdecode(b"visit-\xd7\xe6.md")
    write(tmp_path, raw, NOTE)
    (result,) = read_reports(tmp_path)
    assert isinstance(result, ReadFailure)
    assert result.path == "visit-\\xd7\\xe6.md"
    assert "Rename" in result.reason


def test_a_folder_that_is_not_there_is_a_wrong_request(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        list(read_reports(tmp_path / "nowhere"))


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert list(read_reports(tmp_path)) == []


def test_a_file_that_takes_too_much_memory_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.html", b"<html><body>" + b"<p>a" * 2_000_000)
    write(tmp_path, "b.md", NOTE)
    bad, good = read_reports(tmp_path, limits=replace(LIMITS, memory_mb=300))
    assert isinstance(bad, ReadFailure)
    assert "300 MB" in bad.reason
    assert isinstance(good, Report)


def test_a_file_that_takes_too_long_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.html", b"<html><body>" + b"<p>a visit" * 1_000_000)
    write(tmp_path, "b.md", NOTE)
    started = time.monotonic()
    bad, good = read_reports(tmp_path, limits=replace(LIMITS, seconds=0.5))
    assert isinstance(bad, ReadFailure)
    assert "0.5 seconds" in bad.reason
    assert isinstance(good, Report)
    assert time.monotonic() - started < 5


def child(program: str) -> list[str]:
    """A command line for a child that says it is ready, then runs `program` for each line it is sent."""
    frame = "import os, sys, time, signal\ndef send(data): os.write(1, len(data).to_bytes(8, 'big') + data)\n"
    ready = "sys.stdin.readline(); send(b'{\"ready\": true}')\nfor line in sys.stdin:\n    "
    return [sys.executable, "-c", frame + ready + program]


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("time.sleep(60)", "longer than 0.3 seconds"),
        ("signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)", "longer than 0.3 seconds"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "crashed (SIGSEGV)"),
        ("os.kill(os.getpid(), signal.SIGXCPU)", "processor time"),
        ("sys.exit(3)", "crashed (exit status 3)"),
        ("send(b'no JSON')", "nonsense"),
        ("os.write(1, (1 << 62).to_bytes(8, 'big')); time.sleep(60)", "too long"),
        ("os.write(1, (9).to_bytes(8, 'big') + b'half'); time.sleep(60)", "longer than 0.3 seconds"),
    ],
)
def test_a_child_that_hangs_crashes_or_babbles_costs_one_file(tmp_path: Path, program: str, reason: str) -> None:
    with Worker(tmp_path, replace(LIMITS, seconds=0.3), child(program)) as worker:
        for _ in range(2):
            with pytest.raises(ReportError) as caught:
                worker.read(Path("a.md"))
            assert reason in str(caught.value)


def test_a_killed_child_takes_its_own_children_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    program = (
        f"import subprocess; open({str(note)!r}, 'w').write(str("
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid)); time.sleep(60)"
    )
    with Worker(tmp_path, replace(LIMITS, seconds=1), child(program)) as worker, pytest.raises(ReportError):
        worker.read(Path("a.md"))
    grandchild = int(note.read_text())
    deadline = time.monotonic() + 5
    while psutil.pid_exists(grandchild) and psutil.Process(grandchild).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the grandchild is still alive"
        time.sleep(0.05)


def test_the_child_is_replaced_after_its_share_of_files(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    starts.mkdir()
    program = (
        "import runpy, sys, uuid, pathlib; "
        f"pathlib.Path({str(starts)!r}, uuid.uuid4().hex).touch(); "
        "sys.argv = ['child']; runpy.run_module('corpus.read.child', run_name='__main__')"
    )
    write(tmp_path, "a.md", NOTE)
    with Worker(tmp_path, replace(LIMITS, files_per_process=2), [CHILD[0], "-c", program]) as worker:
        for _ in range(5):
            assert worker.read(Path("a.md")).title == "A visit"
    assert len(list(starts.iterdir())) == 3


def test_no_child_is_left_when_the_reader_stops_halfway(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path, f"{number}.md", NOTE)
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    results = read_reports(tmp_path)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert {process.pid for process in psutil.Process().children(recursive=True)} <= before


def test_two_threads_read_at_once(tmp_path: Path) -> None:
    for number in range(8):
        write(tmp_path, f"{number}.md", NOTE.replace("A visit", f"Visit {number}"))
    titles: dict[int, list[str]] = {}

    def read(thread: int) -> None:
        titles[thread] = [result.title for result in read_reports(tmp_path) if isinstance(result, Report)]

    threads = [threading.Thread(target=read, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert titles == {thread: [f"Visit {number}" for number in range(8)] for thread in range(2)}


def test_a_library_of_the_same_name_beside_the_reports_is_not_imported(tmp_path: Path) -> None:
    write(tmp_path, "json.py", "raise SystemExit('taken over')")
    write(tmp_path, "a.md", NOTE)
    program = f"import os; os.chdir({str(tmp_path)!r}); from pathlib import Path; from corpus import read_report; "
    program += "print(read_report(Path('a.md'), Path('.')).title)"
    said = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout == "A visit\n"


def test_markup_in_markdown_is_not_part_of_the_text(tmp_path: Path) -> None:
    body = (
        '<div class="wide">\n  <img src=\'a.jpg\'\n   alt="a > b" />\n</div>\n\n# Guests <small>of May</small>\n\n'
        'They <b>came</b> by bus.<br>They left &amp; wrote.\n\n<!-- more -->\n\n![a](b_(1).png "t")\n\n'
        "[![c](d.png)](e)\n\n{% include map.html %}\n\n<table><tr><th>Name</th><td>Ivy\n Marsh</td></tr></table>\n"
        "<ul><li>tea</li><li>talk</li></ul>\n"
    )
    write(tmp_path, "a.md", f"---\ntitle: <b>A</b>\n---\n{body}")
    report = read_report(Path("a.md"), tmp_path)
    assert report.text == (
        "---\ntitle: <b>A</b>\n---\n# Guests of May\n\nThey came by bus.\nThey left & wrote.\n\n"
        "| Name | Ivy Marsh |\n\n- tea\n- talk\n"
    )


def test_a_described_picture_in_markdown_is_told_and_one_named_by_a_program_or_in_code_is_not(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.md",
        "They signed.\n\n![Dean Ilse Brandt signs](a.png)\n\n![IMG_2041.jpg](b.png) `![Oak door](c)`\n",
    )
    report = read_report(Path("a.md"), tmp_path)
    assert report.text == "They signed.\n\n`![Oak door](c)`\n"
    assert report.notes == ("1 picture description was not read",)


def test_what_is_struck_out_in_markdown_and_a_break_in_a_row_of_a_table_are_no_text(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.md",
        "It was ~~signed~~ put off, <del>signed</del> too.\n\n| Quay<br/>House | open |\n\nSome 5~~6.\n",
    )
    report = read_report(Path("a.md"), tmp_path)
    assert report.text == "It was put off, too.\n\n| Quay House | open |\n\nSome 5~~6.\n"
    assert report.notes == ("2 struck-out pieces were not read",)


def test_boxes_raised_figures_and_readings_in_markdown_are_read_as_on_a_page(tmp_path: Path) -> None:
    body = '- <input type="checkbox" checked> fed\n- <input type=checkbox disabled> lodged\n\n'
    row = "<table><tr><td><input type=checkbox></td><td>4 m<sup>3</sup></td></tr></table>"
    write(tmp_path, "a.md", f"{body}They gave 10<sup>8</sup> to <ruby>梅<rt>méi</rt></ruby>学院.\n\n{row}\n")
    report = read_report(Path("a.md"), tmp_path)
    assert report.text == "- ☒ fed\n- ☐ lodged\n\nThey gave 10⁸ to 梅学院.\n\n| ☐ | 4 m³ |\n"
    assert report.notes == ("1 pronunciation was not read",)


def test_what_only_looks_like_markup_stays_to_the_letter(tmp_path: Path) -> None:
    text = (
        "a < b and c > d, if x<y; <ivy@example.org> wrote, see <https://example.org/a>.\n\n\n\n"
        "Dear <title>, `<div>` and &amp; stay, [a link](b.html) too.\n\n"
        "```html\n<p>code</p> <!-- c -->\n```\n<!-- open\n"
    )
    write(tmp_path, "a.md", text)
    assert read_report(Path("a.md"), tmp_path).text == text


def test_a_note_tells_that_an_encoding_was_guessed(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Dean Zoë Fréchette came.".encode("cp1252"))
    write(tmp_path, "b.txt", "Dean Zoë Fréchette came.")
    guessed, sure = read_reports(tmp_path)
    assert isinstance(guessed, Report) and isinstance(sure, Report)
    assert guessed.text == sure.text
    assert (guessed.notes, sure.notes) == (("its encoding was guessed as cp1252",), ())


def test_a_page_is_dated_by_the_event_it_tells_of_and_not_by_its_publication(tmp_path: Path) -> None:
    story = "Guests came to the school on 7 March 2021 and stayed for two days, as the teachers had hoped. " * 3
    write(tmp_path, "a.html", f"<html><h1>Guests</h1><p>20 March 2021</p><div><p>{story}</p></div></html>")
    write(tmp_path, "b.md", f"# Guests\n\nPosted on 20 March 2021\n\n{story}")
    for report in read_reports(tmp_path):
        assert isinstance(report, Report)
        assert report.dates[0].start == "2021-03-07"
        assert "20 March 2021" in report.text
