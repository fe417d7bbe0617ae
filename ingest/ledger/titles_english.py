"""English titles before and after a name: "TEC Director A", "A, Dean of Law", "A, who heads the office"."""

import re
from collections.abc import Iterator
from functools import cache

from corpus.lexicon import read_lexicon
from ingest.ledger.heads import head_of
from ingest.ledger.reading import Person
from ingest.ledger.shape import BODY, NO_MORE, ONE_BODY, ONE_PERSON, UPPER, Shape, Title, english_title, words_of


@cache
def _en_phrase() -> str:
    """A title with what it is of, and a second one after "and"."""
    word = rf"{UPPER}[\w-]*"
    further = rf"(?:,\s+{word})*,?\s+and\s+{word}|\s+(?:and\s+|of\s+(?:the\s+)?|for\s+)?{word}"
    capitals = rf"{UPPER}[\w’'-]*(?:{further})*"
    small = rf"(?:[a-z][\w-]*\s+){{0,5}}[a-z][\w-]*(?=\s*[,;.)]|$|\s+(?:of|at|in)\s+(?:the\s+)?{ONE_BODY})"
    owned = rf"{BODY}(?:['’]s?\s+{BODY})?"
    article = r"(?:the\s+|an?\s+|its\s+|their\s+)?"
    tail = (
        rf"(?:\s+(?:of|for|in|on|at)\s+{article}(?:{owned}|{UPPER}\w+['’]s\s+{BODY}|{small})"
        rf"|\s+(?:of|for)\s+{article}{capitals})*"
    )
    return rf"{english_title()}{tail}(?:\s+and\s+(?:the\s+|an?\s+)?{english_title()}{tail}(?!\s+{ONE_PERSON}))*"


_COURTESY_END = r"(?:(?i:dr|mr|mrs|ms|prof)\.?\s*)?"


def before_english(shape: Shape, person: Person) -> Title | None:
    """The title right before a name; None for none."""
    floor = max((one.end for one in shape.people if one.end <= person.start), default=0)
    before = shape.text[floor : person.start]
    before = re.sub(r"\s*\([^()]{0,40}$", " ", before)  # "the Director (printed as …"
    before = re.sub(rf"(?<!\w)(?i:{words_of('courtesy', 'en')})\.?\s*$", "", before)
    match = _before_en_form().search(before)
    if match is None:
        return _several_en(shape, person)
    left, right = _role_span(match)
    det = _trimmed(shape, (floor + match.start(), floor + left)) if left > match.start() else None
    return _title(shape, (floor + left, floor + right), start=floor + match.start(), det=det, rule="title before")


def apposed_english(shape: Shape, person: Person) -> Title | None:
    """The title that a name with a comma before it explains: "by its Rector, Dr Li Na", "the President, Prof. Li Na".

    None for none, and where the title may be of somebody else: after a person or in the midst of a list.
    """
    text = shape.text
    floor = max((one.end for one in shape.people if one.end <= person.start), default=0)
    match = _apposed_form().search(text[floor : person.start])
    ends = re.match(rf"\s*(?:[,;.:)–—-]|$|\s(?:and|who)\b|\s*[(（]{ONE_PERSON})", text[person.end :])
    if match is None or not (ends or match.group("courtesy")):
        return None
    lead = text[floor : floor + match.start()]
    is_listed = re.search(r",\s*$", lead) is not None and match.group("det").strip().casefold() == "the"
    if is_listed or (floor and not lead.strip(" ,(")):
        return None
    left, right = _role_span(match)
    det = (floor + match.start("det"), floor + left) if match.group("det").strip().casefold() != "the" else None
    span = (floor + left, floor + right)
    return _title(shape, span, start=floor + match.start(), det=_trimmed(shape, det), rule="title before")


@cache
def _apposed_form() -> re.Pattern[str]:
    courtesy = rf"(?:(?i:{words_of('courtesy', 'en')}|prof|professor|assoc)\b\.?\s*)"
    honor = r"(?:(?i:hon|rt\.?\s+hon)\b\.?\s+)?"
    owner = rf"(?:[Tt]he\s+)?(?:{BODY}|[A-Za-z][\w-]*)['’]s|{BODY}['’]"
    det = rf"(?<![\w-])(?P<det>(?:{owner}|[Ii]ts|[Tt]heir|[Ww]hose|[Tt]he)\s+)"
    return re.compile(
        rf"{det}{honor}(?P<role>(?:[a-z][\w-]*\s+){{0,2}}?(?>{_en_phrase()})),\s+(?P<courtesy>{courtesy}*)$"
    )


def _several_en(shape: Shape, person: Person) -> Title | None:
    """The title of one of several: "Deputy Directors A and B"."""
    listed = re.search(
        rf"({english_title()[: -len(NO_MORE)]})s\s+(?:{ONE_PERSON},\s+)*(?:{ONE_PERSON},?\s+and\s+)?$",
        shape.text[: person.start],
    )
    if listed is None:
        return None
    left, right = listed.span(1)
    return Title(role=shape.line.text[left:right], start=left, end=right + len("s"), rule="title before")


def _role_span(match: re.Match[str]) -> tuple[int, int]:
    """Where the group that names the office stands: one of ``role``, ``plain``, ``field``."""
    return match.span(next(name for name in ("role", "plain", "field") if match.groupdict().get(name)))


@cache
def _before_en_form() -> re.Pattern[str]:
    own = rf"(?P<own>(?:{BODY}['’]s?|(?i:its|their|whose))\s+)(?=(?:[\w-]+\s+){{0,2}}?{english_title()})"
    return re.compile(
        rf"(?:{own}(?P<role>(?:[a-z][\w-]*\s+){{0,2}}?(?>{_en_phrase()}))"
        rf"|(?P<det>{BODY}\s+)?(?P<plain>(?>{_en_phrase()})))\s+$"
    )


def _title(
    shape: Shape, span: tuple[int, int], *, start: int, det: tuple[int, int] | None, rule: str, is_duty: bool = False
) -> Title:
    """The title of a stretch, the body it names taken out, a unit left in ("Dean of the School of Law")."""
    left, right = span
    words = shape.text[left:right]
    possessor = shape.line.text[det[0] : det[1]].casefold() if det else ""
    lead = shape.body_names(*det) if det else []
    body, cut = (lead[0], None) if lead else ("", None)
    found = list(
        re.finditer(
            rf"\s+(?:of|at|in|for)\s+(?:the\s+|its\s+|their\s+|{UPPER}\w+['’]s\s+)?({BODY})(?:['’]s?\s+({BODY}))?",
            words,
        )
    )
    for at, match in enumerate(found):
        first = shape.body_names(left + match.start(1), left + match.end(1))
        if body or not first:
            break
        whole = found[at + 1] if at + 1 < len(found) and found[at + 1].start() == match.end() else None
        stays = is_duty or re.search(
            rf"(?i:{'|'.join(read_lexicon('people')['unit_offices']['all'])})", words[: match.start()]
        )
        if match.group(2):
            body, cut = first[0], match.span()
        elif whole is not None and _is_unit(first[0]):
            body, cut = shape.body_names(left + whole.start(1), left + whole.end(1))[0], whole.span()
        else:
            body, cut = first[0], None if stays and _is_unit(first[0]) and not is_duty else match.span()
    if is_duty and not body and not re.match(r"\w+\s+(?:its|their)\b", words):
        body = next(iter(shape.body_names(left, right)), "") if re.search(rf"{BODY}\s*$", words) else ""
    text = shape.line.text[left:right]
    role = text if cut is None else text[: cut[0]] + text[cut[1] :]
    if is_duty and re.match(r"\w+\s+(?:its|their)\b", words):
        possessor = "its"
    return Title(
        role=" ".join(role.split()).strip(" ,"),
        body=body,
        possessor=possessor if possessor in ("its", "their", "whose") else "",
        start=start,
        end=right,
        rule=rule,
    )


def _is_unit(name: str) -> bool:
    return head_of(name) in read_lexicon("organizations")["units"]["en"]


def after_english(shape: Shape, person: Person) -> Iterator[Title]:
    """The titles and the body right after a name, in reading order."""
    at = person.end
    forms = dict(_after_en_forms())
    while True:
        for name, form in forms.items():
            match = form.match(shape.text, at)
            if match is None:
                continue
            if name == "body":
                found = shape.body_names(match.start(1), match.end(1))
                yield Title(body=found[0], start=at, end=match.end(), rule="body after")
            elif name != "skip":
                det = match.span("det") if "det" in form.groupindex and match.group("det") else None
                yield from _each(shape, _role_span(match), start=at, det=_trimmed(shape, det), is_duty=name == "duty")
                forms.pop("comma", None)  # what follows the next comma is another person's
            at = match.end()
            break
        else:
            return


def _each(
    shape: Shape, span: tuple[int, int], *, start: int, det: tuple[int, int] | None, is_duty: bool
) -> Iterator[Title]:
    """The title of a stretch, or the titles on either side of "and" where they are of two bodies."""
    whole = _title(shape, span, start=start, det=det, rule="title after", is_duty=is_duty)
    left, right = span
    joint = re.search(rf"\s+and\s+(?:the\s+|an?\s+)?(?={english_title()})", shape.text[left:right])
    if joint is not None and not is_duty:
        first = _title(shape, (left, left + joint.start()), start=start, det=det, rule="title after")
        second = _title(shape, (left + joint.end(), right), start=left + joint.end(), det=None, rule="title after")
        if first.body and second.body and first.body != second.body:
            yield first
            yield second
            return
    yield whole


def _trimmed(shape: Shape, span: tuple[int, int] | None) -> tuple[int, int] | None:
    if span is None:
        return None
    text = shape.text[span[0] : span[1]]
    kept = re.sub(r"['’]?s?\s*$", "", text) if "\ue000" in text else text.rstrip()
    return span[0], span[0] + len(kept)


@cache
def _after_en_forms() -> dict[str, re.Pattern[str]]:
    phrase, duties = _en_phrase(), words_of("duties", "en")
    det = rf"(?:(?P<det>(?:{BODY}['’]s?|the\s+[a-z][\w-]*['’]s|its|their)\s+)|(?:the|an?|one\s+of\s+the)\s+)"
    office = rf"{det}(?P<role>(?:[a-z][\w-]*\s+){{0,2}}?(?>{phrase}))|(?P<plain>(?:{UPPER}\w+['’]s\s+)?(?>{phrase}))"
    named = rf"(?:{office})(?!\s+{_COURTESY_END}{ONE_PERSON})"
    as_named = (
        rf"(?:(?:the|an?)\s+)?(?:{named}|(?P<field>(?:[a-z][\w-]*\s+){{1,2}}?{english_title()})(?!\s+{ONE_PERSON}))"
    )
    end = r"(?![\w’'])"
    until = rf"\s+and\s+(?:{duties})\b|\s+and\s+(?:[\w-]+\s+){{0,3}}{ONE_PERSON}|\s*[,;.()]|\s*$"
    thing = rf"(?:[^,;.()\ue002]|(?<=\w),(?=\s+\ue000)|\.(?=\w))*?(?={until})"
    owner = rf"(?:the\s+|its\s+|their\s+|{UPPER}\w+['’]s\s+)?"
    belonging = words_of("belonging", "en")
    becoming = words_of("becoming", "en")
    once = rf",\s+(?:once|formerly|previously)\s+(?:of|at|with|from)\s+(?:the\s+)?{BODY}\s+and"
    return {
        name: re.compile(pattern)
        for name, pattern in {
            "skip": rf"\s*[(（]{ONE_PERSON}[)）]|\s*\((?:spelt|also)[^)]*\)",
            "body": rf"\s+(?:{belonging})\s+{owner}({BODY})(?:['’]s?\s+{BODY})?(?:,(?=\s+who\b))?",
            "duty": rf"(?:,?\s+who\s+|\s+and\s+)(?P<role>(?:{duties})\s+{thing})(?P<plain>)",
            "comma": rf"\s*[,(（—–]\s*(?:who\s+(?:is|was)\s+(?:also\s+)?)?{named}{end}",
            "now": rf"(?:{once})?\s+now\s+{named}{end}",
            "is": rf",?\s+(?:{becoming})\s+{named}{end}",
            "as": rf"(?:\s+[^,;.:\ue002]{{0,40}}?)?\s+as\s+{as_named}{end}",
        }.items()
    }
