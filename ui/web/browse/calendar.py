"""The calendar of contacts: years by months, or the days of one year; what a record leaves open stands apart."""

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ui.web import localized
from ui.web.links import address
from ui.web.markup import Html, join, tag
from ui.wording import Words

STEPS = 5
"""Shades of a month, from few to many."""
LONGEST = 366
"""Days marked for one contact at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a contact was: possibly partial ISO 8601 dates with a year, equal for one day."""

    start: str
    end: str

    def days(self) -> tuple[str, ...]:
        """All its days; empty where a day is not stated."""
        try:
            first, last = date.fromisoformat(self.start), date.fromisoformat(self.end or self.start)
        except ValueError:
            return ()
        if len(self.start) != 10:
            return ()
        length = min((last - first).days, LONGEST)
        return tuple((first + timedelta(days=n)).isoformat() for n in range(max(length, 0) + 1))


def years(moments: Sequence[Moment], kept: Mapping[str, str], words: Words) -> Html:
    """A table of years by months with the number of contacts, each leading to its list; nothing for no moments.

    `kept` are values of the address that each link keeps. A contact counts in the month in which it began.
    """
    counts = Counter((moment.start[:4], moment.start[5:7]) for moment in moments)
    if not counts:
        return Html()
    most = max(counts.values())
    months = [(f"{n:02}", name) for n, name in sorted(_months("abbreviated", words).items())]
    columns = [*months, *((("", words.say("visits_month_open")),) if any(not month for _, month in counts) else ())]
    head = [
        tag("th", words.say("visits_year"), scope="col", class_="stays"),
        *(tag("th", name, scope="col") for _, name in columns),
    ]
    rows = []
    for year in sorted({year for year, _ in counts}, reverse=True):
        cells = [_count(counts[year, month], most, year, month, kept, words) for month, _ in columns]
        total = sum(n for (one, _), n in counts.items() if one == year)
        name = tag("a", year, href=address("browse/visits", **{**kept, "year": year}))
        rows.append(
            tag("tr", tag("th", name, scope="row", class_="stays"), *cells, tag("td", str(total), class_="number"))
        )
    head.append(tag("th", words.say("visits_total"), scope="col"))
    caption = tag("caption", words.say("visits_years_caption"), class_="unseen")
    table = tag("table", caption, tag("thead", tag("tr", *head)), tag("tbody", *rows), class_="visits-years")
    label = words.say("visits_years_caption")
    return tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=label)


def _count(n: int, most: int, year: str, month: str, kept: Mapping[str, str], words: Words) -> Html:
    if not n:
        return tag("td")
    when = f"{year}-{month}" if month else year
    place = address("browse/visits", **{**kept, "year": year, "when": when if month else "year"})
    told = localized.date_told("", when, "", words) if month else f"{year}, {words.say('visits_month_open')}"
    label = words.say("visits_on", when=told, contacts=words.count("visits_contacts", n))
    return tag("td", tag("a", str(n), href=place, aria_label=label), data_shade=-(-STEPS * n // max(most, STEPS)))


def months(year: str, moments: Sequence[Moment], chosen: str, kept: Mapping[str, str], words: Words) -> Html:
    """The twelve months of a year, each day with contacts a link; what has no day or month is told below them.

    Args:
        year: Four digits.
        moments: Contacts that began in the year or reach into it.
        chosen: The day or month that is shown, to be marked.
        kept: Values of the address that each link keeps.
    """
    days = Counter(day for moment in moments for day in moment.days() if day[:4] == year)
    names = _months("wide", words)
    drawn = [_month(int(year), month, names[month], days, chosen, kept, words) for month in range(1, 13)]
    return join(tag("div", *drawn, class_="visits-months"), _open(year, moments, kept, words))


def _month(
    year: int, month: int, name: str, days: Mapping[str, int], chosen: str, kept: Mapping[str, str], words: Words
) -> Html:
    weeks = calendar.Calendar(0).monthdatescalendar(year, month)
    head = tag("tr", *(tag("th", short, scope="col", abbr=long) for short, long in _weekdays(words)))
    rows = [
        tag("tr", *(_day(day, days, chosen, kept, words) if day.month == month else tag("td") for day in week))
        for week in weeks
    ]
    is_quiet = not any(day.startswith(f"{year:04}-{month:02}") for day in days)
    return tag(
        "table",
        tag("caption", name),
        tag("thead", head),
        tag("tbody", *rows),
        class_="visits-month visits-quiet" if is_quiet else "visits-month",
    )


def _day(day: date, days: Mapping[str, int], chosen: str, kept: Mapping[str, str], words: Words) -> Html:
    iso = day.isoformat()
    if iso not in days:
        return tag("td", str(day.day))
    told = localized.date_told("", iso, "", words)
    label = words.say("visits_on", when=told, contacts=words.count("visits_contacts", days[iso]))
    place = address("browse/visits", **{**kept, "year": str(day.year), "when": iso})
    is_chosen = "date" if iso == chosen else None
    return tag("td", tag("a", str(day.day), href=place, aria_label=label, title=label, aria_current=is_chosen))


def _open(year: str, moments: Sequence[Moment], kept: Mapping[str, str], words: Words) -> Html:
    """Contacts of a year whose day, or month, no record states."""
    counts = Counter(moment.start for moment in moments if not moment.days() and moment.start[:4] == year)
    if not counts:
        return Html()
    items = []
    for start, n in sorted(counts.items()):
        told = localized.date_told("", start, "", words) if len(start) > 4 else words.say("visits_month_open")
        place = address("browse/visits", **{**kept, "year": year, "when": start if len(start) > 4 else "year"})
        items.append(tag("li", tag("a", told, href=place), f": {words.count('visits_contacts', n)}"))
    return tag("div", tag("h4", words.say("visits_day_open")), tag("ul", *items), class_="visits-open")


def _months(width: Literal["abbreviated", "wide"], words: Words) -> dict[int, str]:
    from babel.dates import get_month_names

    return dict(get_month_names(width, "stand-alone", locale=words.language))


def _weekdays(words: Words) -> list[tuple[str, str]]:
    """Short and full name of each weekday, Monday first."""
    from babel.dates import get_day_names

    short = get_day_names("short" if words.language != "zh" else "narrow", "stand-alone", locale=words.language)
    full = get_day_names("wide", "stand-alone", locale=words.language)
    return [(short[n], full[n]) for n in range(7)]
