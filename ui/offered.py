"""What a name or a filter's value may have meant that the records do not have: bodies of a place, names near it."""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from corpus import Report, UsageError, same_sound, sound
from ingest import Contact, Theme
from ui.terminal import err

if TYPE_CHECKING:
    from assistant import Filters
    from ingest import Ledger

NEAREST = 3
"""Values offered that only look or sound alike: as many as can be read at a glance."""
MOST = 20
"""Bodies of a place that are offered, those that the most lines name first."""


def asked_body(ledger: "Ledger", name: str) -> str:
    """The organization that somebody names; where that is not plain, the one chosen by whoever sits at the terminal.

    A place that the records also have as a body is that body where nobody can be asked; the bodies there are told.

    Raises:
        UsageError: No organization, or several, are named so, and nobody can be asked; tells those it may be.
    """
    if not name.strip():
        raise UsageError("The name is empty. Give an organization, such as one of: rapporteur ledger partners")
    found, there = ledger.organizations_named(name), bodies_at(ledger, name)
    if len(found) == 1 and set(there) <= set(found):
        return found[0]
    forms = dict(ledger.names_by_length())
    if there:
        told, offered = (
            f"“{name}” is a place. Bodies that the records tell of there",
            tuple(dict.fromkeys((*there, *found))),
        )
    elif found:
        told, offered = f"“{name}” is the name of several", found
    else:
        told, offered = f"“{name}” is in no record. The nearest names", tuple(forms[one] for one in near(name, forms))
    if offered and sys.stdin.isatty() and err.is_terminal:
        return _chosen(told, tuple(dict.fromkeys(offered)))
    cure = "Give one of these names." if offered else "The index holds no names yet: rapporteur index FOLDER"
    line = f"{told}: {'; '.join(dict.fromkeys(offered)) or 'none'}. {cure}"
    if len(found) != 1:
        raise UsageError(line)
    err.print(line, markup=False, style="dim")
    return found[0]


def bodies_at(ledger: "Ledger", place: str) -> tuple[str, ...]:
    """Organizations of a country or city, given in any script: of the place by name, or met there when we went;
    where there are none, those told of in one sentence with the city.

    Those that most lines name come first, at most `MOST`. None for what is no place, and for a city's name that
    several have.
    """
    from ingest import country_of
    from ui.web.gazetteer import country_code, gazetteer

    code, went = country_code(place), [fact for fact in ledger.facts(Contact) if fact.direction == "went"]
    known = gazetteer((place, *(fact.place for fact in went)))
    cities = {spot for spot in known.spots(place)[0] if not spot.is_country}
    if not code and not cities:
        return ()
    words = re.compile("|".join(rf"\b{re.escape(spot.name)}\b" for spot in cities) or r"(?!)", re.IGNORECASE)
    own: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for name, facts in ledger.organizations.items():
        if any(code and fact.country == code for fact in facts) or words.search(" ".join(ledger.forms(name))):
            own[name] = len(facts)
        told[name] = sum(bool(words.search(fact.citation.quote)) for fact in facts)
    for visit in went:
        if country_of(visit.place) == code if code else cities & set(known.spots(visit.place)[0]):
            own[ledger.key(visit.partner, visit.citation.report_id)] += 1
    return tuple(name for name, n in (own or told).most_common() if n and not ledger.is_us(name))[:MOST]


def near(name: str, known: Iterable[str], most: int = NEAREST) -> tuple[str, ...]:
    """The known names whose words sound most like those of a name, in any script, the nearest first, short ones before
    long ones.
    """
    from rapidfuzz.fuzz import ratio

    wanted = list(_heard(name))

    def unlike(form: str) -> tuple[float, int]:
        there = list(_heard(form))
        return -sum(max((ratio(one, other) for other in there), default=0) for one in wanted), len(form)

    return tuple(sorted(dict.fromkeys(known), key=unlike)[:most])


def sounds_like(name: str, form: str) -> bool:
    """Whether each word of a name sounds like one of a form of a name, in any script: «Абай», 阿拜, "Abay", "Abai"."""
    there = list(_heard(form))
    return all(any(same_sound(one, other) for other in there) for one in _heard(name))


def refuse_unknown(filters: "Filters", reports: Sequence[Report], ledger: "Ledger") -> None:
    """Refuse a filter that `unknown` tells of.

    Raises:
        UsageError: Names the filter, its value, and the nearest values that there are.
    """
    for option, value, there in unknown(filters, reports, ledger):
        told = "; ".join(there) or "none"
        raise UsageError(f"{option} “{value}”: no report has it. The nearest that there are: {told}.")


def unknown(
    filters: "Filters", reports: Sequence[Report], ledger: "Ledger"
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(option, value, nearest values that there are) of each filter that by itself lets no report through."""
    from assistant import Filters

    for option, value, alone in (
        *(("language", one, Filters(languages=(one,))) for one in filters.languages),
        *(("file", one, Filters(files=(one,))) for one in filters.files),
        ("place", filters.place, Filters(place=filters.place)),
        ("partner", filters.partner, Filters(partner=filters.partner)),
        ("theme", filters.theme, Filters(theme=filters.theme)),
    ):
        if value and not _fits(reports, alone, ledger):
            yield option, value, near(value, _known(option, reports, ledger), MOST if option == "language" else NEAREST)


def _fits(reports: Sequence[Report], alone: "Filters", ledger: "Ledger") -> bool:
    from assistant import filtered

    try:
        return bool(filtered(reports, alone, ledger))
    except UsageError:
        return False


def _known(option: str, reports: Sequence[Report], ledger: "Ledger") -> Iterator[str]:
    """The values that a filter may have."""
    from ingest import theme_name
    from ui.web.gazetteer import place_parts
    from ui.wording import LANGUAGES

    if option == "partner":
        yield from (name for _, name in ledger.names_by_length())
    elif option == "theme":
        held = {fact.key for fact in ledger.facts(Theme)}
        yield from (theme_name(key, language) for key in sorted(held) for language in LANGUAGES)
    else:
        for report in reports:
            told = {"language": [report.language], "file": [report.path], "place": place_parts(report.place)}
            yield from filter(None, told[option])


def _chosen(told: str, offered: Sequence[str]) -> str:
    from rich.prompt import IntPrompt

    err.print(f"{told}:", markup=False)
    for n, name in enumerate(offered, start=1):
        err.print(f"{n:>3}  {name}", markup=False)
    numbers = [str(n) for n in range(1, len(offered) + 1)]
    return offered[IntPrompt.ask("Which number", choices=numbers, show_choices=False, console=err) - 1]


def _heard(text: str) -> Iterator[str]:
    return filter(None, (sound(word) or word for word in re.findall(r"\w+", text.casefold())))
