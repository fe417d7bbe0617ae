"""The fact: one thing a record proves, bound to the quote that proves it."""

from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.citation import Citation

Kind = Literal["organization", "person", "contact", "agreement", "theme", "promise"]
KINDS: tuple[Kind, ...] = ("organization", "person", "contact", "agreement", "theme", "promise")

Degree = Literal["mentioned", "planned", "took part", "online", "talks", "received", "visited"]
DEGREES: tuple[Degree, ...] = ("mentioned", "planned", "took part", "online", "talks", "received", "visited")
"""How near two sides came, from the farthest up."""

AGREEMENT_STATES = (
    "mentioned", "wished", "proposed", "discussed", "planned", "agreed", "initialled", "signed", "in force", "renewed",
    "suspended", "ended", "terminated", "withdrawn",
)  # fmt: skip
"""How far an agreement has come, from the least up: ``planned`` its signing, ``ended`` in its time, ``terminated``
before it, ``withdrawn`` before it was concluded."""
WANTED = ("wished", "proposed", "discussed")
"""States in which it is no more than wanted."""
KEPT = ("signed", "in force", "renewed")
"""States in which an agreement is there."""
OVER = ("suspended", "ended", "terminated", "withdrawn")
"""States in which it is no longer, or not now."""
MADE = (*KEPT, "suspended", "ended", "terminated")
"""States that tell of an agreement that was concluded."""


TermKind = Literal["until", "for", "number", "signer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of an agreement.

    Attributes:
        kind: ``until`` its last day, ``for`` how long it holds, ``number`` its reference number, ``signer`` who signed.
        text: As written; stands in the quote of `citation`.
        value: Of ``until`` and ``for`` the last day as a possibly partial ISO 8601 date, empty where the record leaves
            it open; of a signer the fullest form of the name.
        side: Of a signer the party signed for; empty when the record does not say.
    """

    kind: TermKind
    text: str
    value: str = ""
    side: str = ""
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact; what does not apply to its kind is empty.

    Attributes:
        kind: What sort of fact it is; the meaning of the other fields depends on it.
        subject: An organization's or person's name as the record writes it in its longest form; of a contact the side
            whose record it is; of an agreement its first party; of a theme the partner; of a promise who made it.
        object: Of a person the organization; of a contact the organization met; of an agreement the second party; of a
            theme its key; of a promise what is promised.
        others: Other names of an organization; further parties of an agreement; people of a contact.
        form: Of an agreement its kind ("mou"); of a person the role as written; of an organization its country code.
        state: Of a contact one of `DEGREES`; of an agreement one of `AGREEMENT_STATES`; of a promise ``open``.
        direction: Of a contact ``went`` (the subject went there), ``came`` (they came), or empty.
        date: As written, with what is missing left missing; empty when none is stated.
        start: The first day as a possibly partial ISO 8601 date, as `EventDate.start`; empty when not known.
        place: As written; empty when none is stated.
        speaker: Of an agreement that is wished, proposed or discussed who wants it; empty when the record does not say.
        terms: Of an agreement; each has its own quote, which may be another sentence of the record.
        citation: The quote that proves it.
        extractor: Name of the rule that found it.
        checks: Names of the checks that it passed: ``located``, ``covered``, ``no_stronger``.
    """

    kind: Kind
    subject: str
    object: str = ""
    others: tuple[str, ...] = field(default=())
    form: str = ""
    state: str = ""
    direction: str = ""
    date: str = ""
    start: str = ""
    place: str = ""
    speaker: str = ""
    terms: tuple[Term, ...] = field(default=())
    citation: Citation
    extractor: str
    checks: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The fact as JSON can hold it, citation included; `fact_from_dict` reads it back."""
        from dataclasses import asdict

        return asdict(self)


def fact_from_dict(fields: dict[str, Any]) -> Fact:
    """The fact that `Fact.to_dict` wrote; fields of an earlier program that are no longer known are left out."""
    plain = {name: value for name, value in fields.items() if name in Fact.__dataclass_fields__}
    plain["citation"] = Citation(**plain["citation"])
    terms = plain.get("terms", ())
    plain["terms"] = tuple(Term(**{**term, "citation": Citation(**term["citation"])}) for term in terms)
    for name in ("others", "checks"):
        plain[name] = tuple(plain[name])
    return Fact(**plain)
