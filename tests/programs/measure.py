"""How whole the files of `make.py` are read: ``python -m tests.programs.measure FOLDER [--floor 0.98]``.

Each file is read as an index is built, by `corpus.read_reports`, in a process with limits. Of a record counts

* share: the expected words that are read in their order, of all expected words;
* invented: words that are read but stand neither in the record nor among those its kind may add;
* intact: paragraphs and items that stand in one piece, no empty line within, of all; marks of notes may stand in them;
* titled: whether it is called what its source is called; tables, which say no title, are not judged.

A word is a run of letters and digits, case kept, or one Chinese sign; hyphens and punctuation do not count.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from corpus import ReadFailure, Report, read_reports
from tests.programs.record import EXPECTED, Wanted, read_wanted

_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+")
_WORST = 3
_MARKS = frozenset("123456789")
_AROUND = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one made file is read; `fault` shows where it is first read otherwise, or why not at all.

    Attributes:
        paragraphs: How many are expected, `intact` how many of them stand in one piece.
        titles: What its judged records are called, wrong ones only; `judged` how many are judged.
    """

    name: str
    expected: int
    found: int
    invented: tuple[str, ...]
    paragraphs: int
    intact: int
    judged: int
    titles: tuple[str, ...]
    failed: bool
    fault: str

    @property
    def share(self) -> float:
        """Found of expected words; 1 where none are expected."""
        return self.found / self.expected if self.expected else 1.0


def words_of(text: str) -> list[str]:
    """The words of a text; none of an empty one."""
    return _WORD.findall(text)


def score(name: str, records: Sequence[Wanted], read: dict[str, Report | ReadFailure]) -> Score:
    """The score of one file over all its records; a record that is read but not expected counts as invented."""
    expected = found = judged = intact = 0
    failed = False
    titles: list[str] = []
    invented: list[str] = []
    faults: list[str] = []
    for record in records:
        one = read.get(record.path) or ReadFailure(path=record.path, reason="it was not found.")
        text, title = (one.text, one.title) if isinstance(one, Report) else ("", "")
        if isinstance(one, ReadFailure):
            failed = True
            faults.append(one.reason)
        intact += _intact(record.paragraphs, text)
        judged += bool(record.title)
        titles += [title] if record.title and words_of(title) != words_of(record.title) else []
        want, got, inside = _apart(record, words_of(text))
        blocks = SequenceMatcher(None, want, got, autojunk=False)
        expected += len(want) + inside
        found += inside + sum(block.size for block in blocks.get_matching_blocks())
        added = Counter(got) - Counter(want)
        invented += [word for word in added.elements() if word not in set(words_of(record.may_add))]
        faults += _first_fault(want, got, blocks)
    for path in sorted(read.keys() - {record.path for record in records}):
        one = read[path]
        invented += words_of(one.text) if isinstance(one, Report) else []
        faults.append(f"{path} is not expected")
    return Score(
        name=name, expected=expected, found=found, invented=tuple(invented), intact=intact,
        paragraphs=sum(len(record.paragraphs) for record in records), judged=judged, titles=tuple(titles),
        failed=failed, fault=next(iter(faults), "no word is missing"),
    )  # fmt: skip


def _apart(record: Wanted, read: list[str]) -> tuple[list[str], list[str], int]:
    """Expected and read words without the texts that are found whole somewhere, and how many words these have."""
    wanted, inside = words_of(record.text), 0
    for text in record.anywhere:
        piece = words_of(text)
        at = next((at for at in range(len(read)) if read[at : at + len(piece)] == piece), None)
        if at is None:
            wanted += piece
        else:
            read, inside = read[:at] + read[at + len(piece) :], inside + len(piece)
    return wanted, read, inside


def _intact(paragraphs: Sequence[str], text: str) -> int:
    blocks = [_line(block) for block in text.split("\n\n")]
    return sum(any(_line(paragraph) in block for block in blocks) for paragraph in paragraphs)


def _line(text: str) -> str:
    return f" {' '.join(word for word in words_of(text) if word not in _MARKS)} "


def _first_fault(wanted: list[str], read: list[str], blocks: SequenceMatcher[str]) -> list[str]:
    for deed, start, end, other, last in blocks.get_opcodes():
        if deed in {"delete", "replace"}:
            before = " ".join(wanted[max(0, start - _AROUND) : start])
            return [f"… {before} [{_shown(wanted[start:end])}] read as [{_shown(read[other:last])}]"]
    return []


def _shown(words: Sequence[str]) -> str:
    return " ".join(words[: 2 * _AROUND]) + (" …" if len(words) > 2 * _AROUND else "")


def scores(folder: Path) -> list[Score]:
    """The score of each made file in `folder`; none of a folder without any."""
    read: dict[str, dict[str, Report | ReadFailure]] = {}
    for one in read_reports(folder):
        made = one.path.partition("/")[0]
        read.setdefault(made, {})[one.path] = one
    names = [path.name.removesuffix(EXPECTED) for path in sorted(folder.glob(f"*{EXPECTED}"))]
    return [score(name, read_wanted(folder / f"{name}{EXPECTED}"), read.get(name, {})) for name in names]


def _kind(one: Score) -> str:
    return one.name.rpartition(".")[2]


def _program(one: Score) -> str:
    return one.name.split(".")[1]


def _table(found: Iterable[Score], group: Callable[[Score], str]) -> None:
    groups: dict[str, list[Score]] = {}
    for one in found:
        groups.setdefault(group(one), []).append(one)
    for name, ones in sorted(groups.items()):
        invented = sum(len(one.invented) for one in ones)
        failed = sum(one.failed for one in ones)
        whole = sum(one.found == one.expected and not one.invented for one in ones)
        judged = sum(one.judged for one in ones)
        intact = f"{sum(one.intact for one in ones)}/{sum(one.paragraphs for one in ones)}"
        titled = f"{judged - sum(len(one.titles) for one in ones)}/{judged}"
        print(f"{name:28}{len(ones):6}{failed:8}{whole:7}{_share(ones):9.4f}{invented:10}{intact:>11}{titled:>8}")


def _share(found: Sequence[Score]) -> float:
    return sum(one.found for one in found) / max(sum(one.expected for one in found), 1)


def _worst(found: Sequence[Score]) -> None:
    for one in sorted(found, key=lambda one: (one.share, -len(one.invented)))[:_WORST]:
        if one.found < one.expected or one.invented:
            print(f"{one.name}: {one.share:.4f}, invented {len(one.invented)} {_shown(one.invented)}\n    {one.fault}")


def main() -> int:
    """Measure and print; 1 where the share of all words is under the floor, 2 where there are no files."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--floor", type=float, default=0.0, help="the least share of all expected words")
    chosen = options.parse_args()
    found = scores(chosen.folder) if chosen.folder.is_dir() else []
    if not found:
        print(f"{chosen.folder}: no made files. Run make.py first.", file=sys.stderr)
        return 2
    groups = (("kind", _kind), ("program", _program), ("kind and program", lambda one: f"{_kind(one)} {_program(one)}"))
    for title, group in groups:
        print(
            f"\n{title:28}{'files':>6}{'failed':>8}{'whole':>7}{'share':>9}{'invented':>10}{'intact':>11}{'titled':>8}"
        )
        _table(found, group)
    for kind in sorted({_kind(one) for one in found}):
        print(f"\nworst of {kind}")
        _worst([one for one in found if _kind(one) == kind])
    print(f"\nall {len(found)} files: {_share(found):.4f}")
    return int(_share(found) < chosen.floor)


if __name__ == "__main__":
    raise SystemExit(main())
