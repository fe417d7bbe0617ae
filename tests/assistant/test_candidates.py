"""What is known of each sentence in view before anything is decided."""

from assistant import Question
from assistant.decision import FEATURES, LOOKED_AT

ANSWERS, CLOSER, NAMES = (FEATURES.index(name) for name in ("answers", "closer", "names_here"))


def test_the_best_sentences_are_read_again_with_their_neighbors_alone(assistant):
    (found,) = assistant.read(Question(text="Who received the TEC delegation at Abai University?"))
    best = sorted(found.candidates, key=lambda one: -one.features[ANSWERS])[:LOOKED_AT]
    again = [one for one in found.candidates if one.features[CLOSER] != one.features[ANSWERS]]
    assert 0 < len(again) <= LOOKED_AT
    assert {one.sentence for one in again} <= {one.sentence for one in best}


def test_a_sentence_that_names_whom_the_question_names_is_told_from_its_neighbors(assistant):
    (found,) = assistant.read(Question(text="Who is Berikhanova?"))
    held = [one.features[NAMES] for one in found.candidates if "Berikhanova" in one.sentence.text]
    others = [one.features[NAMES] for one in found.candidates if "Berikhanova" not in one.sentence.text]
    assert held and min(held) == 1.0 and max(others) < 1.0
