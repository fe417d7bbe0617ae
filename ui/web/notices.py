"""What stands in place of a room's content: that there is no index yet, or one of our errors."""

from ui.web.access.visitor import LOCAL, Visitor
from ui.web.links import go
from ui.web.markup import Html, tag
from ui.wording import Words


def no_index(words: Words, visitor: Visitor = LOCAL) -> Html:
    """Return what stands in place of a view before the first build; it leads a keeper to where one is made."""
    if not visitor.is_keeper:
        told = tag("p", words.say("no_index_reader"))
        return tag("section", tag("h2", words.say("no_index")), told, class_="welcome missing")
    return tag(
        "section",
        tag("h2", words.say("no_index")),
        tag("p", words.say("no_index_text")),
        tag("p", go(words.say("no_index_go"), "keep")),
        class_="welcome missing",
    )


def trouble(message: str) -> Html:
    """Return one of our errors as a plain sentence."""
    return tag("div", tag("p", message), class_="notice trouble", role="alert")
