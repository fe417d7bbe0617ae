"""What the views that browse share: headings, sortable tables, filters, quotes and labels."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from assistant import Citation, is_dated
from ingest import Fact
from ui.trust import trust
from ui.web.links import address, cite_button, go
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

ROWS = 200
"""Rows of a table drawn at once: what a browser shows without delay; the rest is a link away, and in the download."""
T = TypeVar("T")


# ---- a view and what stands in it ----


def view(*parts: str, name: str = "") -> Html:
    """The root of a view: within it "next citation" walks the numbered buttons in order."""
    return tag("section", *parts, class_=f"browse {name}".strip(), data_cites=True)


def heading(title: str, sentence: str = "", *more: str, lang: str | None = None) -> Html:
    """A view's title, the sentence that says how much was looked at and found, and what else belongs on top."""
    told = tag("p", f"{sentence[:1].upper()}{sentence[1:]}", class_="browse-sentence") if sentence else Html()
    return tag("header", tag("h2", title, lang=lang), told, *more, class_="browse-head")


def part(title: str, *children: str, class_: str = "") -> Html:
    """A section of a view under a heading of its own."""
    return tag("section", tag("h3", title), *children, class_=f"browse-part {class_}".strip())


def empty(text: str) -> Html:
    """A plain sentence where nothing is to be shown: nothing found is said, never left blank."""
    return tag("p", text, class_="browse-empty")


def comma(parts: Iterable[str], words: Words) -> str:
    """Parts of a sentence with the page language's comma between them."""
    return words.say("browse_comma").join(parts)


def above(shown: int, of: int, save: Html, words: Words) -> Html:
    """What stands above a table: how many of all are shown where not all are, and a download of them."""
    told = words.say("browse_shown", n=shown, of=of) if shown != of else ""
    return tag("p", tag("span", told), save if shown else Html(), class_="browse-above")


def rest(n: int, view_name: str, query: Mapping[str, str], words: Words, **kept: str) -> Html:
    """Below a table of `ROWS` rows, a link to all `n` with the `kept` values; nothing where all are shown."""
    if n <= ROWS or query.get("all") == "yes":
        return Html()
    return tag("p", go(words.say("browse_rest", n=n), view_name, **kept, all="yes"), class_="browse-rest")


def first_rows(rows: Sequence[T], query: Mapping[str, str]) -> Sequence[T]:
    """Rows to draw at once: all of them where ``all=yes`` asks for them, else the first `ROWS`."""
    return rows if query.get("all") == "yes" else rows[:ROWS]


def toggle(label: str, choices: Iterable[tuple[str, str, bool]]) -> Html:
    """Ways to see the same things: (text, address, whether it is the one shown)."""
    links = (tag("a", text, href=place, aria_current="page" if is_shown else None) for text, place, is_shown in choices)
    return tag("nav", *links, class_="browse-toggle", aria_label=label)


def download_link(text: str, path: str, **query: str) -> Html:
    """A link to a file of this origin, such as ``download/people.csv``; empty values are left out."""
    return tag("a", text, href=address(path, **query).removeprefix("#"), download=True, class_="browse-download")


# ---- tables ----


def table(label: str, headings: Sequence[str], rows: Iterable[Html], *, stacks: bool = False) -> Html:
    """A sortable table that scrolls within itself where the window is narrow, or becomes cards there (`stacks`).

    Args:
        label: What a screen reader calls it.
        headings: Text of each column, or a finished ``<th>`` where it is not just a text.
        rows: Made by `row`.
    """
    head = tag("tr", *(one if isinstance(one, Html) else tag("th", one, scope="col") for one in headings))
    grid = tag(
        "table", tag("thead", head), tag("tbody", *rows), class_="sortable browse-stacks" if stacks else "sortable"
    )
    return tag("div", grid, class_="scroll", tabindex=0, role="region", aria_label=label)


def row(first: str, *cells: str, **attributes: str | None) -> Html:
    """A row: its first cell names it, the others are made by `cell` or are plain text."""
    rest = (one if one.startswith("<td") and isinstance(one, Html) else cell(one) for one in cells)
    return tag("tr", tag("th", first, scope="row"), *rest, **attributes)


def cell(*children: str, sort: str | int | None = None, class_: str = "", label: str | None = None) -> Html:
    """A cell; `sort` is what it is sorted by where its text does not sort by itself, `label` its column on a phone."""
    return tag("td", *children, data_sort=sort, class_=class_, data_label=label)


def number(n: int, label: str | None = None) -> Html:
    """A cell with a number."""
    return cell(str(n), class_="number", label=label)


# ---- filters ----


def filters(name: str, words: Words, *fields: str, **kept: str) -> Html:
    """A form whose values become the address of view `name`; `kept` are values that it hands on unseen."""
    hidden = (tag("input", type="hidden", name_=key, value=value) for key, value in kept.items() if value)
    button = tag("button", words.say("browse_show"), type="submit", class_="browse-button")
    return tag("form", *hidden, *fields, button, data_view=name, class_="browse-filters", role="search")


def search_field(name: str, label: str, value: str, *, kind: str = "search", hint: str | None = None) -> Html:
    """A labeled field to write into; `kind` is its HTML type."""
    field = tag("input", type=kind, name_=name, value=value, placeholder=hint, maxlength=200, autocomplete="off")
    return tag("label", tag("span", label), field)


def choice(name: str, label: str, options: Iterable[tuple[str, str]], value: str, words: Words) -> Html:
    """A labeled choice among (value, text), "all" first."""
    every = (("", words.say("browse_all")), *options)
    made = (tag("option", text, value=key, selected=key == value) for key, text in every)
    return tag("label", tag("span", label), tag("select", *made, name_=name))


# ---- citations ----


class Numbers:
    """Numbers of the citations in a view, from 1, by first use; one citation has one number."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known: dict[Citation, int] = {}
        self._has_marks = False

    def proof(self, fact: Fact) -> Html:
        """The button of what proves a fact, and how far the fact can be relied on."""
        return join(self.button(fact.citation), self.trust(fact))

    def trust(self, fact: Fact, part: str = "") -> Html:
        """How far a fact, or a part of it, can be relied on as a label; nothing where it was read surely enough."""
        return self.mark(trust(fact, self._words, part))

    def mark(self, text: str) -> Html:
        """A label that tells how far something can be relied on; nothing for an empty text."""
        self._has_marks = self._has_marks or text == self._words.say("unsure")
        return join(" ", label(text, "trust")) if text else Html()

    def legend(self) -> Html:
        """What the label of unsure facts says, where one was drawn before."""
        return tag("p", self._words.say("unsure_legend"), class_="browse-soft") if self._has_marks else Html()

    def button(self, citation: Citation) -> Html:
        """The numbered button that opens a citation."""
        return cite_button(self._known.setdefault(citation, len(self._known) + 1), citation, self._words)

    def buttons(self, citations: Iterable[Citation]) -> Html:
        """Buttons of several citations, each once; none for none."""
        return join(*map(self.button, dict.fromkeys(citations)))


def quotes(citations: Iterable[Citation], numbers: Numbers) -> Html:
    """Quotes as a list, each with its button and a link to its report; empty for none."""
    items = (
        tag(
            "li",
            tag("blockquote", one.quote, lang=written_in(one.quote)),
            numbers.button(one),
            tag("cite", report_link(one)),
        )
        for one in dict.fromkeys(citations)
    )
    return tag("ol", *items, class_="browse-quotes")


def report_link(citation: Citation) -> Html:
    """The title of a citation's report, leading to it."""
    return go(citation.title, "browse/report", id=citation.report_id, lang=written_in(citation.title))


def go_on(text: str, view_name: str, **query: str) -> Html:
    """A quiet link to where there is more."""
    return go(text, view_name, class_="browse-more", **query)


# ---- facts ----


def organization(name: str) -> Html:
    """An organization's name as the records write it, leading to its view."""
    return go(name, "browse/partner", name=name, lang=written_in(name))


def parties(names: Iterable[str]) -> Iterable[str]:
    """Organizations with dashes between them."""
    for n, name in enumerate(names):
        yield from (" – ", organization(name)) if n else (organization(name),)


def label(text: str, kind: str = "") -> Html:
    """A small label, such as a state; `kind` is only what it may be colored by."""
    return tag("span", text, class_="browse-label", data_kind=kind or None)


def sort_key(fact: Fact) -> str:
    """What a fact is sorted by in time; those without a year after all others."""
    return fact.start if is_dated(fact) else f"9999{fact.start}"
