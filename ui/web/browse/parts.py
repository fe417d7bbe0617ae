"""What the views that browse share: headings, sortable tables, quotes, filters, and facts told in the page's words."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from assistant import Citation, is_dated, ledger_word
from ingest import Fact
from ui.web.links import address, cite_button, go
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

_DAYS = re.compile(r"(?<![\d-])(\d{1,2})\s*(?:[-–—]|to|and|и|по|至|日至)\s*(\d{1,2})(?![\d-])")
_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_MANY_DAYS = re.compile(r"\d\s*[-–—]\s*\d|\b(?:to|по)\b")


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


# ---- facts in the page's words ----


def organization(name: str) -> Html:
    """An organization's name as the records write it, leading to its view."""
    return go(name, "browse/partner", name=name, lang=written_in(name))


def label(text: str, kind: str = "") -> Html:
    """A small label, such as a state; `kind` is only what it may be colored by."""
    return tag("span", text, class_="browse-label", data_kind=kind or None)


def state_word(state: str, words: Words) -> str:
    """A state of an agreement in the page's language."""
    return ledger_word("states", state, words.language)


def degree_word(degree: str, words: Words) -> str:
    """How near two sides came, in the page's language."""
    return ledger_word("degrees", degree, words.language)


def form_word(form: str, words: Words) -> str:
    """A kind of agreement in the page's language."""
    return ledger_word("forms", form, words.language)


def country_name(code: str, words: Words) -> str:
    """A country (ISO 3166) in the page's language; an unknown code as it is, nothing for none."""
    from babel import Locale

    return str(Locale.parse(words.language).territories.get(code, code)) if code else ""


def when(fact: Fact, words: Words) -> str:
    """The date of a fact in the page's language; see `date_told`."""
    return date_told(fact.date, fact.start, fact.citation.quote, words)


def date_told(written: str, start: str, quote: str, words: Words) -> str:
    """A date in the page's language, what is missing said: ``4–5 November, year not stated``.

    A label of several days in one month gives both, as far as its first day is `start`; of longer ones only the
    first day is known, and that is said. "Date not stated" where none is known.

    Args:
        written: As `Fact.date`; `start` as `Fact.start`.
        quote: Words of the record; a date that cannot be read but stands in them is given as written.
    """
    if not start:
        return written if written and written in quote else words.say("date_unknown")
    first = _day(start)
    days = _DAYS.search(written)
    last = int(days[2]) if days and first and int(days[1]) == first.day and first.day < int(days[2]) <= 31 else 0
    told = _told(start, words.language, last)
    if not last and first and _MANY_DAYS.search(_ISO.sub("", written)):
        told = words.say("dossier_from", when=told)
    return told if start[:4].isdigit() else words.say("dossier_year_unknown", when=told)


def day_told(day: str, words: Words) -> str:
    """A possibly partial ISO 8601 date in the page's language; what is none stays as it is."""
    return _told(day, words.language)


def as_written(fact: Fact, words: Words) -> str:
    """The date in the quote's own words; empty where it comes from the record's head or reads as `when` tells it."""
    return fact.date if fact.date and fact.date in fact.citation.quote and fact.date != when(fact, words) else ""


def report_date(citation: Citation, words: Words) -> str:
    """The date of a citation's report as the record writes it, or that it is not stated."""
    dated = any(sign.isdigit() for sign in citation.date)
    if not dated:
        return words.say("date_unknown")
    bare = citation.date.removesuffix(", year not stated")
    return bare if bare == citation.date else words.say("dossier_year_unknown", when=bare)


def sort_key(fact: Fact) -> str:
    """What a fact is sorted by in time; those without a year after all others."""
    return fact.start if is_dated(fact) else f"9999{fact.start}"


def _day(start: str) -> date | None:
    """The day of a full ISO 8601 date, with or without its year; None for a part of one or no date at all."""
    parts = start.removeprefix("--").split("-")
    year = parts.pop(0) if not start.startswith("--") else "2000"
    try:
        return date(int(year), int(parts[0]), int(parts[1]))
    except (ValueError, IndexError):
        return None


def _told(start: str, language: str, last: int = 0) -> str:
    """A possibly partial ISO 8601 day, or the days to `last` of its month, as a language writes them."""
    from babel.dates import format_date, format_interval, format_skeleton

    parts = start.removeprefix("--").split("-")
    if start.startswith("--"):
        parts.insert(0, "")
    skeleton = "".join(sign for sign, part in zip(("y", "MMMM", "d"), parts, strict=False) if part)
    locale = "en_GB" if language == "en" else language  # the records' own order: 3 May 2024
    try:
        year, month, day = (int(part) if part else 0 for part in (*parts, "", "")[:3])
        first = date(year or 2000, month or 1, day or 1)
        if last and language == "zh":
            return str(format_interval(first, first.replace(day=last), skeleton, locale=locale))
        is_whole = len(skeleton) == len("yMMMMd")
        told = str(format_date(first, "long", locale) if is_whole else format_skeleton(skeleton, first, locale=locale))
        return f"{day}–{last}{told.removeprefix(str(day))}" if last else told
    except ValueError:
        return start
