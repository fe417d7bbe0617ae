"""The conversation as HTML: pure functions from exchanges and answers to markup, without gradio."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import Answer, Citation, Claim, Retrieved
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

NEAREST_SHOWN = 3
_SNIPPET = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question and what became of it: a growing or final answer, or the trouble that prevented one."""

    question: str
    answer: Answer | None = None
    trouble: str = ""
    stopped: bool = False

    @property
    def is_open(self) -> bool:
        """True while more may still be added to it."""
        finished = self.answer is not None and self.answer.final
        return not (finished or self.trouble or self.stopped)


def header(words: Words) -> Html:
    """Return the name of the page; `data-language` tells the browser the language of its wording."""
    name = tag("h1", words.say("title"))
    return tag("div", name, tag("p", words.say("tagline")), class_="name", data_language=words.language)


def transcript(exchanges: Sequence[Exchange], words: Words) -> Html:
    """Return the whole conversation, or the welcome with example questions when there is none yet.

    It is a live region: a screen reader speaks what is added to it.
    """
    articles = [exchange_html(i, exchange, words) for i, exchange in enumerate(exchanges)]
    return tag(
        "div",
        *(articles or [welcome(words)]),
        class_="log",
        role="log",
        aria_live="polite",
        aria_label=words.say("conversation"),
        tabindex=0,
    )


def panel(content: Html, words: Words) -> Html:
    """Return the region beside the conversation that holds a source."""
    return tag("section", content, class_="panel", aria_label=words.say("panel"))


def welcome(words: Words) -> Html:
    """Return the greeting and one button per example question (`data-example` is its index)."""
    buttons = [
        tag("li", tag("button", example, type="button", class_="example", data_example=i, lang=written_in(example)))
        for i, example in enumerate(words.examples)
    ]
    return tag(
        "section",
        tag("h2", words.say("welcome")),
        tag("p", words.say("welcome_text")),
        tag("h3", words.say("try_one")),
        tag("ul", *buttons, class_="examples"),
        class_="welcome",
    )


def exchange_html(number: int, exchange: Exchange, words: Words) -> Html:
    """Return the question and its answer as one article; `number` is its place in the conversation."""
    heading = tag(
        "h2",
        tag("span", f"{words.say('you')}: ", class_="unseen"),
        exchange.question,
        class_="question",
        id=f"question-{number}",
        lang=written_in(exchange.question),
    )
    return tag(
        "article",
        heading,
        _reply(number, exchange, words),
        class_="exchange",
        aria_labelledby=f"question-{number}",
        aria_busy="true" if exchange.is_open else "false",
    )


def _reply(number: int, exchange: Exchange, words: Words) -> Html:
    parts: list[Html] = []
    if exchange.answer is not None:
        parts.append(answer_html(number, exchange.answer, words))
    if exchange.is_open:
        parts.append(tag("p", words.say("searching"), class_="searching"))
    if exchange.stopped:
        parts.append(tag("p", words.say("stopped"), class_="status"))
    if exchange.trouble:
        parts.append(
            tag(
                "div",
                tag("h3", words.say("trouble")),
                tag("p", exchange.trouble),
                class_="notice trouble",
            )
        )
    return tag("div", *parts, class_="reply")


def answer_html(number: int, answer: Answer, words: Words) -> Html:
    """Return an answer: how the question was understood, the claims or the notice, sources and status line."""
    parts: list[Html] = []
    if answer.understood_as and _plain(answer.understood_as) != _plain(answer.question.text):
        understood = tag("span", answer.understood_as, lang=written_in(answer.understood_as))
        parts.append(tag("p", f"{words.say('understood_as')}: ", understood, class_="understood"))
    if answer.status == "answered":
        parts.append(tag("h3", words.say("answered"), class_="unseen"))
        if answer.notice:
            parts.append(tag("p", answer.notice, class_="remark", lang=answer.language))
    elif answer.final:
        parts.append(_notice(answer, words))
    if answer.claims:
        parts.append(_claims(number, answer, words))
        parts.append(_sources(number, answer, words))
    elif answer.final and answer.retrieved:
        parts.append(_nearest(number, answer.retrieved, words))
    if answer.final:
        parts.append(_withheld(answer, words))
        parts.append(tag("p", status_line(answer, words), class_="status"))
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
        tag("h3", words.say(answer.status)),
        tag("p", text, lang=answer.language if answer.notice else None) if text else Html(),
        class_="notice",
    )


def _claims(number: int, answer: Answer, words: Words) -> Html:
    numbers = {citation: n for n, citation in enumerate(answer.citations, start=1)}
    sentences = [_claim(number, claim, numbers, words) for claim in answer.claims]
    if answer.route in ("list", "timeline", "comparison", "count", "latest") and len(sentences) > 1:
        return tag("ol", *(tag("li", sentence) for sentence in sentences), class_="claims")
    return tag("div", *(tag("p", sentence) for sentence in sentences), class_="claims")


def _claim(number: int, claim: Claim, numbers: dict[Citation, int], words: Words) -> Html:
    marks = (cite_button(number, numbers[citation], citation, words) for citation in claim.citations)
    doubt = (
        tag("span", words.say("uncertain"), class_="doubt", title=words.say("uncertain_hint"))
        if claim.verdict == "uncertain"
        else Html()
    )
    label = tag("span", claim.label, class_="row-label") if claim.label else Html()
    return join(label, tag("span", claim.text, lang=written_in(claim.text)), " ", *marks, doubt)


def cite_button(number: int, n: int, citation: Citation, words: Words) -> Html:
    """Return the numbered button that opens citation `n` (from 1) of the exchange `number`."""
    label = words.say("source_n", n=n, title=citation.title)
    return tag("button", str(n), type="button", class_="cite", data_cite=f"{number}-{n}", aria_label=label, title=label)


def _sources(number: int, answer: Answer, words: Words) -> Html:
    by_report: dict[str, list[tuple[int, Citation]]] = {}
    for n, citation in enumerate(answer.citations, start=1):
        by_report.setdefault(citation.report_id, []).append((n, citation))
    items = []
    for cited in by_report.values():
        first = cited[0][1]
        buttons = (cite_button(number, n, citation, words) for n, citation in cited)
        title = tag("span", first.title, class_="title", lang=written_in(first.title))
        date = tag("span", first.date or words.say("date_unknown"), class_="date")
        items.append(tag("li", tag("span", *buttons, class_="numbers"), tag("span", title, " ", date)))
    return tag("div", tag("h3", words.say("sources")), tag("ul", *items), class_="sources")


def _nearest(number: int, retrieved: Sequence[Retrieved], words: Words) -> Html:
    items = [
        tag(
            "li",
            tag("button", passage.title, type="button", class_="near", data_near=f"{number}-{i}"),
            tag("span", _snippet(passage.text), lang=written_in(passage.text)),
        )
        for i, passage in enumerate(retrieved[:NEAREST_SHOWN], start=1)
    ]
    return tag("div", tag("h3", words.say("nearest")), tag("ul", *items), class_="nearest")


def _snippet(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SNIPPET else f"{flat[:_SNIPPET].rsplit(' ', 1)[0]} …"


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip("?？.。!！").casefold()
