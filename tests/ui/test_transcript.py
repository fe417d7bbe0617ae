from tests.ui.elements import Elements
from tests.ui.standin import ATTACK, SIGNED, answer_of
from ui.web.access.visitor import Visitor
from ui.web.ask.following import Following
from ui.web.ask.transcript import Exchange, exchange_html, transcript
from ui.web.memory.values import REASONS, Feedback
from ui.wording import words

EN = words("en")


def of(answer: object, **changes: object) -> Exchange:
    return Exchange(question=answer.question.text, answer=answer, **changes)


def shown(exchange: Exchange) -> Elements:
    return Elements(exchange_html(0, exchange, EN))


def test_a_reader_is_not_shown_the_way_to_add_reports() -> None:
    assert "#keep" in transcript((), EN) and "#keep" not in transcript(
        (), EN, visitor=Visitor(name="Bo", role="reader")
    )


def test_a_growing_answer_is_busy_and_one_that_was_stopped_is_not() -> None:
    growing = shown(of(answer_of("q", SIGNED, final=False)))
    assert growing.named("article")[0]["aria-busy"] == "true" and "Searching" in growing.text
    stopped = shown(of(answer_of("q", SIGNED, final=False), stopped=True))
    assert stopped.named("article")[0]["aria-busy"] == "false"
    assert "Searching" not in stopped.text and "Stopped." in stopped.text


def test_a_growing_list_says_how_far_it_has_come() -> None:
    assert "2 sentences so far" in shown(of(answer_of("q", SIGNED, SIGNED, final=False, route="list"))).text


def test_what_is_worth_asking_next_is_asked_by_one_press_in_the_language_of_the_page() -> None:
    page = Elements(exchange_html(0, of(answer_of("q", SIGNED), following=(Following("people", ATTACK),)), words("ru")))
    (button,) = [one for one in page.named("button") if one.get("data-do") == "ask"]
    assert button["data-question"] == words("ru").say("next_people", name=ATTACK) and not page.named("img")


def test_trouble_is_a_notice_below_the_question_and_hostile_text_stays_text() -> None:
    page = shown(Exchange(question=ATTACK, trouble=ATTACK))
    assert "This question could not be answered" in page.text
    assert page.text.count(ATTACK) == 2
    assert not page.named("img") and not page.named("script")


def test_an_article_is_named_by_its_question_and_steps_through_its_own_citations() -> None:
    page = shown(of(answer_of("Who signed?", SIGNED)))
    (article,) = page.named("article")
    (heading,) = page.named("h2")
    assert article["aria-labelledby"] == heading["id"] and "data-cites" in article


def test_only_a_kept_answer_can_be_judged_and_chosen_for_the_export() -> None:
    assert not shown(of(answer_of("q", SIGNED))).named("input")
    page = shown(of(answer_of("q", SIGNED), turn="t1"))
    (box,) = page.named("input")
    assert (box["name"], box["value"]) == ("turn", "t1")
    thumbs = [one for one in page.named("button") if one.get("data-do") == "thumb"]
    assert [(one["data-turn"], one["data-way"], one["aria-pressed"]) for one in thumbs] == [
        ("t1", "up", "false"),
        ("t1", "down", "false"),
    ]


def test_what_was_said_of_an_answer_is_shown_with_it_again() -> None:
    page = shown(of(answer_of("q", SIGNED), turn="t1", feedback=Feedback(way="down", reasons=REASONS[:1])))
    assert [one["data-do"] for one in page.named("form")] == ["reason"]
    assert [one["name"] for one in page.named("input") if "checked" in one] == [REASONS[0]]


def test_an_empty_conversation_offers_examples_in_three_languages_and_the_other_rooms() -> None:
    page = Elements(transcript((), words("zh")))
    examples = [one for one in page.named("button") if one.get("data-do") == "ask"]
    assert [one["data-question"] for one in examples] == list(words("zh").examples)
    assert {"zh", "ru"} <= {one.get("lang") for one in examples}
    assert [one["href"] for one in page.named("a")] == ["#browse/partners", "#browse/agreements", "#keep"]
    log = page.named("div")[0]
    assert (log["role"], log["aria-live"]) == ("log", "polite")


def test_kept_answers_can_be_taken_away_together_in_the_language_of_the_page() -> None:
    kept = [of(answer_of("q", SIGNED), turn=turn) for turn in ("t1", "", "t2")]
    links = [one for one in Elements(transcript(kept, words("ru"))).named("a") if "data-turns" in one]
    assert [one["href"] for one in links] == [
        "download/briefing.docx?language=ru&turns=t1,t2",
        "download/briefing.md?language=ru&turns=t1,t2",
    ]
    assert "download" in links[0]
    assert not Elements(transcript(kept[1:2], EN)).named("a")
