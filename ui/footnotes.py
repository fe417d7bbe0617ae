"""True footnotes of Word files: written with a new file, and read from one that people may have edited.

python-docx 1.2 has none. The parts and their order follow ECMA-376 Part 1 §17.11 (footnotes), §17.16.5.43 (NOTEREF)
and what Word itself writes: two separators, which the settings name, two styles, and marks in the text.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from corpus import ReportError

PART_MB = 10
"""Size up to which a part of a note is parsed, in megabytes of 1,000,000 bytes; one of 1000 footnotes has about 1."""

_NOTEREF = re.compile(r"\bNOTEREF\s+(_Ref\d{8})\b")
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))
_AFTER_FOOTNOTE_SETTINGS = frozenset({
    "endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang", "clrSchemeMapping",
    "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown",
    "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator",
})  # fmt: skip
"""What the schema of the settings (§17.15.1.78) lets follow the element that is put in before them."""


class Footnotes:
    """The footnotes of one new Word file, numbered in the order in which they are cited.

    Args:
        word: A file of python-docx without footnotes.
    """

    def __init__(self, word: Any) -> None:
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart

        self._numbers: dict[Hashable, int] = {}
        self._root = _element("footnotes")
        for number, kind in _SEPARATORS:
            line = _element("p", _element("pPr", _element("spacing", after="0", line="240", lineRule="auto")))
            line.append(_element("r", _element(kind)))
            self._root.append(_element("footnote", line, type=kind, id=str(number)))
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self._root, word.part.package)
        word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        _add_styles(word)
        _add_settings(word)

    def cite(self, paragraph: Any, cited: Sequence[tuple[Hashable, str]]) -> None:
        """Add marks to the end of a paragraph, with commas between them.

        Args:
            cited: What each mark stands for and the text of its footnote, one line; what was cited before gets a
                reference to the footnote it has, as Word's own "cross-reference" does.
        """
        for n, (key, text) in enumerate(cited):
            if n:
                paragraph._p.append(_marked(_text(",")))
            if key in self._numbers:
                paragraph._p.append(_reference(self._numbers[key]))
                continue
            number = self._numbers[key] = len(self._numbers) + 1
            paragraph._p.append(_element("bookmarkStart", id=str(number), name=f"_Ref{number:08d}"))
            paragraph._p.append(_marked(_element("footnoteReference", id=str(number))))
            paragraph._p.append(_element("bookmarkEnd", id=str(number)))
            line = _element("p", _element("pPr", _element("pStyle", val="FootnoteText")))
            line.append(_marked(_element("footnoteRef")))
            line.append(_element("r", _text(f" {text}")))
            self._root.append(_element("footnote", line, id=str(number)))


def read_footnotes(data: bytes) -> list[tuple[str, str]]:
    """Number and text of each footnote and endnote that the text refers to, in its order, blanks as they are.

    A cross-reference to a footnote that is gone gives its last known number and an empty text. The archive is taken
    to have passed `corpus.read_report`, which refuses bombs and DOCTYPEs in a process of its own.

    Raises:
        ReportError: It is damaged, or a part is larger than `PART_MB`.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _parsed(archive, "word/document.xml")
            notes = {kind: _parsed(archive, f"word/{kind}s.xml") for kind in ("footnote", "endnote")}
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, OSError, EOFError, NotImplementedError) as error:
        raise ReportError(f"it is a damaged Word file ({error}). Save it again as .docx.") from error
    texts = {
        (kind, _value(note, "id")): _read(note)
        for kind, root in notes.items()
        for note in (() if root is None else root.iterchildren(f"{{*}}{kind}"))
    }
    return [] if body is None else list(_cited(body, texts))


def _cited(body: Any, texts: dict[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    bookmarks = {_value(mark, "name") for mark in body.iter("{*}bookmarkStart")}
    counts = {"footnote": 0, "endnote": 0}
    for mark in body.iter("{*}footnoteReference", "{*}endnoteReference", "{*}fldSimple", "{*}instrText"):
        if _is_deleted(mark):
            continue
        name = _name(mark)
        if name in ("fldSimple", "instrText"):
            field = _NOTEREF.search(_value(mark, "instr") if name == "fldSimple" else mark.text or "")
            if field and field[1] not in bookmarks:
                yield _read(mark) or "?", ""
            continue
        kind = name.removesuffix("Reference")
        counts[kind] += 1
        yield str(counts[kind]), texts.get((kind, _value(mark, "id")), "")


def _parsed(archive: zipfile.ZipFile, name: str) -> Any:
    """The root element of a part, None when there is no such part."""
    from lxml import etree

    if name not in archive.namelist():
        return None
    with archive.open(name) as part:
        content = part.read(PART_MB * 1_000_000 + 1)
    if len(content) > PART_MB * 1_000_000:
        raise ReportError(f"its part {name} is larger than {PART_MB} MB. Split the note.")
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))


def _read(element: Any) -> str:
    """The text of an element as it stands now, tracked deletions left out."""
    signs = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "p": "\n"}
    pieces = []
    for part in element.iter("{*}t", *(f"{{*}}{name}" for name in signs)):
        if not _is_deleted(part):
            pieces.append(part.text or "" if _name(part) == "t" else signs[_name(part)])
    return "".join(pieces).strip()


def _is_deleted(element: Any) -> bool:
    return any(_name(parent) in ("del", "moveFrom", "Fallback") for parent in element.iterancestors("{*}*"))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Any, name: str) -> str:
    """An attribute by its local name: the namespace of a strict file (ISO 29500) is another one."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _element(tag: str, /, *children: Any, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.extend(children)
    return made


def _text(text: str) -> Any:
    made = _element("t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _marked(sign: Any) -> Any:
    """A run with one sign, raised as the mark of a footnote."""
    return _element("r", _element("rPr", _element("rStyle", val="FootnoteReference")), sign)


def _reference(number: int) -> Any:
    return _element("fldSimple", _marked(_text(str(number))), instr=f" NOTEREF _Ref{number:08d} \\f \\h ")


def _add_styles(word: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    small = word.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    small.element.set(_attribute("styleId"), "FootnoteText")
    small.base_style = word.styles["Normal"]
    small.font.size = Pt(9)
    small.paragraph_format.space_after = Pt(2)
    raised = word.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    raised.element.set(_attribute("styleId"), "FootnoteReference")
    raised.font.superscript = True


def _attribute(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _add_settings(word: Any) -> None:
    settings = word.settings.element
    named = _element("footnotePr", *(_element("footnote", id=str(number)) for number, _ in _SEPARATORS))
    after = next((item for item in settings if _name(item) in _AFTER_FOOTNOTE_SETTINGS), None)
    settings.append(named) if after is None else after.addprevious(named)
