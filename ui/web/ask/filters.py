"""The bounds of a search as a form on the page, what its values mean, and what is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assistant import Filters
from corpus import EventDate, UsageError, overlaps
from ingest import Theme, theme_name
from ui.web.desk import Shelf
from ui.web.gazetteer import place_parts
from ui.web.localized import country_name, language_name
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

FIELDS = ("since", "until", "partner", "place", "theme", "language", "file")
_DATES = ("since", "until")
_MANY = {"language": "languages", "file": "files"}
"""Fields of the form whose filter may hold several values."""
_MAX_VALUE = 200
Values = Mapping[str, str]


class Fault(NamedTuple):
    """What is wrong with the value of a field, and values near it that the records have."""

    field: str
    told: str
    near: tuple[str, ...] = ()


def read_values(told: Mapping[str, Any]) -> dict[str, str]:
    """The values of the form's fields, each without blanks around it and cut to what is read; empty where missing."""
    return {name: str(told.get(name) or "").strip()[:_MAX_VALUE] for name in FIELDS}


def filters_of(values: Values) -> Filters:
    """The filters that the form's values ask for; empty ones bound nothing."""
    many = {name: (values[field],) if values[field] else () for field, name in _MANY.items()}
    return Filters(**{name: values[name] for name in FIELDS if name not in _MANY}, **many)  # type: ignore[arg-type]


def without(filters: Filters, field: str) -> Filters:
    """Filters without the bound of a field; as they are for what is no field."""
    return filters_of({name: "" if name == field else value for name, value in _values(filters).items()})


def faults_of(values: Values, shelf: Shelf | None, words: Words) -> tuple[Fault, ...]:
    """What is wrong with the form's values: dates that are none, and values that no report has."""
    return tuple(_faults(values, shelf, words))


def _faults(values: Values, shelf: Shelf | None, words: Words) -> Iterator[Fault]:
    from ui.offered import unknown

    for name in _DATES:
        try:
            overlaps(EventDate(text=""), values[name], "")
        except UsageError:
            yield Fault(name, words.say("filter_no_date", value=values[name]))
    named = filters_of({name: "" if name in _DATES else value for name, value in values.items()})
    for name, value, near in unknown(named, shelf.reports, shelf.ledger) if shelf else ():
        yield Fault(name, words.say("filter_unknown", field=words.say(f"filter_{name}"), value=value), near)


def bounds_shown(filters: Filters, words: Words, titles: Mapping[str, str]) -> dict[str, str]:
    """Each bound that holds as people read it, such as ``Place: Lyon``, by its field; `titles` are those of files."""
    held = {name: value for name, value in _values(filters).items() if value}
    return {
        name: f"{words.say(f'filter_{name}')}: {_shown(name, value, titles, words)}" for name, value in held.items()
    }


def filters_html(
    shelf: Shelf | None, filters: Filters, words: Words, faults: Sequence[Fault] = (), typed: Values | None = None
) -> Html:
    """The form, folded away; its summary names every bound that holds. Nothing without an index.

    Args:
        faults: Of the values `typed`, which did not become filters; the form is open on them.
    """
    if shelf is None:
        return Html()
    chosen = bounds_shown(filters, words, {report.path: report.title for report in shelf.reports})
    values = typed or _values(filters)
    themes = {fact.key for fact in shelf.ledger.facts(Theme)}
    choices = {
        "theme": sorted(((key, theme_name(key, words.language)) for key in themes), key=lambda pair: pair[1]),
        "language": [(code, language_name(code, words)) for code in sorted({r.language for r in shelf.reports} - {""})],
        "file": [(report.path, report.title) for report in shelf.reports],
    }
    wrong = {fault.field for fault in faults}
    fields = [
        _choice(name, choices[name], values[name], words)
        if name in choices
        else _text(name, values[name], words, is_wrong=name in wrong)
        for name in FIELDS
    ]
    named = {one.country for facts in shelf.ledger.organizations.values() for one in facts} - {""}
    countries = sorted(country_name(code, words) for code in named)
    places = dict.fromkeys([*countries, *(part for report in shelf.reports for part in place_parts(report.place))])
    reset = tag("button", words.say("filters_reset"), type="button", data_do="reset_filters", class_="quiet")
    form = tag(
        "form",
        *fields,
        _known("partner", shelf.ledger.organizations),
        _known("place", places),
        tag("p", tag("button", words.say("filters_apply"), type="submit"), reset, class_="buttons"),
        data_do="filters",
    )
    summary = join(words.say("filters"), f" — {' · '.join(chosen.values())}" if chosen else "")
    return tag(
        "details", tag("summary", summary), *(_fault(one, words) for one in faults), form, class_="filters",
        open=bool(faults), data_held=len(chosen),
    )  # fmt: skip


def _values(filters: Filters) -> dict[str, str]:
    many = {field: "".join(getattr(filters, name)[:1]) for field, name in _MANY.items()}
    return {name: many[name] if name in many else getattr(filters, name) for name in FIELDS}


def _shown(name: str, value: str, titles: Mapping[str, str], words: Words) -> str:
    if name == "theme":
        return theme_name(value, words.language)
    if name == "language":
        return language_name(value, words)
    return titles.get(value, value) if name == "file" else value


def _fault(fault: Fault, words: Words) -> Html:
    """What is wrong, and the values near it: pressing one writes it into its field."""
    near = (
        tag("button", one, type="button", class_="quiet", data_fill=fault.field, data_value=one, lang=written_in(one))
        for one in fault.near
    )
    offered = join(" ", words.say("filter_near"), " ", *near) if fault.near else Html()
    return tag("p", fault.told, offered, class_="notice trouble", role="alert", id=f"fault-{fault.field}")


def _text(name: str, value: str, words: Words, *, is_wrong: bool) -> Html:
    is_date = name in _DATES
    box = tag(
        "input", type="text", name=name, value=value, placeholder=words.say("filter_date_hint") if is_date else None,
        list=None if is_date else f"{name}-known", maxlength=_MAX_VALUE, autocomplete="off",
        aria_invalid="true" if is_wrong else None, aria_describedby=f"fault-{name}" if is_wrong else None,
    )  # fmt: skip
    return tag("label", tag("span", words.say(f"filter_{name}")), box)


def _known(name: str, values: Iterable[str]) -> Html:
    """What the browser completes a name from as it is typed."""
    return tag("datalist", *(tag("option", value=value) for value in values), id=f"{name}-known")


def _choice(name: str, choices: Iterable[tuple[str, str]], held: str, words: Words) -> Html:
    options = [tag("option", words.say("filter_any"), value="")]
    options += [tag("option", shown, value=value, selected=value == held) for value, shown in choices]
    return tag("label", tag("span", words.say(f"filter_{name}")), tag("select", *options, name=name))
