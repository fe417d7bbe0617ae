"""Files as offices make them, of the records in ``sources``: ``python -m tests.programs.make FOLDER``.

Each is called ``source.program.kind``; beside it lies what is to be read of it, taken from the source. Programs that
must be installed: pandoc, LibreOffice (Writer, Calc, Impress), Chromium, LaTeX, and fonts with Chinese signs.
"""

import csv
import datetime
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.programs.record import Source, Wanted, read_source, write_wanted

SOURCES = Path(__file__).with_name("sources")
PANDOC = {"docx": "", "odt": "", "rtf": "", "html": "", "pptx": "Notes"}
"""Kinds that pandoc writes, with the words it adds."""
OFFICE = {"docx": ("odt", "rtf", "pdf", "html"), "odt": ("docx", "pdf", "html"), "pptx": ("pptx",)}
"""Kinds that LibreOffice is given, each with those it writes."""
RUNNING_HEAD = "Bureau of Visits, internal"
STYLES = {
    "chromium-running": f"@page {{ size: A5; margin: 18mm; @top-left {{ content: '{RUNNING_HEAD}' }} "
    "@bottom-right { content: 'Page ' counter(page) ' of ' counter(pages) } }",
    "chromium-columns": "@page { size: A4; margin: 15mm } h1, header { column-span: all } "
    "body { max-width: none; column-count: 2; column-gap: 8mm; font-size: 10pt; text-align: justify }",
    "chromium-plain": "@page { size: A4; margin: 20mm }",
}
"""Styles of printed pages; the last is printed with Chromium's own head and foot: day, title, address, page."""
HEADER, FOOTER = "Office of Journeys, copy for the shelf", "Kept under F. 12, drawer C"
CHARSETS = {"en": "utf-8", "zh": "gb18030", "ru": "windows-1251"}
MAIL_HEAD = ("Ada B. Reeve <a.reeve@journeys.example>", "archive@journeys.example", "Tue, 03 Jan 2023 09:00:00 +0000")
NUMBERS = " ".join(map(str, range(60)))


def main(folder: Path) -> int:
    """Make all files; 2 where a program is missing."""
    missing = [name for name in ("pandoc", "soffice", "chromium", "pdflatex", "xelatex") if shutil.which(name) is None]
    if missing:
        print(f"{', '.join(missing)}: not installed, see README.md", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    sources = [read_source(path) for path in sorted(SOURCES.glob("*.md"))]
    with tempfile.TemporaryDirectory() as work:
        for source in sources:
            by_pandoc(source, folder)
            by_python_docx(source, folder)
            by_openpyxl(source, folder)
            by_csv(source, folder)
            by_chromium(source, folder, Path(work))
            by_latex(source, folder)
            by_email(source, folder)
        by_office(sources, folder, Path(work))
        for source in sources[::3]:
            by_zip(source, folder)
    print(f"{len(list(folder.glob('*.json')))} files in {folder}")
    return 0


def run(*command: str | Path) -> None:
    """Run a program silently; what it said is shown when it fails."""
    done = subprocess.run(command, capture_output=True, timeout=600)
    if done.returncode:
        sys.stderr.write(done.stderr.decode("utf-8", "replace"))
        raise SystemExit(f"{command[0]}: failed")


def by_pandoc(source: Source, folder: Path) -> None:
    """Documents and slides; a slide begins at each heading of the second level."""
    for kind, added in PANDOC.items():
        made = folder / f"{source.name}.pandoc.{kind}"
        slides = ["--slide-level=2"] if kind == "pptx" else []
        run("pandoc", "-s", *slides, source.path, "-o", made)
        write_wanted(made, [source.wanted(made.name, added)])


def by_office(sources: Sequence[Source], folder: Path, work: Path) -> None:
    """The files of pandoc and openpyxl, opened and saved as other kinds by LibreOffice, all of a kind in one run."""
    for given, kinds in OFFICE.items():
        for kind in kinds:
            _convert([folder / f"{source.name}.pandoc.{given}" for source in sources], kind, work)
            for source in sources:
                made = folder / f"{source.name}.libreoffice-{given}.{kind}"
                write_wanted(made, [source.wanted(made.name, head_row(source) if kind == "pdf" else PANDOC[given])])
    _convert([folder / f"{source.name}.openpyxl.xlsx" for source in sources], "xlsx", work)
    for source in sources:
        made = folder / f"{source.name}.libreoffice-xlsx.xlsx"
        write_wanted(made, [sheet(source, made.name, source.title)])


def _convert(files: Sequence[Path], kind: str, work: Path) -> None:
    """Save all files, of one kind, as another beside them, named after LibreOffice and the kind they had."""
    profile, target = f"-env:UserInstallation={(work / 'profile').as_uri()}", work / "saved"
    run("soffice", profile, "--headless", "--convert-to", kind, "--outdir", target, *files)
    for file in files:
        name = f"{file.name.partition('.')[0]}.libreoffice{file.suffix.replace('.', '-')}.{kind}"
        shutil.move(target / f"{file.stem}.{kind}", file.with_name(name))


def head_row(source: Source) -> str:
    """The words of the table's head row: pages on which a table goes on show them again."""
    return " ".join(source.table[0])


LATEX = {
    "en": ["--pdf-engine=pdflatex", "-V", "pagestyle=headings"],
    "ru": ["--pdf-engine=xelatex", "-V", "mainfont=DejaVu Serif"],
    "zh": ["--pdf-engine=xelatex", "-V", "mainfont=Noto Serif CJK SC", "-M", "lang=en",
           "-V", "header-includes=\\XeTeXlinebreaklocale \"zh\"\\XeTeXlinebreakskip=0pt plus 1pt"],
}  # fmt: skip
"""How LaTeX sets each language: English with hyphens, ligatures and running heads."""


def by_latex(source: Source, folder: Path) -> None:
    """The record set by LaTeX, on small pages so that sentences and words go on over them."""
    made = folder / f"{source.name}.latex.pdf"
    run("pandoc", "-s", *LATEX[source.language], "-V", "geometry:a5paper,margin=18mm", source.path, "-o", made)
    write_wanted(made, [source.wanted(made.name, f"{NUMBERS} {head_row(source)}")])


def by_chromium(source: Source, folder: Path, work: Path) -> None:
    """The page of pandoc printed in each style."""
    page = (folder / f"{source.name}.pandoc.html").read_text("utf-8")
    for program, style in STYLES.items():
        made, styled = folder / f"{source.name}.{program}.pdf", work / f"{source.name}.html"
        styled.write_text(page.replace("</head>", f"<style>{style}</style></head>"), "utf-8")
        bare = [] if program == "chromium-plain" else ["--no-pdf-header-footer"]
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", *bare, f"--print-to-pdf={made}",
            styled.as_uri())  # fmt: skip
        now = datetime.date.today()
        added = {
            "chromium-running": f"Page of {RUNNING_HEAD} {NUMBERS}",
            "chromium-plain": f"{source.title} {styled.as_uri()} {now:%-m %-d %y} AM PM {NUMBERS}",
        }
        write_wanted(made, [source.wanted(made.name, f"{head_row(source)} {added.get(program, '')}")])


def by_python_docx(source: Source, folder: Path) -> None:
    """A document with a header, a footer and, in the table, one cell over the first column of the last two rows."""
    from docx import Document

    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = HEADER, FOOTER
    for at, line in enumerate(source.head):
        document.add_paragraph(line, "Normal" if at else "Title")
    for block in source.blocks:
        if block.kind == "table":
            _add_table(document, block.rows)
        elif block.kind == "heading":
            document.add_heading(block.text, block.level)
        else:
            style = {"bullet": "List Bullet", "number": "List Number"}.get(block.kind, "Normal")
            document.add_paragraph(block.text, style if block.level == 1 else f"{style} {block.level}")
    for note in source.notes:
        document.add_paragraph(note)
    made = folder / f"{source.name}.python-docx.docx"
    document.save(str(made))
    wanted = source.wanted(made.name, " ".join(row[0] for row in source.table[-2:]))
    text = _merged(wanted.text, source.table)
    write_wanted(made, [replace(wanted, text=text, anywhere=(*wanted.anywhere, HEADER, FOOTER))])


def _add_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell
    table.cell(len(rows) - 2, 0).merge(table.cell(len(rows) - 1, 0))


def _merged(text: str, rows: Sequence[Sequence[str]]) -> str:
    """The text with the first cell of the table's last row put below that of the row above."""
    last_two = ["\t".join(row) for row in rows[-2:]]
    (first, *others), (second, *rest) = rows[-2:]
    return text.replace("\n".join(last_two), "\n".join(["\t".join([first, second, *others]), "\t".join(rest)]))


def sheet(source: Source, path: str, caption: str = "") -> Wanted:
    """What is to be read of a sheet: the caption above the rows of the table."""
    return Wanted(path=path, text="\n".join([caption, *("\t".join(row) for row in source.table)]))


def by_openpyxl(source: Source, folder: Path) -> None:
    """The table below a caption over all its columns; days and whole numbers are stored as such."""
    from openpyxl import Workbook

    book = Workbook()
    rows = book.active
    assert rows is not None
    rows["A1"] = source.title
    rows.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(source.table[0]))
    for row in source.table:
        rows.append([_value(cell) for cell in row])
    made = folder / f"{source.name}.openpyxl.xlsx"
    book.save(made)
    write_wanted(made, [sheet(source, made.name, source.title)])


def _value(cell: str) -> str | int | datetime.date:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return datetime.date.fromisoformat(cell)
    return int(cell) if re.fullmatch(r"0|[1-9]\d*", cell) else cell


def by_csv(source: Source, folder: Path) -> None:
    """The table as Excel saves it where the language is spoken."""
    made = folder / f"{source.name}.csv.csv"
    charset = "utf-8-sig" if source.language == "en" else CHARSETS[source.language]
    with made.open("w", encoding=charset, newline="") as stream:
        csv.writer(stream, delimiter=";" if source.language == "ru" else ",").writerows(source.table)
    write_wanted(made, [sheet(source, made.name)])


def by_email(source: Source, folder: Path) -> None:
    """A mail of plain text with the document of pandoc attached, and one that is a page with the table attached."""
    text = "\n\n".join([*source.head, *(block.words for block in source.blocks), *source.notes])
    html = (folder / f"{source.name}.pandoc.html").read_text("utf-8")
    for form, body, kind in (("plain", text, "pandoc.docx"), ("html", html, "csv.csv")):
        made, attached = folder / f"{source.name}.email-{form}.eml", folder / f"{source.name}.{kind}"
        name = f"{_file_name(source)}{attached.suffix}"
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"], mail["Date"] = source.title, *MAIL_HEAD
        mail.set_content(body, subtype=form, charset=CHARSETS[source.language] if form == "plain" else "utf-8")
        mail.add_attachment(attached.read_bytes(), maintype="application", subtype="octet-stream", filename=name)
        made.write_bytes(mail.as_bytes())
        member = f"{made.name}/{name}"
        whole = source.wanted(made.name, f"From To Date {' '.join(MAIL_HEAD)}")
        write_wanted(
            made,
            [
                replace(whole, text=f"{source.title}\n\n{whole.text}"),
                source.wanted(member) if form == "plain" else sheet(source, member),
            ],
        )


def _file_name(source: Source) -> str:
    """The title as the name of a file."""
    return " ".join(re.findall(r"\w+", source.title))


def by_zip(source: Source, folder: Path) -> None:
    """An archive of a document, a printed page and a table, the last in a folder of its own."""
    made = folder / f"{source.name}.zipfile.zip"
    wanted = []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, program in (("", "pandoc.docx"), ("", "libreoffice-docx.pdf"), ("2/", "csv.csv")):
            kind = program.rpartition(".")[2]
            name = f"{inner}{_file_name(source)}.{kind}"
            archive.write(folder / f"{source.name}.{program}", name)
            path = f"{made.name}/{name}"
            wanted.append(sheet(source, path) if kind == "csv" else source.wanted(path, NUMBERS))
    write_wanted(made, wanted)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    raise SystemExit(main(Path(sys.argv[1])))
