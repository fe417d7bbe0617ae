"""The parts of a Word file as trees, their relationships resolved."""

import posixpath
import re
import zipfile
from typing import Any, NamedTuple

from corpus.read.zipped import DAMAGE, xml_tree

# The strict form of the format has the same names in other namespaces.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Related(NamedTuple):
    """What a part refers to: the kind is the last word of the relationship's type, for instance ``footnotes``."""

    kind: str
    name: str


class Package:
    """The parts of one Word file, from its opened archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {entry.filename.lower().lstrip("/"): entry for entry in archive.infolist()}
        self._relations: dict[str, dict[str, Related]] = {}
        self.damaged: set[str] = set()
        """Names of parts asked for that are no XML."""

    def main(self) -> tuple[str, Any]:
        """Name and tree of the document itself; raises one of `DAMAGE` where there is none."""
        found = [related.name for related in self.related("").values() if related.kind == "officeDocument"]
        name = next((name for name in found if name.lower() in self._names), "word/document.xml")
        return name, self._tree(name)

    def part(self, name: str) -> Any | None:
        """The tree of a part; None when there is none, or when it is damaged, which is kept in mind."""
        if name.lower() not in self._names:
            return None
        try:
            return self._tree(name)
        except DAMAGE:
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

    def _tree(self, name: str) -> Any:
        return xml_tree(_STRICT.sub(_TRANSITIONAL, self._archive.read(self._names[name.lower()])))
