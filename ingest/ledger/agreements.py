"""Agreements: between whom, of what kind, and how far they have come by the words of one sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.lexicon import expressions, patterns, read_lexicon
from corpus.states import STATES, State, state_in, strongest_state
from ingest.ledger.contacts import contact_facts, is_aside, side_of
from ingest.ledger.fact import AGREEMENT_STATES, DEGREES, Fact
from ingest.ledger.reading import Body, Line, Reading, stretch_at
from ingest.ledger.when import when_of

FORMAL = ("mou", "framework_agreement", "letter_of_intent", "protocol", "agreement")
"""Forms that are signed; the others begin when they are carried out."""
_STATES = {"not_signed": "mentioned", "in_force": "in force"}
_CLAUSE = re.compile(
    r"[.;:。；！？]|,\s+(?:and|but|while|а|но)\s|，(?:但|而)|\bbut\b"
    r"|\band (?=would|wish|hope|want|will|plan|sign|propos|discuss)"
)
_BASE = re.compile(r"\b(?:supplement|annex|amendment|addition|appendix)s? to (?:the|an?|their) (?:\w+ )?$", re.I)
"""What stands before the agreement that another one is an addition to."""
_DENIED = re.compile(
    r"\b(?:no|any|without|nor)\s+(?:\w+\s+){0,2}$|\b(?:did|do|does|has|have|had|could) not (?:\w+\s+){1,4}$"
    r"|[没未无][^，。；]{0,6}$|\bне\b[^,.;]{0,30}$",
    re.I,
)
_SHORT_WISH = re.compile(r"(?<![自如意心])愿(?![景意望])")
_WISH_AFTER = re.compile(r"签[署订约][^，。；]{0,20}的(?:意愿|愿望|意向|希望|想法)")
"""Ways to wish that the list of states does not know: its shortest word, and a wish named after what is wished."""
_BESIDE = re.compile(r"\s*(?:,|、)?\s*(?:and|и|与|和|及|以及)?\s*(?:the\s+)?")


def agreement_facts(reading: Reading) -> Iterator[Fact]:
    """One fact for each kind of agreement between the same parties, at the furthest state a sentence tells.

    A sentence that only denies one ("mentions no agreement", "nothing was signed") gives none.
    """
    best: dict[tuple[str, frozenset[str]], Fact] = {}
    met = {fact.object: fact for fact in contact_facts(reading)}
    for at, line in enumerate(reading.lines):
        for form, start, end in _forms_in(line.text):
            begin, until = stretch_at(line.text, start, _CLAUSE)
            state = _state(line.text, form, start, end)
            parties = _parties(reading, met, at, (begin, until), start) if state else ()
            if not parties or (state == "mentioned" and not set(parties) <= {body.name for body in line.bodies}):
                continue
            fact = _fact(reading, line, form, state, parties, (begin, until))
            key = (f"{form} {state == 'mentioned'}", frozenset(parties))
            if key not in best or _rank(fact) > _rank(best[key]):
                best[key] = fact
    yield from _without_doubles(list(best.values()))


def furthest_state(quote: str) -> str:
    """The furthest state any clause of a quote tells an agreement to be in: what no fact on it may go beyond."""
    told = _strongest(_spelled_out(quote))
    found = [_STATES.get(told, told)] if told else []
    found += [
        state
        for state in AGREEMENT_STATES
        if state not in ("mentioned", "signed") and any(one.search(quote) for one in _words_of(state))
    ]
    return max(found, key=AGREEMENT_STATES.index, default="mentioned")


def _without_doubles(facts: list[Fact]) -> Iterator[Fact]:
    """All but those that another line tells of again: the same form, all parties, at least as far."""
    for fact in facts:
        others = [one for one in facts if one is not fact and one.form == fact.form and _named(fact) <= _named(one)]
        is_told = any((_rank(one), _named(one) != _named(fact)) > (_rank(fact), False) for one in others)
        if not any(one.citation != fact.citation for one in others) or not is_told:
            yield fact


def _named(fact: Fact) -> frozenset[str]:
    return frozenset({fact.subject, fact.object, *fact.others})


def _rank(fact: Fact) -> int:
    return AGREEMENT_STATES.index(fact.state)


def _forms_in(text: str) -> Iterator[tuple[str, int, int]]:
    """(form, start, end) of each word for an agreement, the longest at its place."""
    found = [
        (match.start(), -match.end(), form)
        for form in read_lexicon("ledger")["forms"]
        for forms in patterns("ledger", "forms", form).values()
        for one in forms
        for match in one.finditer(text)
    ]
    last = -1
    kept: list[tuple[str, int, int]] = []
    for start, minus_end, form in sorted(found):
        if start >= last:
            kept.append((form, start, -minus_end))
            last = -minus_end
    for at, one in enumerate(kept):
        beside = [*kept[max(at - 1, 0) : at], *kept[at + 1 : at + 2]]
        if not (one[0] == "agreement" and any(_is_of(text, one, other) for other in beside)):
            yield one


def _is_of(text: str, one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    """Whether an agreement is only that on another thing: "an agreement on student exchange", 学生交流协议."""
    if other[0] in FORMAL:
        return False
    if other[2] <= one[1]:
        return other[2] == one[1]
    return bool(re.fullmatch(r"\s+(?:on|for|of|about|о|об)\s+(?:(?:a|an|the)\s+)?(?:\w+\s+)?", text[one[2] : other[1]]))


def _state(text: str, form: str, start: int, end: int) -> str:
    """The state of the agreement named at ``text[start:end]`` by its own clause; empty where it is denied."""
    begin, until = stretch_at(text, start, _CLAUSE)
    clause, before = text[begin:until], text[begin:start]
    if _DENIED.search(before):
        return ""
    if _BASE.search(before):
        return "mentioned"
    if form in FORMAL:
        asked = _spelled_out(text if _is_only_one(text, form) else clause)
        told = _strongest(asked)
        if told and told not in ("not_signed", "signed", "in_force"):
            told = state_in(asked) or told
        if told and told != "not_signed":
            return _STATES.get(told, told)
        if told == "not_signed":
            return _weaker(clause) or "mentioned"
        if any(one.search(clause) for one in _words_of("in force")[:1]):
            return "in force"
    for state in ("ended", "renewed", "wished", "proposed", "discussed", "agreed"):
        if any(one.search(clause) for one in _words_of(state)):
            return state
    if strongest_state(clause) == "signed":
        return "signed"
    if form not in FORMAL and any(one.search(clause) for one in _words_of("in force")):
        return "in force"
    return "mentioned"


def _strongest(text: str) -> State | None:
    """`strongest_state`, unless the parts between commas tell less: two wishes side by side are no signature."""
    told = strongest_state(text)
    parts = [state for part in re.split("[,，]", text) if (state := strongest_state(part))]
    return min((told, max(parts, key=STATES.index)), key=STATES.index) if told and parts else told


def _spelled_out(text: str) -> str:
    """A text with every wish for a signature told by a word before it."""
    return _WISH_AFTER.sub(lambda found: "愿意" + found.group(), _SHORT_WISH.sub("愿意", text))


def _weaker(clause: str) -> str:
    """The state below a signature that a clause tells of, the weakest its words allow; empty for none."""
    return next(
        (
            state
            for state in ("wished", "proposed", "discussed", "agreed")
            if any(one.search(clause) for one in _words_of(state))
        ),
        "",
    )


def _is_only_one(text: str, form: str) -> bool:
    """Whether a sentence names this kind of agreement once, so that all it tells of it is one thing."""
    return sum(kind == form for kind, _, _ in _forms_in(text)) == 1 and not re.search(r"[;；]", text)


def _words_of(state: str) -> tuple[re.Pattern[str], ...]:
    return expressions("ledger", "states", state)


def _parties(reading: Reading, met: dict[str, Fact], at: int, clause: tuple[int, int], start: int) -> tuple[str, ...]:
    """Between whom: the bodies of the clause or its line; where they are fewer than two, our side and whom it met."""
    line = reading.lines[at]
    inside = [body for body in line.bodies if clause[0] <= body.start < clause[1]]
    own = _distinct(line, inside)
    if len(own) < 2 and len(list(_forms_in(line.text))) == 1:
        own = _distinct(line, line.bodies)
    side = side_of(reading)
    if len(own) > 1 and (set(own) & set(side) or not _moves(line.text[:start])):
        return own
    near = [body.name for body in line.bodies if body.end <= start and body.name not in side]
    others = tuple(name for name in own if name not in side)
    others = others if len(own) == 1 and others else tuple(near[-1:]) or others
    counterpart = others[0] if others else _counterpart(reading, met, at)
    ours = next((name for name in own if name in side), side[0] if side else "")
    return (ours, counterpart) if ours and counterpart else ()


def _moves(before: str) -> bool:
    """Whether somebody unnamed goes and meets there, who then is the side whose record it is."""
    return any(
        one.search(before) for name in ("go", "talk") for forms in patterns("ledger", name).values() for one in forms
    )


def _distinct(line: Line, bodies: Sequence[Body]) -> tuple[str, ...]:
    """Names of bodies that may be parties, each once: no venue, and none that the line only mentions."""
    return tuple(
        dict.fromkeys(
            body.name
            for body in bodies
            if not re.search(r"\b(?:at|in)(?: the)?\s+$", line.text[: body.start]) and not is_aside(line, body)
        )
    )


def _counterpart(reading: Reading, met: dict[str, Fact], at: int) -> str:
    """Whom the side was with when a line was said: the nearest met before it in its paragraph, else in the record.

    Of several equally near the one told first is it, if the record opens with it; else nobody, since two may be meant.
    """
    line, text = reading.lines[at], reading.report.text
    paragraph = max(text.rfind("\n\n", 0, line.start), reading.lines[0].start)
    before = [fact for fact in met.values() if fact.citation.start <= line.start and fact.state not in _NOT_MET]
    for facts in ([fact for fact in before if fact.citation.start >= paragraph], before):
        nearest = max((_degree(fact) for fact in facts), default=-1)
        best = [fact for fact in facts if _degree(fact) == nearest]
        if len(best) == 1:
            return best[0].object
        opens = [fact for fact in best if fact.citation.start == reading.lines[0].start]
        if len(opens) == 1:
            return opens[0].object
    return ""


_NOT_MET = ("mentioned", "planned")


def _degree(fact: Fact) -> int:
    return DEGREES.index(fact.state)


def _fact(
    reading: Reading, line: Line, form: str, state: str, parties: tuple[str, ...], clause: tuple[int, int]
) -> Fact:
    when = when_of(reading, line)
    told = line.text[clause[0] : clause[1]]
    conditions = [one.search(told) for forms in patterns("ledger", "conditions").values() for one in forms]
    condition = next((match.group() for match in conditions if match), "")
    fact = Fact(
        kind="agreement", subject=parties[0], object=parties[1], others=parties[2:], form=form.replace("_", " "),
        state=state, date=when.text, start=when.start, condition=condition,
        speaker=_speaker(line, state, clause, parties) if state in ("wished", "proposed") else "",
        citation=reading.cite(line), extractor="agreements: one sentence",
    )  # fmt: skip
    previous = next((one for one in reversed(reading.lines) if one.end <= line.start), None)
    if not previous or set(parties) <= {body.name for body in line.bodies}:
        return fact
    if "\n\n" in reading.report.text[previous.end : line.start]:
        return fact
    return replace(fact, citation=reading.cite(previous, line), extractor="agreements: with the sentence before")


def _speaker(line: Line, state: str, clause: tuple[int, int], parties: tuple[str, ...]) -> str:
    """Which party wishes or proposes: the last one named before the word for it; empty for none or several."""
    marks = [one.search(line.text, clause[0], clause[1]) for one in _words_of(state)]
    at = min((match.start() for match in marks if match), default=clause[1])
    before = [body for body in line.bodies if body.end <= at and body.name in parties]
    if len(before) > 1 and _BESIDE.fullmatch(line.text[before[-2].end : before[-1].start]):
        return ""
    return before[-1].name if before else ""
