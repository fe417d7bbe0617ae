"""Facts: what a record proves, each kind a type of its own, bound to the quote that proves it."""

from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Literal, TypeVar

from corpus.citation import Citation

KindName = Literal["organization", "person", "contact", "agreement", "theme", "promise"]
KINDS: tuple[KindName, ...] = ("organization", "person", "contact", "agreement", "theme", "promise")

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


OUTCOMES = ("kept", "dropped", "overdue")
"""What became of a promise: ``overdue`` still missing after its day."""
PROMISE_STATES = ("open", *OUTCOMES)
PERHAPS = {f"perhaps {state}": state for state in OUTCOMES}
"""States of a sentence that may tell the outcome of a promise, and which: the tagger errs there more often than not."""

VISIT_TERMS: tuple[Literal["invited", "paid"], ...] = ("invited", "paid")
"""Of a contact: at whose invitation, at whose cost."""
TermKind = Literal["until", "for", "number", "signer", "invited", "paid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of an agreement or of a visit.

    Attributes:
        kind: ``until`` its last day, ``for`` how long it holds, ``number`` its reference number, ``signer`` who signed;
            of a visit ``invited`` who invited, ``paid`` who paid.
        text: As written; stands in the quote of `citation`, empty where that says "we".
        value: Of ``until`` and ``for`` the last day as a possibly partial ISO 8601 date, empty where the record leaves
            it open; of a body or person the fullest form of the name.
        side: Of a signer the party signed for; empty when the record does not say.
    """

    kind: TermKind
    text: str
    value: str = ""
    side: str = ""
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What facts of every kind have; names stand as the record writes them in their longest form.

    Attributes:
        between: The fields of `parties`; `known_by` those of which the first that is filled is its `summary`.
        date: When it is so, or by when it is promised, as written, with what is missing left missing; empty when not
            stated.
        start: The first day of it as a possibly partial ISO 8601 date, as `EventDate.start`; empty when not known.
        citation: The quote that proves it.
        extractor: Who found it: the tagger, a word list, a language model, a keeper.
        checks: Names of the checks that it passed: ``located``, ``covered``.
        chances: Of what the tagger joined to it, as `ingest.ledger.likely` takes them for its kind; empty for others.
    """

    kind: ClassVar[KindName]
    between: ClassVar[tuple[str, ...]]
    known_by: ClassVar[tuple[str, ...]]
    date: str = ""
    start: str = ""
    citation: Citation
    extractor: str
    checks: tuple[str, ...] = ()
    chances: tuple[float, ...] = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """Names of the bodies, of a promise also of the people, between whom it is, none of them empty."""
        return tuple(name for field in self.between for name in self._names(field))

    @property
    def summary(self) -> str:
        """What it is known by in the record's own words: a name, of an agreement its parties."""
        return next((" – ".join(names) for field in self.known_by if (names := self._names(field))), "")

    @property
    def reached(self) -> str:
        """How far it came: of a contact its degree, of an agreement and a promise the state, else empty."""
        return str(getattr(self, "degree", getattr(self, "state", "")))

    def _names(self, field: str) -> tuple[str, ...]:
        """The names in a field, none of them empty."""
        value = getattr(self, field)
        return tuple(filter(None, (value,) if isinstance(value, str) else value))

    def to_dict(self) -> dict[str, Any]:
        """The fact as JSON can hold it, citation included; `fact_from_dict` reads it back."""
        return {"kind": self.kind} | asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Fact):
    """A body that a record names.

    Attributes:
        other_names: Its further names and forms of names there.
        country: ISO 3166 code of its country, empty where the name does not tell it.
        is_us: Whether it is the office whose records these are.
    """

    kind: ClassVar[KindName] = "organization"
    between: ClassVar[tuple[str, ...]] = ("name",)
    known_by: ClassVar[tuple[str, ...]] = ("name",)
    name: str
    other_names: tuple[str, ...] = ()
    country: str = ""
    is_us: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Fact):
    """How near the office came to a body.

    Attributes:
        side: The side whose record it is, empty where the office has no name.
        partner: The body.
        people: Who is named in the sentence.
        degree: One of `DEGREES`.
        direction: ``went`` (our side went there), ``came`` (they came), or empty.
        place: As written; empty when none is stated.
        terms: Who invited and who paid, each with its own quote.
    """

    kind: ClassVar[KindName] = "contact"
    between: ClassVar[tuple[str, ...]] = ("side", "partner")
    known_by: ClassVar[tuple[str, ...]] = ("partner",)
    side: str = ""
    partner: str
    people: tuple[str, ...] = ()
    degree: str
    direction: str = ""
    place: str = ""
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Fact):
    """A person, with the role and the body that the record gives; either may be empty."""

    kind: ClassVar[KindName] = "person"
    between: ClassVar[tuple[str, ...]] = ("body",)
    known_by: ClassVar[tuple[str, ...]] = ("person",)
    person: str
    other_names: tuple[str, ...] = ()
    role: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Fact):
    """How far an agreement had come.

    Attributes:
        sides: Its parties, ourselves first; the empty name is ourselves where the office has no name.
        form: Its kind, such as ``mou``.
        state: One of `AGREEMENT_STATES`.
        wanted_by: Who wants one that is wished, proposed or discussed; empty when the record does not say.
        terms: Each has its own quote, which may be another sentence of the record.
    """

    kind: ClassVar[KindName] = "agreement"
    between: ClassVar[tuple[str, ...]] = ("sides",)
    known_by: ClassVar[tuple[str, ...]] = ("sides",)
    sides: tuple[str, ...]
    form: str
    state: str
    wanted_by: str = ""
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Fact):
    """What somebody promised, or what became of it; who may be a body or a person.

    Attributes:
        by: Who promised it, empty when the record does not say; `to` to whom.
        what: The sentence that tells it.
        state: ``open`` where that promises, else one of `OUTCOMES`, as a keeper said, or of `PERHAPS`.
    """

    kind: ClassVar[KindName] = "promise"
    between: ClassVar[tuple[str, ...]] = ("by", "to")
    known_by: ClassVar[tuple[str, ...]] = ("by", "what")
    by: str = ""
    to: tuple[str, ...] = ()
    what: str
    state: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Fact):
    """What was spoken of: the `key` of a theme, with the partner, empty where several may be meant."""

    kind: ClassVar[KindName] = "theme"
    between: ClassVar[tuple[str, ...]] = ("partner",)
    known_by: ClassVar[tuple[str, ...]] = ("partner", "key")
    partner: str = ""
    key: str


Kind = TypeVar("Kind", bound=Fact)
FACTS: dict[str, type[Fact]] = {one.kind: one for one in (Organization, Role, Contact, Agreement, Theme, Promise)}
"""The type of each kind."""

_FORMER = {
    "organization": {"subject": "name", "others": "other_names", "form": "country"},
    "contact": {"subject": "side", "object": "partner", "others": "people", "state": "degree"},
    "person": {"subject": "person", "others": "other_names", "form": "role", "object": "body"},
    "agreement": {"speaker": "wanted_by"},
    "promise": {"subject": "by", "others": "to", "object": "what"},
    "theme": {"subject": "partner", "object": "key"},
}
"""What keepers' facts called their fields when all kinds shared one type."""


def fact_from_dict(given: dict[str, Any]) -> Fact:
    """The fact that `to_dict` wrote; fields of an earlier program that are no longer known are left out."""
    kind = FACTS[given["kind"]]
    plain = dict(given)
    if "subject" in given:
        plain |= {new: given[old] for old, new in _FORMER[kind.kind].items() if old in given}
        plain["sides"] = (given["subject"], *(name for name in (given["object"], *given["others"]) if name))
        plain["is_us"] = given["state"] == "us"
    plain = {one.name: plain[one.name] for one in fields(kind) if one.name in plain}
    plain["citation"] = Citation(**plain["citation"])
    if "terms" in plain:
        plain["terms"] = tuple(Term(**{**term, "citation": Citation(**term["citation"])}) for term in plain["terms"])
    told: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
    return kind(**told)
