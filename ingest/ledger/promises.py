"""Which later fact keeps a promise."""

from collections.abc import Sequence

from corpus.dates import event_dates
from corpus.lexicon import read_lexicon, says
from ingest.ledger.compared import is_later
from ingest.ledger.fact import KEPT, Agreement, Contact, Fact, Promise, Role
from ingest.ledger.naming import same_body

PLAIN = ("agreement", "contract", "framework agreement", "other")
"""Forms that are called one for another."""


def closed_by(promise: Promise, later: Sequence[Fact]) -> Agreement | Contact | None:
    """The earliest later fact that tells a promise kept, or None while it is open.

    An agreement of the promised form, signed or in force, keeps a promise of one; a visit keeps a promise of one. The
    parties must be the same, at least two of them organizations, and the fact certainly later than the report of the
    promise. Roles among `later` tell whose word a person's is.
    """
    homes = {fact.person: fact.body for fact in later if isinstance(fact, Role) and fact.body}
    parties = _distinct([homes.get(name, name) for name in promise.parties])
    made = max((date.end or date.start for date in event_dates(promise.citation.date) if date.year), default="")
    if len(parties) < 2 or not made:
        return None
    forms = _forms_in(promise.what)
    mover = homes.get(promise.by, promise.by) if says("ledger", "go", text=promise.what) else ""
    kept = [
        fact
        for fact in later
        if isinstance(fact, Agreement | Contact)
        and is_later(fact.start, made)
        and all(any(same_body(name, other) for other in fact.parties) for name in parties)
        and (_keeps_form(fact, forms) if forms else _keeps_visit(fact, mover))
    ]
    return min(kept, key=lambda fact: fact.start, default=None)


def _keeps_form(fact: Agreement | Contact, forms: frozenset[str]) -> bool:
    if not isinstance(fact, Agreement) or fact.state not in KEPT:
        return False
    own = "agreement" if fact.form in PLAIN else fact.form.replace(" ", "_")
    wanted = {"agreement" if form.replace("_", " ") in PLAIN else form for form in forms}
    return own in wanted


def _keeps_visit(fact: Agreement | Contact, mover: str) -> bool:
    """Whether a contact tells of the visit that `mover` promised to make."""
    if not isinstance(fact, Contact) or not mover or fact.degree not in ("visited", "received"):
        return False
    return same_body(mover, {"went": fact.side, "came": fact.partner}.get(fact.direction, ""))


def _forms_in(text: str) -> frozenset[str]:
    keys = read_lexicon("ledger")["forms"]
    return frozenset(key for key in keys if says("ledger", "forms", key, text=text))


def _distinct(names: Sequence[str]) -> list[str]:
    """Names, each body once by whatever form."""
    kept: list[str] = []
    for name in names:
        if not any(same_body(name, other) for other in kept):
            kept.append(name)
    return kept
