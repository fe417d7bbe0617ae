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
    rooms = [("ask", "ask"), ("browse", "browse/overview")]
    rooms += [("keep", "keep"), ("improve", "improve")] if visitor.is_keeper else []
    rooms.append(("history", "history"))
    links = (tag("li", go(words.say(f"room_{name}"), view)) for name, view in rooms)
    light = _sign("◐", words.say("dark"), "theme", data_theme="", aria_pressed="false")
    menu = _sign("☰", words.say("menu"), "menu", data_menu="", aria_expanded="false")
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


def _sign(sign: str, name: str, class_: str, **attributes: str) -> Html:
    """A button that shows a sign and is called by a name."""
    shown, called = tag("span", sign, aria_hidden="true"), tag("span", name, class_="unseen")
    return tag("button", shown, called, type="button", class_=class_, title=name, **attributes)


def _who(visitor: Visitor, words: Words) -> Html:
    if visitor == LOCAL or not visitor.name:
        return Html()
    leave = tag("form", tag("button", words.say("sign_out"), type="submit"), method="post", action="sign-out")
    return join(tag("span", visitor.name, class_="visitor"), leave)
