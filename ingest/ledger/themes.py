"""Themes: what a visit was about, with whom, by the word list; and recurring phrases that may be themes to come."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import Stemmer

from corpus.citation import Citation
from corpus.lexicon import patterns, read_lexicon
from corpus.names import function_words, is_calendar_word
from ingest.ledger.contacts import contact_facts
from ingest.ledger.fact import DEGREES, Fact
from ingest.ledger.reading import Body, Line, Person, Reading
from ingest.ledger.when import when_of

LEAST_REPORTS = 3
"""Reports a phrase must stand in to be offered as a theme: two may share a phrase by chance, or be one event's."""
TALKED = DEGREES.index("online")
"""From this degree on an organization was spoken with, so that what follows its line may be of it."""
WORDS, HAN = (3, 2), (6, 5, 4, 3)
"""Lengths of phrases, in words and in Chinese characters, the longest first."""

_TOKEN = re.compile(r"[^\W\d_\u3400-\u9fff]+(?:['’-][^\W\d_\u3400-\u9fff]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_CLAUSE = re.compile(r"[;:.,。；：，！？]|\bbut\b|\bно\b|但")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTheme:
    """A phrase that recurs and belongs to no theme: as most often written, in how many reports, and one place of it."""

    phrase: str
    count: int
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Content words, or Chinese characters, that stand side by side in a line: (stem, start, end) each."""

    reading: Reading
    line: Line
    tokens: tuple[tuple[str, int, int], ...]

    def written(self, first: int, size: int) -> str:
        """`size` tokens from `first` as the line has them, in lower case."""
        return self.line.text[self.tokens[first][1] : self.tokens[first + size - 1][2]].casefold()


def theme_facts(reading: Reading) -> Iterator[Fact]:
    """One fact for each theme spoken of with a partner, at the first line that does; none for a report without any.

    The partner is the organization met that stands nearest before the word, else after it in its line, else the only
    one talked with in the nearest line before, else the only one of the report where its title has it; empty where
    none was met or several may be meant. Words inside a name of an organization or person, words that tell somebody's
    office, and words that a clause denies ("did not discuss mobility") are no theme.
    """
    met = {fact.object: DEGREES.index(fact.state) for fact in contact_facts(reading) if fact.state != "mentioned"}
    told: set[tuple[str, str]] = set()
    for at, line in enumerate(reading.lines):
        for key, start, _ in themes_in(line):
            partner = _partner(reading, met, at, start)
            if (partner, key) in told or _is_denied(line.text, start):
                continue
            told.add((partner, key))
            when = when_of(reading, line)
            yield Fact(
                kind="theme", subject=partner, object=key, date=when.text, start=when.start, place=reading.report.place,
                citation=reading.cite(line), extractor="themes: word list",
            )  # fmt: skip


def themes_in(line: Line) -> tuple[tuple[str, int, int], ...]:
    """(key, start, end) of each theme a line names, in order, names of organizations and persons left out."""
    names: list[Body | Person] = [*line.bodies, *line.people]
    found = [
        (match.start(), match.end(), key)
        for key in read_lexicon("themes")["words"]
        for forms in patterns("themes", "words", key).values()
        for form in forms
        for match in form.finditer(line.text)
        if not any(name.start < match.end() and match.start() < name.end for name in names)
        and not _is_office(line.text, match)
    ]
    return tuple((key, start, end) for start, end, key in sorted(found))


def theme_name(key: str, language: str = "en") -> str:
    """The name of a theme to show in a language, else in English; the key itself for one that has no entry."""
    names = read_lexicon("themes")["names"].get(key, {})
    return str(names.get(language) or names.get("en", key))


def new_themes(readings: Iterable[Reading]) -> tuple[NewTheme, ...]:
    """Phrases in at least `LEAST_REPORTS` reports that belong to no theme, the most frequent first.

    Phrases are of 2-3 words, all endings taken for one, or of 3-6 Chinese characters; none has a name, a function word
    or a word of ``[not_new]``. A phrase that only ever stands inside a longer one is left out.
    """
    stretches = [
        _Stretch(reading=reading, line=line, tokens=tuple(tokens))
        for reading in readings
        for line in reading.lines
        for tokens in _stretches(line)
    ]
    offered: list[NewTheme] = []
    taken: dict[int, set[int]] = defaultdict(set)
    for size, is_han in (*((size, False) for size in WORDS), *((size, True) for size in HAN)):
        for places in _phrases(stretches, size, is_han, taken).values():
            reports = {stretches[number].reading.report.id for number, _ in places}
            if len(reports) < LEAST_REPORTS:
                continue
            for number, first in places:
                taken[number].update(range(first, first + size))
            written = Counter(stretches[number].written(first, size) for number, first in places)
            where = stretches[places[0][0]]
            offered.append(
                NewTheme(
                    phrase=written.most_common(1)[0][0],
                    count=len(reports),
                    citation=where.reading.cite(where.line),
                )
            )
    return tuple(sorted(offered, key=lambda one: (-one.count, one.phrase)))


def _phrases(
    stretches: Sequence[_Stretch], size: int, is_han: bool, taken: dict[int, set[int]]
) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """(number of the stretch, first token) of each use of every phrase of a size that lies in no longer one."""
    uses: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, stretch in enumerate(stretches):
        if bool(_HAN.match(stretch.tokens[0][0])) != is_han:
            continue
        for first in range(len(stretch.tokens) - size + 1):
            phrase = tuple(stem for stem, _, _ in stretch.tokens[first : first + size])
            if len(set(phrase)) > 1 and not taken[number].intersection(range(first, first + size)):
                uses[phrase].append((number, first))
    return uses


def _stretches(line: Line) -> Iterator[list[tuple[str, int, int]]]:
    """Runs of (stem, start, end) of a line's content words, or of Chinese characters, that stand side by side."""
    names: list[Body | Person] = [*line.bodies, *line.people]
    taken = [(name.start, name.end) for name in names]
    taken += [(start, end) for _, start, end in themes_in(line)]
    for run in _HAN.finditer(line.text):
        bare = _han_stops().sub(lambda match: " " * len(match.group()), run.group())
        for part in re.finditer(r"\S+", bare):
            at = run.start() + part.start()
            yield from _cut([(sign, at + n, at + n + 1) for n, sign in enumerate(part.group())], taken, line.text)
    tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(line.text)]
    content = [
        (_stem(word), start, end)
        for word, start, end in tokens
        if not (_is_stop(word) or is_calendar_word(word) or (word != word.lower() and start > 0) or len(word) < 3)
    ]
    yield from _cut(content, taken, line.text)


def _cut(
    tokens: list[tuple[str, int, int]], taken: list[tuple[int, int]], text: str
) -> Iterator[list[tuple[str, int, int]]]:
    """Tokens in runs that nothing but a blank parts, those within `taken` left out."""
    run: list[tuple[str, int, int]] = []
    for token in tokens:
        is_taken = any(start < token[2] and token[1] < end for start, end in taken)
        if run and (is_taken or text[run[-1][2] : token[1]].strip()):
            yield run
            run = []
        if not is_taken:
            run.append(token)
    if run:
        yield run


def _partner(reading: Reading, met: dict[str, int], at: int, start: int) -> str:
    """With whom a word at `start` of a line was said; `met` gives the degree at which each organization was met."""
    line = reading.lines[at]
    own = [body for body in line.bodies if body.name in met]
    before = [body.name for body in own if body.start < start]
    if own:
        return before[-1] if before else own[0].name
    talked = {name for name, degree in met.items() if degree >= TALKED}
    for other in reversed(reading.lines[:at]):
        names = {body.name for body in other.bodies} & talked
        if len(names) == 1:
            return names.pop()
    titled = {body.name for body in reading.title.bodies}
    return talked.pop() if len(talked) == 1 and talked <= titled else ""


def _is_office(text: str, match: re.Match[str]) -> bool:
    """Whether a theme's words only say what somebody directs or is an expert of."""
    sides = patterns("themes", "office")
    before, after = text[: match.start()], text[match.end() :]
    return any(one.search(before) for one in sides["before"]) or any(one.search(after) for one in sides["after"])


def _is_denied(text: str, start: int) -> bool:
    """Whether a word of denial stands before a place in its clause."""
    begin = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    denials = (form for forms in patterns("modality", "negation").values() for form in forms)
    return any(form.search(text[begin:start]) for form in denials)


def _is_stop(word: str) -> bool:
    return word.casefold() in function_words() or word.casefold() in _stops()


@cache
def _stops() -> frozenset[str]:
    titles = read_lexicon("common")["titles"]
    lists = [*read_lexicon("themes")["not_new"].values(), *titles.values()]
    return frozenset(word.casefold() for words in lists for word in words)


@cache
def _han_stops() -> re.Pattern[str]:
    """Chinese words and signs that a phrase cannot hold."""
    common = read_lexicon("common")
    words = {
        *read_lexicon("themes")["not_new"]["zh"],
        *common["function_words"]["zh"],
        *common["chinese_names"]["titles"],
    }
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def _stem(word: str) -> str:
    return str(_stemmer("russian" if _CYRILLIC.match(word) else "english").stemWord(word.casefold()))


@cache
def _stemmer(language: str) -> "Stemmer.Stemmer":
    return Stemmer.Stemmer(language)
