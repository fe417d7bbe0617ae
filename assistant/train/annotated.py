"""An annotated passage: what it names, and what its mentions and sentences are to each other."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.ledger.measure import OTHERWISE
from ingest.tagger import WE, Text
from ingest.tagger.labels import DEGREES, DIRECTIONS, FORMS, LATER, OUTCOMES, PAIRS, SENTENCE, STATES, VISIT_TERMS

UNKNOWN = -100
"""A label that nothing is learned from."""
_FORMS = {"memorandum": "mou"}
_OF_SENTENCES = [name for name in PAIRS if name not in ("role", "body")]


@dataclass(slots=True)
class Mention:
    """A name in a text, code points; `kind` one of `labels.KINDS`."""

    start: int
    end: int
    kind: str
    name: str


@dataclass(slots=True)
class Annotated:
    """A passage with its labels.

    Attributes:
        text: What the tagger sees.
        mentions: What it names, in order; None where only tags are known.
        degree, direction: By mention of a body, numbers of labels or `UNKNOWN`.
        told: By sentence, for each of `labels.SENTENCE` 1, 0 or `UNKNOWN`; `later` likewise of `labels.LATER`, `form` a
            number of `labels.FORMS`.
        is_tagged: Whether all that it names is among the mentions; else nothing is learned from what is none.
        us: Numbers of the mentions that are of who wrote the record.
        pairs: By name of `labels.PAIRS`: (thing, thing or `WE`, whether joined), mentions or sentences by number.
    """

    office: str
    language: str
    text: Text
    mentions: list[Mention]
    degree: dict[int, int] = field(default_factory=dict)
    direction: dict[int, int] = field(default_factory=dict)
    told: list[list[int]] = field(default_factory=list)
    later: list[list[int]] = field(default_factory=list)
    form: list[int] = field(default_factory=list)
    us: frozenset[int] = frozenset()
    is_tagged: bool = True
    pairs: dict[str, list[tuple[int, int, bool]]] = field(default_factory=lambda: defaultdict(list))


def groups_of(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """A number for each surface form, equal for the forms of one thing."""
    lists = [row["names"] for row in rows if row["kind"] in ("contact", "person")]
    lists += [row["body"] for row in rows if row["kind"] == "person"]
    lists += [party for row in rows if row["kind"] == "agreement" for party in row["parties"]]
    told = [row for row in rows if row["kind"] in ("promise", "outcome", "late", *VISIT_TERMS, *OUTCOMES)]
    lists += [[name] for row in told for key in ("who", "to", "visit") for name in row.get(key, ())]
    number: dict[str, int] = {"WE": WE}
    for at, names in enumerate(lists):
        known = {number[name] for name in names if name in number}
        own = WE if WE in known else min(known, default=at)
        number = {name: own if group in known else group for name, group in number.items()}
        number |= dict.fromkeys(names, own)
    return number


def relate(one: Annotated, whole: str, rows: Sequence[dict[str, Any]], groups: dict[str, int]) -> None:
    """Fill in what the mentions and sentences of a passage are to each other."""
    text = one.text
    spans = {row["quote"]: span_in(whole, row["quote"], text) for row in rows if row.get("quote")}
    group_of = [groups.get(mention.name) for mention in one.mentions]
    bodies = [n for n, m in enumerate(one.mentions) if m.kind == "body"]
    people = [n for n, m in enumerate(one.mentions) if m.kind == "person"]
    titles = [n for n, m in enumerate(one.mentions) if m.kind == "title"]
    contacts = [row for row in rows if row["kind"] == "contact" and not row.get("negated")]
    for n in bodies:
        group = group_of[n]
        rows_of_it = [row for row in contacts if group is not None and groups[row["names"][0]] == group]
        if not rows_of_it:
            one.degree[n] = DEGREES.index("none")
            continue
        best = max(rows_of_it, key=lambda row: DEGREES.index(row["degree"]))
        span = spans[best["quote"]]
        inside = span is not None and span[0] <= one.mentions[n].start < span[1]
        if inside or best["degree"] == "mentioned":
            one.degree[n] = DEGREES.index(best["degree"])
            one.direction[n] = DIRECTIONS.index(best["direction"])
    _relate_people(one, rows, spans, groups, group_of, people, titles, bodies)
    relate_sentences(one, rows, spans, groups, group_of, [*bodies, *people])


def _relate_people(
    one: Annotated,
    rows: Sequence[dict[str, Any]],
    spans: dict[str, tuple[int, int] | None],
    groups: dict[str, int],
    group_of: Sequence[int | None],
    people: Sequence[int],
    titles: Sequence[int],
    bodies: Sequence[int],
) -> None:
    for p in people:
        own = [
            row for row in rows if row["kind"] == "person" and group_of[p] is not None
            and groups[row["names"][0]] == group_of[p]
        ]  # fmt: skip
        if not own:
            continue
        of = {groups[name] for row in own for name in row["body"]}
        one.pairs["body"].append((p, WE, WE in of))
        one.pairs["body"] += [(p, b, group_of[b] in of) for b in bodies if group_of[b] != WE or WE in of]
        roles = {row["role"] for row in own if row["role"]}
        for t in titles:
            mention = one.mentions[t]
            if mention.name not in roles:
                one.pairs["role"].append((p, t, False))
                continue
            quotes = [spans[row["quote"]] for row in own if row["role"] == mention.name]
            if any(span and span[0] <= mention.start < span[1] for span in quotes):
                one.pairs["role"].append((p, t, True))


def relate_sentences(
    one: Annotated,
    rows: Sequence[dict[str, Any]],
    spans: dict[str, tuple[int, int] | None],
    groups: dict[str, int],
    group_of: Sequence[int | None],
    named: Sequence[int],
) -> None:
    """Fill in what its sentences tell, and whom they join: the annotated lines `rows`, by the spans of their quotes."""
    sentences = one.text.sentences
    one.told = [[0] * len(SENTENCE) for _ in sentences]
    one.later = [[0] * len(LATER) for _ in sentences]
    one.form = [UNKNOWN] * len(sentences)
    joined: dict[str, dict[int, set[int]]] = {name: defaultdict(set) for name in _OF_SENTENCES}
    for row in rows:
        span = spans.get(row.get("quote", ""))
        label = row["state"] if row["kind"] in ("agreement", "outcome") else row["kind"]
        label = OTHERWISE.get(label, label)
        if label not in (*SENTENCE, *LATER) or span is None:
            continue
        labels, names = (one.later, LATER) if label in LATER else (one.told, SENTENCE)
        inside = [n for n, (start, end) in enumerate(sentences) if start < span[1] and span[0] < end]
        if not inside:
            continue
        for n in inside[:-1]:  # of two sentences the last one tells; of the first nothing is known
            column = names.index(label)
            labels[n][column] = labels[n][column] or UNKNOWN
        last = inside[-1]
        if row.get("negated"):  # which state is denied is annotated in more ways than one
            one.told[last] = [told or UNKNOWN for told in one.told[last][: len(STATES)]] + one.told[last][len(STATES) :]
            label = "negated"
        labels[last][names.index(label)] = 1
        if row["kind"] == "agreement":
            one.form[last] = FORMS.index(_FORMS.get(row["form"], row["form"]))
        for key, sides in _sides(row).items():
            joined[key][last] |= {groups[name] for name in sides if name in groups}
    for key, by_sentence in joined.items():
        for n, wanted in by_sentence.items():
            one.pairs[key].append((n, WE, WE in wanted))
            for m in named:
                if group_of[m] == WE or (key == "party" and one.mentions[m].kind == "person"):
                    continue
                one.pairs[key].append((n, m, group_of[m] is not None and group_of[m] in wanted))


def _sides(row: dict[str, Any]) -> dict[str, list[str]]:
    """Whom what a sentence tells names, by name of `labels.PAIRS`; a key only where it is annotated."""
    if row["kind"] == "promise":
        return {"who": row["who"], "to": row["to"]}
    if row["kind"] != "agreement":
        told = {"by": row["who"], "visit": row["visit"] if row["kind"] in VISIT_TERMS else []}
        return {key: names for key, names in told.items() if names}
    wanted_by = {"who": [row["wanted_by"]]} if row.get("wanted_by") else {}
    return {"party": [name for party in row["parties"] for name in party], **wanted_by}


def span_in(whole: str, quote: str, text: Text) -> tuple[int, int] | None:
    """Where a quote of the record stands in the passage's text; None where it does not."""
    at = whole.find(quote)
    if at < 0:
        return None
    start, end = at - text.offset, at + len(quote) - text.offset
    return (start, end) if end > text.begin and start < len(text.text) else None
