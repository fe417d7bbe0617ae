"""Themes by partner: a table shaded by how often each theme was spoken of with whom, and the quotes behind a cell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import in_time, is_dated
from ingest import Theme, theme_name
from ui.web import localized
from ui.web.browse import parts
from ui.web.desk import Shelf
from ui.web.links import Query, address, go
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

SHOWN = 20
"""Partners in the table until all are asked for: what is read without losing the headings."""
STEPS = 5
"""Shades of a cell, from few to many."""
NAMED = 3
"""Themes and partners that the sentence names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Facts on themes by (partner, theme), partner "" where none is told; both lists have the most frequent first."""

    cells: dict[tuple[str, str], tuple[Theme, ...]]
    partners: tuple[str, ...]
    themes: tuple[str, ...]

    def count(self, partner: str | None = None, theme: str | None = None) -> int:
        """How many facts a partner, a theme or a cell has; all facts for neither."""
        return sum(
            len(facts)
            for (one, key), facts in self.cells.items()
            if (partner is None or one == partner) and (theme is None or key == theme)
        )


def themes(shelf: Shelf, query: Query, words: Words) -> Html:
    """The table of themes and partners; query: ``all=yes`` for every partner, else the `SHOWN` most frequent."""
    grid = _grid(shelf)
    if not grid.cells:
        looked = words.count("searched", len(shelf.reports))
        return parts.view(parts.heading(words.say("themes_title"), looked), parts.empty(words.say("themes_none")))
    named = [partner for partner in grid.partners if partner]
    shown = named if query.get("all") == "yes" else named[:SHOWN]
    rows = [*shown, *(("",) if "" in grid.partners else ())]
    return parts.view(
        parts.heading(words.say("themes_title"), _sentence(shelf, grid, words)),
        tag("p", words.say("themes_hint"), class_="browse-soft"),
        _table(grid, rows, words),
        _rest(len(named), len(shown), query, words),
        name="themes",
    )


def theme(shelf: Shelf, query: Query, words: Words) -> Html:
    """Quotes on one theme, with one partner, or both, by report, the newest first.

    Query: ``theme`` (its key), ``partner``, ``unnamed=yes`` for quotes where no partner is told. A partner may be
    given in any form of its name. A plain sentence where nothing fits.
    """
    key, partner = query.get("theme", ""), query.get("partner", "")
    known = shelf.ledger.organizations_named(partner) if partner else ()
    wanted = frozenset(known or (partner,)) if partner else frozenset({""})
    is_open = not partner and query.get("unnamed") != "yes"
    found = [
        fact
        for (one, held), facts in _grid(shelf).cells.items()
        if (not key or held == key) and (is_open or one in wanted)
        for fact in facts
    ]
    back = tag("p", go(words.say("themes_back"), "browse/themes"), class_="browse-back")
    shown = key if not found else theme_name(key, words.language) if key else words.say("themes_title")
    title = " · ".join(filter(None, (shown, partner or ("" if is_open else words.say("themes_unnamed")))))
    if not found:
        return parts.view(
            back, parts.heading(title or words.say("themes_title")), parts.empty(words.say("themes_cell_none"))
        )
    reports = len({fact.citation.report_id for fact in found})
    told = " · ".join((words.count("themes_quotes", len(found)), words.count("reports", reports)))
    links = [_go_partner(partner, words)] if partner and known else []
    return parts.view(back, parts.heading(title, told, *links), *_by_report(shelf, found, words), name="theme")


def _grid(shelf: Shelf) -> _Grid:
    cells: dict[tuple[str, str], list[Theme]] = {}
    for fact in in_time(shelf.ledger.facts(Theme)):
        partner = shelf.ledger.key(fact.partner, fact.citation.report_id) if fact.partner else ""
        cells.setdefault((partner, fact.key), []).append(fact)
    by_partner: Counter[str] = Counter()
    by_theme: Counter[str] = Counter()
    for (partner, key), facts in cells.items():
        by_partner[partner] += len(facts)
        by_theme[key] += len(facts)
    return _Grid(
        cells={place: tuple(facts) for place, facts in cells.items()},
        partners=tuple(sorted(by_partner, key=lambda name: (-by_partner[name], name))),
        themes=tuple(sorted(by_theme, key=lambda name: (-by_theme[name], name))),
    )


def _sentence(shelf: Shelf, grid: _Grid, words: Words) -> str:
    """What the table says: which themes are most frequent, and with whom they were most spoken of."""
    listed = []
    for key in grid.themes[:NAMED]:
        listed.append(_with_whom(grid, key, words))
    told_themes = words.say("themes_most", themes=words.say("themes_joint").join(listed))
    return f"{words.count('searched', len(shelf.reports))} · {told_themes}"


def _with_whom(grid: _Grid, key: str, words: Words) -> str:
    """A theme with its count, and the one partner it was most spoken of with, or with how many where none leads."""
    name = f"{theme_name(key, words.language)} ({grid.count(theme=key)})"
    met = {one: len(facts) for (one, held), facts in grid.cells.items() if held == key and one}
    first = [one for one, n in met.items() if n == max(met.values())]
    if len(first) == 1:
        with_whom = "themes_most_with" if len(met) > 1 else "themes_only_with"
        return words.say(with_whom, theme=name, partner=first[0])
    return words.say("themes_with", theme=name, partners=words.count("themes_partners", len(met))) if met else name


def _table(grid: _Grid, rows: Sequence[str], words: Words) -> Html:
    most = max((len(facts) for (one, _), facts in grid.cells.items() if one), default=1)
    head = [tag("th", words.say("themes_partner"), scope="col", class_="themes-corner stays")]
    for key in grid.themes:
        name = theme_name(key, words.language)
        heading = go(name, "browse/theme", theme=key, class_="themes-name")
        head.append(tag("th", heading, scope="col", class_="themes-theme", title=name))
    head.append(tag("th", words.say("themes_total"), scope="col", class_="number"))
    body = [_row(grid, partner, most, words) for partner in rows]
    sums = [tag("td", str(grid.count(theme=key)), class_="number") for key in grid.themes]
    foot = tag(
        "tr",
        tag("th", words.say("themes_all_partners"), scope="row"),
        *sums,
        tag("td", str(grid.count()), class_="number"),
    )
    grid_html = tag(
        "table",
        tag("caption", words.say("themes_caption"), class_="unseen"),
        tag("thead", tag("tr", *head)),
        tag("tbody", *body),
        tag("tfoot", foot),
        class_="themes-grid",
    )
    return tag(
        "div", grid_html, class_="scroll themes-box", tabindex=0, role="region", aria_label=words.say("themes_caption")
    )


def _row(grid: _Grid, partner: str, most: int, words: Words) -> Html:
    name = parts.organization(partner) if partner else tag("span", words.say("themes_unnamed"), class_="browse-soft")
    cells = [_cell(grid, partner, key, most, words) for key in grid.themes]
    total = tag("td", str(grid.count(partner)), class_="number")
    return tag("tr", tag("th", name, scope="row"), *cells, total)


def _cell(grid: _Grid, partner: str, key: str, most: int, words: Words) -> Html:
    n = len(grid.cells.get((partner, key), ()))
    if not n:
        return tag("td", data_sort=0)
    place = address("browse/theme", theme=key, partner=partner, unnamed="" if partner else "yes")
    label = words.say(
        "themes_cell",
        theme=theme_name(key, words.language),
        partner=partner or words.say("themes_unnamed"),
        quotes=words.count("themes_quotes", n),
    )
    shade = min(STEPS, -(-STEPS * n // max(most, STEPS)))
    return tag("td", tag("a", str(n), href=place, aria_label=label), data_sort=n, data_shade=shade)


def _rest(partners: int, shown: int, query: Query, words: Words) -> Html:
    if query.get("all") == "yes":
        return tag("p", go(words.say("themes_fewer", n=SHOWN), "browse/themes")) if partners > SHOWN else Html()
    if partners <= shown:
        return Html()
    more = go(words.say("themes_more"), "browse/themes", all="yes")
    return tag("p", words.say("themes_shown", shown=shown, n=partners), " ", more, class_="browse-soft")


def _go_partner(partner: str, words: Words) -> Html:
    return tag("p", go(words.say("themes_partner_view"), "browse/partner", name=partner))


def _by_report(shelf: Shelf, facts: Sequence[Theme], words: Words) -> list[Html]:
    """A section a report, the newest first, those without a year after all others."""
    numbers = parts.Numbers(words)
    groups: dict[str, list[Theme]] = {}
    dated = [fact for fact in facts if is_dated(fact)]
    undated = [fact for fact in facts if not is_dated(fact)]
    for fact in (*reversed(in_time(dated)), *in_time(undated)):
        groups.setdefault(fact.citation.report_id, []).append(fact)
    return [_report(shelf, held, numbers, words) for held in groups.values()]


def _report(shelf: Shelf, facts: Sequence[Theme], numbers: parts.Numbers, words: Words) -> Html:
    first = facts[0]
    place = next((one.place for one in shelf.reports if one.id == first.citation.report_id), "")
    about = tag("p", " · ".join(filter(None, (localized.when(first, words), place))), class_="browse-soft")
    items = []
    for fact in sorted(facts, key=lambda one: one.citation.start):
        quote = tag("blockquote", fact.citation.quote, lang=written_in(fact.citation.quote))
        items.append(tag("li", quote, numbers.proof(fact), _tags(shelf, fact, words)))
    return tag(
        "section",
        tag("h3", parts.report_link(first.citation)),
        about,
        tag("ol", *items, class_="browse-quotes"),
        class_="browse-part",
    )


def _tags(shelf: Shelf, fact: Theme, words: Words) -> Html:
    """What a quote stands for: its theme and with whom it was spoken of."""
    partner = shelf.ledger.key(fact.partner, fact.citation.report_id) if fact.partner else ""
    name = parts.organization(partner) if partner else Html()
    return tag("cite", join(theme_name(fact.key, words.language), " · " if partner else "", name))
