"""A file that waits, as HTML: what was understood of it, a form to correct it, its facts, and the deeds."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from assistant import told
from ingest import Agreement, Contact, Fact, FactKind, Promise, Theme, fact_key
from ui.notes import note_in
from ui.trust import trust
from ui.web.keep.report_form import report_form
from ui.web.keep.shown import FIELDS, Waiting, shown_fields
from ui.web.localized import when
from ui.web.markup import Html, join, tag, written_in
from ui.web.report_text import line_starts, text_html
from ui.wording import Words

_ORDER: tuple[FactKind, ...] = ("contact", "agreement", "promise", "theme", "person", "organization")
AGAIN = 3
"""Seconds after which the page asks again for what is still being read."""
MOST_SHOWN = 20_000
"""Characters of its text that are shown of a waiting file: some ten pages."""


def card(one: Waiting, words: Words, reports: Sequence[tuple[str, str]] = (), wanted: str = "") -> Html:
    """Return one file that waits; all its values come from the file, and are escaped.

    Args:
        reports: Paths and titles of the reports whose place it may take; `wanted` the path of the one to propose.
    """
    told = one.preview
    discard = tag(
        "button", words.say("keep_discard"), type="button", data_do="discard", data_id=one.id, class_="keep-quiet",
        aria_label=words.say("keep_discard_this", file=told.path),
    )  # fmt: skip
    if not one.is_read:
        reading = tag("p", words.say("keep_reading"), class_="keep-soft", role="status", data_again=AGAIN)
        stop = tag("button", words.say("keep_reading_stop"), type="button", data_do="discard", data_id=one.id,
                   class_="keep-quiet", aria_label=words.say("keep_discard_this", file=told.path))  # fmt: skip
        return tag("li", tag("h4", told.path), reading, tag("p", stop, class_="keep-deeds"), class_="keep-card")
    if told.report is None:
        reason = tag("div", tag("p", words.say("keep_unread", reason=told.reason)), class_="notice")
        return tag("li", tag("h4", told.path), reason, tag("p", discard, class_="keep-deeds"), class_="keep-card")
    report = told.report
    pages = [words.count("keep_pages", len(report.pages))] if report.pages else []
    whole = [] if report.notes else [words.say("read_all", n=len(report.text) - report.body)]
    about = " · ".join((told.path, *pages, *whole))
    deed = "keep_replace" if one.replaces else "keep_add"
    notes = [f"{words.say('not_whole')}: {note_in(note, words)}" for note in report.notes]
    add = tag(
        "button", words.say(deed), type="button", data_do="add", data_id=one.id, class_="keep-main",
        aria_label=words.say(f"{deed}_this", file=told.path),
    )  # fmt: skip
    return tag(
        "li",
        tag("h4", report.title, lang=written_in(report.title)),
        tag("p", about, class_="keep-soft"),
        tag("div", tag("p", words.say("keep_replaces")), class_="notice") if one.replaces else Html(),
        _twin(one, words),
        *(tag("div", tag("p", note), class_="notice") for note in notes),
        _form(one, words),
        _text(one, words),
        _facts(one, words),
        _instead(one, reports, wanted, words),
        tag("p", add, " ", discard, class_="keep-deeds"),
        class_="keep-card",
    )


def _form(one: Waiting, words: Words) -> Html:
    said = one.preview.correction
    is_corrected = said is not None and any(getattr(said, name) is not None for name in FIELDS)
    shown = shown_fields(one.preview)
    return report_form(shown, one.id, words, deed="correct", undo="uncorrect", is_corrected=is_corrected)


def _text(one: Waiting, words: Words) -> Html:
    """The text as it was read, folded until asked for; of a long one its beginning."""
    report = one.preview.report
    assert report is not None
    cut = min([at for at in line_starts(report.text) if at > report.body + MOST_SHOWN], default=len(report.text))
    body = text_html(report.text, (), start=report.body, end=cut, table=words.say("reports_view_table"))
    more = tag("p", words.say("keep_text_cut"), class_="keep-soft") if cut < len(report.text) else Html()
    text = tag("div", body, class_="body keep-read", lang=report.language or None, tabindex=0, role="region",
               aria_label=words.say("keep_text_of", file=one.preview.path))  # fmt: skip
    return tag("details", tag("summary", words.say("keep_text")), text, more, class_="keep-facts")


def _twin(one: Waiting, words: Words) -> Html:
    """That a report of the index tells the same, and the way to put this file in its place."""
    if not one.preview.twin:
        return Html()
    return tag("div", tag("p", words.say("keep_twin", file=one.preview.twin)), class_="notice", role="note")


def _instead(one: Waiting, reports: Sequence[tuple[str, str]], wanted: str, words: Words) -> Html:
    """The form by which it takes the place of a report of another name; `reports` are paths with titles."""
    others = [(path, title) for path, title in reports if path != one.preview.path]
    if one.replaces or not others:
        return Html()
    chosen = wanted or one.preview.twin
    nobody = () if chosen else (("", words.say("keep_instead_choose")),)
    options = (
        tag("option", f"{title} ({path})" if path else title, value=path, selected=path == chosen)
        for path, title in (*nobody, *others)
    )
    form = tag(
        "form",
        tag("label", tag("span", words.say("keep_instead_of")), tag("select", *options, name_="old", required=True)),
        tag("button", words.say("keep_replace"), type="submit"),
        data_do="replace",
        data_id=one.id,
        class_="keep-folder",
    )
    return tag("details", tag("summary", words.say("keep_instead")), form, open=bool(chosen), class_="keep-facts")


def _facts(one: Waiting, words: Words) -> Html:
    facts = one.preview.facts
    if not facts:
        return tag("p", words.say("keep_no_facts"), class_="keep-soft")
    groups = (
        join(tag("h5", words.say(f"reports_view_{kind}")), tag("ul", *_by_quote(one, of_kind, words)))
        for kind in _ORDER
        if (of_kind := [fact for fact in facts if fact.kind == kind])
    )
    # Drawn anew after each deed: a list in which something was declared not so is being worked on, and stays open.
    return tag(
        "details",
        tag("summary", words.count("keep_facts", len(facts))),
        *groups,
        open=bool(one.preview.rejected),
        class_="keep-facts",
    )


def _by_quote(one: Waiting, facts: Iterable[Fact], words: Words) -> Iterator[Html]:
    """Items of a list: facts that one sentence proves together, in order, above that sentence."""
    for quote, together in groupby(facts, key=lambda fact: fact.citation.quote):
        lines = [_fact(one, fact, words) for fact in together]
        yield tag("li", *lines, tag("blockquote", quote, lang=written_in(quote)))


def _fact(one: Waiting, fact: Fact, words: Words) -> Html:
    key = fact_key(fact)
    is_rejected = key in one.preview.rejected
    deed = "accept" if is_rejected else "reject"
    plain = fact_line(fact, words)
    button = tag(
        "button", words.say(f"keep_{deed}"), type="button", data_do=deed, data_id=one.id, data_fact=key,
        class_="keep-quiet", aria_label=words.say(f"keep_{deed}_this", fact=plain),
    )  # fmt: skip
    label = join(tag("span", words.say("keep_rejected"), class_="keep-label"), " ") if is_rejected else Html()
    is_theme = isinstance(fact, Theme)  # all other lines begin with a name
    line = tag("s" if is_rejected else "span", plain, lang=None if is_theme else written_in(fact.summary))
    return tag("p", label, line, " ", button)


def fact_line(fact: Fact, words: Words) -> str:
    """A fact as one line: what it says in the page's language, names as the record writes them."""
    is_dated = isinstance(fact, Contact | Agreement | Promise) and bool(fact.start)
    date = when(fact, words) if is_dated else ""
    return " · ".join(filter(None, (*told(fact, words.language), date, trust(fact, words))))
