"""What a question asks of the ledger: which facts, in what shape, within which bounds. No model is asked."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.understand import Understood
from corpus.lexicon import patterns, read_lexicon, says
from corpus.names import fold, is_body, known_keys, names_of
from corpus.people import people_in
from ingest import AGREEMENT_STATES, Ledger, covers, organizations_in, own_keys, stemmed

About = Literal["agreements", "contacts", "people", "joint", "promises", "themes"]
Shape = Literal["list", "count", "latest", "earliest", "timeline"]

FORMAL = frozenset({"mou", "framework agreement", "letter of intent", "protocol", "agreement"})
"""What the word "agreement" means: what is signed."""
SIGNED = frozenset({"signed", "in force", "renewed"})
UNSIGNED = frozenset({"wished", "proposed", "discussed", "agreed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerQuestion:
    """A question as the ledger can answer it.

    Attributes:
        about: The kind of fact that is asked for.
        shape: All of them, their number, the last or first of them, or all in order of time.
        bodies: Organizations it names, as the ledger groups them; our own are left out.
        asks_us: Whether it names us.
        people: Persons it names.
        countries: ISO 3166 codes of the countries it names; `places` keys of cities and regions.
        states: States asked for; all when empty. `forms` likewise kinds of agreements.
        groups: Of a question about joint doings: the bodies of each alternative ("A and B, or A and C"), ours left out.
        direction: ``went``, ``came`` or empty for both.
        offices: Offices asked for, with their rank.
        sorts: Sorts of bodies asked for ("ministries"), as their head words in one spelling; all when empty.
        is_visit: Whether only visits count, and no talks or events.
        years: Years asked for.
    """

    about: About
    shape: Shape
    bodies: tuple[str, ...] = ()
    asks_us: bool = False
    people: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    groups: tuple[tuple[str, ...], ...] = ()
    direction: str = ""
    offices: frozenset[str] = frozenset()
    sorts: frozenset[str] = frozenset()
    is_visit: bool = False
    years: tuple[int, ...] = ()


def ledger_question(understood: Understood, ledger: Ledger, shape: Shape | None = None) -> LedgerQuestion | None:
    """What a question asks of the ledger; None when it asks for a single thing, or for what no ledger holds.

    Args:
        understood: The question made whole.
        ledger: All facts.
        shape: The shape that a person wants; None to read it from the question, which must then ask for one.
    """
    shape = _shape_for_ledger(understood, shape)
    if not shape:
        return None
    asked = understood.text
    known = known_keys(asked, nested=True)
    own = own_keys() & known_keys(asked)
    people = people_in(understood.asked)
    bodies = bodies_in(asked, ledger)
    about = _about(understood, bodies, people, has_us=bool(own))
    if not about or _left_over(understood, bodies, people if about == "people" else (), ledger):
        return None
    named = {key for body in bodies for key in known_keys(body, nested=True)}
    return LedgerQuestion(
        about=about,
        shape=shape,
        bodies=bodies,
        asks_us=bool(own) or _asks("us", understood),
        people=people,
        countries=frozenset(key for key in known if len(key) == 2) - named,
        places=frozenset(key for key in known if len(key) > 2 and not is_body(key))
        - named
        - set(read_lexicon("aliases")["programmes"]),
        states=_states(understood) if about == "agreements" else frozenset(),
        forms=_forms(asked) if about == "agreements" else frozenset(),
        groups=tuple(bodies_in(part, ledger) for part in _OR.split(asked)) if about == "joint" else (),
        direction=_direction(understood) if about == "contacts" else "",
        offices=understood.offices,
        sorts=_sorts(understood, bodies, ledger) if about == "contacts" else frozenset(),
        is_visit=about == "contacts" and ("visit" in understood.concepts or _asks("visits", understood)),
        years=understood.years,
    )


def unknown_names(understood: Understood, ledger: Ledger, shape: Shape | None = None) -> tuple[str, ...]:
    """Names that alone keep the ledger from giving all that is asked for, since no fact has them; arguments as there.

    Empty for a question that the ledger can answer, or could not answer without them either; and for one that does
    not ask for all there is, which a search may answer whole.
    """
    shape = _shape_for_ledger(understood, shape) if understood.wants_all or shape else None
    if not shape:
        return ()
    people, bodies = people_in(understood.asked), bodies_in(understood.text, ledger)
    about = _about(understood, bodies, people, has_us=bool(own_keys() & known_keys(understood.text)))
    left = _left_over(understood, bodies, people if about == "people" else (), ledger) if about else ()
    whole = [*people, *(one.name for one in organizations_in(understood.asked) if not one.is_generic)]
    return tuple(dict.fromkeys(next((name for name in whole if word in name), word) for word in left))


def _shape_for_ledger(understood: Understood, wanted: Shape | None) -> Shape | None:
    """The shape of an answer of the ledger; None where things are counted that it does not hold, or for no list."""
    shape = _shape(understood)
    counts_things = "how_many" in understood.kinds and shape != "count"
    if counts_things or re.search(r"\bthe \d+ \w+", understood.asked):
        return None
    return wanted or shape


def _left_over(
    understood: Understood, bodies: tuple[str, ...], people: tuple[str, ...], ledger: Ledger
) -> tuple[str, ...]:
    """Names that bind a question to something the ledger does not know; it must not be ignored."""
    # A comma before each: a capital that opens a text is none of a name's.
    told = "".join(f", {name}" for name in (*people, *(form for body in bodies for form in ledger.forms(body))))
    there = names_of(told)
    opener = understood.asked.split()[0] if understood.asked.split() else ""
    words = tuple(word for word in names_of(understood.asked).words if word != opener and not there.has(word))
    return words or tuple(name for name in _chinese_bodies(understood.asked) if name not in told)


def _chinese_bodies(asked: str) -> list[str]:
    """Bodies that a question names in Chinese, whose names no capital tells; "which universities" is none."""
    named = (one.name for one in organizations_in(asked) if not one.is_generic)
    return [name for name in named if _HAN.search(name) and not _ANY.search(name) and not known_keys(name)]


def bodies_in(text: str, ledger: Ledger) -> tuple[str, ...]:
    """Organizations of the ledger that a text names in any form, the longest form first; our own are left out."""
    folded, found = fold(text), list[str]()
    keys = known_keys(text)
    has_cyrillic = bool(_CYRILLIC.search(text))
    inflected = stemmed(folded) if has_cyrillic else folded
    for form, name in ledger.names_by_length():
        plain = fold(form).strip()
        if has_cyrillic and _CYRILLIC.search(form) and f" {stemmed(plain)} " in inflected:
            inflected = inflected.replace(stemmed(plain), " | ")
            found.append(name)
        elif (len(plain) > 2 and f" {plain} " in folded) or (_HAN.search(form) and form in text):
            folded = folded.replace(plain, " | ")
            found.append(name)
    for name in ledger.organizations:
        own = {key for key in known_keys(name) & keys if is_body(key) and covers(name, key)}
        if own and name not in found and not _is_common(own):
            found.append(name)
    return tuple(name for name in dict.fromkeys(found) if not ledger.is_us(name))


_HAN = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ANY = re.compile("[哪何几各每]|什么|多少|所有|全部")
_OR = re.compile(r"\bor\b|\bили\b|或者?")


def _is_common(keys: set[str]) -> bool:
    return keys <= {"ministry_of_education", "unesco"}


def _shape(understood: Understood) -> Shape | None:
    if _asks("timeline", understood):
        return "timeline"
    if understood.wants in ("latest", "earliest"):
        return understood.wants
    if _asks("appearances", understood) or _asks("promises", understood) or _asks("themes", understood):
        return "list"
    if (_asks("went", understood) or _asks("came", understood)) and _names_us(understood):
        return "list"
    if _asks("count", understood):
        return "count"
    return "list" if understood.wants_all and understood.wants != "comparison" else None


def _about(understood: Understood, bodies: tuple[str, ...], people: tuple[str, ...], *, has_us: bool) -> About | None:
    appears = _asks("appearances", understood)
    if _asks("denial", understood):
        return None
    if _asks("agreements", understood) and not (people and not {"agreement", "sign"} & understood.concepts):
        return "agreements"
    if people:
        return "people" if appears else None
    if _asks("promises", understood):
        return "promises"
    if _asks("themes", understood):
        return "themes"
    goes = _asks("went", understood) or _asks("came", understood)
    if (understood.offices or bodies or has_us) and _asks("persons", understood) and not goes:
        return "people"
    if bodies and (appears or (len(bodies) + has_us > 1 and _asks("joint", understood))):
        return "joint"
    asks_all_visits = understood.wants_all and _asks("visits", understood)
    is_bound = bool(bodies) or _names_us(understood) or asks_all_visits
    return "contacts" if is_bound and (_asks("contacts", understood) or _asks("timeline", understood)) else None


def _names_us(understood: Understood) -> bool:
    return _asks("us", understood) or bool(own_keys() & known_keys(understood.asked))


def _asks(what: str, understood: Understood) -> bool:
    return says("labels", "ask", what, text=understood.asked, language=understood.language)


def _sorts(understood: Understood, bodies: tuple[str, ...], ledger: Ledger) -> frozenset[str]:
    """Sorts of bodies that a question asks for in the plural, the names of bodies left out."""
    asked = understood.asked
    for form in sorted((form for body in bodies for form in ledger.forms(body)), key=len, reverse=True):
        asked = asked.replace(form, " ")
    return frozenset(
        sort
        for sort, expressions in read_lexicon("labels")["sorts"].items()
        if any(re.search(expression, asked, re.IGNORECASE) for expression in expressions)
    )


def _states(understood: Understood) -> frozenset[str]:
    """States asked for: the signed, the unsigned, those that are named, or all that are more than mentioned."""
    if understood.states == frozenset({"signed"}):
        return SIGNED
    if says("questions", "not_signed", text=understood.asked, language=understood.language):
        return UNSIGNED
    named = {state for concept, state in _STATES.items() if concept in understood.concepts}
    if named and understood.states and "wish" not in understood.concepts:
        return frozenset(named)
    return UNSIGNED if understood.states else frozenset(AGREEMENT_STATES) - {"mentioned"}


_STATES = {"propose": "proposed", "discuss": "discussed", "agree": "agreed"}


def _forms(asked: str) -> frozenset[str]:
    """Kinds of agreement that a question names; the formal ones for "agreement" alone, all for none."""
    named = {
        form.replace("_", " ")
        for form in read_lexicon("ledger")["forms"]
        for expressions in patterns("ledger", "forms", form).values()
        if any(one.search(asked) for one in expressions)
    }
    return FORMAL if named == {"agreement"} or not named else frozenset(named)


def _direction(understood: Understood) -> str:
    went, came = _asks("went", understood), _asks("came", understood)
    return "" if went == came else "went" if went else "came"
