"""Contacts and agreements along an axis of years, each mark a citation, with a sentence that says the same."""

from collections.abc import Sequence

from assistant import is_dated
from ingest import Agreement, Contact, Fact
from ui.web import localized
from ui.web.browse import parts
from ui.web.markup import Html, join, tag
from ui.wording import Words


def timeline(every: Sequence[Fact], numbers: parts.Numbers, words: Words) -> Html:
    """Contacts and agreements in order of time, by years along an axis, those without one apart, and a sentence."""
    dated = [fact for fact in every if is_dated(fact)]
    undated = [fact for fact in every if not is_dated(fact)]
    years: dict[int, list[Fact]] = {}
    for fact in dated:
        years.setdefault(int(fact.start[:4]), []).append(fact)
    rows: list[Html] = []
    last = min(years, default=0)
    for year, facts in years.items():
        if (gap := year - last - 1) > 0:
            rows.append(tag("li", tag("span", words.count("agreements_years_without", gap)), class_="browse-gap"))
        rows.append(_year(str(year), facts, numbers, words))
        last = year
    axis = tag("ol", *rows, class_="browse-axis")
    apart = _year(words.say("agreements_no_year"), undated, numbers, words) if undated else Html()
    return join(
        tag("p", _span(years, dated, undated, words), class_="browse-sentence"),
        axis if rows else Html(),
        tag("ol", apart, class_="browse-axis browse-apart") if undated else Html(),
    )


def _year(title: str, facts: Sequence[Fact], numbers: parts.Numbers, words: Words) -> Html:
    marks = (
        tag(
            "li",
            numbers.button(fact.citation),
            tag(
                "div",
                tag("span", localized.when(fact, words), class_="browse-when"),
                " ",
                *_what(fact, words),
                numbers.trust(fact),
                tag("p", *parts.parties(dict.fromkeys(fact.parties))),
            ),
        )
        for fact in facts
    )
    return tag("li", tag("h3", title), tag("ol", *marks), class_="browse-year")


def _what(fact: Fact, words: Words) -> tuple[str, ...]:
    if isinstance(fact, Contact):
        return parts.label(localized.degree_word(fact.degree, words), fact.degree), " ", fact.place
    if isinstance(fact, Agreement):
        label = parts.label(localized.state_word(fact.state, words), fact.state)
        return label, " ", localized.form_word(fact.form, words)
    raise TypeError(fact)


def _span(years: dict[int, list[Fact]], dated: Sequence[Fact], undated: Sequence[Fact], words: Words) -> str:
    told = []
    if years:
        most = max(years, key=lambda year: len(years[year]))
        told.append(
            words.say(
                "agreements_span",
                told=words.count("agreements_told", len(dated)),
                first=min(years),
                last=max(years),
                most=most,
                n=len(years[most]),
            )
        )
    if undated:
        told.append(words.count("agreements_undated", len(undated)))
    return words.say("agreements_both", span=told[0], undated=told[1]) if len(told) > 1 else "".join(told)
