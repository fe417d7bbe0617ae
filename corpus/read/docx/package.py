"""The archive of a Word file: guarded before anything parses it, its parts as trees, their relationships resolved."""

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from typing import Any, NamedTuple

from corpus.errors import ReportError
from corpus.read.limits import ReadLimits
from corpus.read.zipped import guard

_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    RuntimeError,  # an entry said to be encrypted, or in a way of packing that is not known
)
# The strict form of the format has the same names in other namespaces.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Related(NamedTuple):
    """What a part refers to: the kind is the last word of the relationship's type, for instance ``footnotes``."""

    kind: str
    name: str


class Package:
    """The parts of one Word file.

    Raises:
        ReportError: The archive is larger than the limits, damaged, encrypted, or declares a DOCTYPE.
    """

    def __init__(self, data: bytes, limits: ReadLimits) -> None:
        try:
            guard(data, limits, "a Word file", ".docx")
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE as error:
            raise _damaged(error) from error
        self._names = {entry.filename.lower().lstrip("/"): entry for entry in self._archive.infolist()}
        self._relations: dict[str, dict[str, Related]] = {}
        self.damaged: set[str] = set()
        """Names of parts asked for that are no XML."""

    def main(self) -> tuple[str, Any]:
        """Name and tree of the document itself; errors as for the archive."""
        found = [related.name for related in self.related("").values() if related.kind == "officeDocument"]
        name = next((name for name in found if name.lower() in self._names), "word/document.xml")
        try:
            return name, _tree(self._bytes(name))
        except _UNREADABLE as error:
            raise _damaged(error) from error

    def part(self, name: str) -> Any | None:
        """The tree of a part; None when there is none, or when it is damaged, which is kept in mind."""
        if name.lower() not in self._names:
            return None
        try:
            return _tree(self._bytes(name))
        except _UNREADABLE:
            self.damaged.add(name)
            return None

    def related(self, source: str) -> dict[str, Related]:
        """What the part named `source` (empty: the package) refers to inside the file, by id."""
        if source not in self._relations:
            folder, name = posixpath.split(source)
            tree = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
            self._relations[source] = {
                link.get("Id", ""): Related(
                    link.get("Type", "").rsplit("/", 1)[-1],
                    posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/"),
                )
                for link in (() if tree is None else tree.iter(_RELATIONSHIP))
                if link.get("TargetMode") != "External"
            }
        return self._relations[source]

    def part_of_kind(self, source: str, kind: str) -> Any | None:
        """The tree of the first part of this kind that `source` refers to; None when there is none."""
        found = (related.name for related in self.related(source).values() if related.kind == kind)
        name = next(found, None)
        return None if name is None else self.part(name)

    def _bytes(self, name: str) -> bytes:
        return _STRICT.sub(_TRANSITIONAL, self._archive.read(self._names[name.lower()]))


def _tree(content: bytes) -> Any:
    """The root of an XML text; ValueError when it is none."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(content, parser)
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    if tree.getroottree().docinfo.doctype:
        raise ReportError("its XML declares a DOCTYPE, which no Word file does. Save it again from Word.")
    return tree


def _damaged(error: Exception) -> ReportError:
    return ReportError(f"it is a damaged Word file ({error}). Save it again as .docx.")
