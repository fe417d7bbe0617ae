"""Files that the page offers: tables, notes, and pictures of a PDF's pages; each request is somebody's."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response

from assistant import Answer, compose_dossier
from corpus import RapporteurError, UsageError
from ui.export import briefing_docx, briefing_markdown
from ui.listings import COLUMNS, FOR_PROGRAMS, STATES, Listing
from ui.rows import Asked, ledger_rows, rows_csv
from ui.tables import heads_of, told_rows
from ui.web.access.visitor import Visitor
from ui.web.browse import agreements as agreement_views
from ui.web.browse import partners as partner_views
from ui.web.browse import people as people_views
from ui.web.browse.findings import all_agreements
from ui.web.desk import Shelf
from ui.web.improve.judged_questions import FILE as JUDGED
from ui.web.links import Query
from ui.web.panel.page_picture import picture_of
from ui.web.services import Services
from ui.wording import Words, words

MAX_TURNS = 200
"""Answers of one briefing."""
CSV = "text/csv; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BYTE_ORDER_MARK = "\ufeff"
"""What makes Excel read a CSV as UTF-8, Chinese names included."""

File = tuple[bytes, str, str]
"""Bytes, media type and a name of ASCII letters alone, fit for a ``Content-Disposition`` header."""


def add_routes(app: FastAPI, services: Services) -> None:
    """Offer ``download/…`` and ``page/…`` on `app`; what is not there is 404, what nobody may see 401."""

    @app.get("/download/{name}", include_in_schema=False)
    def _download(name: str, request: Request) -> Response:
        visitor = services.people.visitor_of(request)
        if visitor is None:
            return PlainTextResponse("Sign in first.", status_code=401)
        try:
            made = file_of(services, visitor, name, request.query_params)
        except RapporteurError as error:
            return PlainTextResponse(str(error), status_code=404)
        if made is None:
            return PlainTextResponse(f"{name}: there is no such file here. Go back and reload the page.", 404)
        content, kind, title = made
        headers = {"Content-Disposition": f'attachment; filename="{title}"', "Cache-Control": "no-store"}
        return Response(content, media_type=kind, headers=headers)

    @app.get("/page/{report_id}/{page}.png", include_in_schema=False)
    def _page(report_id: str, page: int, request: Request, start: int = 0, end: int = 0) -> Response:
        if services.people.visitor_of(request) is None:
            return PlainTextResponse("Sign in first.", status_code=401)
        try:
            shelf = services.desk.shelf()
            made = (
                picture_of(shelf, services.folder, report_id, page, start, end) if shelf and services.folder else None
            )
        except RapporteurError as error:
            return PlainTextResponse(str(error), status_code=404)
        if made is None:
            return PlainTextResponse("This page cannot be shown: its file is gone or has changed.", status_code=404)
        return Response(made, media_type="image/png", headers={"Cache-Control": "private, max-age=300"})


def file_of(services: Services, visitor: Visitor, name: str, query: Mapping[str, str]) -> File | None:
    """The file of a name and query as (content, media type, file name); None where there is none for this visitor."""
    language = query.get("language", "en")
    if name in ("briefing.md", "briefing.docx"):
        answers = _answers(services, visitor, query.get("turns", ""))
        if not answers:
            return None
        if name == "briefing.docx":
            return briefing_docx(answers, language), DOCX, name
        return briefing_markdown(answers, language).encode(), MARKDOWN, name
    if name == "answer.csv":
        answers = _answers(services, visitor, query.get("turn", ""))
        return (_table(answers[0], query.get("language", "")), CSV, name) if answers else None
    if name == JUDGED:
        return _judged(services) if visitor.is_keeper else None
    shelf = services.desk.shelf()
    return download(name, query, shelf) if shelf else None


def _judged(services: Services) -> File | None:
    file = services.data / JUDGED
    return (file.read_bytes(), "application/jsonl", JUDGED) if file.is_file() else None


def _answers(services: Services, visitor: Visitor, turns: str) -> list[Answer]:
    """Answers that were given to this visitor, in the order named; ids of others name nothing."""
    found = (services.memory.turn(visitor.name, turn) for turn in turns.split(",")[:MAX_TURNS])
    return [turn.answer for turn in found if turn and turn.answer]


def _table(answer: Answer, language: str) -> bytes:
    """The rows of an answer with sentence, quote and where it stands, as CSV that spreadsheets read.

    With a language for people to read: heads in it, without what only programs use.
    """
    rows, columns = [], dict.fromkeys(name for claim in answer.claims for row in claim.rows for name, _ in row)
    for claim in answer.claims:
        told = {
            "sentence": claim.text,
            "verdict": claim.verdict,
            "quotes": [cited.quote for cited in claim.citations],
            "files": [f"{cited.file}, {cited.start}-{cited.end}" for cited in claim.citations],
        }
        rows += [dict(row) | told for row in claim.rows or ((),)]
    if language:
        people = (*(name for name in columns if name != "start"), "sentence", "quotes", "files")
        return (BYTE_ORDER_MARK + _named_csv(rows, people, words(language))).encode()
    return (BYTE_ORDER_MARK + rows_csv(rows, (*columns, "sentence", "verdict", "quotes", "files"))).encode()


def _named_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], said: Words) -> str:
    """Columns of rows as CSV under heads in a language."""
    heads = heads_of(columns, said)
    return rows_csv([{head: row.get(name) for name, head in zip(columns, heads, strict=True)} for row in rows], heads)


def download(name: str, query: Query, shelf: Shelf) -> File | None:
    """A file below ``download/``.

    Args:
        name: ``agreements.csv``, ``partners.csv``, ``people.csv``, ``contacts.csv``, ``themes.csv``, ``promises.csv``,
            ``dossier.md``, ``dossier.docx``, ``summary.docx`` or ``summary.json``.
        query: That of the view whose rows it holds, and ``language``; of a dossier ``name``, of a summary ``year`` too.

    Returns:
        None for a name that is no file, for the dossier of an organization that no record or several have, and for a
        year that no record tells of.
    """
    listing, _, kind = name.rpartition(".")
    if listing == "dossier":
        return _dossier(kind, query, shelf)
    if listing == "summary":
        return _summary(kind, query, shelf)
    known = next((one for one in COLUMNS if one == listing), None)
    if kind != "csv" or known is None:
        return None
    return (BYTE_ORDER_MARK + ledger_csv(known, shelf, query)).encode(), CSV, name


def ledger_csv(listing: Listing, shelf: Shelf, query: Query) -> str:
    """The rows of a listing that its view shows for `query`, as `rows_csv`; the header alone where nothing fits.

    With ``language`` for people to read: heads, dates, states and countries in it, without what only programs use.
    """
    rows = tuple(_CHOSEN[listing](shelf, query))
    if not query.get("language"):
        return rows_csv(rows, COLUMNS[listing])
    said = words(query["language"])
    told = told_rows(rows, said, FOR_PROGRAMS)
    columns = list(told[0]) if told else [name for name in COLUMNS[listing] if name not in FOR_PROGRAMS]
    return _named_csv(told, columns, said)


def _dossier(kind: str, query: Query, shelf: Shelf) -> File | None:
    from ui.dossier import dossier_docx, dossier_markdown

    found = shelf.ledger.organizations_named(query.get("name", ""))
    if len(found) != 1 or kind not in ("md", "docx"):
        return None
    dossier = compose_dossier(shelf.ledger, found[0], shelf.index.reports)
    language = query.get("language", "en")
    if kind == "md":
        return dossier_markdown(dossier, language).encode(), MARKDOWN, "dossier.md"
    return dossier_docx(dossier, language), DOCX, "dossier.docx"


def _summary(kind: str, query: Query, shelf: Shelf) -> File | None:
    from ui.dossier import note_docx
    from ui.summary import year_csv, year_dict, year_note, years_of

    year = query.get("year", "")
    if year not in years_of(shelf.ledger) or kind not in ("docx", "csv", "json"):
        return None
    note = year_note(shelf.ledger, year, shelf.index.reports, words(query.get("language", "en")))
    name = f"summary-{year}.{kind}"
    if kind == "docx":
        return note_docx(note), DOCX, name
    if kind == "csv":
        return (BYTE_ORDER_MARK + year_csv(note)).encode(), CSV, name
    told = year_dict(note, year, shelf.index.reports)
    return json.dumps(told, ensure_ascii=False, indent=2).encode(), "application/json", name


def _agreements(shelf: Shelf, query: Query) -> Iterable[dict[str, Any]]:
    shown = agreement_views.chosen(all_agreements(shelf.ledger), shelf.ledger, query)
    wanted = {(fact.form, fact.state, fact.citation.report_id, fact.citation.start) for fact in shown.facts}
    rows = ledger_rows("agreements", shelf.ledger, Asked()).rows
    return (one for one in rows if (one["form"], one["state"], one["report"], one["start_offset"]) in wanted)


def _partners(shelf: Shelf, query: Query) -> Iterable[dict[str, Any]]:
    shown = partner_views.chosen(partner_views.known_partners(shelf.ledger), shelf.ledger, query)
    return (one.fields for one in shown)


def _people(shelf: Shelf, query: Query) -> Iterable[dict[str, Any]]:
    shown = people_views.shown_people(shelf.ledger, query)
    wanted = {
        (one.name, fact.role, fact.citation.report_id, fact.citation.start) for one in shown for fact in one.facts
    }
    rows = ledger_rows("people", shelf.ledger, Asked()).rows
    return (one for one in rows if (one["name"], one["role"], one["report"], one["start_offset"]) in wanted)


def _others(listing: Listing) -> Callable[[Shelf, Query], Iterable[dict[str, Any]]]:
    """Rows of a listing filtered by ``partner`` in any form, ``state`` and ``theme``."""

    def chosen(shelf: Shelf, query: Query) -> Iterable[dict[str, Any]]:
        state = query.get("state", "")
        if state and state not in STATES.get(listing, ()):
            return ()
        names = shelf.ledger.organizations_named(query["partner"]) if query.get("partner") else ("",)
        rows: dict[tuple[object, ...], dict[str, Any]] = {}
        for name in names:
            try:
                found = ledger_rows(listing, shelf.ledger, Asked(partner=name, state=state)).rows
            except UsageError:  # a name that several share cannot tell which is meant
                continue
            for one in found:
                rows.setdefault(tuple(map(repr, one.values())), one)
        theme = query.get("theme", "")
        return (one for one in rows.values() if not theme or one.get("theme") == theme)

    return chosen


_CHOSEN: Mapping[Listing, Callable[[Shelf, Query], Iterable[dict[str, Any]]]] = {
    "agreements": _agreements,
    "partners": _partners,
    "people": _people,
    "contacts": _others("contacts"),
    "themes": _others("themes"),
    "promises": _others("promises"),
}
