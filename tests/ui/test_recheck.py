"""A note checked again: what holds, moved, changed, is gone or unreadable; any quote survives its way out and back."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from assistant import Answer, Citation, Claim
from corpus import Report, ReportError, UsageError
from tests.ingest.words import WordEmbedder, write
from tests.ui.standin import LYON, answer_of, cite, report_of
from ui.cli import app
from ui.export import answer_with_footnotes, briefing_docx, briefing_markdown
from ui.footnotes import read_footnotes
from ui.noted import MOST, Noted, footnotes_in, read_note
from ui.recheck import Finding, check_footnotes

SIGNED = cite(LYON, LYON.text[31:69])
GREETED = cite(LYON, LYON.text[:30])
ANSWER = answer_of("Who signed?", Claim(text=SIGNED.quote, citations=(SIGNED,)),
                   Claim(text="They came.", citations=(GREETED, SIGNED)))  # fmt: skip


def in_word(answer: Answer, language: str = "en") -> tuple[Noted, ...]:
    return tuple(Noted(n=n, text=text) for n, text in read_footnotes(briefing_docx([answer], language)))


FORMS: dict[str, Callable[[Answer, str], tuple[Noted, ...]]] = {
    "markdown": lambda answer, language: footnotes_in(briefing_markdown([answer], language)),
    "plain": lambda answer, language: footnotes_in(answer_with_footnotes(answer, language)),
    "word": in_word,
}


def findings(text: str, *reports: Report) -> tuple[Finding, ...]:
    return check_footnotes(footnotes_in(text), reports or (LYON,))


def standings(text: str, *reports: Report) -> list[str]:
    return [finding.standing for finding in findings(text, *reports)]


LETTERS = st.one_of(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
    st.sampled_from("“”„\"'’—–-()[]{}*_`~^$&<>\\#|:;,.!\n\t \u00a0\u3000\u2028\x0b\x0c\x1b学校年Шқ😀e\u0301"),
)
FRAGMENTS = st.one_of(
    st.text(LETTERS, max_size=40),
    st.sampled_from(["” — ", "(a.md, 1-2)", "[^1]: “x” — y", "\n[1] ", "\\[", "&amp;", "1. ", "# ", "[2]", "\n\n"]),
)
TEXTS = st.lists(FRAGMENTS, max_size=5).map("".join)
WORDY = TEXTS.filter(lambda text: any(letter.isalnum() for letter in text)).map(str.strip)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None)
@given(
    quotes=st.lists(WORDY, min_size=1, max_size=3, unique=True),
    between=TEXTS,
    title=WORDY,
    file=st.sampled_from(["a.md", "Besuch (2) [x]_y.docx", "访问 记录.txt", "d/e, 1-2).md", "q” — r.md"]),
    language=st.sampled_from(["en", "zh", "ru"]),
)
def test_whatever_a_quote_holds_it_still_holds_after_export(
    form: str, quotes: list[str], between: str, title: str, file: str, language: str
) -> None:
    text, citations = between, []
    for quote in quotes:
        citations.append(Citation(report_id="r", file=file, title=title, date="4-5 November, year not stated",
                                  start=len(text), end=len(text) + len(quote), quote=quote, page=2))  # fmt: skip
        text += quote + between
    report = report_of(text, title=title, path=file)
    answer = answer_of(title, *(Claim(text=c.quote, label=title, citations=tuple(citations)) for c in citations))
    found = check_footnotes(FORMS[form](answer, language), [report])
    assert [(f.standing, f.file, f.start, f.end) for f in found] == [
        ("holds", " ".join(file.split()), c.start, c.end) for c in citations
    ]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_note_names_its_footnotes_once(form: str) -> None:
    noted = FORMS[form](ANSWER, "ru")
    assert [note.n for note in noted] == ["1", "2"]
    assert [finding.standing for finding in check_footnotes(noted, [LYON])] == ["holds", "holds"]


def test_a_quote_that_stands_elsewhere_has_moved_to_the_nearest_place() -> None:
    later = replace(LYON, text=f"News.\n{LYON.text}\nAgain: {SIGNED.quote}")
    (finding,) = [one for one in findings(briefing_markdown([ANSWER]), later) if one.n == "1"]
    assert finding.standing == "moved" and finding.found == (37, 75)
    assert later.text[37:75] == SIGNED.quote and "37-75" in finding.detail


def test_a_quote_that_the_record_no_longer_has_is_changed() -> None:
    later = replace(LYON, text=LYON.text.replace("was signed", "was not signed"))
    assert standings(briefing_markdown([ANSWER]), later) == ["changed", "holds"]


def test_a_quote_that_somebody_edited_is_changed() -> None:
    text = briefing_markdown([ANSWER])
    assert standings(text.replace("“The agreement was signed", "“The treaty was signed")) == ["changed", "holds"]


def test_a_quote_cut_short_has_not_moved_but_changed() -> None:
    never = report_of("Nothing here was ever signed. It was never signed by Ana Silva.")
    whole = cite(never, "It was never signed by Ana Silva.")
    text = answer_with_footnotes(answer_of("?", Claim(text=whole.quote, citations=(whole,))))
    (finding,) = findings(text.replace("“It was never signed", "“signed"), never)
    assert finding.standing == "changed" and finding.found is not None and "shorter" in finding.detail


def test_a_quote_made_longer_past_its_closing_mark_is_not_taken_for_the_old_one() -> None:
    text = answer_with_footnotes(ANSWER).replace("Silva.” — ", "Silva.” — and Bo Li too” — ", 1)
    assert "holds" not in standings(text)[:1] and len(standings(text)) == 2


def test_a_record_that_left_the_index_is_gone() -> None:
    assert standings(briefing_markdown([ANSWER]), report_of(LYON.text, path="oslo.md")) == ["gone", "gone"]


def test_footnotes_of_others_are_unreadable_and_leave_ours_alone() -> None:
    text = briefing_markdown([ANSWER]) + "\n[^me]: Told to me by telephone.\n[^5]: (lyon.md, 31-69)\n"
    assert standings(text) == ["holds", "holds", "unreadable", "unreadable"]


@pytest.mark.parametrize("form", ["markdown", "plain"])
def test_a_mark_whose_footnote_was_deleted_is_told(form: str) -> None:
    text = briefing_markdown([ANSWER]) if form == "markdown" else answer_with_footnotes(ANSWER)
    cut = "\n".join(line for line in text.split("\n") if not line.startswith(("[^2]:", "[2] ")))
    found = findings(cut)
    assert [(one.n, one.standing) for one in found] == [("1", "holds"), ("2", "unreadable")]
    assert found[1].detail == "This mark has no footnote any more."


def test_a_footnote_wrapped_or_requoted_by_another_program_is_still_read() -> None:
    place = "Visit to Lyon, 3 May 2026\n    (lyon.md, 31–69)"
    text = f'x[^1]\n\n[^1]: "The agreement was\n    signed by Ana Silva." --- {place}\n'
    assert standings(text) == ["holds"]


def test_a_heading_right_below_a_footnote_is_no_part_of_it() -> None:
    assert standings(briefing_markdown([ANSWER]).rstrip("\n") + "\n## Next\n") == ["holds", "holds"]


def test_text_without_footnotes_has_none() -> None:
    assert footnotes_in("A [link] and [1] in the text.") == () == footnotes_in("")


HOSTILE = st.sampled_from(["[^1]: “", "[2] “", " (lyon.md, 31-69)", ", 1-2)", "(" * 9, SIGNED.quote, "signed"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, HOSTILE), max_size=9).map("".join))
def test_no_text_breaks_the_check_and_nothing_false_holds(text: str) -> None:
    for finding in findings(text):
        if finding.standing == "holds":
            assert " ".join(LYON.text[finding.start : finding.end].split()) == finding.quote


@pytest.mark.parametrize(
    "text", ["[^1]: " + "(" * 300_000 + ", 1-2)", "[^1]: x\n" * 100_000, "[^1]:\n\n" + "[^" * 300_000]
)
@pytest.mark.timeout(60)
def test_a_note_made_to_be_slow_is_not(text: str) -> None:
    assert {finding.standing for finding in findings(text)} == {"unreadable"}


def test_a_note_with_more_footnotes_than_people_write_is_refused(tmp_path: Path) -> None:
    (tmp_path / "many.md").write_text("[^1]: x\n" * (MOST + 1), encoding="utf-8")
    with pytest.raises(ReportError, match="Split the note"):
        read_note(tmp_path / "many.md")


RECORD = (
    "---\ntitle: Visit to Lyon\ndate: 2025-03-12\n---\n\nThe rector greeted “us”.\nAna Silva signed the agreement.\n"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    from ingest import build_index

    folder, data = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("data")
    write(folder, {"lyon.md": RECORD})
    build_index(folder, data=data, embedder=WordEmbedder())
    yield data


def cited(quote: str, start: int | None = None) -> Citation:
    at = RECORD.index(quote) if start is None else start
    return Citation(report_id="r", file="lyon.md", title="Visit to Lyon", date="12 March 2025", start=at,
                    end=at + len(quote), quote=quote)  # fmt: skip


def answered(*citations: Citation) -> Answer:
    return answer_of("Who?", *(Claim(text=one.quote, citations=(one,)) for one in citations))


TRUE = answered(cited("The rector greeted “us”.\nAna Silva signed"), cited("signed the agreement.", 3))
FALSE = answered(cited("The rector greeted “us”."), cited("Bo Li signed it.", 70))


@pytest.mark.parametrize("name", ["note.md", "note.docx", "note.txt"])
def test_the_command_says_of_each_footnote_how_it_stands(tmp_path: Path, data: Path, name: str) -> None:
    for answer, code, told in ((TRUE, 0, ["holds", "moved"]), (FALSE, 1, ["holds", "changed"])):
        written = {"note.md": briefing_markdown([answer]).encode(), "note.docx": briefing_docx([answer]),
                   "note.txt": answer_with_footnotes(answer).encode("utf-16")}[name]  # fmt: skip
        (tmp_path / name).write_bytes(written)
        ran = CliRunner().invoke(app, ["recheck", str(tmp_path / name), "--data", str(data), "--json"])
        assert ran.exit_code == code, ran.stderr
        found = json.loads(ran.stdout)
        assert found["ok"] is (code == 0) and [one["standing"] for one in found["footnotes"]] == told
        assert ("1 of 2 footnotes do not hold" in ran.stderr) is (code == 1)


def test_the_command_prints_where_a_moved_quote_stands(tmp_path: Path, data: Path) -> None:
    (tmp_path / "note.md").write_text(briefing_markdown([TRUE]), encoding="utf-8")
    ran = CliRunner().invoke(app, ["recheck", str(tmp_path / "note.md"), "--data", str(data)])
    at = RECORD.index("signed the agreement.")
    assert f"The quote now stands at {at}-{at + 21}." in ran.stdout and "were not judged" in ran.stdout


def test_a_note_without_footnotes_no_note_and_no_index_are_three_different_errors(tmp_path: Path, data: Path) -> None:
    (tmp_path / "bare.md").write_text("# A note\n\nWithout any.\n", encoding="utf-8")
    bare = CliRunner().invoke(app, ["recheck", str(tmp_path / "bare.md"), "--data", str(data), "--json"])
    assert (bare.exit_code, bare.stdout) == (1, "") and "it has no footnotes" in bare.stderr
    absent = CliRunner().invoke(app, ["recheck", str(tmp_path / "none.md"), "--data", str(data)])
    assert absent.exit_code == 2 and "no such file" in absent.stderr
    (tmp_path / "note.md").write_text(briefing_markdown([TRUE]), encoding="utf-8")
    unbuilt = CliRunner().invoke(app, ["recheck", str(tmp_path / "note.md"), "--data", str(tmp_path / "no")])
    assert unbuilt.exit_code == 1 and "index" in unbuilt.stderr


def test_a_text_note_may_begin_as_an_archive_does(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(f"PK is short for nothing.\n{answer_with_footnotes(TRUE)}", encoding="utf-8")
    assert [note.n for note in read_note(tmp_path / "note.txt")] == ["1", "2"]


def test_a_folder_is_no_note(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_note(tmp_path)


def test_a_word_file_that_unpacks_to_too_much_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(briefing_docx([TRUE]))) as old:
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
            new.writestr("word/media/bomb.bin", b"\0" * 60_000_000)
    (tmp_path / "bomb.docx").write_bytes(held.getvalue())
    with pytest.raises(ReportError, match="as a bomb does"):
        read_note(tmp_path / "bomb.docx")


def test_a_word_note_edited_and_saved_again_is_still_checked(tmp_path: Path) -> None:
    word = docx.Document(io.BytesIO(briefing_docx([TRUE])))
    word.paragraphs[-1].insert_paragraph_before("A sentence of somebody else.")
    word.save(str(tmp_path / "note.docx"))
    assert [note.n for note in read_note(tmp_path / "note.docx")] == ["1", "2"]
