from html.parser import HTMLParser

from assistant import Claim, Coverage, Retrieved
from tests.ui.standin import ATTACK, HOSTILE, LYON, answer_of, cite
from ui.web.view import Exchange, exchange_html, status_line, transcript
from ui.wording import words

EN = words("en")
SIGNED = LYON.text[31:69]


class Elements(HTMLParser):
    """Collects elements as (name, attributes) and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def shown(answer: object, **changes: object) -> Elements:
    return Elements(exchange_html(0, Exchange(question=answer.question.text, answer=answer, **changes), EN))


def test_every_claim_is_followed_by_a_button_for_each_of_its_citations() -> None:
    one, two = cite(LYON, "The rector greeted the guests."), cite(LYON, SIGNED)
    page = shown(answer_of("q", Claim(text=SIGNED, citations=(two, one))))
    buttons = page.named("button")
    assert [button["data-cite"] for button in buttons[:2]] == ["0-1", "0-2"]
    assert all(button["type"] == "button" and "Visit to Lyon" in button["aria-label"] for button in buttons)


def test_hostile_text_in_question_claim_title_file_and_notice_stays_text() -> None:
    near = Retrieved(report_id="h", file=ATTACK, title=ATTACK, start=0, end=3, text=ATTACK, score=1.0)
    claim = Claim(text=ATTACK, citations=(cite(HOSTILE, ATTACK),))
    for answer in (
        answer_of(ATTACK, claim, notice=ATTACK, understood_as=f"again {ATTACK}"),
        answer_of(ATTACK, status="not_in_records", notice=ATTACK, retrieved=(near,)),
    ):
        page = shown(answer, trouble=ATTACK)
        assert not page.named("img") and not page.named("script")
        assert not [name for _, attributes in page.found for name in attributes if name.startswith("on")]
        assert ATTACK in page.text


def test_a_refusal_is_a_notice_and_its_passages_are_not_called_sources() -> None:
    near = Retrieved(report_id="l", file="l.md", title="Lyon", start=0, end=3, text="The", score=1.0)
    page = shown(answer_of("q", status="not_in_records", notice="Nothing.", retrieved=(near,)))
    assert {"class": "notice"} in page.named("div")
    assert "Nearest passages, not support" in page.text
    assert "Sources" not in page.text
    assert [button.get("data-near") for button in page.named("button")] == ["0-1"]


def test_the_reading_of_the_question_is_shown_only_when_it_differs() -> None:
    assert "Understood as" not in shown(answer_of("Who signed?", understood_as="who signed")).text
    assert "Understood as: Who signed it?" in shown(answer_of("Who?", understood_as="Who signed it?")).text


def test_a_sentence_that_was_not_proved_says_so() -> None:
    page = shown(answer_of("q", Claim(text="The rector welcomed them.", citations=(cite(LYON, SIGNED),))))
    assert "uncertain" in page.text
    assert "uncertain" not in shown(answer_of("q", Claim(text=SIGNED, citations=(cite(LYON, SIGNED),)))).text


def test_withheld_sentences_are_counted_with_their_reasons_folded_away() -> None:
    page = exchange_html(0, Exchange(question="q", answer=answer_of("q", cut=("It names nobody.",) * 2)), EN)
    assert "<details" in str(page) and "2 sentences withheld" in str(page)
    assert str(page).count("It names nobody.") == 1


def test_the_status_line_counts_reports() -> None:
    answer = answer_of("q", route="list", coverage=Coverage(reports=46, matched=1, unclear=2))
    line = status_line(answer, EN)
    assert "46 reports searched · 1 matches · 2 unclear" in line
    assert "stand-in · 0.25 s" in line
    assert "просмотрено 46 отчётов" in status_line(answer, words("ru"))


def test_a_growing_answer_is_busy_and_has_no_status_line_yet() -> None:
    growing = shown(answer_of("q", Claim(text=SIGNED, citations=(cite(LYON, SIGNED),)), final=False))
    assert growing.named("article")[0]["aria-busy"] == "true"
    assert "Searching" in growing.text and "reports searched" not in growing.text
    assert "Searching" not in shown(answer_of("q", final=False), stopped=True).text


def test_an_empty_conversation_offers_examples_in_three_languages() -> None:
    page = Elements(transcript((), words("zh")))
    assert [button["data-example"] for button in page.named("button")] == ["0", "1", "2"]
    assert {"zh", "ru"} <= {button.get("lang") for button in page.named("button")}
    assert page.named("div")[0]["role"] == "log"
