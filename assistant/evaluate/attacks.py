"""The scorecard of the proof: true and false sentences beside their records, and which of them it let pass."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.evaluate.bounds import missed
from assistant.prove import Checked, Checker, Pair, read_pairs
from corpus.errors import IndexMissing, UsageError

if TYPE_CHECKING:
    from rich.table import Table

MEASURES = (
    "n", "released", "proved", "withheld", "score", "auc",
    "released_true", "proved_true", "released_false", "proved_false", "grave_proved",
)  # fmt: skip
HELD_ENDINGS = ("3", "6", "9")
"""Pairs over records whose number ends so are held back from fitting: three of ten."""
GRAVE = ("status", "number", "date", "person", "place", "title", "negation", "visited")
"""Kinds of false pairs of which none is to be proved."""
LESS_IS_BETTER = ("released_false", "proved_false", "grave_proved")
_SHORT = {
    "released_true": "true rel.", "proved_true": "true proved",
    "released_false": "false rel.", "proved_false": "false proved", "grave_proved": "grave",
}  # fmt: skip
_COUNTS = ("n", "grave_proved")
_LEGEND = (
    "shares of the pairs of a line · released: proved or uncertain · score: mean · auc: area under the ROC curve of "
    "the score · true, false: of the pairs judged so · grave: number of false pairs of a grave kind that were proved · "
    "held: pairs over records held back from fitting · rest: those over other records"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackCard:
    """All pairs as they were checked, in their order."""

    rows: tuple[Checked, ...] = field(default=())

    def groups(self) -> dict[str, dict[str, float]]:
        """Measures (see `measured`) of ``all`` pairs, of those over ``held`` back records, of the ``rest`` over
        records, of those over ``free text``, and of each kind by name; a group without pairs is absent, but ``all``.
        """
        return {"all": measured(self.rows), **self._parts(), **self._by_kind()}

    def check(self, bounds: Mapping[str, float]) -> list[str]:
        """What misses its bound, one sentence each, as ``{"released_true": 0.9, "held:grave_proved": 0}``.

        Raises:
            UsageError: There is no such measure or group.
        """
        return missed(bounds, self.groups(), measures=MEASURES, less_is_better=LESS_IS_BETTER, asked="pair")

    def to_dict(self) -> dict[str, Any]:
        """Everything measured, for scripts."""
        return {
            "overall": measured(self.rows),
            "by_part": self._parts(),
            "by_kind": self._by_kind(),
            "rows": [
                {
                    **row.to_dict(),
                    "file": row.pair.file,
                    "sentence": row.pair.sentence,
                    "label": row.pair.is_true,
                    "kind": row.pair.kind,
                }
                for row in self.rows
            ],
        }

    def _parts(self) -> dict[str, dict[str, float]]:
        over_records = [row for row in self.rows if row.pair.file]
        parts = {
            "held": [row for row in over_records if is_held(row.pair)],
            "rest": [row for row in over_records if not is_held(row.pair)],
            "free text": [row for row in self.rows if not row.pair.file],
        }
        return {name: measured(rows) for name, rows in parts.items() if rows}

    def _by_kind(self) -> dict[str, dict[str, float]]:
        kinds: dict[str, list[Checked]] = {}
        for row in self.rows:
            kinds.setdefault(row.pair.kind, []).append(row)
        return {kind: measured(kinds[kind]) for kind in sorted(kinds) if kind}


def is_held(pair: Pair) -> bool:
    """Whether a pair must not be looked at while fitting."""
    return pair.file[:3].endswith(HELD_ENDINGS)


def measured(rows: Sequence[Checked]) -> dict[str, float]:
    """The measures of some pairs; one that applies to none of them is absent.

    ``n`` and ``grave_proved`` (false pairs of a kind in `GRAVE` that were proved) are counts,
    ``score`` is a mean, ``auc`` the area under the ROC curve of the score over judged pairs, where both labels occur.
    The others are shares: of all pairs, or of the true and of the false ones.
    """
    verdicts = {
        "": [row.proof.verdict for row in rows],
        "_true": [row.proof.verdict for row in rows if row.pair.is_true],
        "_false": [row.proof.verdict for row in rows if row.pair.is_true is False],
    }
    found = {"n": float(len(rows))}
    for ending, given in verdicts.items():
        if given:
            withheld = given.count("withheld") / len(given)
            found |= {f"released{ending}": 1 - withheld, f"proved{ending}": given.count("proved") / len(given)}
    if rows:
        found["withheld"] = 1 - found["released"]
        found["score"] = sum(row.proof.score for row in rows) / len(rows)
    if verdicts["_true"] and verdicts["_false"]:
        found["auc"] = _auc(rows)
    if verdicts["_false"]:
        grave = [row for row in rows if row.pair.is_true is False and row.pair.kind in GRAVE]
        found["grave_proved"] = float(sum(row.proof.verdict == "proved" for row in grave))
    return {name: found[name] for name in MEASURES if name in found}


def _auc(rows: Sequence[Checked]) -> float:
    from sklearn.metrics import roc_auc_score

    judged = [row for row in rows if row.pair.is_true is not None]
    return float(roc_auc_score([bool(row.pair.is_true) for row in judged], [row.proof.score for row in judged]))


def read_attacks(place: Path) -> tuple[Pair, ...]:
    """The pairs of a file, or of every ``*.jsonl`` of a folder by name, in order; each id preceded by its file's name.

    Raises:
        UsageError: There is no such file or folder, or it holds no pairs.
        QuestionsError: A line is malformed.
    """
    files: Iterable[Path] = sorted(place.glob("*.jsonl")) if place.is_dir() else [place] if place.is_file() else []
    pairs = tuple(replace(pair, id=f"{file.stem}:{pair.id}") for file in files for pair in read_pairs(file))
    if not pairs:
        raise UsageError(f"{place}: there are no pairs. Give a file of JSON lines, or a folder that holds some.")
    return pairs


def attack_scorecard(
    pairs: Sequence[Pair], checker: Checker, *, progress: Callable[[int, int], None] | None = None
) -> AttackCard:
    """Check every pair, in order.

    Args:
        pairs: With their labels and kinds; none gives an empty card.
        checker: Over an index that holds the records named.
        progress: Told of pairs done and of pairs in all.

    Raises:
        UsageError: The index lacks a record; names the cure.
    """
    try:
        lacking = checker.lacking(pairs)
    except IndexMissing:
        lacking = tuple(sorted({pair.file for pair in pairs if pair.file}))
    if lacking:
        raise UsageError(
            f"The index lacks {len(lacking)} of the records that these pairs are about, such as {lacking[0]}. Index "
            "the folder they lie in first (corpus/reports for tests/attacks): rapporteur index FOLDER"
        )
    rows = []
    for number, pair in enumerate(pairs, start=1):
        rows.append(checker.check(pair))
        if progress:
            progress(number, len(pairs))
    return AttackCard(rows=tuple(rows))


def attack_table(card: AttackCard) -> "Table":
    """The measures of each group, as a rich table."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Attacks on the proof", caption=_LEGEND, padding=(0, 0), pad_edge=False)
    table.add_column("pairs")
    for name in MEASURES:
        table.add_column(_SHORT.get(name, name), justify="right")
    for group, found in card.groups().items():
        # Text, not a string: a kind from a file of pairs may hold square brackets.
        table.add_row(Text(group), *(_figure(name, found) for name in MEASURES))
    return table


def _figure(name: str, found: Mapping[str, float]) -> str:
    if name not in found:
        return "–"
    return f"{found[name]:.0f}" if name in _COUNTS else f"{found[name]:.2f}"
