"""The room of keepers in gradio: files come in, the index is regenerated, earlier ones return."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import chosen_model, installed_model
from corpus import RapporteurError
from ui.web.access.visitor import Visitor
from ui.web.keep import parts
from ui.web.keep.doing import Doing
from ui.web.keep.fact_desk import fact_desk
from ui.web.keep.files import sample_reports
from ui.web.keep.indexing import rebuild
from ui.web.keep.model_view import model_view
from ui.web.keep.report_table import report_table
from ui.web.keep.said_views import names_view, said_view
from ui.web.keep.view import for_keepers, generations_view, keep
from ui.web.keep.written import LATER, UPDATE, pending, write_down, written
from ui.web.links import Query, parse_address
from ui.web.markup import Html, join, tag
from ui.web.notices import trouble
from ui.web.region import DRAW, STREAM, Region, spoken, told
from ui.web.services import Services
from ui.wording import Words, words


class KeepRoom:
    """Uploads, previews, regeneration and generations; only keepers see more than a sentence, whoever calls."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._doing = Doing(services)
        self._is_building = False
        self._opened: dict[str, str] = {}  # the address last opened by each visitor, which an upload does not tell
        self.progress = Region("build-progress")
        with gr.Column(elem_id="kept"):
            self.upload: Any = gr.File(
                label=words().say("keep_upload"), file_count="multiple", elem_id="upload", height=150
            )
            self.region = Region("keep")

    def connect(self, language: Any) -> None:
        """Bind the events; `language` is the component that holds the page's language."""
        self.region.html.select(self.on_draw, [language], [self.region.html, self.progress.html], **DRAW)
        building = STREAM | {"concurrency_limit": 1, "concurrency_id": "build"}
        drawn = [self.region.html, self.progress.html]
        self.built = self.region.html.submit(self.on_deed, [language], drawn, **building)
        self.upload.upload(self.on_upload, [self.upload, language], [*drawn, self.upload], **DRAW)

    @property
    def worded(self) -> list[Any]:
        """What is drawn anew in another language; `in_words` gives its values in this order."""
        return [self.upload]

    def in_words(self, wording: Words, visitor: Visitor) -> tuple[Any, ...]:
        """The place for files in a language; readers have none."""
        return (gr.File(label=wording.say("keep_upload"), visible=True if visitor.is_keeper else "hidden"),)

    def on_draw(self, language: str, request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        """Draw the view that the address names; what was said of a deed goes unless the page asks again by itself, the
        bar of a run stays.
        """
        address, visitor = told(event).get("address", ""), self.services.visitor(request)
        self._opened[visitor.name] = address
        stays = self._is_building or "again" in told(event)
        return self._drawn(address, spoken(language, event), visitor), gr.skip() if stays else Html()

    def on_upload(self, files: Sequence[str] | None, language: str, request: gr.Request) -> tuple[Any, ...]:
        """Let files wait for a keeper's word; gradio's own copies are removed."""
        wording, visitor = words(language), self.services.visitor(request)
        paths = [Path(file) for file in files or ()]
        said = Html()
        try:
            if visitor.is_keeper:
                self._doing.keeping.upload(paths)
        except RapporteurError as error:
            said = trouble(str(error))
        finally:
            for path in paths:
                path.unlink(missing_ok=True)
        return self._drawn(self._opened.get(visitor.name, "keep"), wording, visitor), said, None

    def on_deed(self, language: str, request: gr.Request, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Regenerate the index with progress, or do one of the deeds that the views of the room offer."""
        deed, wording, visitor = told(event), spoken(language, event), self.services.visitor(request)
        address, said, bare = deed.get("address", ""), Html(), False
        if visitor.is_keeper and deed.get("do") in ("regenerate", "sample"):
            self._is_building = True
            try:
                done_by = partial(write_down, self.services.data, UPDATE, "", visitor.name)
                for said in rebuild(self.services.desk, self._folder(deed), wording, done_by):
                    yield gr.skip(), said
            finally:
                self._is_building = False
        elif visitor.is_keeper:
            if deed.get("do") == "roll_back":  # is checked before it is used, which takes seconds
                yield gr.skip(), tag("p", wording.say("keep_working"), class_="status", role="status")
            try:
                done = self._doing.do(deed, visitor)
                said = _told(done, wording)
                bare = done in ("add_fact", "replace")
            except RapporteurError as error:
                said = trouble(str(error))
        yield self._drawn(address, wording, visitor, bare=bare), said

    def _folder(self, deed: dict[str, str]) -> str:
        """The folder to index: the sample, the one given by who sits at this computer, or that with the reports."""
        if deed.get("do") == "sample":
            return str(sample_reports(self.services.sample))
        folder = str(self.services.folder or "")
        return folder if self.services.is_fixed else deed.get("folder", "") or folder

    def _drawn(self, address: str, wording: Words, visitor: Visitor, *, bare: bool = False) -> Html:
        """The view of an address; where it is `bare`, without what has been sent by it."""
        if not visitor.is_keeper:
            return for_keepers(wording)
        view, query = parse_address(address)
        if bare:
            query = {name: value for name, value in query.items() if name not in ("add", "instead")}
        try:
            shown = join(self._pending(view, wording), self._view(view, query, wording, visitor))
        except RapporteurError as error:
            shown = trouble(str(error))
        return tag("div", shown, data_address=address)

    def _pending(self, view: str, wording: Words) -> Html:
        """How many changes wait for the records to be updated, with the button that does it where the view has none."""
        published = self._doing.published
        n = pending(self.services.data, published.built_at) if published else 0
        if not n:
            return Html()
        has_button = view == "keep"
        update = Html() if has_button else parts.button(wording.say("regenerate"), "regenerate", class_="keep-main")
        return tag("p", wording.count("keep_pending", n), " ", update, class_="keep-pending", role="note")

    def _view(self, view: str, query: Query, wording: Words, visitor: Visitor) -> Html:
        shelf, ledger = self.services.desk.shelf(), self._doing.ledger
        report = next((one for one in shelf.reports if one.id == query.get("id")), None) if shelf else None
        if view == "keep/generations":
            return generations_view(self._doing.keeping.kept(), query, wording, visitor)
        if view == "keep/model":
            model = self._doing.model
            return model_view(chosen_model(self.services.data), model.tried, wording, has_local=bool(installed_model()))
        if view == "keep/said":
            return said_view(shelf, ledger.said(), written(self.services.data), query, wording)
        if view == "keep/reports" or (view == "keep/facts" and report is None):
            return report_table(self._doing.held(), query, wording)
        if view == "keep/facts" and shelf and report:
            return fact_desk(shelf, report, ledger.facts(shelf, report), query, wording)
        if view == "keep/names" and shelf:
            return names_view(shelf, ledger.proposed(shelf), ledger.declared(), query, wording)
        known = tuple((one.path, one.title) for one in shelf.reports) if shelf else ()
        kept = replace(self._doing.keeping.kept(), is_sample=self.services.is_sample, reports=known)
        if self.services.is_sample:
            kept = replace(kept, folder=self.services.sample, reports=())
        return join(keep(kept, query, wording, visitor), self._other_folder(wording))

    def _other_folder(self, wording: Words) -> Html:
        """A form to index another folder of this computer; only for who sits at it."""
        if self.services.is_fixed:
            return Html()
        box = tag(
            "input", type="text", name="folder", value=str(self.services.folder or ""), autocomplete="off",
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
            open=self.services.folder is None,
        )


def _told(deed: str, wording: Words) -> Html:
    """That a deed was done, and where it has to be, that it counts later; nothing for no deed."""
    if not deed:
        return Html()
    done = wording.say("keep_done", did=wording.say(f"keep_did_{deed}"))
    later = join(" ", wording.say("keep_counts_later")) if deed in LATER else Html()
    return tag("p", done, later, class_="status done", role="status")
