"""The room over all records: which view an address names, drawn below the links to the others."""

from collections.abc import Callable

from ui.web.browse.agreements import agreements
from ui.web.browse.partner import partner
from ui.web.browse.partners import partners
from ui.web.browse.people import people
from ui.web.browse.report import report
from ui.web.browse.reports import reports
from ui.web.browse.themes import theme, themes
from ui.web.browse.visits import visits
from ui.web.desk import Shelf
from ui.web.frame import browse_navigation
from ui.web.links import Query, parse_address
from ui.web.markup import Html, tag
from ui.web.records import no_index
from ui.wording import Words

VIEWS: dict[str, Callable[[Shelf, Query, Words], Html]] = {
    "partners": partners,
    "partner": partner,
    "agreements": agreements,
    "people": people,
    "themes": themes,
    "theme": theme,
    "visits": visits,
    "reports": reports,
    "report": report,
}


def browse(shelf: Shelf | None, told: str, words: Words) -> Html:
    """The view that an address such as ``#browse/partner?name=…`` names; the partners for one that names none.

    ``data-address`` tells the script whose answer it is: one that never came is asked for again.
    """
    view, query = parse_address(told)
    name = view.removeprefix("browse/")
    name = name if name in VIEWS else "partners"
    shown = no_index(words) if shelf is None else VIEWS[name](shelf, query, words)
    return tag("div", browse_navigation(name, words), shown, data_address=told)
