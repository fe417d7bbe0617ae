"""A fact as a row: in a few words, and as columns ready to be shown in the language of the answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer import Claim, Row
from assistant.compose.facts import is_dated, ledger_word
from ingest import Fact, Ledger, theme_name

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
    return own.start < cited.end and cited.start < own.end


def label(fact: Fact, language: str) -> str:
    """A row in a few words: whom, what and how far, and when; every part of it is the fact's.

    A date that is only the record's, and not told of the thing itself, is given as that as of which it is known.
    """
    if fact.kind == "agreement":
        parts = [
            BETWEEN.join(filter(None, (fact.subject, fact.object, *fact.others))),
            ledger_word("forms", fact.form, language),
            ledger_word("states", fact.state, language),
        ]
    elif fact.kind == "contact":
        parts = [fact.object, ledger_word("degrees", fact.state, language)]
    elif fact.kind == "person":
        parts = [fact.subject, ", ".join(filter(None, (fact.form, fact.object)))]
    else:
        parts = [fact.subject, fact.object]
    return " · ".join(part for part in (*parts, _when(fact, language)) if part)


def row(fact: Fact, ledger: Ledger, language: str) -> Row:
    """The columns of a fact, the same ones for every fact of its kind; a value that no record tells is empty.

    Of an agreement ``partner form state date``, of a contact ``partner degree place date``, of a person
    ``who role organization date``, of a theme ``theme partner date``, of a promise ``who what to due``, of
    an organization ``partner date``; last always ``start``, the first day as ISO 8601, possibly partial, to sort by,
    empty without a year. ``partner`` are all parties but us; names stay as the record writes them.
    """
    own: dict[str, str] = {}
    if fact.kind == "agreement":
        own["partner"] = BETWEEN.join(_others(ledger, fact, fact.subject, fact.object, *fact.others))
        own["form"] = ledger_word("forms", fact.form, language)
        own["state"] = ledger_word("states", fact.state, language)
    elif fact.kind == "contact":
        own["partner"] = BETWEEN.join(_others(ledger, fact, fact.subject, fact.object)[-1:])
        own["degree"] = ledger_word("degrees", fact.state, language)
        own["place"] = fact.place
    elif fact.kind == "person":
        own |= {"who": fact.subject, "role": fact.form, "organization": fact.object}
    elif fact.kind == "theme":
        own |= {"theme": theme_name(fact.object, language), "partner": fact.subject}
    elif fact.kind == "promise":
        own |= {"who": fact.subject, "what": fact.object, "to": ", ".join(fact.others)}
    else:
        own["partner"] = fact.subject
    own["due" if fact.kind == "promise" else "date"] = fact.date if fact.kind == "promise" else _when(fact, language)
    own["start"] = fact.start if is_dated(fact) else ""
    return tuple(own.items())


def _others(ledger: Ledger, fact: Fact, *names: str) -> tuple[str, ...]:
    """The named parties that are not us; all of them where only we are named."""
    named = tuple(name for name in names if name)
    return tuple(name for name in named if not ledger.is_us(ledger.key(name, fact.citation.report_id))) or named


def _when(fact: Fact, language: str) -> str:
    is_own = fact.kind == "contact" or fact.date in fact.citation.quote
    return fact.date if is_own or not fact.start else f"{ledger_word('dates', 'as_of', language)} {fact.date}"
