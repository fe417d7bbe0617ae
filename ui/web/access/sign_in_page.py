"""The few pages that somebody not signed in sees: their HTML, their style, and what a browser may load for them."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from ui.web.access.users import MAX_NAME
from ui.web.access.visitor import Visitor
from ui.web.markup import Html, join, tag
from ui.wording import LANGUAGES, Words, words

POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of these pages."""
# The one script: asks again from here, the view kept.
_AGAIN = "location.replace('./?again' + location.hash)"
AGAIN_POLICY = f"{POLICY}; script-src 'sha256-{base64.b64encode(hashlib.sha256(_AGAIN.encode()).digest()).decode()}'"
"""That of `again_page`, whose one script it lets run."""
_HEAD = Html(
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
    '<link rel="stylesheet" href="sign-in.css">'
)
_HERE = Path(__file__).parent


def sign_in_page(
    wording: Words, *, name: str = "", fault: str = "", visitor: Visitor | None = None, has_left: bool = False
) -> Html:
    """The whole page where people sign in; for a `visitor` who has, the way on and out.

    Args:
        name: Stands in its field already.
        fault: Why the last attempt failed.
        has_left: Somebody has just signed out here.
    """
    say = wording.say
    if visitor is not None:
        leave = tag("form", tag("button", say("sign_out"), class_="second"), method="post", action="sign-out")
        return _shell(wording, say("people_signed_in_as", name=visitor.name), _way_on(wording), leave)
    form = tag(
        "form",
        tag("p", fault, role="alert", class_="sign-in-fault", id="fault") if fault else join(),
        tag("p", say("people_signed_out"), role="status") if has_left and not fault else join(),
        tag("label", say("people_name"), for_="name"),
        tag("input", id="name", name_="name", value=name[:MAX_NAME], autocomplete="username", autocapitalize="none",
            spellcheck="false", required=True, autofocus=not name),
        tag("label", say("people_password"), for_="password"),
        tag("input", id="password", name_="password", type="password", autocomplete="current-password", required=True,
            autofocus=bool(name), aria_describedby="fault" if fault else None),
        tag("button", say("people_enter")),
        method="post",
        action=f"sign-in?language={wording.language}",
    )  # fmt: skip
    return _shell(wording, say("people_sign_in"), tag("p", say("people_sign_in_text")), form)


def _way_on(wording: Words, address: str = "./") -> Html:
    return tag("p", tag("a", wording.say("people_to_page"), href=address, class_="way-on"))


def unknown_page(wording: Words) -> Html:
    """For somebody whom the proxy in front did not name."""
    return _shell(wording, wording.say("people_unknown"), tag("p", wording.say("people_unknown_text")), here="./")


def again_page(wording: Words) -> Html:
    """Asks for the page once more from here; needs `AGAIN_POLICY`."""
    way = tag("noscript", _way_on(wording, "./?again"))
    return _shell(wording, wording.say("people_sign_in"), tag("script", Html(_AGAIN)), way)


def _shell(wording: Words, heading: str, *body: Html, here: str = "sign-in") -> Html:
    name = wording.say("title")
    languages = (
        tag("a", words(code).say("language"), href=f"{here}?language={code}", lang=code, hreflang=code,
            aria_current="true" if code == wording.language else None)
        for code in LANGUAGES
    )  # fmt: skip
    page = tag(
        "body",
        tag("main", tag("p", name, class_="sign-in-name"), tag("h1", heading), *body),
        tag("nav", *languages, aria_label=wording.say("choose_language")),
    )
    return join(
        Html("<!doctype html>"),
        tag("html", tag("head", _HEAD, tag("title", f"{heading} – {name}")), page, lang=wording.language),
    )


@cache
def stylesheet() -> str:
    """The style of these pages over the colors of the page; dark ones follow the system, as no script
    chooses here.
    """
    page = (_HERE.parent / "page.css").read_text(encoding="utf-8")
    light, dark = (
        re.search(rf"^{re.escape(name)} (\{{.*?^\}})", page, re.DOTALL | re.MULTILINE) for name in (":root", ".dark")
    )
    assert light and dark, "page.css must define the colors of :root and .dark"
    own = (_HERE / "sign_in.css").read_text(encoding="utf-8")
    return f":root {light[1]}\n@media (prefers-color-scheme: dark) {{ :root {dark[1]} }}\n{own}"
