"""The conversation as HTML: questions with what became of them, the welcome, and what can be done with all of it."""

from collections.abc import Iterable, Sequence

from ui.web.access.visitor import LOCAL, Visitor
from ui.web.ask.answer import answer_html
from ui.web.ask.asking import Exchange
from ui.web.ask.thumbs import feedback_html
from ui.web.links import address
from ui.web.markup import Html, tag, written_in
from ui.wording import Words


def transcript(exchanges: Sequence[Exchange], words: Words, id: str = "", visitor: Visitor = LOCAL) -> Html:
    """Return the whole conversation, or the welcome with example questions when there is none yet.

    It is a live region: a screen reader speaks what is added to it. `id` is what the conversation is kept under. Only
    a keeper is shown the way to add reports.
    """
    articles = [exchange_html(i, exchange, words) for i, exchange in enumerate(exchanges)]
    return tag(
        "div",
        *(articles or [welcome(words, visitor)]),
        _take_away(exchanges, words),
        class_="log",
        role="log",
        aria_live="polite",
        aria_label=words.say("conversation"),
        tabindex=0,
        data_conversation=id,
    )


def welcome(words: Words, visitor: Visitor = LOCAL) -> Html:
    """Return the greeting, example questions, and the ways to the other rooms."""
    elsewhere = (
        tag("li", tag("a", words.say(f"welcome_{name}"), href=address(view)))
        for name, view in (("browse", "browse/partners"), ("agreements", "browse/agreements"), ("keep", "keep"))
        if name != "keep" or visitor.is_keeper
    )
    return tag(
        "section",
        tag("h2", words.say("welcome")),
        tag("p", words.say("welcome_text")),
        tag("h3", words.say("try_one")),
        _questions(words.examples),
        tag("h3", words.say("welcome_elsewhere")),
        tag("ul", *elsewhere, class_="elsewhere"),
        _tour(words),
        class_="welcome",
    )


def _tour(words: Words) -> Html:
    """How the page is used, in four steps, folded until they are wanted."""
    steps = (
        tag("li", tag("strong", words.say(f"tour_{step}")), " ", words.say(f"tour_{step}_text"))
        for step in ("ask", "check", "narrow", "correct")
    )
    return tag("details", tag("summary", words.say("tour")), tag("ol", *steps), class_="tour")


def _questions(texts: Iterable[str]) -> Html:
    """Questions that are asked by one press."""
    buttons = (
        tag("button", text, type="button", class_="example", data_do="ask", data_question=text, lang=written_in(text))
        for text in texts
    )
    return tag("ul", *(tag("li", button) for button in buttons), class_="examples")


def exchange_html(number: int, exchange: Exchange, words: Words) -> Html:
    """Return the question and its answer as one article; `number` is its place in the conversation, from 0."""
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
        data_cites=True,
        data_turn=exchange.turn or None,
    )


def _reply(number: int, exchange: Exchange, words: Words) -> Html:
    parts: list[Html] = []
    if exchange.answer is not None:
        parts.append(answer_html(number, exchange.answer, words, turn=exchange.turn))
    if exchange.is_open:
        growing = exchange.answer
        claims = growing.claims if growing and growing.route != "lookup" else ()
        so_far = words.count("found_so_far", len(claims)) if claims else words.say("searching")
        parts.append(tag("p", so_far, class_="searching"))
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
    if exchange.following:
        asked = _questions(one.text(words) for one in exchange.following)
        parts.append(tag("div", tag("h3", words.say("next_questions")), asked, class_="following"))
    if exchange.turn:
        parts.append(
            tag(
                "div",
                feedback_html(exchange.turn, exchange.feedback, words),
                _choose(number, exchange, words),
                class_="after",
            )
        )
    return tag("div", *parts, class_="reply")


def _choose(number: int, exchange: Exchange, words: Words) -> Html:
    box = tag("input", type="checkbox", name="turn", value=exchange.turn, aria_describedby=f"question-{number}")
    return tag("label", box, " ", words.say("choose_turn"), class_="choose")


def _take_away(exchanges: Sequence[Exchange], words: Words) -> Html:
    """Links that export the chosen turns, or all; nothing before the first kept answer."""
    turns = ",".join(one.turn for one in exchanges if one.turn)
    if not turns:
        return Html()
    links = (
        tag("a", words.say(f"export_{kind}"), download=True, data_turns="",
            href=f"download/briefing.{kind}?language={words.language}&turns={turns}")
        for kind in ("docx", "md")
    )  # fmt: skip
    return tag("p", words.say("export"), " ", *links, class_="take-away")
