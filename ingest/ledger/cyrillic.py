"""Organizations in Russian and Kazakh: names around the word for a sort of body, and known acronyms."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.names import is_body, known_forms, known_keys
from ingest.ledger.heads import UPPER, Mention, head_words

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def cyrillic_bodies(text: str, people: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """Names around a word for a sort of body, and acronyms such as КазНУ."""
    for key in known_keys(text):
        if not is_body(key):
            continue
        for form in known_forms(key):
            if _CYRILLIC.search(form):
                stem = r"\s+".join(re.escape(word[: max(4, len(word) - 3)]) + r"\w*" for word in form.split())
                for match in re.finditer(rf"(?<!\w){stem}", text):
                    yield Mention(name=match.group(), start=match.start(), end=match.end())
    for match in _cyrillic_form().finditer(text):
        name = match.group().strip()
        if re.search(rf"[{UPPER}]", name) and not any(
            start < match.end() and match.start() < end for start, end in people
        ):
            yield Mention(name=name, start=match.start(), end=match.start() + len(name))


@cache
def _cyrillic_form() -> re.Pattern[str]:
    heads = "|".join((*head_words("heads", "ru"), *head_words("heads", "kk")))
    upper, ending = "[А-ЯЁӘҒҚҢӨҰҮҺІ]", "(?:ый|ой|ий|ая|ое|ого|ом|ым|им|ому)"
    before = rf"(?:{upper}[\w-]*\s+(?:[а-яё-]+(?:{ending}|ские|ских)\s+){{0,3}})?(?:[а-яё-]+{ending}\s+){{0,2}}"
    named = r"\s+(?:имени|им\.)\s+[\w-]+(?:\s+[А-Я]\w+)?"
    genitive = r"[а-яё]+(?:ия|ии|ых|их|ого|его|ной|ей|ов|ки|ры|ва|ний|ций)"
    after = rf"(?:{named}|\s+(?:{genitive}|и|по)(?=\s|[,.;)])|\s+{upper}[\w-]*)*"
    return re.compile(rf"{before}\b(?i:{heads})\w*{after}")
