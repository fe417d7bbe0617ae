"""Files to take away: the rows of a view as CSV that a spreadsheet opens, and a partner's dossier."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from assistant import compose_dossier
from corpus import UsageError
from ui.listings import COLUMNS, STATES, Listing
from ui.rows import Asked, ledger_rows, rows_csv
from ui.web.browse import agreements as agreement_views
from ui.web.browse import partners as partner_views
from ui.web.browse import people as people_views
from ui.web.browse.told import all_agreements
from ui.web.desk import Shelf
from ui.web.links import Query

CSV = "text/csv; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BYTE_ORDER_MARK = "\ufeff"
"""What makes Excel read a CSV as UTF-8, Chinese names included."""

File = tuple[bytes, str, str]
"""Bytes, media type and a name of ASCII letters alone, fit for a ``Content-Disposition`` header."""


def download(name: str, query: Query, shelf: Shelf) -> File | None:
    """A file below ``download/``.

    Args:
        name: ``agreements.csv``, ``partners.csv``, ``people.csv``, ``contacts.csv``, ``themes.csv``, ``promises.csv``,
            ``dossier.md`` or ``dossier.docx``.
        query: That of the view whose rows it holds; of a dossier ``name`` and ``language``.

    Returns:
        None for a name that is no file, and for the dossier of an organization that no record or several have.
    """
    listing, _, kind = name.rpartition(".")
    if listing == "dossier":
        return _dossier(kind, query, shelf)
    known = next((one for one in COLUMNS if one == listing), None)
    if kind != "csv" or known is None:
        return None
    return (BYTE_ORDER_MARK + ledger_csv(known, shelf, query)).encode(), CSV, name


def ledger_csv(listing: Listing, shelf: Shelf, query: Query) -> str:
    """The rows of a listing that its view shows for `query`, as `rows_csv`; the header alone where nothing fits."""
    return rows_csv(tuple(_CHOSEN[listing](shelf, query)), COLUMNS[listing])


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
        (one.name, fact.form, fact.citation.report_id, fact.citation.start) for one in shown for fact in one.facts
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
