"""Questions that the records leave open, made of ones they answer: another name or year stands in place of its own.

A reader that is taught by found passages alone learns what is asked better than of whom; these differ in that only.
"""

import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.reader.reading import Window
from assistant.train.examples import rows_of
from corpus.language import script_of

KINDS = ("bodies", "people", "places")
LEAST = {"cjk": 2}
"""Letters of a name that is looked for in a question; four in scripts not named."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_INFLECTED = "cyrillic"


class Swaps:
    """Names of all offices by kind, script and number of words.

    Args:
        facts: The ``facts.jsonl`` of the offices, whose ``mentions`` are used.
    """

    def __init__(self, facts: Iterable[Path]) -> None:
        self._like: dict[tuple[str, str, int], list[str]] = {}
        self._kinds: dict[str, tuple[str, str, int]] = {}
        for path in sorted(facts):
            for row in rows_of(path):
                for kind in KINDS if row["kind"] == "mentions" else ():
                    for name in row[kind]:
                        self._add(kind, name)

    def _add(self, kind: str, name: str) -> None:
        script = script_of(name)
        if name in self._kinds or len(name) < LEAST.get(script, 4) or name[0].islower():
            return
        self._kinds[name] = kind, script, len(name.split())
        self._like.setdefault(self._kinds[name], []).append(name)

    def other(
        self, question: str, gold: Sequence[Window], shown: Sequence[Window], chance: random.Random
    ) -> str | None:
        """The question with one name or year changed for one that no window shown holds; None where it has none.

        A name in the question's own script is changed only where a gold window holds it: where none does, the reader
        must answer without it.
        """
        texts = [f"{one.header} {' '.join(one.sentences)}" for one in (*gold, *shown)]
        told, all_ = " ".join(texts[: len(gold)]), " ".join(texts).casefold()
        is_own = script_of(question) == script_of(told)
        ways = [
            (found, self._drawn(name, all_, chance))
            for name, found in self._names_in(question)
            if not is_own or name[: max(4, len(name) - 2)].casefold() in told.casefold()
        ]
        for year in _YEAR.finditer(question):
            if year[0] in told:
                others = [str(int(year[0]) + step) for step in (-6, -4, -3, -2, -1, 1, 2, 3, 4)]
                ways.append((year[0], next((one for one in chance.sample(others, 9) if one not in all_), None)))
        ways = [way for way in ways if way[1]]
        if not ways:
            return None
        old, new = chance.choice(ways)
        return question.replace(old, str(new))

    def _names_in(self, question: str) -> list[tuple[str, str]]:
        """Names in a question and the text that stands for each, longest first, none inside another."""
        found: list[tuple[str, str]] = []
        for name in sorted(self._kinds, key=len, reverse=True):
            _, script, words = self._kinds[name]
            text = name if name in question else ""
            if script == _INFLECTED and words == 1 and len(name) > 4 and name[:-1] in question:
                inflected = re.search(rf"\b{re.escape(name[:-1])}\w{{0,3}}\b", question)
                text = inflected[0] if inflected else ""
            elif text and script != "cjk" and not re.search(rf"\b{re.escape(name)}\b", question):
                text = ""
            if text and not any(text in other for _, other in found):
                found.append((name, text))
        return found

    def _drawn(self, name: str, all_: str, chance: random.Random) -> str | None:
        like = self._like[self._kinds[name]]
        for other in chance.sample(like, min(20, len(like))):
            if other.casefold() not in all_ and other[:3] != name[:3]:
                return other
        return None
