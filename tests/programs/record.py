"""A source record as pandoc understands it, block by block, and what is to be read of a file made from it."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

EXPECTED = ".expected.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be read of one record.

    Attributes:
        path: The record's path in the folder of made files: the file, or a member of it.
        text: The words in reading order.
        title: What the record is called; empty where that is not judged.
        paragraphs: Its paragraphs and items of lists, each to be read in one piece.
        anywhere: Texts that may stand at any place, each whole: footnotes, running heads that are said once.
        may_add: Words that such a file may add any number of times: page numbers, the mark of a note.
    """

    path: str
    text: str
    title: str = ""
    paragraphs: Sequence[str] = ()
    anywhere: Sequence[str] = ()
    may_add: str = ""


def write_wanted(made: Path, records: list[Wanted]) -> None:
    """Put what is to be read of the file `made` beside it."""
    lines = json.dumps([asdict(record) for record in records], ensure_ascii=False, indent=1)
    made.with_name(made.name + EXPECTED).write_text(lines + "\n", "utf-8")


def read_wanted(path: Path) -> list[Wanted]:
    """The records that `write_wanted` has put beside a file."""
    return [Wanted(**one) for one in json.loads(path.read_text("utf-8"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, a paragraph, an item of a list (`level` from 1 counts how deep) or a table (only `rows`)."""

    kind: Literal["heading", "paragraph", "bullet", "number", "table"]
    text: str = ""
    level: int = 1
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def words(self) -> str:
        """The text, or the cells row by row."""
        return "\n".join([self.text, *("\t".join(row) for row in self.rows)]).strip()


@dataclass(slots=True)
class Source:
    """One record: its file, its title, author and date lines (`head`), its blocks and its footnotes."""

    path: Path
    title: str = ""
    language: str = "en"
    head: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the file without its suffix."""
        return self.path.stem

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """The rows of the first table, its head row first; empty where there is none."""
        return next((block.rows for block in self.blocks if block.rows), ())

    def wanted(self, path: str, may_add: str = "") -> Wanted:
        """What is to be read of the whole record in the file `path`."""
        counted = " ".join(map(str, range(1, 10)))  # numbers of items and of notes may be shown
        text = "\n\n".join([*self.head, *(block.words for block in self.blocks)])
        return Wanted(
            path=path,
            text=text,
            title=self.title,
            paragraphs=tuple(block.text for block in self.blocks if block.kind not in {"heading", "table"}),
            anywhere=tuple(self.notes),
            may_add=f"{counted} {may_add}".strip(),
        )


def read_source(path: Path) -> Source:
    """The record in a Markdown file; CalledProcessError where pandoc refuses it."""
    made = subprocess.run(["pandoc", path, "-t", "json"], check=True, capture_output=True)
    tree = json.loads(made.stdout)
    source = Source(path=path)
    meta = {name: _inline(value["c"], source.notes) for name, value in tree["meta"].items()}
    source.head = [meta[name] for name in ("title", "author", "date") if name in meta]
    source.blocks = list(_blocks(tree["blocks"], source.notes))
    source.title = meta.get("title") or source.blocks[0].text
    letters = "".join(block.text for block in source.blocks)
    source.language = next((code for code, sign in (("zh", "的"), ("ru", "и")) if sign in letters), "en")
    return source


def _blocks(tree: list[Any], notes: list[str], kind: str = "paragraph", level: int = 1) -> Iterator[Block]:
    """The blocks of a piece of pandoc's tree; paragraphs are items of the list around them."""
    for element in tree:
        name, content = element["t"], element["c"]
        if name == "Header":
            yield Block(kind="heading", level=content[0], text=_inline(content[2], notes))
        elif name in {"Para", "Plain"}:
            yield Block(kind=kind, level=level, text=_inline(content, notes))  # type: ignore[arg-type]
        elif name == "BlockQuote":
            yield from _blocks(content, notes)
        elif name in {"BulletList", "OrderedList"}:
            inner, items = ("bullet", content) if name == "BulletList" else ("number", content[1])
            for item in items:
                yield from _blocks(item, notes, inner, level + (kind != "paragraph"))
        elif name == "Table":
            yield Block(kind="table", rows=tuple(_rows(content, notes)))
        else:
            raise ValueError(f"{name}: sources hold no such block")


def _rows(table: list[Any], notes: list[str]) -> Iterator[tuple[str, ...]]:
    _, _, _, head, bodies, foot = table
    for _, cells in [*head[1], *(row for body in bodies for row in body[3]), *foot[1]]:
        yield tuple(" ".join(block.text for block in _blocks(cell[4], notes)) for cell in cells)


def _inline(tree: Any, notes: list[str]) -> str:
    """The words of pieces of a line; footnotes are put into `notes`."""
    if isinstance(tree, list):
        return "".join(_inline(part, notes) for part in tree)
    if not isinstance(tree, dict):
        return ""
    name, content = tree["t"], tree.get("c", [])
    if name == "Str":
        return str(content)
    if name in {"Space", "SoftBreak", "LineBreak"}:
        return " "
    if name == "Note":
        notes.append(" ".join(block.text for block in _blocks(content, notes)))
        return ""
    if name == "Quoted":
        marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
        return marks[0] + _inline(content[1], notes) + marks[1]
    return _inline(content, notes)
