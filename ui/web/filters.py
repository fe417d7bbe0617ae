"""The bounds of a search as a form on the page, and what its values mean."""

from collections.abc import Iterable, Mapping
from typing import Any

from assistant import Filters
from corpus import EventDate, overlaps
from ingest import theme_name
from ui.web.desk import Shelf
from ui.web.markup import Html, join, tag
from ui.wording import Words

FIELDS = ("since", "until", "partner", "place", "theme", "language", "file")
_MAX_VALUE = 200


def read_filters(told: Mapping[str, Any]) -> Filters:
    """The filters that the form's values ask for; what is missing or no text bounds nothing.

    Raises:
        UsageError: A date is none.
    """
    value = {name: str(told.get(name) or "").strip()[:_MAX_VALUE] for name in FIELDS}
    overlaps(EventDate(text=""), value["since"], value["until"])
    return Filters(
        since=value["since"],
        until=value["until"],
        place=value["place"],
        partner=value["partner"],
        theme=value["theme"],
        languages=(value["language"],) if value["language"] else (),
        files=(value["file"],) if value["file"] else (),
    )


def filters_html(shelf: Shelf | None, filters: Filters, words: Words, fault: str = "") -> Html:
    """The form, folded away; its summary names every bound that holds. Nothing without an index."""
    if shelf is None:
        return Html()
    held = _values(filters)
    chosen = [f"{words.say(f'filter_{name}')}: {_shown(name, value, shelf, words)}" for name, value in held.items()]
    themes = {fact.object for fact in shelf.ledger.facts("theme")}
    choices = {
        "theme": sorted(((key, theme_name(key, words.language)) for key in themes), key=lambda pair: pair[1]),
        "language": [(code, _language(code, words)) for code in sorted({r.language for r in shelf.reports} - {""})],
        "file": [(report.path, report.title) for report in shelf.reports],
    }
    fields = [
        _choice(name, choices[name], held.get(name, ""), words)
        if name in choices
        else _text(name, held.get(name, ""), words)
        for name in FIELDS
    ]
    partners = tag("datalist", *(tag("option", value=name) for name in shelf.ledger.organizations), id="partners-known")
    reset = tag("button", words.say("filters_reset"), type="button", data_do="reset_filters", class_="quiet")
    form = tag(
        "form",
        *fields,
        partners,
        tag("p", tag("button", words.say("filters_apply"), type="submit"), reset, class_="buttons"),
        data_do="filters",
        data_live="",
    )
    summary = join(words.say("filters"), f" — {' · '.join(chosen)}" if chosen else "")
    wrong = tag("p", fault, class_="notice trouble", role="alert") if fault else Html()
    return tag(
        "details", tag("summary", summary), wrong, form, class_="filters", open=bool(fault), data_held=len(chosen)
    )


def _values(filters: Filters) -> dict[str, str]:
    held = {
        "since": filters.since,
        "until": filters.until,
        "partner": filters.partner,
        "place": filters.place,
        "theme": filters.theme,
        "language": "".join(filters.languages[:1]),
        "file": "".join(filters.files[:1]),
    }
    return {name: value for name, value in held.items() if value}


def _shown(name: str, value: str, shelf: Shelf, words: Words) -> str:
    if name == "theme":
        return theme_name(value, words.language)
    if name == "language":
        return _language(value, words)
    if name == "file":
        return next((report.title for report in shelf.reports if report.path == value), value)
    return value


def _language(code: str, words: Words) -> str:
    from babel import Locale

    return str(Locale.parse(words.language).languages.get(code, code))


def _text(name: str, value: str, words: Words) -> Html:
    hint = words.say("filter_date_hint") if name in ("since", "until") else None
    known = "partners-known" if name == "partner" else None
    box = tag(
        "input", type="text", name=name, value=value, placeholder=hint, list=known, maxlength=_MAX_VALUE,
        autocomplete="off",
    )  # fmt: skip
    return tag("label", tag("span", words.say(f"filter_{name}")), box)


def _choice(name: str, choices: Iterable[tuple[str, str]], held: str, words: Words) -> Html:
    options = [tag("option", words.say("filter_any"), value="")]
    options += [tag("option", shown, value=value, selected=value == held) for value, shown in choices]
    return tag("label", tag("span", words.say(f"filter_{name}")), tag("select", *options, name=name))
