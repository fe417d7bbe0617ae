import gradio as gr
import pytest

from ui.web.region import Region, spoken, told
from ui.wording import words


def event(data: object) -> gr.EventData:
    return gr.EventData(None, {"told": data})


def test_what_the_browser_sends_is_read_as_texts_and_all_else_left_out() -> None:
    sent = {"do": "route", "number": 3, "deep": {"a": 1}, "many": ["x"], "none": None, "part": 1.5}
    assert told(event(sent)) == {"do": "route", "number": "3"}


@pytest.mark.parametrize("data", [None, "told", ["told"], 7])
def test_anything_but_an_object_tells_nothing(data: object) -> None:
    assert told(event(data)) == told(gr.EventData(None, data)) == {}


def test_the_language_that_stands_on_the_page_counts_before_that_of_the_component() -> None:
    assert spoken("en", event({"spoken": "ru"})) is words("ru")
    assert spoken("zh", event({})) is words("zh")
    assert spoken("zh", event({"spoken": "klingon"})) is words("en")


def test_a_region_inserts_its_value_and_names_itself_to_the_script() -> None:
    with gr.Blocks(analytics_enabled=False):
        region = Region("keep", "<p>1</p>")
    assert region.html.elem_id == "keep" and region.html.html_template == "${value}"
    assert region.html.js_on_load == 'window.rapporteur.region("keep", element, trigger)'
