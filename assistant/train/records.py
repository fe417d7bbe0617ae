"""Annotated records as the tagger is trained on them: passages with what they name and tell."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.train.annotated import UNKNOWN, Annotated, Mention, groups_of, relate, relate_sentences, span_in
from assistant.train.examples import rows_of
from corpus import Report, read_reports
from corpus.plain_form import plain_form
from ingest import is_own, passages_of, sentences_of
from ingest.split import split_sentences
from ingest.tagger import Text, text_of

TOLD_KEPT = "told, kept"
"""The office of each fifth short passage, on which cuts are fitted and which is not trained on."""
_WORD = re.compile(r"\w")
_HAN = re.compile(r"[\u3400-\u9fff]")


def read_annotated(folder: Path, count_tokens: Callable[[str], int]) -> list[Annotated]:
    """The passages of every annotated office below `folder`."""
    found: list[Annotated] = []
    for path in sorted(folder.glob("*/facts.jsonl")):
        by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows_of(path):
            if row.get("names", True):  # of a body told of without a name
                by_file[row.get("file", "")].append(row)
        names = tuple(name for row in by_file[""] for name in row["names"])
        outcomes = path.with_name("outcomes.jsonl")
        for row in rows_of(outcomes) if outcomes.exists() else ():
            by_file[row["file"]].append(row)
        files = sorted(filter(None, by_file))
        for file, report in zip(files, read_reports(path.parent, [Path(file) for file in files]), strict=True):
            if isinstance(report, Report):
                for one in _of_report(path.parent.name, report, by_file[file], count_tokens, names):
                    found.append(one if outcomes.exists() else replace(one, later=_unknown(one.later)))
    return found


def _unknown(labels: list[list[int]]) -> list[list[int]]:
    return [[UNKNOWN] * len(one) for one in labels]


def read_told(path: Path) -> list[Annotated]:
    """Short passages annotated for nothing but `labels.LATER`, and whom they name."""
    found = []
    for number, row in enumerate(rows_of(path)):
        text = row["text"]
        kinds = dict.fromkeys(row["people"], "person") | dict.fromkeys([*row["we"], *row["bodies"]], "body")
        mentions = _mentions(text, kinds)
        us = frozenset(n for n, one in enumerate(mentions) if one.name in row["we"])
        whole = Text(text=text, raw=text, sentences=tuple(split_sentences(text, 0, len(text))), offset=0)
        office = TOLD_KEPT if number % 5 == 0 else path.stem
        one = Annotated(office, row["lang"], whole, mentions, us=us, is_tagged=False)
        we = [{"kind": "contact", "names": ["WE", *row["we"]], "negated": True}]
        rows = [*we, *({**told, "file": ""} for told in row["told"])]
        groups = groups_of(rows)
        named = [n for n, mention in enumerate(mentions) if mention.kind in ("body", "person")]
        spans = {told["quote"]: span_in(text, told["quote"], whole) for told in row["told"]}
        relate_sentences(one, rows, spans, groups, [groups.get(mention.name) for mention in mentions], named)
        found.append(replace(one, told=_unknown(one.told)))
    return found


def read_tagged(path: Path) -> list[Annotated]:
    """The sentences of ``mentions.jsonl.gz``, in whose sets other kinds of name than ours are left out."""
    kinds = {
        "PER": "person", "ORG": "body", "LOC": "place", "PERSON": "person", "ORGANIZATION": "body",
        "PROFESSION": "title", "COUNTRY": "place", "CITY": "place", "STATE_OR_PROVINCE": "place",
        "DISTRICT": "place", "FACILITY": "place", "LOCATION": "place",
    }  # fmt: skip
    found = []
    for row in rows_of(path):
        text = row["text"]
        if plain_form(text) != text or len(text) > 1200:
            continue
        mentions = [Mention(a, b, kinds[kind], text[a:b]) for a, b, kind in row["mentions"] if kind in kinds]
        outer = [
            one
            for one in mentions
            if not any(o is not one and o.start <= one.start and one.end <= o.end and
                       (o.end - o.start) > (one.end - one.start) for o in mentions)
        ]  # fmt: skip
        found.append(Annotated(row["set"], row["lang"], Text(text=text, raw=text, sentences=(), offset=0), outer))
    return found


def _of_report(
    office: str,
    report: Report,
    rows: Sequence[dict[str, Any]],
    count_tokens: Callable[[str], int],
    names: Sequence[str],
) -> Iterable[Annotated]:
    sentences = sentences_of(report)
    by_name = _kinds(rows)
    groups = groups_of(rows)
    for passage in passages_of(report, count_tokens=count_tokens):
        own = [one for one in sentences if passage.start <= one.start and one.end <= passage.end]
        text = text_of(passage, own)
        mentions = _mentions(text.text, by_name)
        us = frozenset(n for n, one in enumerate(mentions) if one.kind == "body" and is_own(one.name, names))
        one = Annotated(office, report.language, text, mentions, us=us)
        relate(one, report.text, rows, groups)
        yield one


def _kinds(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The kind of each surface form that the annotation of a record names."""
    found: dict[str, str] = {}
    for row in rows:
        if row["kind"] == "mentions":
            for kind, key in (("place", "places"), ("title", "titles"), ("person", "people"), ("body", "bodies")):
                found |= dict.fromkeys(row[key], kind)
    for row in rows:
        if row["kind"] == "contact":
            found |= dict.fromkeys(row["names"], "body")
        if row["kind"] == "person":
            found |= dict.fromkeys(row["names"], "person")
            found |= {name: "body" for name in row["body"] if name != "WE" and name not in found}
            if row["role"] and row["role"] not in found:
                found[row["role"]] = "title"
        if row["kind"] == "agreement":
            found |= {name: "body" for party in row["parties"] for name in party if name != "WE" and name not in found}
    return {name: kind for name, kind in found.items() if name.strip()}


def _mentions(text: str, kinds: dict[str, str]) -> list[Mention]:
    taken = [False] * (len(text) + 1)
    found = []
    for name in sorted(kinds, key=len, reverse=True):
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not any(taken[at:end]) and _is_whole(text, at, end):
                taken[at:end] = [True] * len(name)
                found.append(Mention(at, end, kinds[name], name))
            at = text.find(name, end)
    return sorted(found, key=lambda one: one.start)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word goes on beyond either end; Chinese has no blanks."""
    before, after = text[start - 1 : start], text[end : end + 1]
    for outside, inside in ((before, text[start]), (after, text[end - 1])):
        if outside and _WORD.match(outside) and _WORD.match(inside) and not _HAN.search(outside + inside):
            return False
    return True
