"""What the facts of a new generation say that those before did not, for the receipt of an indexing run."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from ingest.ledger.compared import NEWS_KINDS, Compared, News, is_later, of_kind
from ingest.ledger.fact import AGREEMENT_STATES, DEGREES, KEPT, OVER, Agreement, Contact, Fact, Promise, Role
from ingest.ledger.likely import is_unsure
from ingest.ledger.news_people import holder_news, role_news
from ingest.ledger.promises import closed_by

__all__ = ["News", "news"]

UNMET = ("mentioned", "planned")
DAY = len("2024-05-03")

_Key = tuple[frozenset[str], str]


def news(
    before: Sequence[Fact],
    after: Sequence[Fact],
    *,
    files: Collection[str] | None = None,
    merges: Iterable[tuple[str, str]] = (),
) -> tuple[News, ...]:
    """What is new, the weightiest first (`NEWS_KINDS`), then by the order of the facts; empty when nothing is.

    Args:
        before: All facts of the generation before.
        after: All facts of the new one.
        files: Paths of the reports that are new or changed, whose facts alone can be news, so that other rules of
            reading make none of unchanged reports; None for all. A role that may be misread is none.
        merges: Pairs of names that are of one organization or person, as in `Ledger`.
    """
    told = [fact for fact in after if not is_unsure(fact, "role")]
    compared = Compared(before, told, files=files, merges=merges)
    if not compared.fresh:
        return ()
    found = chain(
        holder_news(compared), role_news(compared), _agreements(compared), _partners(compared), _promises(compared)
    )
    return tuple(sorted(found, key=lambda one: NEWS_KINDS.index(one.kind)))


def _partners(compared: Compared) -> Iterator[News]:
    """Organizations that were met and had never been, each once at the nearest it came."""
    known: set[str] = set()
    nearest: dict[str, str] = {}
    for fact in of_kind(compared.before, Contact):
        key = compared.key(fact.partner, fact)
        nearest[key] = max(nearest.get(key, fact.degree), fact.degree, key=DEGREES.index)
        known |= {compared.key(fact.side, fact)} | ({key} if fact.degree not in UNMET else set())
    met: dict[str, Contact] = {}
    for fact in of_kind(compared.fresh, Contact):
        key = compared.key(fact.partner, fact)
        if fact.degree in UNMET or key in known or compared.ledger.is_us(key):
            continue
        met[key] = max(met.get(key, fact), fact, key=lambda one: DEGREES.index(one.degree))
    for key, fact in met.items():
        yield News(kind="new partner", subject=fact.partner, before=nearest.get(key, ""), after=fact.degree,
                   citation=fact.citation)  # fmt: skip


def _agreements(compared: Compared) -> Iterator[News]:
    """Agreements told of for the first time, at a further state, or so that records contradict each other."""
    known, now = _by_agreement(compared, compared.before), _by_agreement(compared, compared.after)
    for agreement, facts in _by_agreement(compared, compared.fresh).items():
        newest, earlier = max(facts, key=_rank), known.get(agreement, [])
        subject = newest.summary
        clash = None if _clash(earlier, earlier) else _clash(facts, now[agreement])
        if clash:
            yield News(kind="conflict opened", subject=subject, form=newest.form, before=clash[1].state,
                       after=clash[0].state, citation=clash[0].citation)  # fmt: skip
            continue
        told = max(earlier, key=_rank, default=None)
        if told is None or (_rank(newest) > _rank(told) and is_later(told.start, newest.start)):
            # Signed long before it is wished for: that was another one.
            yield News(kind="agreement new", subject=subject, form=newest.form, after=newest.state,
                       citation=newest.citation)  # fmt: skip
        elif _is_moved(told, newest):
            yield News(kind="agreement moved", subject=subject, form=newest.form, before=told.state,
                       after=newest.state, citation=newest.citation)  # fmt: skip


def _is_moved(told: Agreement, newest: Agreement) -> bool:
    """Whether an agreement went on from what was told: further, or out of use, or into use again by a later day."""
    if told.state in OVER and newest.state not in OVER:
        return is_later(newest.start, told.start)
    return _rank(newest) > _rank(told)


def _by_agreement(compared: Compared, facts: Iterable[Fact]) -> dict[_Key, list[Agreement]]:
    found: dict[_Key, list[Agreement]] = {}
    for fact in of_kind(facts, Agreement):
        parties = frozenset(compared.key(name, fact) for name in fact.sides)
        found.setdefault((parties, fact.form), []).append(fact)
    return found


def _clash(facts: Sequence[Agreement], others: Sequence[Agreement]) -> tuple[Agreement, Agreement] | None:
    """The first two facts on one agreement by which it was both concluded and not yet so on one day."""
    pairs = (
        (one, other)
        for one in facts
        for other in others
        if one.citation.report_id != other.citation.report_id
        and len(one.start) == DAY
        and one.start == other.start
        and {one.state, other.state}.isdisjoint(("mentioned", *OVER))
        and ((one.state in KEPT) != (other.state in KEPT))
    )
    return next(pairs, None)


def _promises(compared: Compared) -> Iterator[News]:
    """Promises of records that are still there, open before, which a new fact tells kept."""
    acts = [*of_kind(compared.fresh, Contact), *of_kind(compared.fresh, Agreement)]
    if not acts:
        return
    earlier = [*of_kind(compared.before, Contact), *of_kind(compared.before, Agreement)]
    homes: dict[str, list[Role]] = {}
    for fact in of_kind(compared.after, Role):
        homes.setdefault(fact.person, []).append(fact)
    held = {fact.citation.report_id for fact in compared.after}
    told: set[tuple[str, str]] = set()
    for promise in of_kind(compared.before, Promise):
        names = promise.parties
        if len(names) < 2 or promise.citation.report_id not in held or (promise.by, promise.what) in told:
            continue
        people = [fact for name in names for fact in homes.get(name, ())]
        kept = closed_by(promise, [*people, *acts])
        if kept and closed_by(promise, [*people, *earlier]) is None:
            told.add((promise.by, promise.what))
            yield News(kind="promise closed", subject=promise.what, form=promise.by, before=promise.state,
                       after=kept.reached, citation=kept.citation)  # fmt: skip


def _rank(fact: Agreement) -> int:
    return AGREEMENT_STATES.index(fact.state)
