"""An answer as HTML: how it was understood and narrowed, what it claims, what it rests on, and how else to ask."""

from collections.abc import Sequence

from assistant import Answer, Citation, Filters, Retrieved
from ui.days import date_in
from ui.export import answer_with_footnotes
from ui.web.ask.claims import claims_html, legend
from ui.web.ask.filters import bounds_shown
from ui.web.links import cite_button, opening
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

NEAREST_SHOWN = 3
ROUTES = ("lookup", "list", "timeline")
"""Routes that a visitor can switch between."""
_SNIPPET = 220


def answer_html(number: int, answer: Answer, words: Words, *, turn: str = "") -> Html:
    """Return an answer: how the question was understood, the claims or the notice, sources and status line.

    Args:
        number: Place of its exchange in the conversation, from 0.
        answer: What is released, final or growing.
        words: The wording of the page.
        turn: Id under which the answer is kept; empty while it is not.
    """
    parts = [_understood(number, answer, words), _narrowed(number, answer, words)]
    if answer.status == "answered":
        parts.append(tag("h3", words.say("answered"), class_="unseen"))
        if answer.notice:
            parts.append(tag("p", answer.notice, class_="remark", lang=answer.language))
    elif answer.final:
        parts.append(_notice(answer, words))
    if answer.claims:
        parts += [claims_html(answer, words, turn), _sources(answer, words), legend(answer, words)]
    elif answer.final and answer.closest:
        parts.append(_closest(answer.closest, words))
    if answer.final and answer.retrieved and not answer.claims:
        parts.append(_nearest(answer.retrieved, words))
    if answer.final and answer.status != "no_question":
        parts += [_withheld(answer, words), _routes(number, answer, words)]
        parts.append(tag("p", _copy(answer, words), status_line(answer, words), class_="status"))
        parts.append(_details(answer, words))
    return join(*parts)


def status_line(answer: Answer, words: Words) -> str:
    """Return how many reports were searched and, of an answer over all of them, how many fit, as plain text."""
    coverage = answer.coverage
    parts = [words.count("searched", coverage.reports)]
    if answer.route in ("list", "timeline", "comparison"):
        parts.append(words.count("matched", coverage.matched))
        if coverage.unclear:
            parts.append(words.count("unclear", coverage.unclear))
    return " · ".join(parts)


def _details(answer: Answer, words: Words) -> Html:
    """By what was searched and how long it took, opened on request."""
    told = (
        words.say("index_of", date=words.moment(answer.index.built_at)),
        words.say("search_model", name=answer.index.model),
        words.say("seconds", n=f"{answer.seconds:.2f}"),
    )
    return tag("details", tag("summary", words.say("details")), tag("p", " · ".join(told)), class_="technical")


def _narrowed(number: int, answer: Answer, words: Words) -> Html:
    """The bounds that the question was asked within, each to be taken away by a press."""
    titles = {one.file: one.title for one in answer.citations} | {one.file: one.title for one in answer.retrieved}
    chips = (
        tag(
            "button", told, " ", tag("span", "×", aria_hidden="true"), type="button", class_="chip", data_do="widen",
            data_number=number, data_name=name, disabled=not answer.final,
            aria_label=words.say("narrowed_remove", bound=told),
        )
        for name, told in bounds_shown(answer.question.filters, words, titles).items()
    )  # fmt: skip
    found = tuple(chips)
    return tag("p", words.say("narrowed"), " ", *found, class_="narrowed") if found else Html()


def _understood(number: int, answer: Answer, words: Words) -> Html:
    """How the question was filled from the conversation, and the two ways to correct that."""
    told = answer.understood_as
    if not told or _plain(told) == _plain(answer.question.text):
        return Html()
    edit = tag("button", words.say("understood_edit"), type="button", class_="quiet", data_write=told)
    alone = tag(
        "button", words.say("understood_alone"), type="button", class_="quiet", data_do="alone", data_number=number
    )
    understood = tag("span", told, lang=written_in(told))
    return tag("p", f"{words.say('understood_as')}: ", understood, " ", edit, alone, class_="understood")


def _routes(number: int, answer: Answer, words: Words) -> Html:
    """The route that was taken, and the ones that can be asked for instead."""
    taken = answer.route if answer.route in ROUTES else ""
    named = () if taken else (tag("span", words.say(f"route_{answer.route}"), class_="taken"),)
    buttons = (
        tag(
            "button", words.say(f"route_{route}"), type="button", data_do="route", data_number=number,
            data_route=route, aria_pressed="true" if route == taken else "false",
        )
        for route in ROUTES
    )  # fmt: skip
    return tag("div", *named, *buttons, class_="routes", role="group", aria_label=words.say("route"))


def _withheld(answer: Answer, words: Words) -> Html:
    """Why sentences were withheld, opened on request; the sentences themselves stay withheld."""
    if not answer.withheld:
        return Html()
    reasons = (tag("li", reason, lang=answer.language) for reason in dict.fromkeys(answer.cut))
    return tag(
        "details", tag("summary", words.count("withheld", answer.withheld)), tag("ul", *reasons), class_="withheld"
    )


def _notice(answer: Answer, words: Words) -> Html:
    text = answer.notice or (words.say("not_answered") if not answer.claims else "")
    is_within = answer.status == "not_in_records" and answer.question.filters != Filters()
    name = "not_within" if is_within else "not_surely" if answer.closest else answer.status
    return tag(
        "div",
        tag("h3", words.say(name)) if answer.status != "no_question" else Html(),
        tag("p", text, lang=answer.language if answer.notice else None) if text else Html(),
        class_="notice",
    )


def _copy(answer: Answer, words: Words) -> Html:
    if not answer.claims:
        return Html()
    return tag(
        "button",
        words.say("copy"),
        type="button",
        class_="quiet copy",
        data_copy=answer_with_footnotes(answer, words.language),
        data_said=words.say("copied"),
    )


def _sources(answer: Answer, words: Words) -> Html:
    by_report: dict[str, list[tuple[int, Citation]]] = {}
    for n, citation in enumerate(answer.citations, start=1):
        by_report.setdefault(citation.report_id, []).append((n, citation))
    items = []
    for cited in by_report.values():
        first = cited[0][1]
        buttons = (cite_button(n, citation, words) for n, citation in cited)
        title = tag(
            "button", first.title, type="button", class_="title", lang=written_in(first.title), **opening(first)
        )
        date = tag("span", date_in(first.date, words), class_="date")
        items.append(tag("li", tag("span", *buttons, class_="numbers"), tag("span", title, " ", date)))
    return tag("div", tag("h3", words.say("sources")), tag("ul", *items), class_="sources")


def _nearest(retrieved: Sequence[Retrieved], words: Words) -> Html:
    items = [
        tag(
            "li",
            tag(
                "button", passage.title, type="button", class_="near", data_quote=passage.text,
                data_near=f"{passage.report_id}:{passage.start}:{passage.end}",
            ),
            tag("span", _snippet(passage.text), lang=written_in(passage.text)),
        )
        for passage in retrieved[:NEAREST_SHOWN]
    ]  # fmt: skip
    return tag("div", tag("h3", words.say("nearest")), tag("ul", *items), class_="nearest")


def _closest(citation: Citation, words: Words) -> Html:
    """The sentence that came closest, without a tick: it supports nothing."""
    quote = tag("q", citation.quote, lang=written_in(citation.quote))
    said = tag("p", quote, " ", cite_button(1, citation, words), " ", tag("span", citation.title, class_="title"))
    return tag("div", tag("h3", words.say("closest")), said, class_="nearest")


def _snippet(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SNIPPET else f"{flat[:_SNIPPET].rsplit(' ', 1)[0]} …"


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip("?？.。!！").casefold()
