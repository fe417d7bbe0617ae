"""Where a text names organizations, in English, Chinese, Russian and Kazakh."""

import re
from functools import lru_cache

from corpus.people import person_places
from ingest.ledger.chinese import chinese_bodies
from ingest.ledger.cyrillic import cyrillic_bodies
from ingest.ledger.heads import ACRONYM, Mention
from ingest.ledger.latin import described_bodies, generic_bodies, latin_bodies

_HAN = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@lru_cache(maxsize=8192)
def organizations_in(text: str, acronyms: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
    """The organizations that a text names, in reading order; none gives an empty tuple.

    Args:
        acronyms: Acronyms that stand for an organization elsewhere in the record, beside those of the word lists.
    """
    people = [(start, end) for start, end, _ in person_places(text, closely=True)]
    found = [*described_bodies(text), *latin_bodies(text, people, acronyms), *generic_bodies(text)]
    if _HAN.search(text):
        found += chinese_bodies(text)
    if _CYRILLIC.search(text):
        found += cyrillic_bodies(text, people)
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda one: (one.is_generic, one.start - one.end)):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda one: one.start))


def acronyms_of(text: str) -> frozenset[str]:
    """Acronyms that a text explains as the name of an organization: "(TIE)" after one, "(ICHEI)" after "centre"."""
    named = organizations_in(text)
    short = {one.acronym for one in named if one.acronym}
    short |= {part for one in named if " " not in one.name for part in one.name.split("-")[1:]}
    return frozenset(one for one in short if ACRONYM.fullmatch(one))
