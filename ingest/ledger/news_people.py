"""News of persons: another holder of an office, another office of a person, records that give one office to two."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.concepts import offices_in
from corpus.lexicon import read_lexicon
from corpus.names import fold, known_forms, known_keys
from corpus.same_person import same_person
from ingest.ledger.compared import Compared, News, NewsKind, is_later, of_kind
from ingest.ledger.fact import Role
from ingest.ledger.naming import covers

_HAN = re.compile(r"[\u3400-\u9fff]")
_UNIT = re.compile(r"\b(?:of|for|at|in|по)\b")


def role_news(compared: Compared) -> Iterator[News]:
    """Persons whose office or organization is told otherwise than by the latest record before.

    A person whom the new record also gives one of the offices known before has only one more. Nothing comes of a
    record that is older than what is known.
    """
    by_name: dict[str, list[Role]] = {}
    for fact in of_kind(compared.before, Role):
        by_name.setdefault(fold(fact.person), []).append(fact)
    by_body = compared.by_body(compared.before)
    told: dict[tuple[str, str], list[Role]] = {}
    for fact in of_kind(compared.after, Role):
        told.setdefault((fact.citation.report_id, fact.person), []).append(fact)
    news: dict[str, News] = {}
    for fact in of_kind(compared.fresh, Role):
        near = by_body.get(compared.key(fact.body, fact), ()) if fact.body else ()
        past = dict.fromkeys([*by_name.get(fold(fact.person), ()), *(old for old in near if _is_one(fact, old))])
        known = _latest([old for old in past if _are_alike(fact, old) and not _is_corrected(fact, old)])
        now = told[(fact.citation.report_id, fact.person)]
        if any(is_later(old.start, fact.start) for old in known) or any(
            _agree(compared, one, old) for one in now for old in known
        ):
            continue
        is_charge = bool(_charges(fact))
        old = next((old for old in reversed(known) if is_charge or len(_bodies(compared, fact, old)) < 2), None)
        # The same office elsewhere is sooner a body that was read wrongly than somebody who took it along.
        if old is not None and fold(old.role) != fold(fact.role) and fold(fact.person) not in news:
            is_after = is_later(fact.start, old.start)
            news[fold(fact.person)] = News(
                kind="role changed" if is_after else "role differs", subject=fact.person,
                before=_post(old), after=_post(fact), citation=fact.citation,
            )  # fmt: skip
    yield from news.values()


def holder_news(compared: Compared) -> Iterator[News]:
    """Offices that only one person can hold, given by records of different days to one after another, or at once."""
    before, after = compared.by_body(compared.before), compared.by_body(compared.after)
    known = frozenset(compared.before)
    told: set[tuple[str, frozenset[str]]] = set()
    for fact in of_kind(compared.fresh, Role):
        held = _held(compared, fact)
        body = compared.key(fact.body, fact)
        if not held or any(_is_one(fact, old) and held & _held(compared, old) for old in before.get(body, ())):
            continue
        holders = [one for one in after[body] if held & _held(compared, one)]
        own = [one for one in holders if _is_one(fact, one)]
        rivals = [
            one for one in holders
            if one not in own and all(one.citation.report_id != mine.citation.report_id for mine in own)
        ]  # fmt: skip
        at_once = [one for one in rivals if not _is_apart(own, _of_one(one, rivals))]
        earlier = [one for one in rivals if one in known and all(is_later(mine.start, one.start) for mine in own)]
        kind: NewsKind = "conflict opened" if at_once else "holder changed"
        if not at_once and (not rivals or len(earlier) < len(rivals)):
            continue
        other = at_once[-1] if at_once else max(earlier, key=lambda one: one.start)
        pair = (body, frozenset({fold(fact.person), fold(other.person)}))
        if pair not in told:
            told.add(pair)
            yield News(
                kind=kind, subject=fact.body,
                form=fact.role, before=other.person, after=fact.person, citation=fact.citation,
            )  # fmt: skip


def _is_one(one: Role, other: Role) -> bool:
    """Whether two facts that give one organization may be on one person."""
    return fold(one.person) == fold(other.person) or same_person(one.person, other.person)


def _is_corrected(fact: Role, old: Role) -> bool:
    """Whether a keeper said of one and the same sentence now so and now otherwise: that is no news of the person."""
    return fact.citation.quote == old.citation.quote and fact.citation.report_id == old.citation.report_id


def _of_one(fact: Role, facts: Iterable[Role]) -> list[Role]:
    return [other for other in facts if _is_one(fact, other)]


def _is_apart(own: Sequence[Role], others: Sequence[Role]) -> bool:
    """Whether all that is told of one holder is certainly later than all that is told of the other."""
    return all(is_later(one.start, other.start) for one in own for other in others) or all(
        is_later(other.start, one.start) for one in own for other in others
    )


def _latest(facts: Sequence[Role]) -> list[Role]:
    """The facts of the latest day, those without a year before them, as nobody knows that they are older."""
    dated = [fact for fact in facts if fact.start[:4].isdigit()]
    last = max((fact.start for fact in dated), default="")
    return [*(fact for fact in facts if fact not in dated), *(fact for fact in dated if fact.start == last)]


def _agree(compared: Compared, one: Role, other: Role) -> bool:
    """Whether two facts on a person give the same office, as far as both tell, in the same organization."""
    if not one.role or not other.role or len(_bodies(compared, one, other)) > 1:
        return False
    if _charges(one) and _charges(other):
        return bool(_charges(one) & _charges(other))
    return bool(offices_in(one.role) & offices_in(other.role)) or _has_words_of(one.role, other.role)


def _are_alike(one: Role, other: Role) -> bool:
    """Whether the words for what two persons are can be compared: both give an office, or a mere rank, or neither."""
    sorts = [(bool(_charges(fact)), not _charges(fact) and bool(offices_in(fact.role))) for fact in (one, other)]
    return bool(one.role and other.role) and sorts[0] == sorts[1]


def _bodies(compared: Compared, *facts: Role) -> set[str]:
    return {compared.key(fact.body, fact) for fact in facts} - {""}


def _charges(fact: Role) -> frozenset[str]:
    """The offices a fact gives a person that are no mere ranks."""
    ranks = read_lexicon("news")["ranks"]
    return frozenset(office for office in offices_in(fact.role) if office.split()[-1] not in ranks)


def _has_words_of(one: str, other: str) -> bool:
    return fold(one) in fold(other) or fold(other) in fold(one)


def _post(fact: Role) -> str:
    """Role and organization of a person as the record writes them."""
    return ", ".join(filter(None, (fact.role, fact.body)))


def _held(compared: Compared, fact: Role) -> frozenset[str]:
    """The offices of a fact on a person that only one can hold: those of whoever heads an organization of that sort.

    A bare title gives keys that all languages share ("Rector", 校长), one of more words itself ("executive director").
    """
    if not fact.body or not fact.role:
        return frozenset()
    names = " ".join(_names_of_body(compared, fact))
    fits: Mapping[str, Sequence[str]] = read_lexicon("people")["fits"]
    found: set[str] = set()
    for part in re.split(r"[,，、]\s*", fact.role):
        offices = offices_in(part)
        if not offices or any(" " in office for office in offices) or _UNIT.search(part):
            continue
        titles = [*offices, *(title for title in fits if _HAN.match(title) and part.endswith(title))]
        if any(fold(sort).strip() in names for title in titles for sort in fits.get(title, ())):
            is_bare = part in fits or (not _HAN.search(part) and len(fold(part).split()) == 1)
            found |= offices if is_bare else {fold(part).strip()}
    return frozenset(found)


def _names_of_body(compared: Compared, fact: Role) -> frozenset[str]:
    """Every form, folded, of the name of the organization of a person; they say what sort of body it is."""
    forms = {fact.body, *compared.ledger.forms(compared.key(fact.body, fact))}
    known = {
        form for name in tuple(forms) for key in known_keys(name) if covers(name, key) for form in known_forms(key)
    }
    return frozenset(fold(form) for form in forms | known)
