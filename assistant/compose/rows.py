"""A fact as a row: in a few words, and as columns ready to be shown in the language of the answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer import Claim, Row
from assistant.compose.facts import is_dated, ledger_word
from ingest import PERHAPS, Agreement, Contact, Fact, Ledger, Organization, Promise, Role, Theme, is_unsure, theme_name

BETWEEN = " – "
"""What stands between the parties of an agreement."""


MOST_OF_ALL = 0.6
"""Share of the claims of a list that a kind of fact must tell of, so that its columns are shown."""


def with_rows(
    claims: Sequence[Claim], ledger: Ledger, language: str, days: Mapping[str, str], *, in_time: bool
) -> tuple[Claim, ...]:
    """The claims of a list as rows: each with the day of its record, and with the columns of the kind of fact of the
    ledger that most of their quotes tell of, where there is one.

    Args:
        days: First day of each report by its id, ISO 8601, possibly partial, empty without a year.
        in_time: Whether they stand in order of time, where the day alone is shown.
    """
    told = [[fact for fact in ledger.of_report(one.citations[0].report_id) if _tells(one, fact)] for one in claims]
    kinds = Counter(kind for facts in told for kind in sorted({fact.kind for fact in facts} - {"organization"}))
    kind, count = kinds.most_common(1)[0] if kinds else ("", 0)
    if in_time or count < MOST_OF_ALL * len(claims):
        kind = ""
    made = []
    for claim, facts in zip(claims, told, strict=True):
        own, cited = [fact for fact in facts if fact.kind == kind], claim.citations[0]
        plain: Row = (("date", cited.date), ("start", days.get(cited.report_id, "")))
        rows = tuple(dict.fromkeys(row(fact, ledger, language) for fact in own)) or (plain,)
        made.append(replace(claim, rows=rows, label="; ".join(dict.fromkeys(label(fact, language) for fact in own))))
    return tuple(made)


def _tells(claim: Claim, fact: Fact) -> bool:
    cited, own = claim.citations[0], fact.citation
    return own.start < cited.end and cited.start < own.end and fact.reached not in PERHAPS and not is_unsure(fact)


def told(fact: Fact, language: str) -> tuple[str, ...]:
    """A fact in words, piece by piece, names as the record writes them, the rest in a language; its date is not among
    them. Of a contact the sides stand with an arrow from who went to whom, where the record says.
    """
    match fact:
        case Agreement():
            words = ledger_word("forms", fact.form, language), ledger_word("states", fact.state, language)
            pieces: tuple[str, ...] = (fact.summary, *words)
        case Contact():
            pieces = (sides_of(fact), ledger_word("degrees", fact.degree, language), fact.place)
        case Role():
            pieces = (fact.person, fact.role, fact.body)
        case Theme():
            pieces = (theme_name(fact.key, language), fact.partner)
        case Promise():
            state = "" if fact.state == "open" else ledger_word("states", fact.state, language)
            pieces = (fact.by, fact.what, ", ".join(fact.to), state)
        case Organization():
            pieces = (fact.name, *fact.other_names, _country(fact.country, language))
        case _:
            raise TypeError(fact)
    return tuple(filter(None, pieces))


def sides_of(contact: Contact) -> str:
    """Both sides, with an arrow from who went to whom; without one where the record does not say."""
    sides = contact.parties[::-1] if contact.direction == "came" else contact.parties
    return (" → " if contact.direction else BETWEEN).join(sides)


def label(fact: Fact, language: str) -> str:
    """A row in a few words, and when; every part of it is the fact's.

    A date that is only the record's, and not told of the thing itself, is given as that as of which it is known.
    """
    return " · ".join(filter(None, (*told(fact, language), _when(fact, language))))


def row(fact: Fact, ledger: Ledger, language: str) -> Row:
    """The columns of a fact, the same ones for every fact of its kind; a value that no record tells is empty.

    Of an agreement ``partner form state date``, of a contact ``partner degree place date``, of a person
    ``who role organization date``, of a theme ``theme partner date``, of a promise ``who what to due``, of
    an organization ``partner date``; last always ``start``, the first day as ISO 8601, possibly partial, to sort by,
    empty without a year. ``partner`` are all parties but us; names stay as the record writes them.
    """
    own: dict[str, str] = {}
    match fact:
        case Agreement():
            own["partner"] = BETWEEN.join(_others(ledger, fact))
            own["form"] = ledger_word("forms", fact.form, language)
            own["state"] = ledger_word("states", fact.state, language)
        case Contact():
            own["partner"] = BETWEEN.join(_others(ledger, fact)[-1:])
            own["degree"] = ledger_word("degrees", fact.degree, language)
            own["place"] = fact.place
        case Role():
            own |= {"who": fact.person, "role": fact.role, "organization": fact.body}
        case Theme():
            own |= {"theme": theme_name(fact.key, language), "partner": fact.partner}
        case Promise():
            own |= {"who": fact.by, "what": fact.what, "to": ", ".join(fact.to), "due": fact.date}
        case Organization():
            own["partner"] = fact.name
    if not isinstance(fact, Promise):
        own["date"] = _when(fact, language)
    own["start"] = fact.start if is_dated(fact) else ""
    return tuple(own.items())


def _others(ledger: Ledger, fact: Fact) -> tuple[str, ...]:
    """The named parties that are not us; all of them where only we are named."""
    named = fact.parties
    return tuple(name for name in named if not ledger.is_us(ledger.key(name, fact.citation.report_id))) or named


def _country(code: str, language: str) -> str:
    from babel import Locale

    return str(Locale.parse(language).territories.get(code, code)) if code else ""


def _when(fact: Fact, language: str) -> str:
    is_own = isinstance(fact, Contact) or fact.date in fact.citation.quote
    return fact.date if is_own or not fact.start else f"{ledger_word('dates', 'as_of', language)} {fact.date}"
