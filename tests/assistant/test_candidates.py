"""What is known of each sentence in view before anything is decided."""

from assistant import Question
from assistant.decision import FEATURES, LOOKED_AT

ANSWERS, CLOSER, NAMES, NAMES_TOLD, OF_OTHERS = (
    FEATURES.index(name) for name in ("answers", "closer", "names_here", "names_told", "of_others")
)


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


def test_a_sentence_whose_facts_are_of_another_body_is_told_from_one_of_the_body_asked_about(assistant):
    (found,) = assistant.read(Question(text="Who is the Vice Rector of Abai University?"))
    features = {one.sentence.text: one.features for one in found.candidates}
    others = next(of for text, of in features.items() if text.startswith("Vice Rector Zhu Wenbin led it"))
    own = next(of for text, of in features.items() if text.startswith("Vice Rector Aigul Iskakova received them"))
    assert others[OF_OTHERS] == 1.0 and own[OF_OTHERS] == 0.0
    assert all(of[NAMES_TOLD] >= of[NAMES] for of in features.values())


def test_a_sentence_is_of_the_body_that_the_ledger_joins_its_person_with(assistant):
    (found,) = assistant.read(Question(text="Who led the delegation of the Zhejiang Yuexiu University?"))
    led = next(
        one.features for one in found.candidates if one.sentence.text.startswith("Vice Rector Zhu Wenbin led it")
    )
    assert (led[NAMES], led[NAMES_TOLD], led[OF_OTHERS]) == (0.0, 1.0, 0.0)
