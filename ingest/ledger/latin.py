"""Organizations in Latin writing: runs of capitalized words, cut where one name ends and another begins."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.lexicon import read_lexicon
from corpus.names import fold, function_words, is_body, is_calendar_word, known_keys
from ingest.ledger.heads import UPPER, Mention, bare, head_words, is_acronym, is_event, is_head, is_whole_form

_TOKEN = re.compile(rf"(?:\d+(?:st|nd|rd|th)\s+)?[{UPPER}][\w’'&-]*|al-[A-Z]\w+")
_LINK = r"(?:of|for|and|the|in|on|at|de|des|du|&|имени|им\.|по|и|при)"
_GAP = re.compile(rf"\s+(?:{_LINK}\s+){{0,3}}|,\s+")
_LIST_GAP = re.compile(r",\s+$")
_ENDS_LIST = re.compile(r"(?:Ministry|Department|Institute|Faculty|Council|Agency|Commission)\s+(?:of|for)\s+[^.;]*$")
_IN_BRACKETS = re.compile(r"\s*[(（]\s*(?:the\s+)?([A-ZА-ЯЁ][\w-]*[A-ZА-ЯЁ][\w-]*)\s*[)）]")

_Token = tuple[str, int, int]


def latin_bodies(text: str, people: Sequence[tuple[int, int]], acronyms: frozenset[str]) -> Iterator[Mention]:
    """Bodies that runs of capitalized words name."""
    for run in _runs(text, people):
        for piece in _pieces(run, text, acronyms):
            yield from _mention(piece, text, acronyms)


def described_bodies(text: str) -> Iterator[Mention]:
    """Bodies told by small words with their acronym: "UNESCO's capacity-building institute for Africa (IICBA)"."""
    for match in _described_form().finditer(text):
        yield Mention(name=match.group(1), start=match.start(1), end=match.end(1), acronym=match.group(2))


@cache
def _described_form() -> re.Pattern[str]:
    heads = "|".join(map(re.escape, head_words("heads", "en")))
    return re.compile(
        rf"(?<![\w’'])((?:[{UPPER}][\w’'-]*\s+(?:[a-z][\w-]*\s+){{0,5}}|(?:[a-z][\w-]*\s+){{1,5}})(?:{heads})(?:\s+(?:of|for|in)(?:\s+[\w’'-]+){{1,4}})?)"
        r"\s*\(([A-Z][\w-]*[A-Z][\w-]*)\)"
    )


_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def _runs(text: str, people: Sequence[tuple[int, int]]) -> Iterator[list[_Token]]:
    """Capitalized words in a row with the small words between, cut at persons and where the script changes."""
    run: list[_Token] = []
    for match in _TOKEN.finditer(text):
        if any(start <= match.start() < end for start, end in people):
            if run:
                yield run
            run = []
            continue
        gap = text[run[-1][2] : match.start()] if run else ""
        is_mixed = bool(run) and bool(_CYRILLIC.match(run[-1][0])) != bool(_CYRILLIC.match(match.group()))
        if run and (is_mixed or not (_GAP.fullmatch(gap) and (not _LIST_GAP.match(gap) or _goes_on(text, run, match)))):
            yield run
            run = []
            gap = ""
        at = run[-1][2] if run else 0
        run += [(link.group(), at + link.start(), at + link.end()) for link in re.finditer(r"[^\s,–—-]+", gap) if run]
        run.append((match.group(), match.start(), match.end()))
    if run:
        yield run


def _goes_on(text: str, run: list[_Token], match: re.Match[str]) -> bool:
    """Whether a comma lies within a name: "Ministry of Education, Science and Technology"."""
    if not _ENDS_LIST.match(text[_last_head_start(run) : match.start()]):
        return False
    rest = re.match(rf"[{UPPER}]\w+(?:,\s+[{UPPER}]\w+)*,?\s+and\s+[{UPPER}]\w+", text[match.start() :])
    return rest is not None and not any(is_head(word) for word in re.findall(r"\w+", rest.group()))


def _last_head_start(run: list[_Token]) -> int:
    return max((start for word, start, _ in run if is_head(word)), default=run[0][1])


def _pieces(run: list[_Token], text: str, acronyms: frozenset[str]) -> Iterator[list[_Token]]:
    """A run cut where one name ends and another begins."""
    piece: list[_Token] = []
    for at, token in enumerate(run):
        word = token[0]
        rest = run[at + 1 :]
        is_loose = not _names_body(piece, acronyms)
        if word in ("in", "at") and piece:
            yield piece
            piece = []
        elif word == "of" and piece and (is_event(piece[-1][0]) or (is_loose and rest and rest[0][0] == "the")):
            piece = []
        elif word == "and" and _names_body(piece, acronyms) and _begins_another(rest, acronyms):
            yield piece
            piece = []
        elif word == "of" and _names_body(piece, acronyms) and _ends_in_head(piece) and _is_whole(rest, acronyms):
            yield piece
            piece = []
        elif re.search(r"(?<=.)['’]s?$", word) and _is_possessor([*piece, token], acronyms) and rest:
            owner = bare(word)
            yield [*piece, (owner, token[1], token[1] + len(owner))]
            piece = []
        elif not piece and _is_owned(word):
            continue
        else:
            piece.append(token)
    if piece:
        yield piece


def _names_body(tokens: Sequence[_Token], acronyms: frozenset[str]) -> bool:
    return any(is_head(word) or is_acronym(word, acronyms) for word, _, _ in tokens)


def _begins_another(rest: Sequence[_Token], acronyms: frozenset[str]) -> bool:
    """Whether after an "and" another body is named, and not the rest of this one's field."""
    until = next((at for at, (word, _, _) in enumerate(rest) if word == "and"), len(rest))
    return bool(rest) and (rest[0][0] in ("the", "of", "at") or _names_body(rest[:until], acronyms))


def _ends_in_head(tokens: Sequence[_Token]) -> bool:
    """Whether a name is complete as it stands, so that "of" begins the name of the body it is part of."""
    words = [word for word, _, _ in tokens]
    return len(words) > 1 and any(is_head(word) for word in words)


def _is_whole(rest: Sequence[_Token], acronyms: frozenset[str]) -> bool:
    until = next((at for at, (word, _, _) in enumerate(rest) if word in ("and", "of")), len(rest))
    own = rest[: max(until, 1)]
    ahead = rest[until + 1 : until + 2]
    is_ministry = bool(own) and is_head(own[-1][0]) and bool(ahead)
    return any(is_head(word) or is_acronym(word, acronyms) for word, _, _ in own) or is_ministry


def _is_owned(word: str) -> bool:
    """Whether a word stands alone for a body that owns what follows: "the Institute's Provost"."""
    return word != bare(word) and is_head(word)


def _is_possessor(tokens: Sequence[_Token], acronyms: frozenset[str]) -> bool:
    name = " ".join(bare(word) for word, _, _ in tokens)
    words = name.split()
    return (len(words) > 1 and is_head(words[-1])) or any(is_acronym(word, acronyms) for word in words[-1:])


def _mention(tokens: list[_Token], text: str, acronyms: frozenset[str]) -> Iterator[Mention]:
    """The body that a piece of a run names, its leading titles and small words left out; none for other names."""
    while tokens and _is_leading(tokens):
        tokens = tokens[1:]
    while tokens and not re.match(rf"[{UPPER}\d]|al-", tokens[-1][0]):
        tokens = tokens[:-1]
    if not tokens:
        return
    words = [word for word, _, _ in tokens]
    start, end = tokens[0][1], tokens[-1][2]
    name = bare(text[start:end])
    end = start + len(name)
    if len(words) > 1 or not is_acronym(name, acronyms):
        heads = [at for at, word in enumerate(words) if is_head(word)]
        if all(is_head(word) or not word[0].isupper() for word in words) or words[0] == "Joint":
            return
        main = words[: next((at for at, word in enumerate(words) if word in ("of", "for", "on")), len(words))]
        events = bool(main) and is_event(main[-1])
        if not heads or events or len(words) == 1 or len(fold(name).split()) < 2:
            is_known = bool(known_keys(name)) and any(is_body(key) for key in known_keys(name)) and not events
            if not (is_known and is_whole_form(name)):
                return
    brackets = _IN_BRACKETS.match(text, end)
    yield Mention(name=name, start=start, end=end, acronym=brackets.group(1) if brackets else "")


def _is_leading(tokens: Sequence[_Token]) -> bool:
    """Whether the first word of a piece is no part of a name: a title, "The", a month, a small word."""
    word = re.sub(r"['’]s?$", "", tokens[0][0])
    plain = word.casefold()
    if not re.match(rf"[{UPPER}\d]|al-", word):
        return True
    if plain in function_words() or is_calendar_word(word) or plain.endswith("-based"):
        return True
    followed = [one for one, _, _ in tokens[1:3]]
    parts = plain.split("-")
    if word != tokens[0][0]:
        return False  # "the President's Office"
    return all(part in _titles() for part in parts) and (
        not followed or followed[0] in ("of", "for", "and", "at") or not is_head(plain)
    )


def generic_bodies(text: str) -> Iterator[Mention]:
    """Bodies called by their sort alone."""
    for match in _generic_form().finditer(text):
        group = 1 if match.group(1) else 2
        yield Mention(name=match.group(group), start=match.start(group), end=match.end(group), is_generic=True)


@cache
def _generic_form() -> re.Pattern[str]:
    en = "|".join(head_words("generic", "en"))
    zh = "|".join(head_words("generic", "zh"))
    return re.compile(rf"\b(?:[Tt]he|[Tt]heir|[Ii]ts|[Tt]his)\s+((?i:{en})\b)(?!\s+of\b)|({zh})")


@cache
def _titles() -> frozenset[str]:
    return frozenset(word for words in read_lexicon("common")["titles"].values() for word in words)
