"""The titles beside a person's name, each with the body that the same words name, in English, Chinese and Russian."""

import re
from collections.abc import Iterator
from functools import cache

from corpus.lexicon import read_lexicon
from ingest.ledger.reading import Person
from ingest.ledger.shape import BODY, HAN, ONE_PERSON, Shape, Title, chinese_title, russian_title, words_of
from ingest.ledger.titles_english import after_english, apposed_english, before_english

LONGEST_PREFIX = 10
"""Characters before a Chinese title, at most, that may be part of it."""


def titles_of(shape: Shape, person: Person) -> Iterator[Title]:
    """What stands right before and after a name, in reading order."""
    if (apposed := apposed_english(shape, person)) is not None:
        yield apposed
    for find in (before_english, _before_ru, _before_zh):
        if (title := find(shape, person)) is not None:
            if apposed is None or not re.fullmatch(r"(?i:prof|assoc\. prof)\.?", title.role):  # then only an address
                yield title
            break
    for find_all in (after_english, _after_ru, _after_zh):
        if titles := list(find_all(shape, person)):
            # What follows one whose title has been told may be the next person's: "the Rector, A, the Director, B".
            yield from (one for one in titles if apposed is None or not one.role)
            break


# Russian


@cache
def _ru_phrase() -> str:
    told = r"\w*(?:[аеиоуыя]л(?:а|о|и|ся|ась|ись)?|[аеия]ет|[ия]т|[уюая]т|ться|ть)"
    small = "на о об с со к от до из у при за для во в а но что когда где".replace(" ", "|")
    verb = rf"(?!(?:{told}|{small})(?!\w))"
    word = rf"(?:дел(?:а|у|ом|ами|ах)?\b|{verb}[А-Яа-яЁё][\w-]*)"
    one = rf"{russian_title()}(?:\s+(?:{BODY}|по(?=\s)|и(?=\s+[а-яё])|{word}))*"
    return rf"{one}(?:\s+[–—-]\s+{one})*"


def _before_ru(shape: Shape, person: Person) -> Title | None:
    floor = max((one.end for one in shape.people if one.end <= person.start), default=0)
    before = re.sub(rf"(?i:{words_of('courtesy', 'ru')})\w*\s*$", "", shape.text[floor : person.start])
    match = re.search(rf"(?:(?P<det>{BODY})\s+)?(?P<role>{_ru_phrase()})\s+$", before)
    return _title_ru(shape, floor, match, "title before") if match else None


def _title_ru(shape: Shape, floor: int, match: re.Match[str], rule: str) -> Title:
    left, right = floor + match.start("role"), floor + match.end("role")
    names = shape.body_names(floor + match.start(), right)
    words = list(shape.line.text[left:right])
    for found in re.finditer(rf"\s+{BODY}(?:\s+в\s+[А-ЯЁ]\w+)?", shape.text[left:right]):
        words[found.start() : found.end()] = [""] * (found.end() - found.start())
    role = " ".join("".join(words).split())
    return Title(role=role, body=names[0] if names else "", start=floor + match.start(), end=right, rule=rule)


def _after_ru(shape: Shape, person: Person) -> Iterator[Title]:
    becoming = words_of("becoming", "ru")
    form = (
        rf"\s*(?:[,(—–]\s*(?:котор\w+\s+(?:является|был\w?)\s+)?|\s(?:{becoming})\s+)"
        rf"(?P<role>(?>{_ru_phrase()}(?:\s+в\s+[А-ЯЁ]\w+)?))(?!\s+{ONE_PERSON})"
    )
    match = re.compile(form).match(shape.text, person.end)
    if match:
        yield _title_ru(shape, 0, match, "title after")
    elif match := re.compile(rf"\s+(?:{words_of('belonging', 'ru')})\s+({BODY})").match(shape.text, person.end):
        yield Title(body=shape.body_names(*match.span(1))[0], start=person.end, end=match.end(), rule="body after")


# Chinese


def _before_zh(shape: Shape, person: Person) -> Title | None:
    before = shape.text[: person.start]
    match = re.search(rf"{chinese_title()}$", before)
    if match is None:
        return None
    start = match.start()
    prefix = _prefix_zh(before[:start])
    names = shape.body_names(0, start - len(prefix))
    body = names[-1] if names and before[: start - len(prefix)].endswith(("\ue000", "\ue001")) else ""
    return _title_zh(shape, prefix, body, match.span(), "title before")


def _title_zh(shape: Shape, prefix: str, body: str, span: tuple[int, int], rule: str) -> Title:
    title = shape.line.text[span[0] : span[1]]
    bare = re.sub(rf"^(?:{words_of('qualifiers', 'zh')})+", "", title) or title
    if prefix and not body and len(prefix) > 1 and prefix[-1] == bare[0]:
        prefix, body = "", prefix  # 国际交流处 + 处长
    return Title(role=prefix + title, body=body, start=span[0] - len(prefix), end=span[1], rule=rule)


def _prefix_zh(before: str) -> str:
    """What stands between a boundary and a title, and belongs to it: 项目中方 + 负责人."""
    prefix = _boundary_zh().split(before)[-1]
    return prefix if len(prefix) <= LONGEST_PREFIX else ""


@cache
def _boundary_zh() -> re.Pattern[str]:
    listed = [*read_lexicon("organizations")["boundaries"]["zh"], *read_lexicon("people")["chinese"]["boundaries"]]
    listed += [word for word in read_lexicon("people")["chinese"]["after_names"] if len(word) > 1]
    return re.compile(
        "|".join([r"[^\w\u3400-\u9fff]|[\ue000-\ue003]|[a-z]", *sorted(set(listed), key=len, reverse=True)])
    )


def _after_zh(shape: Shape, person: Person) -> Iterator[Title]:
    becoming, closed = words_of("becoming", "zh"), r"(?=[，。；、）)]|$)"
    title = rf"(?P<body>(?:{BODY})*)(?P<prefix>{HAN}{{0,8}}?)(?P<title>{chinese_title()})(?!{ONE_PERSON})"
    skip = rf"(?:[(（]{ONE_PERSON}[)）])?"
    for form in (
        rf"{skip}(?P<title>{chinese_title()})(?!{ONE_PERSON})",
        rf"{skip}(?:，)?(?:{becoming})(?:了)?{title}{closed}",
        rf"{skip}[，（]{title}{closed}",
    ):
        match = re.compile(form).match(shape.text, person.end)
        if match:
            groups = match.groupdict()
            names = shape.body_names(*match.span("body")) if groups.get("body") else []
            yield _title_zh(
                shape, groups.get("prefix") or "", names[-1] if names else "", match.span("title"), "title after"
            )
            return
