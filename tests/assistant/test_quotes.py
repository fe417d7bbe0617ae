from dataclasses import replace

import pytest

from assistant.compose.quotes import MOST_ROWS, MOST_SENTENCES, choose, spans

ALMATY, IT, LUNCH, AZOULAY = "Guests came to Almaty.", "It pleased them.", "Lunch was served.", "Azoulay spoke."


def quoted(stretches):
    return [stretch.report.text[stretch.start : stretch.end] for stretch in stretches]


def test_nothing_is_chosen_from_nothing(understood, sentences_of):
    assert choose(understood("Who came?"), ()) == ()
    assert spans((), sentences_of) == ()


def test_a_lookup_gives_the_best_sentence_alone(understood, record, weighed):
    evidence = weighed(record(AZOULAY, LUNCH, ALMATY), 0.9, 0.01, 0.01)
    assert [item.sentence.text for item in choose(understood("Who spoke?"), evidence)] == [AZOULAY]


def test_a_good_neighbor_is_released_with_the_best_as_one_quote(understood, record, weighed, sentences_of):
    evidence = weighed(record(LUNCH, AZOULAY, ALMATY), 0.01, 0.9, 0.85)
    chosen = choose(understood("Who spoke?"), evidence)
    assert quoted(spans(chosen, sentences_of)) == [f"{AZOULAY} {ALMATY}"]


def test_a_lookup_never_gives_more_than_a_few_sentences(understood, record, weighed):
    evidence = weighed(record(*[AZOULAY] * 6), *[0.9] * 6)
    assert len(choose(understood("Who spoke?"), evidence)) == MOST_SENTENCES


def test_a_lookup_stays_in_one_record(understood, record, weighed):
    evidence = weighed(record(AZOULAY), 0.9) + weighed(record(ALMATY, name="b.md"), 0.89)
    assert {item.found.report.id for item in choose(understood("Who spoke?"), evidence)} == {"a.md"}


def test_quotes_stand_in_reading_order_however_they_were_ranked(record, weighed, sentences_of):
    first, between, last = weighed(record(ALMATY, LUNCH, AZOULAY), 0.5, 0.1, 0.9)
    assert quoted(spans((last, first), sentences_of)) == [ALMATY, AZOULAY]
    assert quoted(spans((last, between, first), sentences_of)) == [f"{ALMATY} {LUNCH} {AZOULAY}"]


def test_a_sentence_that_points_back_takes_the_one_before_along(record, weighed, sentences_of):
    _, pointing, _ = weighed(record(ALMATY, IT, LUNCH), 0.1, 0.9, 0.1)
    assert quoted(spans((pointing,), sentences_of)) == [f"{ALMATY} {IT}"]


def test_the_sentence_taken_along_is_not_quoted_twice(record, weighed, sentences_of):
    first, pointing, _ = weighed(record(ALMATY, IT, LUNCH), 0.8, 0.9, 0.1)
    assert quoted(spans((pointing, first), sentences_of)) == [f"{ALMATY} {IT}"]


def test_a_first_sentence_that_points_back_stands_alone(record, weighed, sentences_of):
    pointing, _ = weighed(record(IT, LUNCH), 0.9, 0.1)
    assert quoted(spans((pointing,), sentences_of)) == [IT]


def test_records_come_in_the_order_of_their_best_sentence(record, weighed, sentences_of):
    (one,) = weighed(record(ALMATY), 0.5)
    (other,) = weighed(record(AZOULAY, name="b.md"), 0.9)
    assert quoted(spans((other, one), sentences_of)) == [AZOULAY, ALMATY]


def test_neighbors_across_an_empty_line_stay_two_quotes(record, weighed, sentences_of):
    report = record(ALMATY, AZOULAY)
    one, other = weighed(report, 0.9, 0.9)
    parted = replace(report, text=f"{ALMATY}\n\n{AZOULAY}")
    moved = replace(other.sentence, start=len(ALMATY) + 2, end=len(parted.text))
    group = (one.sentence, moved)
    items = tuple(
        replace(item, found=replace(item.found, report=parted), sentence=sentence)
        for item, sentence in zip((one, other), group, strict=True)
    )
    assert quoted(spans(items, lambda item: group)) == [ALMATY, AZOULAY]


def test_a_list_gives_one_row_a_record_and_stops_at_the_limit(understood, record, weighed):
    evidence = [item for n in range(12) for item in weighed(record(ALMATY, LUNCH, name=f"{n}.md"), 0.9, 0.8)]
    rows = choose(understood("List all visits to Almaty."), evidence)
    assert len(rows) == len({item.found.report.id for item in rows}) == MOST_ROWS


@pytest.mark.parametrize(("asked", "file"), [("What is the latest visit?", "b.md"), ("the earliest visit", "a.md")])
def test_latest_and_earliest_go_by_the_date_of_the_event(understood, record, weighed, asked, file):
    evidence = [
        *weighed(record(ALMATY, name="a.md", dates=["2019-05-01"]), 0.85),
        *weighed(record(AZOULAY, name="c.md"), 0.9),
        *weighed(record(LUNCH, name="b.md", dates=["2023"]), 0.8),
    ]
    assert {item.found.report.id for item in choose(understood(asked), evidence)} == {file}


def test_a_record_of_another_time_gives_way_to_one_that_may_be_meant(understood, record, weighed):
    other_year = weighed(record(ALMATY, name="a.md"), 0.9, time=0.0)
    undated = weighed(record(AZOULAY, name="b.md"), 0.6, time=0.5)
    chosen = choose(understood("Who spoke in 2024?"), other_year + undated)
    assert {item.found.report.id for item in chosen} == {"b.md"}


def test_the_later_one_is_looked_for_in_records_after_the_date_spoken_of(understood, record, weighed):
    whole = understood("Who opened the later one?", "When did Kenya send guests?", "On 5 May 2023.")
    before = weighed(record(ALMATY, name="a.md", dates=["2022-01-01"]), 0.9)
    after = weighed(record(AZOULAY, name="b.md", dates=["2024-01-01"]), 0.5)
    assert {item.found.report.id for item in choose(whole, before + after)} == {"b.md"}


def test_a_list_of_signed_agreements_leaves_out_wishes(understood, record, weighed):
    wished = "They hope to sign an agreement."
    signed = "They signed an agreement."
    evidence = [
        *weighed(record(wished, name="a.md"), 0.95),
        *weighed(record(signed, name="b.md"), 0.7),
        *weighed(record(signed, name="c.md"), 0.7),
    ]
    rows = choose(understood("Which agreements were signed?"), evidence)
    assert {item.found.report.id for item in rows} == {"b.md", "c.md"}
    rows = choose(understood("Which agreements are not signed?"), evidence)
    assert {item.found.report.id for item in rows} == {"a.md"}
