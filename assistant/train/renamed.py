"""Annotated passages under other names: a name is replaced by another of its kind and language, and all else stays.

Mention replacement (Dai and Adel, 2020): a tagger that has seen a sentence with several names learns the sentence.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.train.annotated import Annotated, Mention
from ingest.tagger import Text

Pool = dict[tuple[str, str], list[str]]
"""Names by kind and language, the shortest first."""
RENAMED = {"body": 0.7, "person": 0.7, "place": 0.6, "title": 0.25}
"""How likely a name of a kind is replaced, the same everywhere in its passage."""
ALL_OURS, NONE_OURS = 0.5, 0.1
"""How often all of our names are known as ours, and none; else each by an even chance, as a setting tells only some."""
LIKE_LENGTH = 1.6
"""How many times longer or shorter a name may be than the one that it replaces."""


def pool_of(some: Iterable[Annotated]) -> Pool:
    """The names of passages, each once."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in some:
        for mention in one.mentions:
            found[mention.kind, one.language].add(mention.name)
    return {key: sorted(names, key=lambda name: (len(name), name)) for key, names in sorted(found.items())}


def renamed(one: Annotated, pool: Pool, chance: random.Random) -> Annotated:
    """The passage with other names and some of ours unknown as ours; its mentions and sentences keep their numbers."""
    chosen: dict[str, str] = {}
    for mention in one.mentions:
        if mention.name not in chosen:
            is_other = chance.random() < RENAMED[mention.kind]
            chosen[mention.name] = _other(mention, pool.get((mention.kind, one.language), []), chance, is_other)
    parts, mentions, moved, last = [], [], [(0, 0)], 0
    for mention in one.mentions:
        name = chosen[mention.name]
        parts += [one.text.text[last : mention.start], name]
        start = mention.start + moved[-1][1]
        mentions.append(Mention(start, start + len(name), mention.kind, name))
        moved.append((mention.end, mentions[-1].end - mention.end))
        last = mention.end
    text = "".join([*parts, one.text.text[last:]])

    def place(at: int) -> int:
        return at + next(by for end, by in reversed(moved) if end <= at)

    told = Text(
        text=text,
        raw=text,
        sentences=tuple((place(start), place(end)) for start, end in one.text.sentences),
        offset=one.text.offset,
        begin=place(one.text.begin),
    )
    return replace(one, text=told, mentions=mentions, us=_known(one, chance))


def _other(mention: Mention, names: Sequence[str], chance: random.Random, is_other: bool) -> str:
    length = len(mention.name)
    like = [name for name in names if length / LIKE_LENGTH <= len(name) <= length * LIKE_LENGTH] if is_other else []
    return chance.choice(like) if like else mention.name


def _known(one: Annotated, chance: random.Random) -> frozenset[int]:
    """Which of our names are known as ours."""
    lot = chance.random()
    if lot < ALL_OURS:
        return one.us
    names = sorted({one.mentions[n].name for n in one.us})
    known = {name for name in names if lot < 1 - NONE_OURS and chance.random() < 0.5}
    return frozenset(n for n in one.us if one.mentions[n].name in known)
