"""All reports as a table that is searched."""

from collections.abc import Iterable, Sequence

from corpus import Report
from ui.web import localized
from ui.web.browse import parts
from ui.web.desk import Shelf
from ui.web.links import Query, go
from ui.web.markup import Html, join, tag, written_in
from ui.web.search import Found, search
from ui.wording import Words

SHOWN = 200
"""Rows until all are asked for."""
NO_YEAR = "none"
"""Value of ``year`` for reports that state none."""


def reports(shelf: Shelf, query: Query, words: Words) -> Html:
    """All reports as a sortable table; query: ``search``, ``language``, ``year`` (or ``none``), ``all=yes``."""
    wanted = query.get("search", "").strip()
    language, year = query.get("language", ""), query.get("year", "")
    fitting = [
        report
        for report in shelf.reports
        if (not language or report.language == language) and (not year or _year(report) == year)
    ]
    found: Sequence[Found | Report] = list(search(fitting, wanted)) if wanted else fitting
    shown = found if query.get("all") == "yes" else found[:SHOWN]
    told = f"{words.count('searched', len(fitting))} · {words.count('matched', len(found))}"
    if not wanted and not language and not year:
        told = words.count("reports", len(found))
    rest = Html()
    if len(shown) < len(found):
        more = parts.go_on(words.say("reports_view_more"), "browse/reports", **{**dict(query), "all": "yes"})
        rest = tag("p", words.say("reports_view_shown", shown=len(shown), n=len(found)), " ", more)
    return parts.view(
        parts.heading(words.say("reports_view_title"), told),
        _filters(shelf, query, words),
        _table(shelf, shown, words) if shown else parts.empty(words.say("reports_view_none")),
        rest,
        name="reports",
    )


def date_of(one: Report, words: Words) -> str:
    """The first date of a report in the page's language; that it is unknown where the report states none."""
    if not one.dates or not one.dates[0].start:
        return words.say("date_unknown")
    return localized.date_told(one.dates[0].text, one.dates[0].start, one.dates[0].text, words)


def _filters(shelf: Shelf, query: Query, words: Words) -> Html:
    languages = sorted({one.language for one in shelf.reports if one.language})
    years = sorted({_year(one) for one in shelf.reports} - {NO_YEAR}, reverse=True)
    chosen = [(year, year) for year in years]
    if any(_year(one) == NO_YEAR for one in shelf.reports):
        chosen.append((NO_YEAR, words.say("reports_view_no_year")))
    named = [(code, localized.language_name(code, words)) for code in languages]
    return parts.filters(
        "browse/reports",
        words,
        parts.search_field("search", words.say("reports_view_search"), query.get("search", "")),
        parts.choice("language", words.say("reports_view_language"), named, query.get("language", ""), words),
        parts.choice("year", words.say("reports_view_year"), chosen, query.get("year", ""), words),
    )


def _table(shelf: Shelf, shown: Iterable[Found | Report], words: Words) -> Html:
    names = [
        words.say(f"reports_view_{name}") for name in ("report", "date", "place", "language", "count")
    ]  # fmt: skip
    return parts.table(
        words.say("reports_view_title"), names, (_row(shelf, one, names, words) for one in shown), stacks=True
    )


def _row(shelf: Shelf, one: Found | Report, names: Sequence[str], words: Words) -> Html:
    found = one if isinstance(one, Found) else None
    told = found.report if found else one
    assert isinstance(told, Report)
    title = _title(told, found.title_spans if found else ())
    return parts.row(
        join(title, _match(found, words) if found and found.spans else ""),
        parts.cell(date_of(told, words), sort=_sort(told), label=names[1]),
        parts.cell(told.place or "–", label=names[2]),
        parts.cell(localized.language_name(told.language, words), label=names[3]),
        parts.number(len(shelf.ledger.of_report(told.id)), label=names[4]),
    )


def _title(one: Report, spans: Sequence[tuple[int, int]]) -> Html:
    inner = _marked(one.title, spans, 0, len(one.title))
    return tag("span", go(inner, "browse/report", id=one.id, lang=written_in(one.title)), class_="reports-title")


def _match(found: Found, words: Words) -> Html:
    """The sentence that matches, leading to its place in the report."""
    text = found.report.text
    is_begun = (
        found.start > found.report.body
        and text[found.start - 1] not in "\n。！？"
        and text[found.start - 2] not in ".!?"
    )
    is_open = text[found.end : found.end + 1] not in ("", "\n") and text[found.end - 1] not in ".!?。！？"
    inner = join("… " if is_begun else "", _marked(text, found.spans, found.start, found.end), " …" if is_open else "")
    place = go(inner, "browse/report", id=found.report.id, at=f"{found.start}-{found.end}")
    label = tag("span", f"{words.say('reports_view_match')}: ", class_="unseen")
    return tag("span", label, place, class_="reports-match", lang=written_in(text[found.start : found.end]))


def _marked(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> Html:
    pieces: list[str] = []
    at = start
    for left, right in spans:
        pieces += [text[at:left], tag("mark", text[left:right])]
        at = right
    return join(*pieces, text[at:end])


def _sort(one: Report) -> str:
    start = one.dates[0].start if one.dates else ""
    return start if start[:4].isdigit() else f"9999{start}"


def _year(one: Report) -> str:
    return str(one.dates[0].year) if one.dates and one.dates[0].year else NO_YEAR
