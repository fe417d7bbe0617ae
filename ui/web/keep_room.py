"""The room of those who keep the records in gradio: files come in, the index is regenerated, earlier ones return."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from corpus import RapporteurError
from ui.web.keep import for_keepers, generations_view, keep
from ui.web.links import parse_address
from ui.web.markup import Html, join, tag
from ui.web.office import Office
from ui.web.rebuild import rebuild
from ui.web.records import trouble
from ui.web.region import DRAW, QUIET, Region, spoken, told
from ui.web.visitor import Visitor
from ui.wording import Words, words


class KeepRoom:
    """Uploads, previews, regeneration and generations; only keepers see more than a sentence, whoever calls."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.progress = Region("build-progress")
        self.upload: Any = gr.File(
            label=words().say("keep_upload"), file_count="multiple", elem_id="upload", visible="hidden", height=130
        )
        self.region = Region("keep")

    def connect(self, language: Any) -> None:
        """Bind the events; `language` is the component that holds the page's language."""
        self.region.html.select(self.on_draw, [language], [self.region.html], **DRAW)
        building = QUIET | {"concurrency_limit": 1, "concurrency_id": "build"}
        drawn = [self.region.html, self.progress.html]
        self.built = self.region.html.submit(self.on_deed, [language], drawn, **building)
        self.upload.upload(self.on_upload, [self.upload, language], [*drawn, self.upload], **QUIET)

    @property
    def worded(self) -> list[Any]:
        """What is drawn anew in another language; `in_words` gives its values in this order."""
        return [self.upload]

    def in_words(self, wording: Words, visitor: Visitor) -> tuple[Any, ...]:
        """The place for files in a language; readers have none."""
        return (gr.File(label=wording.say("keep_upload"), visible=True if visitor.is_keeper else "hidden"),)

    def on_draw(self, language: str, request: gr.Request, event: gr.EventData) -> Html:
        """Draw the view that the address names."""
        return self._drawn(told(event).get("address", ""), spoken(language, event), self.office.visitor(request))

    def on_upload(self, files: Sequence[str] | None, language: str, request: gr.Request) -> tuple[Any, ...]:
        """Let files wait for a keeper's word; gradio's own copies are removed."""
        wording, visitor = words(language), self.office.visitor(request)
        paths = [Path(file) for file in files or ()]
        said = Html()
        try:
            if visitor.is_keeper:
                self.office.keeping.upload(paths)
        except RapporteurError as error:
            said = trouble(str(error))
        finally:
            for path in paths:
                path.unlink(missing_ok=True)
        return self._drawn("keep", wording, visitor), said, None

    def on_deed(self, language: str, request: gr.Request, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Regenerate the index with progress, or do one of the deeds that `keep` and `generations_view` offer."""
        deed, wording, visitor = told(event), spoken(language, event), self.office.visitor(request)
        address, said = deed.get("address", ""), Html()
        if visitor.is_keeper and deed.get("do") == "regenerate":
            folder = str(self.office.folder or "") if self.office.is_fixed else deed.get("folder", "")
            for said in rebuild(self.office.desk, folder or str(self.office.folder or ""), wording):
                yield gr.skip(), said
        elif visitor.is_keeper:
            try:
                self._do(deed)
            except RapporteurError as error:
                said = trouble(str(error))
        yield self._drawn(address, wording, visitor), said

    def _do(self, deed: dict[str, str]) -> None:
        keeping, on = self.office.keeping, deed.get("id", "")
        deeds: dict[str, Callable[[], Any]] = {
            "add": lambda: keeping.add(on),
            "discard": lambda: keeping.discard(on),
            "correct": lambda: keeping.correct(on, deed),
            "uncorrect": lambda: keeping.uncorrect(on),
            "reject": lambda: keeping.reject(on, deed.get("fact", "")),
            "accept": lambda: keeping.accept(on, deed.get("fact", "")),
            "roll_back": lambda: keeping.roll_back(on),
            "forget": keeping.forget,
            "office": lambda: keeping.say_office(deed.get("names", "")),
        }
        deeds.get(deed.get("do", ""), lambda: None)()

    def _drawn(self, address: str, wording: Words, visitor: Visitor) -> Html:
        if not visitor.is_keeper:
            return for_keepers(wording)
        view, query = parse_address(address)
        try:
            kept = self.office.keeping.kept()
        except RapporteurError as error:
            return trouble(str(error))
        if view == "keep/generations":
            return generations_view(kept, query, wording, visitor)
        return join(keep(kept, query, wording, visitor), self._other_folder(wording))

    def _other_folder(self, wording: Words) -> Html:
        """A form to index another folder of this computer; only for who sits at it."""
        if self.office.is_fixed:
            return Html()
        box = tag(
            "input", type="text", name="folder", value=str(self.office.folder or ""), autocomplete="off",
            placeholder=wording.say("folder_hint"),
        )  # fmt: skip
        return tag(
            "details",
            tag("summary", wording.say("keep_other_folder")),
            tag(
                "form",
                tag("label", wording.say("folder"), box),
                tag("button", wording.say("build"), type="submit"),
                data_do="regenerate",
                class_="keep-folder",
            ),
            class_="keep keep-other",
            open=self.office.folder is None,
        )
