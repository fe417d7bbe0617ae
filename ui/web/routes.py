"""Files that the page offers: tables, notes, and pictures of a PDF's pages; each request is somebody's."""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response

from assistant import Answer
from corpus import RapporteurError
from ui.export import briefing_docx, briefing_markdown
from ui.rows import rows_csv
from ui.web.downloads import download
from ui.web.judged import FILE as JUDGED
from ui.web.office import Office
from ui.web.picture import picture_of
from ui.web.visitor import Visitor

MAX_TURNS = 200
"""Answers of one briefing."""
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CSV = "text/csv; charset=utf-8"
_MARKDOWN = "text/markdown; charset=utf-8"
File = tuple[bytes, str, str]


def add_routes(app: FastAPI, office: Office) -> None:
    """Offer ``download/…`` and ``page/…`` on `app`; what is not there is 404, what nobody may see 401."""

    @app.get("/download/{name}", include_in_schema=False)
    def _download(name: str, request: Request) -> Response:
        visitor = office.people.visitor_of(request)
        if visitor is None:
            return PlainTextResponse("Sign in first.", status_code=401)
        try:
            made = file_of(office, visitor, name, request.query_params)
        except RapporteurError as error:
            return PlainTextResponse(str(error), status_code=404)
        if made is None:
            return PlainTextResponse(f"{name}: there is no such file here. Go back and reload the page.", 404)
        content, kind, title = made
        headers = {"Content-Disposition": f'attachment; filename="{title}"', "Cache-Control": "no-store"}
        return Response(content, media_type=kind, headers=headers)

    @app.get("/page/{report_id}/{page}.png", include_in_schema=False)
    def _page(report_id: str, page: int, request: Request, start: int = 0, end: int = 0) -> Response:
        if office.people.visitor_of(request) is None:
            return PlainTextResponse("Sign in first.", status_code=401)
        try:
            shelf = office.desk.shelf()
            made = picture_of(shelf, office.folder, report_id, page, start, end) if shelf and office.folder else None
        except RapporteurError as error:
            return PlainTextResponse(str(error), status_code=404)
        if made is None:
            return PlainTextResponse("This page cannot be shown: its file is gone or has changed.", status_code=404)
        return Response(made, media_type="image/png", headers={"Cache-Control": "private, max-age=300"})


def file_of(office: Office, visitor: Visitor, name: str, query: Mapping[str, str]) -> File | None:
    """The file of a name and query as (content, media type, file name); None where there is none for this visitor."""
    language = query.get("language", "en")
    if name in ("briefing.md", "briefing.docx"):
        answers = _answers(office, visitor, query.get("turns", ""))
        if not answers:
            return None
        if name == "briefing.docx":
            return briefing_docx(answers, language), _WORD, name
        return briefing_markdown(answers, language).encode(), _MARKDOWN, name
    if name == "answer.csv":
        answers = _answers(office, visitor, query.get("turn", ""))
        return (_table(answers[0]), _CSV, name) if answers else None
    if name == JUDGED:
        return _judged(office) if visitor.is_keeper else None
    shelf = office.desk.shelf()
    return download(name, query, shelf) if shelf else None


def _judged(office: Office) -> File | None:
    file = office.data / JUDGED
    return (file.read_bytes(), "application/jsonl", JUDGED) if file.is_file() else None


def _answers(office: Office, visitor: Visitor, turns: str) -> list[Answer]:
    """Answers that were given to this visitor, in the order named; ids of others name nothing."""
    found = (office.memory.turn(visitor.name, turn) for turn in turns.split(",")[:MAX_TURNS])
    return [turn.answer for turn in found if turn and turn.answer]


def _table(answer: Answer) -> bytes:
    """The rows of an answer with sentence, quote and where it stands, as CSV that spreadsheets read."""
    rows = [
        dict(row)
        | {
            "sentence": claim.text,
            "verdict": claim.verdict,
            "quotes": [cited.quote for cited in claim.citations],
            "files": [f"{cited.file}, {cited.start}-{cited.end}" for cited in claim.citations],
        }
        for claim in answer.claims
        for row in claim.rows or ((),)
    ]
    return rows_csv(rows).encode("utf-8-sig")
