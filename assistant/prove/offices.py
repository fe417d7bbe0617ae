"""Whether a sentence keeps to who holds which office in its source."""

from assistant.prove.proof import Reason
from corpus.concepts import offices_in
from corpus.language import script_of
from corpus.offices import offices_of, told_offices
from corpus.same_person import same_person

_TOPS = frozenset("rector president chancellor provost director dean head chair".split())
_HEADS = frozenset({"head", "chair"})
"""Words for whoever is at the top, whatever the title."""
_PLAIN_OFFICES = frozenset(
    "rector president chancellor provost director dean minister secretary ambassador governor chair consul".split()
)


def other_office(claim: str, source: str) -> Reason | None:
    """An office given to somebody whom the source gives another, or that the source gives to another."""
    told = offices_of(source)
    is_across = script_of(claim) != script_of(source)
    for person, offices in offices_of(claim).items():
        theirs = frozenset[str]().union(*(found for other, found in told.items() if same_person(person, other)))
        others = frozenset[str]().union(*(found for other, found in told.items() if not same_person(person, other)))
        if theirs and not is_across and offices - theirs and offices - theirs <= others:
            return Reason(key="office_wrong", values={"who": person})
        if not offices or _fit(offices, theirs, is_across=is_across):
            continue
        if (
            theirs
            or offices <= others
            or not _fit(offices, offices_in(source) | told_offices(source), is_across=is_across)
        ):
            return Reason(key="office_wrong", values={"who": person})
    mine = {office for office in offices_in(claim) if office.split()[-1] in _PLAIN_OFFICES}
    everywhere = offices_in(source) | told_offices(source)
    if mine and everywhere and not _fit(frozenset(mine), everywhere, is_across=is_across):
        return Reason(key="office_unsaid")
    return None


def _fit(offices: frozenset[str], others: frozenset[str], *, is_across: bool) -> bool:
    """Whether two sets of offices may be of one person: one in common, or a head without a title of its own."""
    if is_across:
        offices, others = (frozenset(one.removeprefix("acting ") for one in some) for some in (offices, others))
    says_head = any(office.split()[-1] in _HEADS for office in offices | others)
    if offices & others or ((is_across or says_head) and _tops(offices) & _tops(others)):
        return True
    mine, theirs = ({office for office in one if " " not in office} for one in (offices, others))
    is_open = mine == mine & _HEADS or (theirs == theirs & _HEADS and others == theirs)
    return bool(mine and theirs) and is_open


def _tops(offices: frozenset[str]) -> frozenset[str]:
    """Offices with every word for the head of a body made one, since languages call that head differently."""
    return frozenset(
        " ".join([*office.split()[:-1], "top"]) if office.split()[-1] in _TOPS else office for office in offices
    )
