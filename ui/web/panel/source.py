"""The panel beside the rooms as HTML: a report with the cited sentence marked, the page it is printed on, its facts."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from assistant import Citation, told
from corpus import Report, locate
from ingest import Fact, Role, Theme
from ui.days import when_in
from ui.trust import trust
from ui.web import localized
from ui.web.desk import Shelf
from ui.web.links import go
from ui.web.markup import Html, join, link, tag, written_in
from ui.web.report_text import Mark, line_starts, text_html
from ui.web.technical import technical
from ui.wording import Words

_PLACE = re.compile(r"(?P<report>[^:]{1,200}):(?P<start>\d{1,9}):(?P<end>\d{1,9})")
_LINES, _CHARACTERS = 400, 80_000
"""What is shown of a longer report around a mark: drawn in some 20 ms, where 300 whole pages take 300."""
_PICTURES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A quote in a report of the shelf, or (`report` None) one that cannot be shown in it any more."""

    key: str
    report: Report | None
    title: str
    quote: str
    start: int
    end: int

    @property
    def pages(self) -> range:
        """Numbers of the pages it is printed on; none for formats without pages."""
        if self.report is None or not self.report.pages:
            return range(0)
        return range(self.report.page_at(self.start) or 1, (self.report.page_at(self.end - 1) or 1) + 1)


def empty_source(words: Words) -> Html:
    """Return what the panel says before a citation is chosen."""
    return tag("p", words.say("panel_empty"), class_="hint")


def open_place(
    shelf: Shelf, place: str, quote: str, words: Words, *, is_keeper: bool = False, beside: Html | None = None
) -> Html:
    """Return the report of a citation with the quote marked.

    Args:
        shelf: What is indexed now.
        place: ``data-cite`` of the button: report, first and last offset in code points (``id:12:80``). It comes from
            the browser; one that is malformed gives the empty panel.
        quote: The words that the button showed. Where the report is gone or other words stand there now, they are
            shown alone, with a sentence saying so.
        words: The language of the page.
        is_keeper: Whether to show the way to correct what the ledger holds of the sentence.
        beside: What is to stand beside the quote, as its translation.
    """
    found = _found(shelf, place, quote, place)
    if found is None:
        return empty_source(words)
    if found.report is None:
        return _alone(found, words)
    mark = Mark(start=found.start, end=found.end, id="cited", class_="cited", label=words.say("cited"))
    understood = _understood(shelf.ledger.of_report(found.report.id), found, words)
    at = {"id": found.report.id, "at": f"{found.start}-{found.end}"}
    correct = tag("p", go(words.say("reports_view_correct"), "keep/facts", **at)) if is_keeper else Html()
    return _panel(found, found.report, mark, words, join(beside or Html(), understood, correct))


def open_near(shelf: Shelf, place: str, quote: str, words: Words) -> Html:
    """Return the report of a passage that was near the question, marked as near, not as support; as `open_place`."""
    found = _found(shelf, place, quote, f"near-{place}")
    if found is None:
        return empty_source(words)
    if found.report is None:
        return _alone(found, words)
    note = words.say("near_passage")
    mark = Mark(start=found.start, end=found.end, id="cited", class_="near", label=note)
    return _panel(found, found.report, mark, words, tag("p", note, class_="notice"))


def cited(shelf: Shelf, place: str, quote: str) -> Citation | None:
    """The citation that a place and its quote name; None where other words stand there now."""
    found = _found(shelf, place, quote, place)
    return locate(found.report, quote, near=found.start) if found and found.report and quote.strip() else None


def _found(shelf: Shelf, place: str, quote: str, key: str) -> _Place | None:
    told = _PLACE.fullmatch(place)
    if told is None or int(told["start"]) >= int(told["end"]):
        return None
    start, end = int(told["start"]), int(told["end"])
    report = next((report for report in shelf.reports if report.id == told["report"]), None)
    stands = report is not None and quote != "" and report.text[start:end] == quote
    if not stands and not quote.strip():
        return None
    title = report.title if report is not None else ""
    return _Place(key=key, report=report if stands else None, title=title, quote=quote, start=start, end=end)


def _alone(place: _Place, words: Words) -> Html:
    quote = tag("mark", place.quote, tabindex="-1", lang=written_in(place.quote))
    return tag(
        "article",
        tag("header", _bar(words), tag("h2", place.title or words.say("panel_gone"))),
        tag("p", words.say("changed" if place.title else "removed_since"), class_="notice"),
        tag("div", tag("blockquote", quote), class_="body"),
        class_="opened",
        data_key=place.key,
    )


def _panel(place: _Place, report: Report, mark: Mark, words: Words, notes: Html) -> Html:
    language = report.language or None
    return tag(
        "article",
        tag("header", _bar(words), tag("h2", report.title, lang=language)),
        _facts(place, report, words),
        notes,
        _pictures(place, report, mark, words),
        _text(report, mark, words),
        class_="opened",
        data_key=place.key,
    )


def _bar(words: Words) -> Html:
    close = tag("button", words.say("close_panel"), type="button", class_="close", data_close=True)
    steps = (
        tag("button", words.say(name), type="button", class_="panel-step", data_step=by)
        for name, by in (("panel_previous", "-1"), ("panel_next", "1"))
    )
    return tag("div", close, tag("span", *steps, class_="panel-steps"), class_="panel-bar")


def _facts(place: _Place, report: Report, words: Words) -> Html:
    day = report.dates[0] if report.dates else None
    facts = [
        localized.date_told(day.text, day.start, day.text, words) if day else words.say("date_unknown"),
        report.place,
    ]
    facts += [words.say("page_n", n=n) for n in place.pages[:1]]
    facts += [words.say("recognised")] if report.recognised_at(place.start, place.end) is not None else []
    whole = go(words.say("panel_whole"), "browse/report", id=report.id)
    original = tag("span", link(words.say("original"), report.address)) if report.address else Html()
    return join(
        tag("p", " · ".join(fact for fact in facts if fact), class_="facts"),
        tag("p", whole, original, class_="facts panel-links"),
        technical(words, f"{words.say('file')}: {report.path}"),
    )


def _pictures(place: _Place, report: Report, mark: Mark, words: Words) -> Html:
    """The quote and the pages it is printed on: the quote comes first, so that both are seen without scrolling."""
    if not place.pages:
        return Html()
    figures = (_picture(report, n, place, words) for n in place.pages[:_PICTURES])
    summary = tag("summary", words.say("panel_printed"))
    quote = tag("mark", place.quote, class_=mark.class_, tabindex="-1", title=mark.label)
    quoted = tag("blockquote", quote, lang=written_in(place.quote))
    text = tag("h3", words.say("panel_text"), class_="panel-text")
    return join(tag("details", summary, quoted, *figures, class_="panel-printed", open=True), text)


def _picture(report: Report, page: int, place: _Place, words: Words) -> Html:
    address = f"page/{report.id}/{page}.png?start={place.start}&end={place.end}"
    picture = tag(
        "img", src=address, alt=words.say("panel_page_of", n=page, file=report.path.rpartition("/")[2]), loading="lazy"
    )
    larger = tag("a", picture, href=address, target="_blank", rel="noopener", title=words.say("panel_larger"))
    # The picture covers the sentence once it is there.
    return tag("figure", tag("p", words.say("panel_no_picture", n=page)), larger)


def _text(report: Report, mark: Mark, words: Words) -> Html:
    """The text after the front matter (with it, where the quote stands there); of long reports the part around it."""
    text = report.text
    starts = line_starts(text, 0 if mark.start < report.body else report.body)
    at = max(0, bisect_right(starts, mark.start) - 1)
    last = max(at, bisect_right(starts, mark.end - 1) - 1)
    first, end = 0, len(starts)
    if len(starts) > _LINES or len(text) > _CHARACTERS:
        first = min(at, max(at - _LINES // 2, bisect_left(starts, mark.start - _CHARACTERS // 2)))
        end = max(last + 1, min(last + _LINES // 2, bisect_left(starts, mark.end + _CHARACTERS // 2)))
    cut = tag(
        "p",
        words.say("panel_part"),
        " ",
        go(words.say("panel_whole"), "browse/report", id=report.id),
        class_="panel-cut",
    )
    shown = text_html(
        text, (mark,), start=starts[first], end=starts[end] if end < len(starts) else None,
        table=words.say("panel_table"),
    )  # fmt: skip
    body = tag("div", shown, class_="body", lang=report.language or None)
    return join(cut if first else Html(), body, cut if end < len(starts) else Html())


def _understood(facts: tuple[Fact, ...], place: _Place, words: Words) -> Html:
    """What the ledger holds of exactly this sentence; nothing when it holds nothing."""
    here = [fact for fact in facts if (fact.citation.start, fact.citation.end) == (place.start, place.end)]
    lines = dict.fromkeys(_line(fact, words) for fact in here)
    if not lines:
        return Html()
    heading = tag("h3", words.say("panel_understood"))
    return tag("section", heading, tag("ul", *(tag("li", line) for line in lines)), class_="panel-understood")


def _line(fact: Fact, words: Words) -> Html:
    when = localized.when(fact, words) if fact.start else when_in(fact.date, "", words)
    date = (when,) if fact.date and not isinstance(fact, Role | Theme) else ()
    pieces = filter(None, (*told(fact, words.language), *date, trust(fact, words)))
    spans = [tag("span", part, lang=written_in(part)) for part in pieces]
    return join(
        tag("b", words.say(f"panel_{fact.kind}")), " ", *(join(" · " if n else "", one) for n, one in enumerate(spans))
    )
