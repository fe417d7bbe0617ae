"""News as data, and the facts of two generations side by side, which it is drawn from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Literal

from corpus.citation import Citation
from corpus.lexicon import read_lexicon
from ingest.ledger.fact import Fact, Kind, Role
from ingest.ledger.ledger import Ledger

NewsKind = Literal[
    "conflict opened", "agreement moved", "promise closed", "holder changed", "role changed", "role differs",
    "new partner", "agreement new",
]  # fmt: skip
NEWS_KINDS: tuple[NewsKind, ...] = NewsKind.__args__  # type: ignore[attr-defined]
"""In the order in which news is told."""
FALLBACK = "en"
_UNSAID = ("citation", "extractor", "checks", "chances", "terms")


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that the records say now and did not say before; names stand as the records write them.

    Attributes:
        kind: ``conflict opened``: two records give one office to different persons, or one agreement contradicting
            states on one day; ``agreement moved``: told at a further state; ``promise closed``: a new record tells it
            kept; ``holder changed``: a later record gives an office to another person; ``role changed``: a later
            record gives a person another office; ``role differs``: the same, where the order in time is not known;
            ``new partner``: met for the first time; ``agreement new``: told of for the first time.
        subject: Of a conflict over an office or a change of its holder the organization; of a role the person; of an
            agreement its parties; of a partner the organization; of a promise what was promised.
        form: Of an agreement its kind, as `Agreement.form`; of an office the role as written; of a promise who made it;
            else empty.
        before: What was told before: a state, a degree of contact, a role, a person; empty when nothing was.
        after: What is told now, likewise.
        citation: The quote of the new record that proves it.
    """

    kind: NewsKind
    subject: str
    form: str = ""
    before: str = ""
    after: str = ""
    citation: Citation

    def text(self, language: str = FALLBACK) -> str:
        """The news as one line; English for a language that `corpus/lexicon/news.toml` does not have."""
        forms = read_lexicon("news")["text"][self.kind]
        is_agreement = self.form in read_lexicon("labels")["forms"]
        states = "degrees" if self.kind == "new partner" else "states"
        is_state = is_agreement or self.kind in ("new partner", "promise closed")
        filled = {
            "subject": self.subject,
            "form": _label("forms", self.form, language) if is_agreement else self.form,
            "before": _label(states, self.before, language) if is_state else self.before,
            "after": _label(states, self.after, language) if is_state else self.after,
        }
        told: str = forms.get(language, forms[FALLBACK])
        return told.format(**filled)

    def to_dict(self) -> dict[str, Any]:
        """The news in the public JSON form."""
        return {
            "kind": self.kind,
            "subject": self.subject,
            "form": self.form,
            "before": self.before,
            "after": self.after,
            "file": self.citation.file,
            "quote": self.citation.quote,
        }


class Compared:
    """The facts of two generations, each name under the same key in both.

    Args:
        before: Facts of the generation before.
        after: Facts of the new one.
        files: Paths of the reports that are new or changed, whose facts alone can be news; None for all.
        merges: As in `Ledger`.
    """

    def __init__(
        self,
        before: Sequence[Fact],
        after: Sequence[Fact],
        *,
        files: Collection[str] | None = None,
        merges: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.before, self.after = before, after
        known = {_told(fact) for fact in before}
        self.fresh = tuple(
            fact for fact in after if (files is None or fact.citation.file in files) and _told(fact) not in known
        )
        self._merges = tuple(merges)

    @cached_property
    def ledger(self) -> Ledger:
        """All facts of both."""
        return Ledger(tuple(dict.fromkeys((*self.before, *self.after))), self._merges)

    def key(self, name: str, fact: Fact) -> str:
        """The name under which an organization is grouped that a fact names; empty for no name."""
        return self.ledger.key(name, fact.citation.report_id) if name else ""

    def by_body(self, facts: Iterable[Fact]) -> Mapping[str, list[Role]]:
        """Facts on persons by the organization that they give them."""
        found: dict[str, list[Role]] = {}
        for fact in of_kind(facts, Role):
            if fact.body:
                found.setdefault(self.key(fact.body, fact), []).append(fact)
        return found


def of_kind(facts: Iterable[Fact], kind: type[Kind]) -> list[Kind]:
    """The facts of one kind, in order."""
    return [fact for fact in facts if isinstance(fact, kind)]


def is_later(start: str, than: str) -> bool:
    """Whether a possibly partial day is certainly later than another: ``2024-06`` than ``2024-05``, no ``2024``."""
    return start[:4].isdigit() and than[:4].isdigit() and start > f"{than}-99"


def _told(fact: Fact) -> tuple[Any, ...]:
    """What a fact says, wherever it stands and however it was found."""
    return fact.kind, *(getattr(fact, one.name) for one in fields(fact) if one.name not in _UNSAID)


def _label(section: str, key: str, language: str) -> str:
    forms = read_lexicon("labels")[section].get(key, {})
    return str(forms.get(language, forms.get(FALLBACK, key)))
