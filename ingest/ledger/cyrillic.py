"""Organizations in Russian and Kazakh: names around the word for a sort of body, and known acronyms."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.lexicon import read_lexicon
from corpus.names import function_words, is_body, known_forms, known_keys
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
        ends = (start for start, _ in people if match.start() < start < match.end())
        name = text[match.start() : min(ends, default=match.end())].strip()
        first = name.split()[0] if name else ""
        is_small = first.casefold() in function_words() or _RELATIVE.match(first)
        start = match.start() + (len(first) + 1 if is_small else 0)
        name = text[start : match.start() + len(name)]
        is_person = any(begin < start + len(name) and start < end for begin, end in people)
        if re.search(rf"[{UPPER}]", name) and not is_person and _head().search(name) and not _is_plain(name):
            # "Академия поблагодарила гостей": called by its sort alone
            yield Mention(name=name, start=start, end=start + len(name), is_generic=bool(_head().fullmatch(name)))


def _is_plain(name: str) -> bool:
    """Whether words only say what sort of bodies, of which country: "организациями КНР", "вузы Казахстана"."""
    if re.match(r"(?i:министерств|посольств|консульств|правительств)", name):
        return False
    own = [word for word in name.split() if word[0].isupper() and not any(len(key) == 2 for key in known_keys(word))]
    return not own or (name[0].islower() and bool(_PLURAL.match(name)) and len(own) < 2)


_PLURAL = re.compile(r"\w+(?:ями|ами|ях|ах|ов|ий|ы)\b")
"""A first word in the plural; the genitive of one body looks like it only where a name follows in full."""
_RELATIVE = re.compile(r"(?:котор|этого|этой|этому|сво[еи]|наш|данн|друг)\w*", re.I)


@cache
def _head() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{_heads()})\w*")


def _own_acronyms() -> str:
    """Those of our own organizations: behind another body's name they are no part of it, as "ЮНЕСКО" may be."""
    forms = [form for key in read_lexicon("us")["us"]["organizations"] for form in known_forms(key)]
    return "|".join(re.escape(form) for form in forms if form.isupper()) or "(?!)"


def _heads() -> str:
    return "|".join((*head_words("heads", "ru"), *head_words("heads", "kk")))


@cache
def _cyrillic_form() -> re.Pattern[str]:
    upper, ending = "[А-ЯЁӘҒҚҢӨҰҮҺІ]", "(?:ый|ой|ий|ая|ое|ого|ом|ым|им|ому)"
    before = rf"(?:{upper}[\w-]*\s+(?:[а-яё-]+(?:{ending}|ские|ских)\s+){{0,3}})?(?:[а-яё-]+{ending}\s+){{0,2}}"
    named = r"\s+(?:имени|им\.)\s+[\w-]+(?:\s+[А-Я]\w+)?"
    genitive = r"[а-яё]+(?:ия|ии|ых|их|ого|его|ной|ей|ов|ки|ры|ва|ний|ций)"
    other = rf"(?:{_own_acronyms()})\b|(?i:{_heads()})\w{{0,3}}\b"
    inner = rf"\s+(?:{genitive}|и(?!\s+{upper})|по)(?=\s|[,.;)])"
    after = rf"(?:{named}|{inner}|\s+(?!{other}){upper}[\w-]*)*"
    return re.compile(rf"{before}\b(?i:{_heads()})\w*{after}")
