"""The claims of an answer as HTML: sentences, a table or a line of time, with their marks of trust and sources."""

from collections.abc import Iterable, Sequence

from assistant import Answer, Citation, Claim
from ui.days import told_in, when_in
from ui.web.links import cite_button, opening
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

_DAYS = ("date", "due")
_UNTOLD = "–"
"""In a cell of which the record tells nothing: an empty one would seem to go on with the row above."""
_MANY = ("list", "timeline", "comparison", "count", "latest")


def claims_html(answer: Answer, words: Words, turn: str) -> Html:
    """Return what an answer claims; `turn` as in `answer_html`."""
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
    label = tag("span", told_in(claim.label, words), class_="row-label") if claim.label else Html()
    text = tag("span", claim.text, lang=written_in(claim.text))
    is_scan = claim.trust == "proved" and any(citation.recognised is not None for citation in claim.citations)
    scan = tag("span", f" ({words.say('recognised')})", class_="soft") if is_scan else Html()
    return join(label, _trust(claim, words), text, scan, " ", _marks(claim, numbers, words))


def _trust(claim: Claim, words: Words) -> Html:
    """Before the sentence a tick, or in words how far to trust it; words of our own lead to the record's."""
    trust = claim.trust
    name, hint = words.say(trust), words.say(f"{trust}_hint")
    if trust == "reworded":
        return tag("button", name, type="button", class_="verdict reworded", title=hint, **opening(claim.citations[0]))
    sign, class_ = ("✓", "unseen") if trust == "proved" else ("?", "named")
    mark = tag("span", sign, aria_hidden="true")
    return tag("span", mark, tag("span", f"{name}: ", class_=class_), class_=f"verdict {trust}", title=hint)


def legend(answer: Answer, words: Words) -> Html:
    """Return one sentence on what the marks of trust in an answer mean; those that it does not have are left out."""
    told = dict.fromkeys(words.say(f"legend_{claim.trust}") for claim in answer.claims)
    return tag("p", words.say("legend", told="; ".join(told)), class_="legend")


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
        start = told.get("start", "")
        shown = {name: when_in(value, start, words) if name in _DAYS else value for name, value in told.items()}
        cells = (
            tag("td", shown.get(name) or _UNTOLD, lang=written_in(told.get(name, "")) if name not in _DAYS else None,
                data_sort=start if name == "date" else None, data_label=words.say(f"column_{name}"),
                class_="" if shown.get(name) else "untold")
            for name in columns
        )  # fmt: skip
        sentence = join(
            _trust(claim, words), tag("q", claim.text, lang=written_in(claim.text)), " ",
            _marks(claim, numbers, words),
        )  # fmt: skip
        rows.append(tag("tr", *cells, tag("td", sentence, class_="sentence")))
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="sortable")
    box = tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=words.say("answer_table"))
    if not turn:
        return tag("div", box, class_="claims as-table")
    link = tag(
        "a",
        words.say("download_table"),
        href=f"download/answer.csv?turn={turn}&language={words.language}",
        download=True,
    )
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
        date = told.get("date") or (claim.citations[0].date if claim.citations else "")
        date = when_in(date, start, words) or words.say("date_unknown")
        items.append(tag("li", tag("span", date, class_="when"), _claim(claim, numbers, words)))
    return tag("ol", *items, class_="claims timeline")
