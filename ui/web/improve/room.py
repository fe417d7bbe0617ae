"""The room of keepers who judge in gradio: thumbs down become judged questions, scorecards become curves."""

from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from corpus import RapporteurError
from ui.web.improve.quality import quality_view
from ui.web.improve.scorecards import GROUPINGS, quality_data, quality_files, quality_points, score_judged
from ui.web.improve.thumbs_down import thumbs_deed, thumbs_view
from ui.web.links import parse_address
from ui.web.markup import Html, tag
from ui.web.memory.values import KeptScorecard
from ui.web.notices import trouble
from ui.web.region import DRAW, STREAM, Region, spoken, told
from ui.web.services import Services
from ui.wording import Words


class ImproveRoom:
    """Feedback and quality; only keepers see more than a sentence, whoever calls."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.region = Region("improve")
        self.curves: Any = gr.LinePlot(
            x="time", y="value", color="measure", visible=False, elem_id="curves", show_label=True, y_lim=[0, 1]
        )

    def connect(self, language: Any) -> None:
        """Bind the events; `language` is the component that holds the page's language."""
        drawn = [self.region.html, self.curves]
        self.region.html.select(self.on_draw, [language], drawn, **DRAW)
        scoring = STREAM | {"concurrency_limit": 1, "concurrency_id": "score"}
        self.region.html.submit(self.on_deed, [language], drawn, **scoring)

    def on_draw(self, language: str, request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        """Draw the view that the address names."""
        address = told(event).get("address", "")
        shown, *curves = self._drawn(address, spoken(language, event), request)
        return tag("div", shown, data_address=address), *curves

    def on_deed(self, language: str, request: gr.Request, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Judge an answer, take a judgment back, or score the assistant on all judged questions now."""
        deed, wording, visitor = told(event), spoken(language, event), self.services.visitor(request)
        address = deed.get("address", "")
        if deed.get("do") != "score" or not visitor.is_keeper:
            try:
                shelf, memory = self.services.desk.shelf(), self.services.memory
                query = parse_address(address)[1]
                yield thumbs_deed(visitor, memory, self.services.data, shelf, deed, query, wording), gr.skip()
            except RapporteurError as error:
                yield trouble(str(error)), gr.skip()
            return
        asking = tag("p", wording.say("quality_asking"), class_="searching", role="status")
        yield self._quality(address, wording, asking)
        try:
            with self.services.desk.assistant() as assistant:
                score_judged(assistant, self.services.data, self.services.memory)
            done = tag("p", wording.say("quality_scored"), class_="improve-said", role="status")
        except RapporteurError as error:
            done = trouble(str(error))
        yield self._quality(address, wording, done)

    def _drawn(self, address: str, wording: Words, request: gr.Request) -> tuple[Any, ...]:
        visitor = self.services.visitor(request)
        try:
            if parse_address(address)[0] == "improve/quality" and visitor.is_keeper:
                return self._quality(address, wording, None)
            query = parse_address(address)[1]
            return thumbs_view(visitor, self.services.memory, self.services.data, query, wording), gr.skip()
        except RapporteurError as error:
            return trouble(str(error)), gr.skip()

    def _quality(self, address: str, wording: Words, said: Html | None) -> tuple[Any, ...]:
        memory, query = self.services.memory, parse_address(address)[1]
        by = query.get("by", "")
        by = by if by in GROUPINGS else GROUPINGS[0]
        kept = quality_data(memory, query.get("file", ""))
        shown = quality_view(kept, quality_files(memory), wording, by=by, said=said)
        return shown, _curves(kept, by, wording)


def _curves(kept: Sequence[KeptScorecard], by: str, wording: Words) -> Any:
    """The curves from two scorecards on: one point is no curve, and the table says it."""
    if len(kept) < 2:
        return gr.LinePlot(visible=False)
    import pandas as pd  # comes with gradio

    is_overall = by == GROUPINGS[0]
    points = quality_points(kept, wording, by=by, **({} if is_overall else {"measures": ("right",)}))
    return gr.LinePlot(
        value=pd.DataFrame(points),
        visible=True,
        color="measure" if is_overall else "group",
        label=wording.say("quality_curves" if is_overall else f"quality_curves_{by}"),
        x_title=wording.say("quality_time"),
        y_title=" ",
        color_title=" ",
    )
