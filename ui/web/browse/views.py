"""The views over all records: which one an address names, drawn below the links to the others."""

from collections.abc import Callable
from functools import partial

from ui.web.access.visitor import LOCAL, Visitor
from ui.web.browse.agreements import agreements
from ui.web.browse.overview import overview
from ui.web.browse.partner import partner
from ui.web.browse.partners import partners
from ui.web.browse.people import people
from ui.web.browse.promises import promises
from ui.web.browse.report import report
from ui.web.browse.reports import reports
from ui.web.browse.themes import theme, themes
from ui.web.browse.visits import visits
from ui.web.browse.year import year
from ui.web.desk import Shelf
from ui.web.links import Query, parse_address
from ui.web.markup import Html, tag
from ui.web.notices import no_index
from ui.wording import Words

VIEWS: dict[str, Callable[[Shelf, Query, Words], Html]] = {
    "overview": overview,
    "partners": partners,
    "partner": partner,
    "agreements": agreements,
    "promises": promises,
    "people": people,
    "themes": themes,
    "theme": theme,
    "visits": visits,
    "year": year,
    "reports": reports,
    "report": report,
}
BROWSE = ("overview", "partners", "agreements", "promises", "people", "themes", "visits", "year", "reports")
"""Those that the links lead to, in order."""
PARENT = {"partner": "partners", "theme": "themes", "report": "reports"}
"""Views that are opened from another one, and which."""


def browse(shelf: Shelf | None, told: str, words: Words, visitor: Visitor = LOCAL) -> Html:
    """The view that an address such as ``#browse/partner?name=…`` names; the overview for one that names none.

    A keeper is shown the way to correct the facts of a report.

    ``data-address`` tells the script whose answer it is: one that never came is asked for again.
    """
    view, query = parse_address(told)
    name = view.removeprefix("browse/")
    name = name if name in VIEWS else "overview"
    draw = partial(report, is_keeper=True) if name == "report" and visitor.is_keeper else VIEWS[name]
    shown = no_index(words, visitor) if shelf is None else draw(shelf, query, words)
    return tag("div", browse_navigation(name, words), shown, data_address=told)


def browse_navigation(view: str, words: Words) -> Html:
    """Return the links between the views over all records, the one that is open marked."""
    here = PARENT.get(view, view)
    items = (
        tag("li", tag("a", words.say(f"browse_{name}"), href=f"#browse/{name}",
                      aria_current="page" if name == here else None))
        for name in BROWSE
    )  # fmt: skip
    return tag("nav", tag("ul", *items), class_="views", aria_label=words.say("room_browse"))
