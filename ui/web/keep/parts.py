"""What the views of the room share: links between them, deeds that ask first, tables, and who did it when."""

from collections.abc import Iterable, Sequence

from ui.web.links import go
from ui.web.markup import Html, join, tag
from ui.wording import Words

VIEWS = ("keep", "keep/reports", "keep/names", "keep/said", "keep/generations", "keep/model")
"""Those that the links lead to, in order."""


def view(name: str, title: str, words: Words, *parts: str, wide: bool = False, lang: str | None = None) -> Html:
    """A view of the room under the links to the others; the first word of its name is the room's."""
    return join(
        navigation(name, words),
        tag(
            "section",
            tag("h2", title, tabindex="-1", lang=lang),
            *parts,
            class_="keep keep-wide" if wide else "keep",
            data_cites=True,
        ),
    )


def navigation(here: str, words: Words) -> Html:
    """The links between the views, the one that is open marked."""
    items = (
        tag("li", tag("a", words.say(f"keep_view_{name.rpartition('/')[2]}"), href=f"#{name}",
                      aria_current="page" if name == here else None))
        for name in VIEWS
    )  # fmt: skip
    return tag("nav", tag("ul", *items), class_="views", aria_label=words.say("room_keep"))


def back(text: str, name: str, **query: str) -> Html:
    """A way to where a view is opened from."""
    return tag("p", go(f"← {text}", name, **query), class_="keep-way")


def button(
    text: str, deed: str, on: str = "", *, label: str | None = None, class_: str = "keep-quiet", **more: str
) -> Html:
    """A button that does a deed; `label` says on what, for who does not see where it stands."""
    told = {f"data_{name}": value for name, value in more.items()}
    return tag("button", text, type="button", data_do=deed, data_id=on or None, class_=class_, aria_label=label, **told)


def sure(key: str, deed: str, on: str, warning: str, words: Words, *, label: str | None = None) -> Html:
    """A deed in two steps: what opens shows its consequences and the button that does it."""
    return tag(
        "details",
        tag("summary", words.say(key), aria_label=label),
        tag("p", warning),
        button(words.say(f"{key}_sure"), deed, on, class_=""),
        class_="keep-sure",
    )


def who_when(by: str, at: str, words: Words) -> str:
    """Who did something and when."""
    return f"{by or words.say('keep_somebody')}, {words.moment(at)}"


def table(label: str, heads: Sequence[str], rows: Iterable[Html]) -> Html:
    """A sortable table whose rows are made by `row`; on a phone they become cards. A head may be empty."""
    named = (one or tag("span", label, class_="unseen") for one in heads)
    head = tag("tr", *(tag("th", one, scope="col") for one in named))
    grid = tag("table", tag("thead", head), tag("tbody", *rows), class_="sortable keep-table")
    return tag("div", grid, class_="scroll", tabindex=0, role="region", aria_label=label)


def row(heads: Sequence[str], first: str, *cells: str) -> Html:
    """A row, its cells in the order of the heads; an empty one is left out on a phone."""
    rest = (tag("td", cell, data_label=head if cell else None) for head, cell in zip(heads[1:], cells, strict=True))
    return tag("tr", tag("th", first, scope="row"), *rest)
