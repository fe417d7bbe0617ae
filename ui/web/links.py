"""Links of the page: addresses of views after ``#``, and the numbered buttons that open a citation beside them."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode

from assistant import Citation
from ui.web.markup import Html, tag
from ui.wording import Words

Query = Mapping[str, str]
MAX_ADDRESS = 2000
"""Code points of an address that are read; what people click is far shorter."""


def address(view: str, **query: str | int) -> str:
    """The address of a view, such as ``#browse/partner?name=Lyon``; empty values are left out."""
    given = {name: value for name, value in query.items() if value != ""}
    return f"#{quote(view)}{'?' + urlencode(given) if given else ''}"


def parse_address(told: object) -> tuple[str, dict[str, str]]:
    """View and query of an address as the browser tells it, with or without ``#``; ``("", {})`` for anything else."""
    if not isinstance(told, str):
        return "", {}
    view, _, query = told[:MAX_ADDRESS].removeprefix("#").partition("?")
    return view, dict(parse_qsl(query))


def go(text: str, view: str, *, class_: str = "", lang: str | None = None, **query: str | int) -> Html:
    """A link to a view of this page."""
    return tag("a", text, href=address(view, **query), class_=class_, lang=lang)


def cite_button(n: int, citation: Citation, words: Words) -> Html:
    """The numbered button that opens `citation` in the panel and shows its quote on hover and focus."""
    return tag(
        "button",
        str(n),
        type="button",
        class_="cite",
        aria_label=words.say("source_n", n=n, title=citation.title),
        **opening(citation),
    )


def opening(citation: Citation) -> dict[str, str]:
    """Attributes by which `page.js` opens a citation (report, first and last offset in code points), and its quote."""
    return {"data_cite": f"{citation.report_id}:{citation.start}:{citation.end}", "data_quote": citation.quote}
