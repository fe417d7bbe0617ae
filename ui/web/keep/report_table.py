"""All reports of the folder as a table: how each stands to the index, and what can be done to it."""

from ingest import Aside
from ui.web.keep import parts
from ui.web.keep.report_deeds import Held, Row
from ui.web.keep.report_form import report_form
from ui.web.links import Query, address, go
from ui.web.localized import date_told
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

SHOWN = 200
"""Rows until all are asked for."""


def report_table(held: Held, query: Query, words: Words) -> Html:
    """Return the table; query: ``search`` in titles and paths, ``all=yes``.

    Its deeds, with ``id`` a path: ``retitle`` (a form: title, dates, place, language), ``untitle``, ``remove``,
    ``read_again``; and ``put_back`` with ``id`` of a file that left.
    """
    wanted = query.get("search", "").strip()
    rows = [row for row in held.rows if wanted.casefold() in f"{row.title} {row.path}".casefold()]
    shown = rows if query.get("all") == "yes" else rows[:SHOWN]
    heads = [words.say(f"keep_table_{name}") for name in ("report", "date", "state")] + [""]
    grid = (
        parts.table(words.say("keep_view_reports"), heads, (_row(one, heads, words) for one in shown))
        if shown
        else tag("p", words.say("reports_view_none" if held.rows else "keep_no_reports"), class_="keep-text")
    )
    more = tag("p", go(words.say("browse_rest", n=len(rows)), "keep/reports", **{**dict(query), "all": "yes"}))
    return parts.view(
        "keep/reports",
        words.say("keep_view_reports"),
        words,
        tag("p", words.say("keep_table_text"), class_="keep-text"),
        _search(wanted, words) if len(held.rows) > 1 else Html(),
        _aside(held.aside, words),
        grid,
        more if len(shown) < len(rows) else Html(),
        wide=True,
    )


def _search(wanted: str, words: Words) -> Html:
    box = tag("input", type="search", name_="search", value=wanted, maxlength=200, autocomplete="off")
    return tag(
        "form",
        tag("label", tag("span", words.say("keep_table_search")), box),
        tag("button", words.say("browse_show"), type="submit"),
        data_view="keep/reports",
        class_="keep-folder",
        role="search",
    )


def _row(one: Row, heads: list[str], words: Words) -> Html:
    title = tag("span", one.title, lang=written_in(one.title))
    if one.report and one.state in ("indexed", "changed"):
        title = go(one.title, "browse/report", id=one.report.id, lang=written_in(one.title))
    path = tag("span", one.path, class_="keep-soft keep-path") if one.report else Html()
    date = one.report.dates[0] if one.report and one.report.dates else None
    told = date_told(date.text, date.start, date.text, words) if date else ""
    label = tag("span", words.say(f"keep_state_{one.state}"), class_="keep-label", data_state=one.state)
    mended = join(" ", tag("span", words.say("keep_corrected"), class_="keep-label")) if one.is_corrected else Html()
    reason = tag("p", one.reason, class_="keep-soft") if one.reason else Html()
    return parts.row(heads, join(title, path), told, join(label, mended, reason), _deeds(one, words))


def _deeds(one: Row, words: Words) -> Html:
    made = []
    if one.report and one.state != "gone":
        form = report_form(one.shown, one.path, words, deed="retitle", undo="untitle", is_corrected=one.is_corrected)
        edit = tag("summary", words.say("keep_edit"), aria_label=words.say("keep_edit_this", file=one.path))
        made.append(tag("details", edit, form, class_="keep-sure"))
    if one.state == "failed":
        label = words.say("keep_read_again_this", file=one.path)
        made.append(parts.button(words.say("keep_read_again"), "read_again", one.path, label=label))
    if one.is_file and one.state != "gone":
        instead = words.say("keep_instead_this", file=one.path)
        made.append(
            tag("a", words.say("keep_instead_here"), href=address("keep", instead=one.path), aria_label=instead)
        )
        label = words.say("keep_remove_this", file=one.path)
        warning = words.say("keep_remove_text", file=one.path)
        made.append(parts.sure("keep_remove", "remove", one.path, warning, words, label=label))
    return tag("div", *made, class_="keep-row-deeds") if made else Html()


def _aside(files: tuple[Aside, ...], words: Words) -> Html:
    if not files:
        return Html()
    items = (
        tag(
            "li",
            tag("span", one.path),
            " ",
            tag("span", words.moment(one.at), class_="keep-soft"),
            " ",
            parts.button(
                words.say("keep_put_back"), "put_back", one.id, label=words.say("keep_put_back_this", file=one.path)
            ),
        )
        for one in files
    )
    return tag(
        "section",
        tag("h3", words.say("keep_aside")),
        tag("p", words.say("keep_aside_text"), class_="keep-soft"),
        tag("ul", *items, class_="keep-news"),
    )
