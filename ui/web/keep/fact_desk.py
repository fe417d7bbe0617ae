"""A report with its facts at a keeper's desk: strike, edit, add one by its sentence, and take each back."""

from collections.abc import Sequence
from itertools import groupby

from corpus import Report, UsageError
from ingest import SETTABLE, Said, fact_key, is_unsure, sentences_of
from ui.web.desk import Shelf
from ui.web.keep import parts
from ui.web.keep.fact_form import fact_fields, fact_values
from ui.web.keep.ledger_deeds import Standing, span
from ui.web.keep.waiting_file import fact_line
from ui.web.links import Query, go
from ui.web.markup import Html, join, tag, written_in
from ui.web.report_text import Mark, text_html
from ui.wording import Words

MOST_LETTERS = 110
"""Of a sentence in the list that one is chosen from."""


def fact_desk(
    shelf: Shelf, report: Report, facts: tuple[Sequence[Standing], Sequence[Said]], query: Query, words: Words
) -> Html:
    """Return the desk over a report; query: ``id``, ``fact`` (a key) or ``at`` (a-b) to be lit, ``add`` a kind.

    Its deeds, with ``id`` of the report and ``fact`` a key: ``strike``, ``edit`` (a form: `SETTABLE`); ``add_fact`` (a
    form, with ``kind`` and ``at``); ``unsay`` with ``id`` the report's path.
    """
    standing, struck = facts
    body = text_html(
        report.text, _lit(report, standing, query, words), start=report.body, table=words.say("reports_view_table")
    )
    text = tag(
        "article", body, class_="body keep-read", lang=report.language or None, tabindex=0,
        aria_label=words.say("keep_text_of", file=report.path),
    )  # fmt: skip
    beside = tag(
        "aside",
        _adding(shelf, report, query, words),
        tag("h3", words.say("reports_view_facts")),
        *_facts(shelf, report, standing, query.get("fact", ""), words),
        _struck(report, struck, words),
        class_="keep-facts",
        aria_label=words.say("reports_view_facts"),
    )
    return parts.view(
        "keep/reports",
        report.title,
        words,
        parts.back(words.say("keep_desk_back"), "browse/report", id=report.id),
        tag("p", words.say("keep_desk_text"), class_="keep-text"),
        tag("div", text, beside, class_="keep-desk"),
        wide=True,
        lang=written_in(report.title),
    )


def _lit(report: Report, standing: Sequence[Standing], query: Query, words: Words) -> list[Mark]:
    cited = next((one.fact.citation for one in standing if fact_key(one.fact) == query.get("fact")), None)
    try:
        start, end = (cited.start, cited.end) if cited else span(query.get("at", ""), report)
    except UsageError:
        return []
    return [Mark(start=start, end=end, id="lit", class_="cited", label=words.say("cited"))]


# ---- facts there are ----


def _facts(shelf: Shelf, report: Report, standing: Sequence[Standing], lit: str, words: Words) -> list[Html]:
    if not standing:
        return [tag("p", words.say("reports_view_no_facts"), class_="keep-soft")]
    order = list(SETTABLE)
    sorted_ = sorted(standing, key=lambda one: order.index(one.fact.kind))
    return [
        tag(
            "details",
            tag("summary", words.say(f"reports_view_{kind}"), " ", tag("span", str(len(own)), class_="keep-soft")),
            tag("ul", *(_fact(shelf, report, one, lit, words) for one in own)),
            open=kind not in ("person", "organization") or any(fact_key(one.fact) == lit or one.said for one in own),
        )
        for kind, grouped in groupby(sorted_, key=lambda one: one.fact.kind)
        if (own := list(grouped))
    ]


def _fact(shelf: Shelf, report: Report, one: Standing, lit: str, words: Words) -> Html:
    key, line = fact_key(one.fact), fact_line(one.fact, words)
    place = go(words.say("reports_view_in_text"), "keep/facts", id=report.id, fact=key)
    edit = tag(
        "details",
        tag("summary", words.say("keep_edit"), aria_label=words.say("keep_edit_this", file=line)),
        tag(
            "form",
            *fact_fields(shelf, one.fact.kind, fact_values(one.fact), words),
            tag("button", words.say("keep_correct"), type="submit"),
            data_do="edit",
            data_id=report.id,
            data_fact=key,
            class_="keep-form",
        ),
        class_="keep-sure",
    )
    strike = parts.button(
        words.say("keep_reject"), "strike", report.id, fact=key, label=words.say("keep_reject_this", fact=line)
    )
    confirm = Html()
    if is_unsure(one.fact):  # an edit that changes nothing: from then on it is a keeper's word
        confirm = parts.button(
            words.say("keep_confirm"), "edit", report.id, fact=key, label=words.say("keep_confirm_this", fact=line)
        )
    return tag(
        "li",
        tag("p", tag("span", line), " ", place),
        _undo(one.said, report, shelf, words) if one.said else Html(),
        tag("div", confirm, strike, edit, class_="keep-row-deeds"),
        aria_current="true" if key == lit else None,
    )


def _undo(said: Said, report: Report, shelf: Shelf, words: Words) -> Html:
    """Who said it and when, whether it counts yet, and the way back."""
    waits = join(" ", words.say("keep_counts_later")) if said.made_at > shelf.index.built_at else Html()
    told = words.say(f"keep_said_{said.deed}", who=parts.who_when(said.by, said.made_at, words))
    back = parts.button(
        words.say("keep_undo"), "unsay", report.path, fact=said.key,
        label=words.say("keep_undo_this", fact=fact_line(said.fact, words)),
    )  # fmt: skip
    return tag("p", tag("span", told, waits, class_="keep-soft"), " ", back)


def _struck(report: Report, struck: Sequence[Said], words: Words) -> Html:
    if not struck:
        return Html()
    items = (
        tag(
            "li",
            tag("p", tag("s", fact_line(one.fact, words))),
            tag(
                "p",
                tag("span", words.say("keep_said_strike", who=parts.who_when(one.by, one.made_at, words)),
                    class_="keep-soft"),
                " ",
                parts.button(words.say("keep_undo"), "unsay", report.path, fact=one.key,
                             label=words.say("keep_undo_this", fact=fact_line(one.fact, words))),
            ),
        )
        for one in struck
    )  # fmt: skip
    return tag("section", tag("h3", words.say("keep_struck")), tag("ul", *items))


# ---- a fact more ----


def _adding(shelf: Shelf, report: Report, query: Query, words: Words) -> Html:
    """First the kind and the sentence, which is lit in the text; then what it says."""
    kind, at = query.get("add", ""), query.get("at", "")
    kinds = (tag("option", words.say(f"panel_{one}"), value=one, selected=one == kind) for one in SETTABLE)
    sentences = (
        tag("option", _cut(one.text), value=f"{one.start}-{one.end}", selected=at == f"{one.start}-{one.end}")
        for one in sentences_of(report)
    )
    choose = tag(
        "form",
        tag("input", type="hidden", name_="id", value=report.id),
        tag("label", tag("span", words.say("keep_add_kind")), tag("select", *kinds, name_="add")),
        tag(
            "label",
            tag("span", words.say("keep_add_sentence")),
            tag("select", tag("option", words.say("keep_add_choose"), value=""), *sentences, name_="at"),
        ),
        tag("button", words.say("browse_show"), type="submit"),
        data_view="keep/facts",
        class_="keep-form keep-choose",
    )
    try:
        start, end = span(at, report)
    except UsageError:
        start = end = 0
    form = Html()
    if kind in SETTABLE and end:
        form = tag(
            "form",
            tag("blockquote", report.text[start:end], lang=written_in(report.text[start:end])),
            *fact_fields(shelf, kind, {}, words),
            tag("button", words.say("keep_add_fact"), type="submit", class_="keep-main"),
            data_do="add_fact",
            data_id=report.id,
            data_kind=kind,
            data_at=at,
            class_="keep-form",
        )
    summary = tag("summary", words.say("keep_add_title"))
    return tag("details", summary, choose, form, open=bool(kind), class_="keep-adding")


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_LETTERS else f"{plain[:MOST_LETTERS]} …"
