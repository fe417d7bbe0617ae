from pathlib import Path

import docx
import pytest

from assistant import AssistantConfig, Question, open_assistant
from ingest import build_index
from tests.corpus.conftest import _pdf

TITLE = "Visit to Porto"
SENTENCES = (
    "Director Claire Moreau led the delegation of five to Porto on 3 May 2024.",
    "Rector Joaquim Alves received the guests in the old library.",
    "A student exchange was discussed; nothing was signed.",
)


def as_markdown(path: Path) -> None:
    path.write_text(f"---\ntitle: {TITLE}\n---\n\n" + " ".join(SENTENCES), encoding="utf-8")


def as_html(path: Path) -> None:
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    path.write_text(f"<html><head><title>{TITLE}</title></head><body><article>{body}</article></body></html>", "utf-8")


def as_docx(path: Path) -> None:
    made = docx.Document()
    made.add_heading(TITLE, level=1)
    for sentence in SENTENCES:
        made.add_paragraph(sentence)
    made.save(str(path))


def as_pdf(path: Path) -> None:
    path.write_bytes(_pdf(SENTENCES[0], "\n".join(SENTENCES[1:])))


FORMATS = [("a.md", as_markdown), ("a.html", as_html), ("a.docx", as_docx), ("a.pdf", as_pdf)]


@pytest.mark.parametrize(("name", "write"), FORMATS)
def test_in_every_format_the_quote_stands_at_its_offsets(name, write, tmp_path, embedder):
    folder = tmp_path / "reports"
    folder.mkdir()
    write(folder / name)
    build_index(folder, data=tmp_path / "data", embedder=embedder)
    assistant = open_assistant(AssistantConfig(data=tmp_path / "data"), embedder=embedder)
    try:
        answer = assistant.answer(Question(text="Who received the guests in the old library?"))
        assert "Joaquim Alves" in " ".join(claim.text for claim in answer.claims)
        for citation in answer.citations:
            assert assistant.report(citation.report_id).text[citation.start : citation.end] == citation.quote
    finally:
        assistant.close()
