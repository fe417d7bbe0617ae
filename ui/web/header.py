"""The frame of the page as HTML: name, rooms, light and dark, who is here."""

from ui.web.access.visitor import LOCAL, Visitor
from ui.web.links import go
from ui.web.markup import Html, join, tag
from ui.wording import Words


def header(words: Words, visitor: Visitor = LOCAL) -> Html:
    """Return the top of the page, of a narrow one its name and a menu.

    ``data-language`` tells the browser the language of its wording,
    ``data-ended`` and ``data-enter`` are what `page.js` says when the server knows the visitor no more.
    """
    rooms = [("ask", "ask"), ("browse", "browse/partners")]
    rooms += [("keep", "keep"), ("improve", "improve")] if visitor.is_keeper else []
    rooms.append(("history", "history"))
    links = (tag("li", go(words.say(f"room_{name}"), view)) for name, view in rooms)
    light = tag(
        "button",
        tag("span", "◐", aria_hidden="true"),
        tag("span", words.say("dark"), class_="unseen"),
        type="button",
        class_="theme",
        data_theme="",
        aria_pressed="false",
        title=words.say("dark"),
    )
    menu = tag(
        "button",
        tag("span", "☰", aria_hidden="true"),
        tag("span", words.say("menu"), class_="unseen"),
        type="button",
        class_="menu",
        data_menu="",
        aria_expanded="false",
        title=words.say("menu"),
    )
    return tag(
        "div",
        tag("h1", words.say("title")),
        menu,
        tag("nav", tag("ul", *links), aria_label=words.say("rooms")),
        tag("p", light, _who(visitor, words), class_="who"),
        tag("p", class_="unseen", id="said", role="status"),
        class_="name",
        data_language=words.language,
        data_ended=words.say("people_ended"),
        data_enter=words.say("people_enter_again"),
    )


def _who(visitor: Visitor, words: Words) -> Html:
    if visitor == LOCAL or not visitor.name:
        return Html()
    leave = tag("form", tag("button", words.say("sign_out"), type="submit"), method="post", action="sign-out")
    return join(tag("span", visitor.name, class_="visitor"), leave)
