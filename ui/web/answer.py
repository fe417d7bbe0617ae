"""An answer as HTML: how it was understood and by which route, its claims with verdicts, and what it rests on."""

from collections.abc import Iterable, Sequence

from assistant import Answer, Citation, Claim, Retrieved
from ui.export import answer_with_footnotes
from ui.web.links import cite_button
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

NEAREST_SHOWN = 3
ROUTES = ("lookup", "list", "timeline")
"""Routes that a visitor can switch between."""
_MANY = ("list", "timeline", "comparison", "count", "latest")
_SNIPPET = 220


def answer_html(number: int, answer: Answer, words: Words, *, turn: str = "") -> Html:
    """Return an answer: how the question was understood, the claims or the notice, sources and status line.

    Args:
        number: Place of its exchange in the conversation, from 0.
        answer: What is released, final or growing.
        words: The wording of the page.
        turn: Id under which the answer is kept; empty while it is not.
    """
    parts = [_understood(number, answer, words), _routes(number, answer, words)]
    if answer.status == "answered":
        parts.append(tag("h3", words.say("answered"), class_="unseen"))
        if answer.notice:
            parts.append(tag("p", answer.notice, class_="remark", lang=answer.language))
    elif answer.final:
        parts.append(_notice(answer, words))
    if answer.claims:
        parts.append(_claims(answer, words, turn))
        parts.append(_sources(answer, words))
    elif answer.final and answer.closest:
        parts.append(_closest(answer.closest, words))
    if answer.final and answer.retrieved and not answer.claims:
        parts.append(_nearest(answer.retrieved, words))
    if answer.final:
        parts.append(_withheld(answer, words))
        parts.append(tag("p", _copy(answer, words), status_line(answer, words), class_="status"))
    return join(*parts)


def status_line(answer: Answer, words: Words) -> str:
    """Return what was searched, by what, and how long it took, as one line of plain text."""
    coverage = answer.coverage
    parts = [words.count("searched", coverage.reports)]
    if answer.route in ("list", "timeline", "comparison"):
        parts.append(words.count("matched", coverage.matched))
        if coverage.unclear:
            parts.append(words.count("unclear", coverage.unclear))
    parts.append(words.say("index_of", date=words.moment(answer.index.built_at)))
    parts.append(answer.index.model)
    parts.append(words.say("seconds", n=f"{answer.seconds:.2f}"))
    return " · ".join(parts)


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
    if not answer.final:
        return Html()
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
    return tag(
        "div",
        tag("h3", words.say(answer.status)) if answer.status != "no_question" else Html(),
        tag("p", text, lang=answer.language if answer.notice else None) if text else Html(),
        class_="notice",
    )


def _claims(answer: Answer, words: Words, turn: str) -> Html:
    numbers = {citation: n for n, citation in enumerate(answer.citations, start=1)}
    if answer.route == "timeline" and len(answer.claims) > 1:
        return _timeline(answer.claims, numbers, words)
    if all(claim.rows for claim in answer.claims) and sum(len(claim.rows) for claim in answer.claims) > 1:
        return _table(answer.claims, numbers, words, turn if answer.final else "")
    sentences = [_claim(claim, numbers, words) for claim in answer.claims]
    if answer.route in _MANY and len(sentences) > 1:
        return tag("ol", *(tag("li", sentence) for sentence in sentences), class_="claims")
    return tag("div", *(tag("p", sentence) for sentence in sentences), class_="claims")


def _claim(claim: Claim, numbers: dict[Citation, int], words: Words) -> Html:
    label = tag("span", claim.label, class_="row-label") if claim.label else Html()
    before, exact, after = claim.text.partition(claim.exact) if claim.exact else (claim.text, "", "")
    text = tag("span", before, tag("b", exact) if exact else Html(), after, lang=written_in(claim.text))
    is_scan = any(citation.recognised is not None for citation in claim.citations)
    scan = tag("span", f" ({words.say('recognised')})", class_="soft") if is_scan else Html()
    return join(label, _verdict(claim, words), text, scan, " ", _marks(claim, numbers, words))


def _verdict(claim: Claim, words: Words) -> Html:
    """A sign for the eye with its name for those who cannot see it, before the sentence."""
    sign, hint = ("✓", "proved_hint") if claim.verdict == "proved" else ("?", "uncertain_hint")
    name = tag("span", f"{words.say(claim.verdict)}: ", class_="unseen" if claim.verdict == "proved" else "named")
    mark = tag("span", sign, aria_hidden="true")
    return tag("span", mark, name, class_=f"verdict {claim.verdict}", title=words.say(hint))


def _marks(claim: Claim, numbers: dict[Citation, int], words: Words) -> Html:
    return join(*(cite_button(numbers[citation], citation, words) for citation in claim.citations))


def _columns(claims: Iterable[Claim]) -> list[str]:
    """Names of the columns that any row fills, in the order of first appearance."""
    filled = (name for claim in claims for row in claim.rows for name, value in row if value and name != "start")
    return list(dict.fromkeys(filled))


def _table(claims: Sequence[Claim], numbers: dict[Citation, int], words: Words, turn: str) -> Html:
    columns = _columns(claims)
    heads = (tag("th", words.say(f"column_{name}"), scope="col") for name in (*columns, "sentence"))
    rows = []
    for claim, told in ((one, dict(row)) for one in claims for row in one.rows):
        cells = (
            tag("td", told.get(name, ""), lang=written_in(told.get(name, "")),
                data_sort=told.get("start", "") if name == "date" else None)
            for name in columns
        )  # fmt: skip
        sentence = join(
            _verdict(claim, words), tag("q", claim.text, lang=written_in(claim.text)), " ",
            _marks(claim, numbers, words),
        )  # fmt: skip
        rows.append(tag("tr", *cells, tag("td", sentence, class_="sentence")))
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="sortable")
    box = tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=words.say("answer_table"))
    if not turn:
        return tag("div", box, class_="claims as-table")
    link = tag("a", words.say("download_table"), href=f"download/answer.csv?turn={turn}", download=True)
    return tag("div", box, tag("p", link, class_="beneath"), class_="claims as-table")


def _timeline(claims: Sequence[Claim], numbers: dict[Citation, int], words: Words) -> Html:
    """The claims along a line of time, a heading for each year; those without a year stand last, as they came."""
    items: list[Html] = []
    last = None
    for claim in claims:
        told = dict(claim.rows[0]) if claim.rows else {}
        start = told.get("start", "")
        year = start[:4] if start[:4].isdigit() else ""
        if year != last:
            items.append(tag("li", year or words.say("year_unknown"), class_="year"))
            last = year
        # The front matter of a record names the day where the row does not.
        date = told.get("date") or (claim.citations[0].date if claim.citations else "") or words.say("date_unknown")
        items.append(tag("li", tag("span", date, class_="when"), _claim(claim, numbers, words)))
    return tag("ol", *items, class_="claims timeline")


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
        title = tag("span", first.title, class_="title", lang=written_in(first.title))
        date = tag("span", first.date or words.say("date_unknown"), class_="date")
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
