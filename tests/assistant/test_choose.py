"""Which sentences are told, and in what order."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.candidates import Candidate
from assistant.compose.choose import choose
from assistant.decision import FEATURES, SIGNALS, TOLD, Decision
from assistant.retrieve import Found
from corpus.names import names_of
from corpus.report import EventDate, Report
from ingest import Passage, Sentence

DECISION = Decision(
    sentence=np.zeros(len(FEATURES) + 1, np.float32),
    answered=np.zeros(len(SIGNALS) + 1, np.float32),
    least=0.5,
    closest=0.1,
    # Its own log-odds, one more where it adjoins the best, and those that the question needs several sentences.
    few=np.array([1, 0, 0, 1, 0, 0, 0, 0, 1, 0], np.float32),
    many=np.array([1, 0, 0, 0, 0, 0, 0, 0, 0, 0], np.float32),
    # Its own log-odds, two more in the record of the best.
    summary=np.array([1, 0, 2, 0, 0, 0, 0, 0, 0, 0], np.float32),
    more={"lookup": 0.4, "list": 0.3, "timeline": 0.3, "summary": 0.3, "latest": 0.4, "comparison": 0.3},
    corrected=0.0,
    # Its own log-odds.
    first=np.array([1, *[0] * len(TOLD)], np.float32),
    others=np.array([1, *[0] * len(TOLD)], np.float32),
    sure=0.6,
)


def report(name: str, text: str, day: str) -> Report:
    dates = (EventDate(text=day, start=day, end=day),) if day else ()
    return Report(id=name, title=name, text=text, path=f"{name}.md", sha256="0", language="en", dates=dates)


def candidates(told: Report, sentences: Sequence[str], probabilities: Sequence[float]) -> list[Candidate]:
    found = Found(
        row=0, passage=Passage(report_id=told.id, start=0, end=len(told.text), text=told.text), report=told, score=1.0
    )
    made = []
    for text, probability in zip(sentences, probabilities, strict=True):
        at = told.text.index(text)
        sentence = Sentence(report_id=told.id, start=at, end=at + len(text), text=text)
        features = np.zeros(len(FEATURES), np.float32)
        made.append(
            Candidate(sentence=sentence, found=found, features=features, corrects=-5.0, probability=probability)
        )
    return made


def told(intent, *some: Candidate) -> list[str]:
    best_first = sorted(some, key=lambda one: -one.probability)
    return [stretch.report.text[stretch.start : stretch.end] for stretch in choose(intent, best_first, DECISION)]


OLD = candidates(report("old", "Ada led. Bo signed. It rained.", "2019-05-01"), ["Ada led.", "Bo signed."], [0.9, 0.8])
NEW = candidates(report("new", "Cy led. Di came.", "2022-01-01"), ["Cy led.", "Di came."], [0.7, 0.1])
COPY = candidates(report("copy", "ada led", ""), ["ada led"], [0.6])


def test_a_look_up_tells_neighbors_as_one_and_the_newest_record_first():
    assert told("lookup", *OLD, *NEW) == ["Cy led.", "Ada led. Bo signed."]


def test_what_was_surely_found_stands_before_what_may_not_be_the_answer():
    newer = candidates(report("newer", "Ed ran.", "2024-01-01"), ["Ed ran."], [0.5])
    found = choose("lookup", sorted([*OLD, *newer], key=lambda one: -one.probability), DECISION)
    assert [(one.report.id, one.is_found) for one in found] == [("old", True), ("newer", False)]
    assert [one.report.id for one in choose("timeline", [*OLD, *newer], DECISION)] == ["old", "old", "newer"]


def test_a_list_tells_each_thing_by_itself_and_what_is_told_twice_once():
    assert told("list", *OLD, *NEW, *COPY) == ["Cy led.", "Ada led.", "Bo signed."]


def test_a_summary_tells_all_that_is_likely_of_a_record_by_weights_of_its_own():
    texts = ["Ada led.", "Bo signed.", "Cy came.", "Di left.", "Ed stayed."]
    sure = candidates(report("sure", " ".join(texts), "2019-05-01"), texts, [0.9, 0.2, 0.2, 0.2, 0.2])
    alone = candidates(report("alone", "Fay came.", "2020-01-01"), ["Fay came."], [0.2])
    assert told("summary", *sure, *alone) == [" ".join(texts)]


def test_a_timeline_begins_with_the_oldest_and_ends_with_the_undated():
    undated = candidates(report("when", "Ed came.", ""), ["Ed came."], [0.95])
    assert told("timeline", *OLD[:1], *NEW[:1], *undated) == ["Ada led.", "Cy led.", "Ed came."]


def test_the_latest_is_of_the_newest_record():
    assert told("latest", *OLD, *NEW) == ["Cy led."]


def test_beside_the_latest_stands_what_a_record_without_a_year_tells_which_may_be_newer():
    undated = candidates(report("undated", "Ed came.", ""), ["Ed came."], [0.6])
    assert told("latest", *OLD, *NEW, *undated) == ["Cy led.", "Ed came."]


def test_the_latest_is_of_the_likeliest_record_where_that_has_no_year():
    undated = candidates(report("undated", "Ed came.", ""), ["Ed came."], [0.95])
    assert told("latest", *undated, *NEW) == ["Ed came."]
    assert told("lookup", *undated, *NEW) == ["Ed came.", "Cy led."]


def test_the_best_sentence_is_told_however_unlikely_and_nothing_of_nothing():
    assert told("lookup", NEW[1]) == ["Di came."]
    assert choose("lookup", [], DECISION) == ()


def test_of_a_question_that_needs_several_sentences_more_are_told():
    counts = [len(choose("lookup", [*OLD, *NEW], DECISION, several=odds)) for odds in (-9.0, 0.0, 9.0)]
    assert counts == sorted(counts) and counts[0] < counts[-1]


def test_what_adjoins_the_best_sentence_is_told_beside_it_sooner():
    one = report("one", "Ada led. Bo came too. It rained all day.", "2020-01-01")
    sentences = ["Ada led.", "Bo came too.", "It rained all day."]
    assert told("lookup", *candidates(one, sentences, [0.9, 0.25, 0.05])) == ["Ada led. Bo came too."]
    assert told("lookup", *candidates(one, sentences, [0.9, 0.05, 0.25])) == ["Ada led."]


def test_a_comparison_tells_of_each_side_named():
    bern = candidates(report("bern", "Bern pays.", "2020-01-01"), ["Bern pays."], [0.9])
    also = candidates(report("also", "Bern paid once more.", "2020-02-01"), ["Bern paid once more."], [0.8])
    oslo = candidates(report("oslo", "Oslo pays half.", "2021-01-01"), ["Oslo pays half."], [0.1])
    rows = [replace(one, found=replace(one.found, row=row)) for row, one in enumerate([*bern, *also, *oslo])]
    told = choose("comparison", rows, DECISION, names_of("Who pays more, Bern or Oslo?"))
    assert {stretch.report.id for stretch in told} >= {"bern", "oslo"}
